"""The equilibria of a neuron under constant input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from excitable import units
from excitable.analysis._quantities import attached
from excitable.analysis.dynamics._classify import classify
from excitable.analysis.dynamics._find import find
from excitable.analysis.dynamics._inputs import constants
from excitable.expression import evaluate
from excitable.model import Model

if TYPE_CHECKING:
    from excitable.units import Quantity


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """A state in which nothing moves.

    Parameters
    ----------
    state : mapping of str to Quantity
        Every state.
    eigenvalues : Quantity [1/time], shape (states,), complex
        Of the Jacobian of all states, the largest real part first.
    kind : str
        ``"stable node"``, ``"unstable node"``, ``"stable focus"``, ``"unstable focus"``,
        ``"saddle"``, ``"saddle-focus"``, or, degenerate within rounding, ``"center"`` (a pair
        without real part) or ``"saddle-node"`` (a zero eigenvalue).
    stable : bool
        Whether all real parts are negative.
    index : int
        Number of directions in which deviations grow.
    beyond_threshold : bool
        Whether it lies where a model with a reset has spiked already, so that no run rests there.
    jacobian : ndarray, shape (states, states)
        Derivative of the drift, in the units of the states per ms.

    Examples
    --------
    >>> import excitable as ex
    >>> rest = ex.equilibria(ex.QIF, I=-4)[0]
    >>> print(rest.kind, rest.state["x"])
    stable node -2.0
    """

    state: Mapping[str, Quantity]
    eigenvalues: Quantity
    kind: str
    stable: bool
    index: int
    beyond_threshold: bool
    jacobian: np.ndarray

    def __repr__(self) -> str:
        place = ", ".join(f"{name} = {_short(value)}" for name, value in self.state.items())
        beyond = ", beyond the threshold" if self.beyond_threshold else ""
        return f"{self.kind}: {place}{beyond}"


class Equilibria(Sequence[Equilibrium]):
    """The equilibria of a neuron under constant input, by their first state.

    Parameters
    ----------
    model : Model
        The neuron.
    inputs : mapping of str to Quantity
        Its inputs.
    items : sequence of Equilibrium
        The equilibria.
    complete : bool
        Whether it is certain that there are no others in `range`.
    method : str
        How they were found.
    range : (Quantity, Quantity) or None
        Where they were looked for, of the state `variable`; None for linear equations, of which
        there are no others anywhere.
    variable : str or None
        The state that was scanned.

    Examples
    --------
    >>> import excitable as ex
    >>> found = ex.equilibria(ex.PersistentSodiumPotassium)
    >>> [one.kind for one in found], found.complete
    (['stable node', 'saddle', 'unstable focus'], True)
    """

    def __init__(
        self,
        model: Model,
        inputs: Mapping[str, Quantity],
        items: Sequence[Equilibrium],
        *,
        complete: bool,
        method: str,
        range: tuple[Quantity, Quantity] | None,
        variable: str | None,
    ) -> None:
        self.model = model
        self.inputs = dict(inputs)
        self._items = tuple(items)
        self.complete = complete
        self.method = method
        self.range = range
        self.variable = variable

    @property
    def resting(self) -> list[Equilibrium]:
        """Those at which a run may rest: stable, and not beyond the threshold."""
        return [one for one in self if one.stable and not one.beyond_threshold]

    @overload
    def __getitem__(self, index: int) -> Equilibrium: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Equilibrium]: ...
    def __getitem__(self, index: int | slice) -> Equilibrium | Sequence[Equilibrium]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Equilibrium]:
        return iter(self._items)

    def __repr__(self) -> str:
        given = ", ".join(f"{name} = {_short(value)}" for name, value in self.inputs.items())
        head = f"Equilibria of {self.model.name}" + (f" at {given}" if given else "")
        lines = [f"  {one}" for one in self] or ["  none"]
        sure = "all of them" if self.complete else "there may be others"
        if self.range is not None:
            low, high = (_short(end) for end in self.range)
            sure += f" with {self.variable} between {low} and {high}"
        return "\n".join([head, *lines, f"  ({sure}; {self.method})"])


def equilibria(model: Model, **inputs: Any) -> Equilibria:
    """Return the equilibria of a neuron under constant input, with their kinds.

    Parameters
    ----------
    model : Model
        One neuron.
    **inputs : Quantity or str
        One constant value for each input, by name; an input not given is zero.

    Returns
    -------
    Equilibria
        List-like; ``.complete`` says whether all were found, ``.range`` where.

    Raises
    ------
    ModelError, UnknownNameError, UnitError, ParameterError
        If `model` is no model or several neurons, if an input is not one of its inputs, has
        another unit, changes in time or has several values.

    Notes
    -----
    Linear equations are solved. Where the drift of every other state is linear in that state, as
    of gates, those are replaced by their steady values, and the drift of the first state becomes
    a function of it alone. Interval arithmetic proves for every part of its range that this
    function has no zero there or exactly one, so none is missed, and pairs near a fold are told
    apart; zeros are refined to machine precision. The range is a million times the usual scale
    (20 mV for a potential) to both sides, less where the equations overflow. For other models,
    and where a state has no steady value of its own because all of its rate vanishes, Newton's
    method starts from many fixed places, and ``.complete`` is False.

    Stability and kind always follow from the Jacobian of all states, derived from the equations;
    removable singularities of rates are removed. With more than two states a stable or an unstable
    equilibrium is a focus if any of its eigenvalues is complex, and a saddle is a saddle-focus if
    the pair nearest to the imaginary axis, on either side, is complex. In a model with a reset,
    equilibria beyond the threshold are listed and say so. Noise is left out.

    References
    ----------
    Izhikevich2007, chapters 3 and 4; Moore, Kearfott and Cloud, Introduction to Interval Analysis,
    2009, chapter 8.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import uA, cm
    >>> ex.equilibria(ex.HodgkinHuxley, I=10*uA/cm**2)[0].kind
    'saddle-focus'
    """
    known = constants(model, inputs, "equilibria")
    found = find(model, known)
    items = [_described(model, known, x) for x in found.states]
    shown = {name: _quantity(model, name, known[name]) for name in model.inputs}
    span = None
    if found.span is not None and found.variable is not None:
        low, high = (_quantity(model, found.variable, end) for end in found.span)
        span = (low, high)
    return Equilibria(
        model,
        shown,
        items,
        complete=found.complete,
        method=found.method,
        range=span,
        variable=found.variable,
    )


def _described(model: Model, known: Mapping[str, float], x: np.ndarray) -> Equilibrium:
    system = model.system
    names = {**known, **dict(zip(system.states, x.tolist(), strict=True))}
    J = np.array([[float(evaluate(e, names)) for e in row] for row in system.jacobian()])
    eigenvalues, kind, stable, index = classify(J)
    threshold = system.expanded_threshold()
    beyond = False
    if threshold is not None and system.reset:
        # On the threshold itself a neuron comes to rest: it would get there after infinite time.
        beyond = float(evaluate(threshold, names)) > 1e-12 * (1.0 + float(np.abs(x).max()))
    return Equilibrium(
        state={s: _quantity(model, s, v) for s, v in zip(system.states, x, strict=True)},
        eigenvalues=units.attach(eigenvalues, "1/ms"),
        kind=kind,
        stable=stable,
        index=index,
        beyond_threshold=beyond,
        jacobian=J,
    )


def _quantity(model: Model, name: str, value: float) -> Quantity:
    return attached(float(value), units.default_unit(model.dimensions[name]))


def _short(value: Quantity) -> str:
    return f"{float(value.magnitude) + 0.0:.6g} {units.unit_text(value)}".rstrip()  # no -0
