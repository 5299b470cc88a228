"""`Activation`: a function of one drive, written once as text."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NoReturn

import numpy as np

from excitable import units
from excitable.activation._argument import bare
from excitable.errors import ModelError, UnknownNameError
from excitable.expression import (
    Expression,
    differentiate,
    dimension_of,
    evaluate,
    free_symbols,
    parse,
    simplify,
    stabilise,
    to_latex,
)
from excitable.model import Parameter
from excitable.model._names import check_name, suggestion
from excitable.model._parameter import changed
from excitable.units import DIMENSIONLESS, RATE, Dimension

ARGUMENT = "z"


class Activation:
    """A function of a drive z, written as a formula; a value that never changes.

    Parameters
    ----------
    name : str
        A short name for messages.
    formula : str
        The function of ``z`` in the language of models: ``"maximum(z, 0)**2"``.
    parameters : mapping of str to Parameter, Quantity, str or float
        The constants of the formula.
    description : str
        What it is, in a few words.

    Raises
    ------
    EquationError
        If the formula is not in the language of models.
    UnknownNameError
        If it holds a name that is neither ``z`` nor a parameter.
    UnitError
        If its operands differ in unit.
    ModelError
        If a parameter cannot have its name.

    Notes
    -----
    Values, slopes and LaTeX are derived from the formula, and so are rate neurons
    (`excitable.models.rate_neuron`). The drive is a plain number. A value is a plain number too,
    or a quantity in Hz if the formula is a rate.

    Examples
    --------
    >>> softplus = Activation("softplus", "log(1 + exp(z))")
    >>> print(softplus(0.0), softplus.derivative(0.0))
    0.6931471805599453 0.5
    >>> sharp = Activation("sharp", "logistic(beta*z)", parameters={"beta": 4.0})
    >>> print(sharp(0.5) == sharp(beta=2.0)(1.0))
    True
    """

    __slots__ = ("_dimension", "_expression", "_parameters", "description", "formula", "name")

    name: str
    formula: str
    description: str
    _parameters: dict[str, Parameter]
    _expression: Expression
    _dimension: Dimension

    def __init__(
        self,
        name: str,
        formula: str,
        *,
        parameters: Mapping[str, Any] | tuple[()] = (),
        description: str = "",
    ) -> None:
        declared = {}
        for key, value in dict(parameters).items():
            check_name(key, "parameter", name)
            if key == ARGUMENT:
                found = f"a parameter is called {ARGUMENT}"
                expected = f"{ARGUMENT} is the drive"
                raise ModelError(found, expected, "Rename the parameter", owner=name)
            declared[key] = value if isinstance(value, Parameter) else Parameter(value)
        written = parse(formula, owner=name, name="formula")
        known = {ARGUMENT: DIMENSIONLESS} | {key: p.dimension for key, p in declared.items()}
        for symbol in sorted(free_symbols(written) - set(known)):
            write = suggestion(symbol, known)
            raise UnknownNameError(f"{symbol} is not declared", "", write, owner=f"{name}.formula")
        put = object.__setattr__
        put(self, "name", name)
        put(self, "formula", formula)
        put(self, "description", description)
        put(self, "_parameters", declared)
        put(self, "_dimension", dimension_of(written, known, owner=name, text=formula))
        put(self, "_expression", stabilise(written))

    def __call__(self, z: Any = None, /, **parameters: Any) -> Any:
        """Return the value at a drive, or, without a drive, a copy with other parameters.

        Parameters
        ----------
        z : float or array_like of any shape, optional
            The drive.
        **parameters : Quantity, str or float, scalar or shape (n,)
            Parameters by name; an array is broadcast against `z`.

        Returns
        -------
        float, ndarray, Quantity or Activation
            Values in the shape of `z`, in Hz if the formula is a rate; or the changed copy.

        Raises
        ------
        UnknownNameError
            If there is no parameter of that name.
        UnitError, ParameterError
            If a value has another unit, is not finite or out of its bounds; if a drive is NaN.

        Examples
        --------
        >>> from excitable.activation import lif, relu
        >>> print(relu([-1.0, 2.0]), lif(2.0, tau_m="10 ms", t_ref="0 ms").round(3))
        [0. 2.] 144.27 Hz
        """
        if not parameters and z is None:
            write = f"Write {self.name}(0.5)"
            raise ModelError("no drive is given", "a number is expected", write, owner=self.name)
        function = self._changed(parameters) if parameters else self
        return function if z is None else function._at(function._expression, z)

    def derivative(self, z: Any, /, **parameters: Any) -> Any:
        """Return the slope at a drive.

        Parameters
        ----------
        z : float or array_like of any shape
            The drive.
        **parameters : Quantity, str or float, scalar or shape (n,)
            Parameters by name, for this call.

        Returns
        -------
        float, ndarray or Quantity
            Slopes in the shape of `z`, in Hz if the formula is a rate.

        Raises
        ------
        UnknownNameError, UnitError, ParameterError
            As for a value.

        Notes
        -----
        The formula is differentiated by rule, not by differences. Where a formula switches, the
        slope of the branch taken is given, and a jump contributes nothing: relu has slope 1 at 0,
        threshold has slope 0 everywhere.

        Examples
        --------
        >>> from excitable.activation import logistic
        >>> logistic.derivative(0.0)
        0.25
        """
        function = self._changed(parameters) if parameters else self
        return function._at(function.slope, z)

    @property
    def expression(self) -> Expression:
        """The formula as symbols."""
        return self._expression

    @property
    def slope(self) -> Expression:
        """The derivative of the formula by the drive, as symbols."""
        return _slope_of(self._expression)

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The parameters by name."""
        return MappingProxyType(self._parameters)

    @property
    def unit(self) -> str:
        """The unit of the values: none, or Hz for a rate."""
        if self._dimension == RATE:
            return "Hz"
        return units.default_unit(self._dimension)

    def latex(self) -> str:
        r"""Return the formula in LaTeX.

        Returns
        -------
        str
            An equation, without dollar signs.

        Examples
        --------
        >>> from excitable.activation import tanh
        >>> print(tanh.latex())
        f(z) = \tanh\left(z\right)
        """
        return f"f({ARGUMENT}) = {to_latex(self._expression)}"

    def plot(self, **options: Any) -> Any:
        """Draw the function: see `excitable.plotting.plot_activations`."""
        from excitable import _products

        return _products.plot_activations(self, **options)

    def _changed(self, parameters: Mapping[str, Any]) -> Activation:
        declared = dict(self._parameters)
        for name, value in parameters.items():
            if name not in declared:
                found = f"no parameter is called {name!r:.66}"
                write = suggestion(name, declared) or f"Write {self.name}(z)"
                raise UnknownNameError(found, "", write, owner=self.name)
            declared[name] = changed(declared[name], value, f"{self.name}.{name}")
        copy = object.__new__(Activation)
        for slot in self.__slots__:
            object.__setattr__(copy, slot, getattr(self, slot))
        object.__setattr__(copy, "_parameters", declared)
        return copy

    def _at(self, expression: Expression, z: Any) -> Any:
        drive = bare(z, f"{self.name}.{ARGUMENT}")
        values = {name: p.value for name, p in self._parameters.items()}
        shape = np.broadcast_shapes(np.shape(drive), *(np.shape(v) for v in values.values()))
        found = evaluate(expression, {ARGUMENT: drive, **values})
        if shape:  # a slope that is constant, too, has the shape of the drive
            found = np.array(np.broadcast_to(found, shape))
        if self._dimension.is_dimensionless:
            return found
        # Inside, a rate is per ms; the boundary says Hz.
        return units.attach(found, self.unit)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        found, expected = f"{name} was to be set", "an activation never changes"
        raise UnknownNameError(found, expected, f"Write {self.name}(...)", owner=self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Activation) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())

    def _content(self) -> tuple[object, ...]:
        return self.name, self.formula, tuple(self._parameters.items())

    def __repr__(self) -> str:
        values = ", ".join(f"{name} = {p.shown}" for name, p in self._parameters.items())
        return f"{self.name}({ARGUMENT}) = {self.formula}" + (f", {values}" if values else "")

    def _repr_latex_(self) -> str:
        return f"$${self.latex()}$$"


@functools.lru_cache(maxsize=128)
def _slope_of(expression: Expression) -> Expression:
    return simplify(differentiate(expression, ARGUMENT))
