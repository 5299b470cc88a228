"""What a function tells the compiler about itself, beside its code.

`stay_small()` marks a function that runs once per event: it is not copied into its callers and its
loops are not unrolled, which makes an engine sooner compiled and costs nothing measurable.
`keep_apart()` marks a function with loops over lanes, which would lose their vector instructions if
they were copied into a caller that stays small.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import config, extending, types


def _nothing() -> None:
    """Do nothing: plain Python has no compiler."""


def _marker(*attributes: str) -> Callable[[], None]:
    """Return a call that gives the enclosing function some attributes of LLVM."""
    if config.DISABLE_JIT:  # pyright: ignore[reportAttributeAccessIssue]
        return _nothing

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        for attribute in attributes:
            builder.function.attributes.add(attribute)
        return context.get_dummy_value()

    def mark(typing_context: Any) -> Any:
        return types.void(), generate

    made: Any = extending.intrinsic(mark)
    return made


stay_small = _marker("noinline", "optsize")
keep_apart = _marker("noinline")
optimise_for_size = _marker("optsize")
