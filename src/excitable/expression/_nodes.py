"""Immutable symbolic expressions.

Every node exists once: building an equal node again returns the same object. Equality is
therefore identity, hashing costs nothing, and an expression that repeats a part stays small
however often the part is repeated. All algorithms walk nodes in a loop (see `_walk`), so that
long sums cannot exhaust Python's stack.
"""

from __future__ import annotations

import math
import numbers
import threading
from collections.abc import Callable
from typing import Any, ClassVar
from weakref import WeakValueDictionary

_interned: WeakValueDictionary[tuple[Any, ...], Expression] = WeakValueDictionary()
# Reentrant, because the garbage collector may run a finaliser that builds expressions.
_lock = threading.RLock()

# What the operators do; filled by `_folding`, so that nodes themselves know no algebra.
operations: dict[str, Callable[..., Expression]] = {}


class Expression:
    """A mathematical expression; the base of all nodes.

    Arithmetic on expressions builds new ones, folds constants and drops zeros and ones.
    Comparison with ``<``, ``<=``, ``>``, ``>=`` builds conditions; ``==`` asks whether two
    expressions are the same node. To keep a structure as it is, call the node classes.

    Examples
    --------
    >>> v, E_L = Symbol("v"), Symbol("E_L")
    >>> print(2*(E_L - v) + 0)
    2*(E_L - v)
    """

    __slots__ = ("__weakref__", "_program", "children")
    __array_ufunc__ = None  # NumPy scalars on the left leave the arithmetic to us
    is_condition: ClassVar[bool] = False

    children: tuple[Expression, ...]
    _program: Any

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"an expression cannot be changed; {name} was to be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"an expression cannot be changed; {name} was to be deleted")

    def __copy__(self) -> Expression:
        return self

    def __deepcopy__(self, memo: object) -> Expression:
        return self

    def __str__(self) -> str:
        from excitable.expression._writing._text import to_text

        return to_text(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self}>"

    def __add__(self, other: Expression | float) -> Expression:
        return _operate("add", self, other)

    def __radd__(self, other: float) -> Expression:
        return _operate("add", other, self)

    def __sub__(self, other: Expression | float) -> Expression:
        return _operate("subtract", self, other)

    def __rsub__(self, other: float) -> Expression:
        return _operate("subtract", other, self)

    def __mul__(self, other: Expression | float) -> Expression:
        return _operate("multiply", self, other)

    def __rmul__(self, other: float) -> Expression:
        return _operate("multiply", other, self)

    def __truediv__(self, other: Expression | float) -> Expression:
        return _operate("divide", self, other)

    def __rtruediv__(self, other: float) -> Expression:
        return _operate("divide", other, self)

    def __pow__(self, other: Expression | float) -> Expression:
        return _operate("power", self, other)

    def __rpow__(self, other: float) -> Expression:
        return _operate("power", other, self)

    def __neg__(self) -> Expression:
        return operations["negate"](self)

    def __pos__(self) -> Expression:
        return self

    def __lt__(self, other: Expression | float) -> Expression:
        return _compare("<", self, other)

    def __le__(self, other: Expression | float) -> Expression:
        return _compare("<=", self, other)

    def __gt__(self, other: Expression | float) -> Expression:
        return _compare(">", self, other)

    def __ge__(self, other: Expression | float) -> Expression:
        return _compare(">=", self, other)


def _node(
    cls: type[Any],
    children: tuple[Expression, ...],
    names: tuple[str, ...],
    values: tuple[Any, ...],
) -> Any:
    """Return the one node of this class with these fields."""
    key = (cls, *values)
    with _lock:
        made = _interned.get(key)
        if made is None:
            made = object.__new__(cls)
            put = object.__setattr__
            for name, value in zip(names, values, strict=True):
                put(made, name, value)
            put(made, "children", children)
            put(made, "_program", None)
            _interned[key] = made
    return made


class Number(Expression):
    """A constant.

    Parameters
    ----------
    value : float
        Its value; a negative zero is stored as zero.
    """

    __slots__ = ("value",)
    __match_args__ = ("value",)
    value: float

    def __new__(cls, value: float) -> Number:
        exact = float(value) + 0.0
        if math.isnan(exact):
            exact = math.nan  # one object, so that the table finds it again
        return _node(cls, (), ("value",), (exact,))

    def __reduce__(self) -> tuple[Any, ...]:
        return Number, (self.value,)


