"""Compiled instructions beneath the elementary functions: a float's bits, a branch-free choice.

Each becomes one LLVM instruction. A ternary expression would do the same after LLVM has turned its
branches into a selection; saying so at once halves the code that has to be compiled.
"""

import contextlib
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import extending, types


def _intrinsic(function: Callable[..., Any]) -> Callable[..., Any]:
    """Register an intrinsic, which is called without the first parameter, the typing context."""
    return extending.intrinsic(function)


@_intrinsic
def as_integer(typing_context, number):
    """Read the 64 bits of a float as an integer."""
    if number != types.float64:
        return None

    def generate(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], ir.IntType(64))

    return types.int64(types.float64), generate


@_intrinsic
def as_float(typing_context, number):
    """Read the 64 bits of an integer as a float."""
    if number not in (types.int64, types.uint64):
        return None

    def generate(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], ir.DoubleType())

    return types.float64(number), generate


@_intrinsic
def select(typing_context, condition, yes, no):
    """Choose the float `yes` where the condition holds, else the float `no`, without a branch."""
    if condition != types.boolean:
        return None

    def generate(context, builder, signature, arguments):
        return builder.select(*arguments)

    return types.float64(types.boolean, types.float64, types.float64), generate


@_intrinsic
def magnitude(typing_context, number):
    """Clear the sign bit of a float."""
    if number != types.float64:
        return None

    def generate(context, builder, signature, arguments):
        double = ir.DoubleType()
        function = builder.module.declare_intrinsic("llvm.fabs", [double])
        return builder.call(function, arguments)

    return types.float64(types.float64), generate


@_intrinsic
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


@_intrinsic
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
