"""What a function tells the compiler about itself, beside its code.

`stay_small()` marks a function that runs once per event: it is not copied into its callers and its
loops are not unrolled, which halves the time to compile an engine and costs nothing measurable.
"""

from numba import config

if config.DISABLE_JIT:  # pyright: ignore[reportAttributeAccessIssue]

    def stay_small() -> None:
        """Do nothing: plain Python has no compiler."""

    def optimise_for_size() -> None:
        """Do nothing: plain Python has no compiler."""

    def keep_apart() -> None:
        """Do nothing: plain Python has no compiler."""

else:
    from numba import types
    from numba.extending import intrinsic

    def _with_attributes(*attributes):
        def generate(context, builder, signature, arguments):
            for attribute in attributes:
                builder.function.attributes.add(attribute)
            return context.get_dummy_value()

        return types.void(), generate

    @intrinsic
    def stay_small(typing_context):
        """Keep the enclosing function out of line and small."""
        return _with_attributes("noinline", "optsize")

    @intrinsic
    def keep_apart(typing_context):
        """Keep the enclosing function out of line, with its own ways of being compiled."""
        return _with_attributes("noinline")

    @intrinsic
    def optimise_for_size(typing_context):
        """Keep the enclosing function small."""
        return _with_attributes("optsize")
