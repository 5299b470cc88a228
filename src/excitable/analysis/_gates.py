"""Gating curves: where each gate tends to at a potential, and how fast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import _products, units
from excitable.analysis._kinetics import Kinetics, kinetics
from excitable.analysis._quantities import attached
from excitable.errors import ModelError, ParameterError, UnknownNameError
from excitable.expression import Expression, Symbol, evaluate, free_symbols, to_mathml, to_text
from excitable.model import Model

if TYPE_CHECKING:
    from excitable.units import Quantity

# What is drawn if nothing is said: from far below where the state starts to above any peak.
_BELOW, _ABOVE, _EVERY = 60.0, 110.0, 0.5
_USUAL_START = -65.0


@dataclass(frozen=True, eq=False)
class Gate:
    """One gate over the potential: its steady value and its time constant.

    Parameters
    ----------
    name : str
        Name of the state, or of the quantity ``<name>_inf`` of an instantaneous gate.
    description : str
        What the model says about it.
    v : Quantity
        The potentials.
    inf : Quantity, shape of `v`, or (..., n) for a model of n neurons
        Steady value.
    tau : Quantity [time], shape of `inf`, or None
        Time constant; None for a gate that has its steady value at once.
    inf_formula, tau_formula : str
        The formulas, derived from the model's equations.
    origin : Gates
        What it is one of.

    Examples
    --------
    >>> import excitable as ex
    >>> gate = ex.gates(ex.HodgkinHuxley)["n"]
    >>> gate.inf_formula
    'alpha_n/(alpha_n + beta_n)'
    >>> print(gate("-65 mV").tau.round(3))
    5.459 ms
    """

    name: str
    description: str
    v: Quantity
    inf: Quantity
    tau: Quantity | None
    inf_formula: str
    tau_formula: str
    origin: Any = None

    def __call__(self, v: Any) -> Gate:
        """Return the gate at other potentials."""
        return self.origin(v)[self.name]

    def __repr__(self) -> str:
        return f"{self.name}: {_formulas(self)}"


class Gates(Mapping[str, Gate]):
    """The gates of a model over the potential, by name.

    Parameters
    ----------
    model : Model
        The model.
    voltage : str
        Name of its potential.
    kinetics : sequence of Kinetics
        What is known about each gate.
    v : Quantity, any shape
        The potentials.

    Attributes
    ----------
    model, voltage, v
        As given.

    Examples
    --------
    >>> import excitable as ex
    >>> gates = ex.gates(ex.HodgkinHuxley)
    >>> list(gates)
    ['m', 'h', 'n']
    >>> print(gates("-40 mV")["m"].inf.round(3))
    0.501
    """

    def __init__(self, model: Model, voltage: str, kinetics: Any, v: Any) -> None:
        self.model = model
        self.voltage = voltage
        self._kinetics = tuple(kinetics)
        declared = _declared(model, voltage)
        bare = np.asarray(units.strip(v, declared.dimension, f"gates.{voltage}"))
        if not np.isfinite(bare).all():
            raise ParameterError(
                "a potential that is not finite",
                "finite potentials are expected",
                "Write v=np.linspace(-100, 50)*mV",
                owner="gates",
                name=voltage,
            )
        self._bare = bare
        self.v: Quantity = attached(bare, declared.unit)
        self._gates: dict[str, Gate] = {}

    def __call__(self, v: Any) -> Gates:
        """Return the same gates at other potentials."""
        return Gates(self.model, self.voltage, self._kinetics, v)

    def __getitem__(self, name: str) -> Gate:
        if name not in self._gates:
            one = next((one for one in self._kinetics if one.name == name), None)
            if one is None:
                raise UnknownNameError(
                    f"{self.model.name} has no gate {name!r:.66}",
                    f"its gates are {', '.join(self)}",
                    f'Write gates["{next(iter(self))}"]',
                    owner="gates",
                    name=str(name),
                )
            self._gates[name] = self._gate(one)
        return self._gates[name]

    def __iter__(self) -> Iterator[str]:
        return (one.name for one in self._kinetics)

    def __len__(self) -> int:
        return len(self._kinetics)

    def _gate(self, one: Kinetics) -> Gate:
        model = self.model
        state = model.states.get(one.name)
        dimension = state.dimension if state else model.dimensions[f"{one.name}_inf"]
        unit = state.unit if state else units.default_unit(dimension)
        return Gate(
            name=one.name,
            description=state.description if state else "follows the potential at once",
            v=self.v,
            inf=attached(self._value(one.inf), unit),
            tau=None if one.tau is None else attached(self._value(one.tau), "ms"),
            inf_formula=to_text(one.inf),
            tau_formula="0" if one.tau is None else to_text(one.tau),
            origin=self,
        )

    def _value(self, expression: Expression) -> np.ndarray:
        values: dict[str, Any] = dict(self.model.values())
        size = self.model.size
        shape = self._bare.shape if size is None else (*self._bare.shape, size)
        values[self.voltage] = self._bare if size is None else self._bare[..., None]
        found = evaluate(self.model.system.expand(expression), values)
        return np.array(np.broadcast_to(found, shape))

    def formulas(self) -> dict[str, str]:
        """Return the named quantities that the formulas of the gates are written in.

        Returns
        -------
        dict of str to str
            For example ``alpha_m`` and ``beta_m`` of the Hodgkin-Huxley axon.
        """
        definitions = dict(self.model.system.intermediates)
        pending = [e for one in self._kinetics for e in (one.inf, one.tau) if e is not None]
        used: set[str] = set()
        while pending:
            new = free_symbols(pending.pop()) & definitions.keys() - used
            used |= new
            pending += [definitions[name] for name in new]
        return {name: to_text(e) for name, e in definitions.items() if name in used}

    def plot(self, **options: Any) -> Any:
        """Draw the curves. See `excitable.plotting.plot_gates`."""
        return _products.plot_gates(self, **options)

    def __repr__(self) -> str:
        lines = [f"Gates of {self.model.name}"]
        lines += [f"  {self[name].name}: {_formulas(self[name])}" for name in self]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        cell = 'style="text-align:left"'
        rows = []
        for one in self._kinetics:
            tau = "at once" if one.tau is None else _set(one.tau)
            words = escape(self[one.name].description)
            row = (_set(Symbol(one.name)), _set(one.inf), tau, words)
            rows.append("<tr>" + "".join(f"<td {cell}>{text}</td>" for text in row) + "</tr>")
        titles = ("gate", "steady value", "time constant", "")
        head = "".join(f"<th {cell}>{title}</th>" for title in titles)
        table = f"<table><tr>{head}</tr>{''.join(rows)}</table>"
        return f"<div><strong>Gates of {escape(self.model.name)}</strong>{table}</div>"


def _set(expression: Expression) -> str:
    return f"<math>{to_mathml(expression, standalone=False)}</math>"


def _formulas(gate: Gate) -> str:
    steady = f"{gate.name}_inf = {gate.inf_formula}"
    if gate.tau is None:
        return f"{steady}, at once"
    constant = gate.tau_formula == f"tau_{gate.name}"
    return f"{steady}, tau_{gate.name} " + ("constant" if constant else f"= {gate.tau_formula}")


def gates(model: Model, v: Any = None, *, voltage: str = "v") -> Gates:
    """Return where the gates of a model tend to at each potential, and how fast.

    Parameters
    ----------
    model : Model
        A neuron, or a channel whose potential is an input.
    v : Quantity [voltage], any shape, optional
        Potentials; if not given, a range around where the model starts, 0.5 mV apart.
    voltage : str
        Name of the state or input that is the potential.

    Returns
    -------
    Gates
        ``gates["m"].inf`` and ``.tau`` over ``gates.v``; called with other potentials, both give
        the same there; ``.plot()`` draws them.

    Raises
    ------
    ModelError
        If the model has no potential of that name, or no gates.
    UnitError, ParameterError
        If the potentials have another unit or are not finite.

    Notes
    -----
    Derived from the equations: every state x whose derivative is linear in x with coefficients
    that depend on the potential alone is ``dx/dt = (x_inf - x)/tau_x``. Named quantities such as
    ``m_inf`` that depend on the potential alone and belong to no state are gates that follow it at
    once. Removable singularities of the rates are removed.

    References
    ----------
    HodgkinHuxley1952, equations 7, 15 and 16.

    Examples
    --------
    >>> import excitable as ex
    >>> ex.gates(ex.MorrisLecar)
    Gates of MorrisLecar
      w: w_inf = 0.5*(1 + tanh((v - V_3)/V_4)), tau_w = 1/cosh(0.5*(v - V_3)/V_4)/phi
      m: m_inf = 0.5*(1 + tanh((v - V_1)/V_2)), at once
    """
    if not isinstance(model, Model):
        raise ModelError(
            f"{type(model).__name__} is no model",
            "a Model is expected",
            "Write gates(ex.HodgkinHuxley)",
            owner="gates",
            name="model",
        )
    _declared(model, voltage)
    known = kinetics(model.system, voltage)
    if not known:
        raise ModelError(
            f"no state of {model.name} relaxes towards a value that {voltage} sets",
            f"a gate is dx/dt = (x_inf - x)/tau_x with x_inf or tau_x a function of {voltage}",
            "Write gates(ex.HodgkinHuxley), or a model with gates",
            owner="gates",
        )
    return Gates(model, voltage, known, _usual_range(model, voltage) if v is None else v)


def _declared(model: Model, voltage: str) -> Any:
    declared = model.states.get(voltage) or model.inputs.get(voltage)
    if declared is None:
        raise no_potential(model, voltage, "gates")
    return declared


def no_potential(model: Model, voltage: str, owner: str) -> ModelError:
    """Say that a model has neither a state nor an input of the potential's name."""
    names = ", ".join((*model.states, *model.inputs))
    return ModelError(
        f"{model.name} has no potential {voltage!r:.66}",
        f"one of its states and inputs is expected: {names}",
        'Write voltage="V" if that is its name',
        owner=owner,
        name="voltage",
    )


def _usual_range(model: Model, voltage: str) -> Quantity:
    declared = _declared(model, voltage)
    unit = units.default_unit(declared.dimension)
    start = _USUAL_START
    if voltage in model.states:
        start = float(np.mean(model.states[voltage].value))
        if declared.dimension == units.VOLTAGE:
            start = 5.0 * round(start / 5.0)
    if declared.dimension != units.VOLTAGE:  # dimensionless potentials are of order one
        return units.attach(start + np.linspace(-3.0, 3.0, 301), unit)
    return units.attach(np.arange(start - _BELOW, start + _ABOVE + _EVERY / 2, _EVERY), unit)
