"""What the elementary functions are built from: a float's bits, a branch-free choice, and options.

Compiled, each of the functions becomes one LLVM instruction. A ternary expression would become a
choice too, after LLVM has turned its branches into one; saying so at once halves the code that has
to be compiled. Where Numba is switched off NumPy does the same, so that the same source runs as
plain Python.
"""

import contextlib
from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import config, extending, types


def _instruction(plain: Callable[..., Any]) -> Callable[..., Callable[..., Any]]:
    """Make an intrinsic, or where Numba is switched off its plain equivalent.

    An intrinsic is called without the first parameter of its definition, the typing context.
    """
    switched_off = config.DISABLE_JIT  # pyright: ignore[reportAttributeAccessIssue]
    return lambda definition: plain if switched_off else extending.intrinsic(definition)


@_instruction(lambda number: np.float64(number).view(np.int64))
def as_integer(typing_context, number):
    """Read the 64 bits of a float as an integer."""
    if number != types.float64:
        return None

    def generate(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], ir.IntType(64))

    return types.int64(types.float64), generate


@_instruction(lambda number: np.int64(number).view(np.float64))
def as_float(typing_context, number):
    """Read the 64 bits of an integer as a float."""
    if number not in (types.int64, types.uint64):
        return None

    def generate(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], ir.DoubleType())

    return types.float64(number), generate


@_instruction(lambda condition, yes, no: yes if condition else no)
def select(typing_context, condition, yes, no):
    """Choose the float `yes` where the condition holds, else the float `no`, without a branch."""
    if condition != types.boolean:
        return None

    def generate(context, builder, signature, arguments):
        return builder.select(*arguments)

    return types.float64(types.boolean, types.float64, types.float64), generate


@_instruction(np.abs)
def magnitude(typing_context, number):
    """Clear the sign bit of a float."""
    if number != types.float64:
        return None

    def generate(context, builder, signature, arguments):
        double = ir.DoubleType()
        function = builder.module.declare_intrinsic("llvm.fabs", [double])
        return builder.call(function, arguments)

    return types.float64(types.float64), generate


@_instruction(np.copysign)
def with_sign(typing_context, number, sign):
    """Give the first float the sign bit of the second."""
    if number != types.float64 or sign != types.float64:
        return None

    def generate(context, builder, signature, arguments):
        double = ir.DoubleType()
        function = builder.module.declare_intrinsic(
            "llvm.copysign", [double], ir.FunctionType(double, [double, double])
        )
        return builder.call(function, arguments)

    return types.float64(types.float64, types.float64), generate


@_instruction(lambda: None)
def prefer_wide_vectors(typing_context):
    """Let the function that calls this use 512-bit vectors where the processor has them.

    LLVM halves the vector width on processors of the first AVX-512 generations, whose clock fell
    when the wide units ran. For long polynomials the wide units win nevertheless. Elsewhere the
    attribute has no effect.
    """

    def generate(context, builder, signature, arguments):
        # llvmlite accepts only attributes that it knows; this one is a plain key and value of LLVM.
        with contextlib.suppress(AttributeError):
            set.add(builder.function.attributes, '"prefer-vector-width"="512"')
        return context.get_dummy_value()

    return types.none(), generate


FLAGS: dict[str, Any] = {
    "forceinline": True,
    "fastmath": {"contract"},
    "error_model": "numpy",
    "no_cfunc_wrapper": True,
}
"""Options of every elementary function.

`contract` lets a multiplication and an addition become one instruction; nothing else of "fast" is
granted, so that not-a-number is kept and sums are not reordered. The error model of NumPy divides
by zero without a branch.
"""

PART_FLAGS: dict[str, Any] = {**FLAGS, "no_cpython_wrapper": True}
"""Options of the parts of elementary functions: not callable from Python, sooner compiled."""