class Symbol(Expression):
    """A name.

    Parameters
    ----------
    name : str
        The name, as in the equations.
    """

    __slots__ = ("name",)
    __match_args__ = ("name",)
    name: str

    def __new__(cls, name: str) -> Symbol:
        return _node(cls, (), ("name",), (name,))

    def __reduce__(self) -> tuple[Any, ...]:
        return Symbol, (self.name,)


class Neg(Expression):
    """The negative of an expression; of a number, the number with its sign changed.

    Parameters
    ----------
    x : Expression
        The operand.
    """

    __slots__ = ("x",)
    __match_args__ = ("x",)
    x: Expression

    def __new__(cls, x: Expression) -> Expression:
        if type(x) is Number:
            return Number(-x.value)
        return _node(cls, (x,), ("x",), (x,))

    def __reduce__(self) -> tuple[Any, ...]:
        return Neg, (self.x,)


class _Binary(Expression):
    """What the nodes with two operands share: the fields `a` (left) and `b` (right)."""

    __slots__ = ("a", "b")
    __match_args__ = ("a", "b")
    a: Expression
    b: Expression

    def __new__(cls, a: Expression, b: Expression) -> Any:
        return _node(cls, (a, b), ("a", "b"), (a, b))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.a, self.b)


class Add(_Binary):
    """The sum ``a + b``."""

    __slots__ = ()


class Sub(_Binary):
    """The difference ``a - b``."""

    __slots__ = ()


class Mul(_Binary):
    """The product ``a*b``."""

    __slots__ = ()


class Div(_Binary):
    """The quotient ``a/b``."""

    __slots__ = ()


class Pow(_Binary):
    """The power ``a**b``."""

    __slots__ = ()


class And(_Binary):
    """Both of two conditions."""

    __slots__ = ()
    is_condition = True


class Or(_Binary):
    """At least one of two conditions."""

    __slots__ = ()
    is_condition = True


class Not(Expression):
    """The opposite of a condition.

    Parameters
    ----------
    x : Expression
        The condition.
    """

    __slots__ = ("x",)
    __match_args__ = ("x",)
    is_condition = True
    x: Expression

    def __new__(cls, x: Expression) -> Not:
        return _node(cls, (x,), ("x",), (x,))

    def __reduce__(self) -> tuple[Any, ...]:
        return Not, (self.x,)


class Compare(Expression):
    """A comparison of two numbers.

    Parameters
    ----------
    op : str
        One of ``<  <=  >  >=  ==  !=``.
    a, b : Expression
        The left and the right operand.
    """

    __slots__ = ("a", "b", "op")
    __match_args__ = ("op", "a", "b")
    is_condition = True
    op: str
    a: Expression
    b: Expression

    def __new__(cls, op: str, a: Expression, b: Expression) -> Compare:
        return _node(cls, (a, b), ("op", "a", "b"), (op, a, b))

    def __reduce__(self) -> tuple[Any, ...]:
        return Compare, (self.op, self.a, self.b)


class Call(Expression):
    """A function of the registry applied to arguments.

    Parameters
    ----------
    function_name : str
        The name of the function.
    args : tuple of Expression
        Its arguments.
    """

    __slots__ = ("args", "function_name")
    __match_args__ = ("function_name", "args")
    function_name: str
    args: tuple[Expression, ...]

    def __new__(cls, function_name: str, args: tuple[Expression, ...]) -> Call:
        arguments = tuple(args)
        return _node(cls, arguments, ("function_name", "args"), (function_name, arguments))

    def __reduce__(self) -> tuple[Any, ...]:
        return Call, (self.function_name, self.args)


ZERO = Number(0.0)
ONE = Number(1.0)


def as_expression(value: object) -> Expression | None:
    """Return a node for an expression or a real number, else None."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        return Number(float(value))
    return None


def _operate(name: str, a: object, b: object) -> Expression:
    left, right = as_expression(a), as_expression(b)
    if left is None or right is None:
        return NotImplemented
    return operations[name](left, right)


def _compare(op: str, a: Expression, other: object) -> Expression:
    b = as_expression(other)
    return NotImplemented if b is None else Compare(op, a, b)
