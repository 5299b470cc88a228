"""The functions that every equation may call."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from excitable.expression._functions import call, register_function
from excitable.expression._nodes import ONE, ZERO, Call, Compare, Expression
from excitable.expression._stable import exprel, x_over_expm1


def _of_one(name: str, outer: Callable[[Expression], Expression], **entry: Any) -> None:
    """Register a function of one argument whose derivative is `outer(x)`."""
    register_function(name, 1, derivative=lambda args, _: outer(args[0]), listed=True, **entry)


def _logistic_numpy(x: Any) -> Any:
    # In exp(-abs(x)), which cannot overflow; both tails keep their relative accuracy.
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, e) / (1.0 + e)


def _logistic_scalar(x: float) -> float:
    e = math.exp(-abs(x))
    return (1.0 if x >= 0 else e) / (1.0 + e)


def _sign_scalar(x: float) -> float:
    return x if math.isnan(x) else float((x > 0) - (x < 0))


def _heaviside_scalar(x: float) -> float:
    return x if math.isnan(x) else float(x >= 0)


def _minimum_scalar(a: float, b: float) -> float:
    return a if a < b or math.isnan(a) else b


def _maximum_scalar(a: float, b: float) -> float:
    return a if a > b or math.isnan(a) else b


def _where_scalar(condition: bool, a: float, b: float) -> float:
    return a if condition else b


def _where_derivative(args: tuple[Expression, ...], i: int) -> Expression:
    condition = args[0]
    return Call("where", (condition, ONE, ZERO) if i == 1 else (condition, ZERO, ONE))


def _choice_derivative(op: str) -> Callable[[tuple[Expression, ...], int], Expression]:
    """Return the derivative of minimum or maximum: 1 for the argument that is chosen."""

    def derivative(args: tuple[Expression, ...], i: int) -> Expression:
        chosen = Compare(op, *args)
        return Call("where", (chosen, ONE, ZERO) if i == 0 else (chosen, ZERO, ONE))

    return derivative


def _register_elementary() -> None:
    _of_one("exp", lambda x: call("exp", x), numpy=np.exp, scalar=math.exp, latex=r"\exp")
    _of_one("log", lambda x: ONE / x, numpy=np.log, scalar=math.log, latex=r"\ln")
    _of_one("expm1", lambda x: call("exp", x), numpy=np.expm1, scalar=math.expm1)
    _of_one("log1p", lambda x: ONE / (ONE + x), numpy=np.log1p, scalar=math.log1p)
    _of_one(
        "sqrt",
        lambda x: 0.5 / call("sqrt", x),
        dimension="root",
        numpy=np.sqrt,
        scalar=math.sqrt,
    )
    _of_one("sin", lambda x: call("cos", x), numpy=np.sin, scalar=math.sin, latex=r"\sin")
    _of_one("cos", lambda x: -call("sin", x), numpy=np.cos, scalar=math.cos, latex=r"\cos")
    _of_one("tan", lambda x: 1 + call("tan", x) ** 2, numpy=np.tan, scalar=math.tan, latex=r"\tan")
    _of_one("sinh", lambda x: call("cosh", x), numpy=np.sinh, scalar=math.sinh, latex=r"\sinh")
    _of_one("cosh", lambda x: call("sinh", x), numpy=np.cosh, scalar=math.cosh, latex=r"\cosh")
    _of_one(
        "tanh",
        # 1 - tanh(x)**2 would lose all digits where tanh saturates.
        lambda x: 4 * call("logistic", 2 * x) * call("logistic", -2 * x),
        numpy=np.tanh,
        scalar=math.tanh,
        latex=r"\tanh",
    )
    _of_one("atan", lambda x: ONE / (1 + x**2), numpy=np.arctan, scalar=math.atan, latex=r"\arctan")
    _of_one(
        "logistic",
        lambda x: call("logistic", x) * call("logistic", -x),
        numpy=_logistic_numpy,
        scalar=_logistic_scalar,
        description="1/(1 + exp(-x))",
    )


def _register_branches() -> None:
    _of_one("abs", lambda x: call("sign", x), dimension="same", numpy=np.abs, scalar=math.fabs)
    _of_one(
        "sign",
        lambda _: ZERO,
        dimension="any",
        numpy=np.sign,
        scalar=_sign_scalar,
        latex=r"\operatorname{sgn}",
    )
    _of_one(
        "heaviside",
        lambda _: ZERO,
        dimension="any",
        numpy=lambda x: np.heaviside(x, 1.0),
        scalar=_heaviside_scalar,
        latex=r"\Theta",
        description="1 where x >= 0, else 0",
    )
    register_function(
        "minimum",
        2,
        dimension="same",
        derivative=_choice_derivative("<="),
        numpy=np.minimum,
        scalar=_minimum_scalar,
        latex=r"\min",
        listed=True,
    )
    register_function(
        "maximum",
        2,
        dimension="same",
        derivative=_choice_derivative(">="),
        numpy=np.maximum,
        scalar=_maximum_scalar,
        latex=r"\max",
        listed=True,
    )
    register_function(
        "where",
        3,
        dimension="where",
        derivative=_where_derivative,
        numpy=np.where,
        scalar=_where_scalar,
        description="where(condition, a, b) is a where the condition holds, else b",
        listed=True,
    )


def _register_stable() -> None:
    """Register the functions without removable singularity and three derivatives of each."""
    for base, implementation, form in (
        ("exprel", exprel, "expm1(x)/x, and 1 at 0"),
        ("x_over_expm1", x_over_expm1, "x/expm1(x), and 1 at 0"),
    ):
        for order in range(4):
            _register_order(base, implementation, form, order)


def _register_order(base: str, implementation: Any, form: str, order: int) -> None:
    name = base if order == 0 else f"{base}_d{order}"

    def evaluate(x: Any) -> Any:
        return implementation(x, order)

    register_function(
        name,
        1,
        # The fourth derivative has no name: what needs it must difference the third.
        derivative=(lambda args, _: call(f"{base}_d{order + 1}", args[0])) if order < 3 else None,
        numpy=lambda x: implementation(np.asarray(x, dtype=np.float64), order),
        scalar=evaluate,
        description=form if order == 0 else f"derivative {order} of {form}",
        listed=order == 0,
    )


def register_all() -> None:
    """Fill the registry; done once, when the part is imported."""
    _register_elementary()
    _register_branches()
    _register_stable()
