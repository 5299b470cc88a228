"""The registry of functions: each with its dimension rule, derivative and implementations."""

from __future__ import annotations

import difflib
import keyword
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from excitable.errors import EquationError, UnknownNameError
from excitable.expression._nodes import Call, Expression, Number, as_expression
from excitable.units import Dimension

DimensionRule = str | Callable[[tuple[Dimension, ...]], Dimension]
Derivative = Callable[[tuple[Expression, ...], int], Expression]

# "dimensionless": plain numbers in, a plain number out; "same": all arguments alike, and the
# result too; "any": any argument, a plain number out; "root"; "where": condition, then alike.
DIMENSION_RULES = ("dimensionless", "same", "any", "root", "where")


@dataclass(frozen=True)
class Function:
    r"""A function that equations may call.

    Parameters
    ----------
    name : str
        Its name in equations.
    arity : int
        The number of arguments.
    dimension : str or callable
        One of ``"dimensionless"``, ``"same"``, ``"any"``, ``"root"``, ``"where"``, or a
        callable from the dimensions of the arguments to that of the result.
    derivative : callable, optional
        ``derivative(args, i)`` is the partial derivative by argument `i`, an expression.
    numpy : callable
        The vectorised implementation.
    scalar : callable, optional
        A quick implementation for Python floats; it may raise where NumPy gives inf or nan.
    latex : str
        The operator in LaTeX, such as ``r"\tanh"``.
    implementations : mapping of str to object
        What other targets need, by target name.
    description : str
        One line for documentation.
    listed : bool
        Whether messages about unknown functions list it.
    """

    name: str
    arity: int
    dimension: DimensionRule
    derivative: Derivative | None
    numpy: Callable[..., Any]
    scalar: Callable[..., Any] | None = None
    latex: str = ""
    implementations: Mapping[str, object] = field(default_factory=dict)
    description: str = ""
    listed: bool = False

    def __post_init__(self) -> None:
        frozen = MappingProxyType(dict(self.implementations))
        object.__setattr__(self, "implementations", frozen)


_registry: dict[str, Function] = {}


def functions() -> Mapping[str, Function]:
    """Return all functions that equations may call.

    Returns
    -------
    mapping of str to Function
        A read-only view, by name.
    """
    return MappingProxyType(_registry)


def function(name: str) -> Function:
    """Return one function of the registry.

    Parameters
    ----------
    name : str
        Its name in equations.

    Returns
    -------
    Function
        Its entry.

    Raises
    ------
    UnknownNameError
        There is no such function.
    """
    found = _registry.get(name)
    if found is None:
        close = difflib.get_close_matches(name[:40], _registry, n=1)
        raise UnknownNameError(
            f"there is no function {name[:40]}",
            f"the functions are {', '.join(listed_names())}",
            f"Write {close[0]}" if close else "Register your own with register_function",
        )
    return found


def listed_names() -> list[str]:
    """Return the names that messages list: those of ours that people write themselves."""
    return [n for n, entry in _registry.items() if entry.listed]


def register_function(
    name: str,
    arity: int,
    *,
    dimension: DimensionRule = "dimensionless",
    derivative: Derivative | None = None,
    numpy: Callable[..., Any],
    scalar: Callable[..., Any] | None = None,
    latex: str = "",
    implementations: Mapping[str, object] | None = None,
    description: str = "",
    listed: bool = False,
) -> Function:
    """Make a function of your own callable from equations.

    Parameters
    ----------
    name : str
        Its name in equations: letters, digits and ``_``.
    arity : int
        The number of arguments, at least 1.
    dimension : str or callable
        How the dimension of the result follows from those of the arguments; see `Function`.
    derivative : callable, optional
        ``derivative(args, i)`` returns the partial derivative by argument `i` as an
        expression. Without it, schemes and analyses that need derivatives refuse the model.
    numpy : callable
        Vectorised implementation on float64 arrays.
    scalar : callable, optional
        Implementation on Python floats.
    latex : str
        The operator in LaTeX.
    implementations : mapping, optional
        Implementations for other targets, by target name.
    description : str
        One line for documentation.
    listed : bool
        Whether messages about unknown functions list it.

    Returns
    -------
    Function
        The entry.

    Raises
    ------
    EquationError
        The name is taken by another function, or is not a name.

    Notes
    -----
    Registering the same function again is allowed, so that a module can be imported twice.
    A model that uses a registered function can be read from a file only after registering it.

    Examples
    --------
    >>> import numpy as np
    >>> softplus = register_function(
    ...     "softplus", 1, numpy=lambda x: np.logaddexp(0.0, x),
    ...     derivative=lambda args, i: call("logistic", args[0]))
    >>> softplus.name
    'softplus'
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) or "__" in name or keyword.iskeyword(name):
        raise EquationError(
            f"{name!r} is not a name for a function",
            "names are letters, digits and single underscores",
            "Write a name such as softplus",
        )
    if arity < 1:
        raise EquationError(
            f"{name} has {arity} arguments", "a function has at least one", "Use a parameter"
        )
    if isinstance(dimension, str) and dimension not in DIMENSION_RULES:
        raise EquationError(
            f"{dimension!r} is not a dimension rule",
            f"the rules are {', '.join(DIMENSION_RULES)}",
            'Write "dimensionless", or give a callable',
            name=name,
        )
    entry = Function(
        name,
        arity,
        dimension,
        derivative,
        numpy,
        scalar,
        latex,
        implementations or {},
        description,
        listed,
    )
    present = _registry.get(name)
    if present is not None and _origin(present) != _origin(entry):
        raise EquationError(
            f"the function {name} exists already",
            "each name stands for one function",
            f"Write another name, such as my_{name}",
        )
    _registry[name] = entry
    return entry


def _origin(entry: Function) -> tuple[object, ...]:
    """Tell functions apart by where they were written, which survives a second import."""
    code = getattr(entry.numpy, "__code__", None)
    place = (code.co_filename, code.co_firstlineno) if code else entry.numpy
    return entry.arity, place


def call(name: str, *arguments: Expression | float) -> Expression:
    """Return a function applied to arguments, folded to a number if all are numbers.

    Parameters
    ----------
    name : str
        A function of the registry.
    *arguments : Expression or float
        Its arguments.

    Returns
    -------
    Expression
        The call.

    Raises
    ------
    UnknownNameError
        There is no such function.
    EquationError
        The number of arguments is wrong.

    Examples
    --------
    >>> from excitable.expression import Symbol
    >>> print(call("exp", Symbol("v")), call("exp", 0))
    exp(v) 1
    """
    entry = function(name)
    nodes = tuple(as_expression(argument) for argument in arguments)
    if len(nodes) != entry.arity or any(node is None for node in nodes):
        raise EquationError(
            f"{name} is given {len(nodes)} arguments",
            f"it takes {entry.arity}",
            f"Write {name}({', '.join('xyzabc'[: entry.arity])})",
        )
    values = [node.value for node in nodes if isinstance(node, Number)]
    if len(values) == len(nodes) and entry.scalar is not None:
        try:
            result = entry.scalar(*values)
        except (ArithmeticError, ValueError):
            result = math.nan
        if math.isfinite(result):
            return Number(result)
    return Call(name, nodes)  # type: ignore[arg-type]
