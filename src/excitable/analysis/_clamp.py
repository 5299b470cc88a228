"""The voltage clamp: the potential is commanded, the membrane's currents are measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import _products, units
from excitable.analysis._bench import Bench, positive_time
from excitable.analysis._clamp_current import MembraneCurrent, membrane_current, named_currents
from excitable.analysis._gates import no_potential
from excitable.errors import ModelError, ParameterError, UnknownNameError
from excitable.expression import Symbol, evaluate
from excitable.model import Model
from excitable.stimuli import Stimulus, step

if TYPE_CHECKING:
    from excitable.units import Quantity

_TOTAL = "total"
_STILL = 20.0  # ms that a clamp lasts beyond the command's last change, unless told


class VoltageClamp(Mapping[str, Any]):
    """The currents and the gates of a membrane whose potential was commanded.

    Parameters
    ----------
    model : Model
        What was clamped.
    voltage : str
        Name of its potential.
    t : ndarray, shape (samples,)
        Times in ms.
    values : mapping of str to ndarray, shape (samples, commands)
        The command and the currents in internal units.
    units : mapping of str to str
        Unit of each, and of each state.
    currents : tuple of str
        Names of the currents, the total last.
    single : bool
        Whether there is one command, so that arrays lose their second axis.
    scheme : str
        How the states were solved, and why so.
    start : str
        Where the states began, in words.

    Attributes
    ----------
    model, voltage, currents, single, scheme, start
        As given.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import ms, mV
    >>> clamp = ex.voltage_clamp(ex.HodgkinHuxley, [-30, 0]*mV, 20*ms, holding=-65*mV, start=5*ms)
    >>> clamp.currents
    ('I_Na', 'I_K', 'I_L', 'total')
    >>> clamp["I_Na"].shape
    (1001, 2)
    >>> print(clamp.peak("I_Na").round(0))
    [-887.0 -1457.0] µA/cm²
    """

    def __init__(
        self,
        *,
        model: Model,
        voltage: str,
        t: np.ndarray,
        values: Mapping[str, np.ndarray],
        units: Mapping[str, str],
        currents: tuple[str, ...],
        single: bool,
        scheme: str,
        start: str,
    ) -> None:
        self.model = model
        self.voltage = voltage
        self.currents = currents
        self.single = single
        self.scheme = scheme
        self.start = start
        self._t = t
        self._values = dict(values)
        self._units = dict(units)

    @property
    def t(self) -> Quantity:
        """Times of the samples, shape (samples,)."""
        return units.attach(self._t, "ms")

    @property
    def t_ms(self) -> np.ndarray:
        """Times of the samples as bare numbers in ms, shape (samples,)."""
        return self._t

    @property
    def states(self) -> tuple[str, ...]:
        """Names of the gates and other states."""
        return tuple(name for name in self.model.states if name != self.voltage)

    def bare(self, name: str) -> np.ndarray:
        """Return a quantity in internal units.

        Parameters
        ----------
        name : str
            A current, a state or the potential.

        Returns
        -------
        ndarray, shape (samples,) or (samples, commands)
            Its values.

        Raises
        ------
        UnknownNameError
            If there is none of that name.
        """
        if name not in self._values:
            raise UnknownNameError(
                f"{name!r:.66} was not measured",
                f"this clamp holds {', '.join(self._values)}",
                f'Write clamp["{self.currents[-1]}"]',
                owner="voltage_clamp",
                name=str(name),
            )
        values = self._values[name]
        return values[:, 0] if self.single else values

    def unit(self, name: str) -> str:
        """Return the unit that a quantity is shown in."""
        return self._units[name]

    def peak(self, name: str = _TOTAL, *, start: Any = None, stop: Any = None) -> Quantity:
        """Return a current where it is largest in magnitude, with its sign.

        Parameters
        ----------
        name : str
            Name of a current.
        start, stop : Quantity [time], optional
            The part of the run to look at; all of it if left out.

        Returns
        -------
        Quantity, shape () or (commands,)
            The largest sample, one for each command: against the command, the peak I-V curve.

        Raises
        ------
        UnknownNameError, ParameterError
            If there is no such current, or no sample in that part.
        """
        values = self.bare(name)
        t = self._t
        first = t[0] if start is None else units.strip(start, units.TIME, "peak.start")
        last = t[-1] if stop is None else units.strip(stop, units.TIME, "peak.stop")
        inside = (t >= first) & (t <= last)
        if not inside.any():
            raise ParameterError(
                f"no sample lies between {first:g} and {last:g} ms",
                f"the samples cover {t[0]:g} to {t[-1]:g} ms",
                "Write a start before a stop inside it",
                owner="peak",
            )
        part = values[inside]
        place = np.abs(part).argmax(axis=0)
        found = np.take_along_axis(part, np.expand_dims(place, 0), axis=0)[0]
        return units.attach(found[()] if np.ndim(found) else float(found), self._units[name])

    def plot(self, **options: Any) -> Any:
        """Draw command, currents and gates. See `excitable.plotting.plot_voltage_clamp`."""
        return _products.plot_voltage_clamp(self, **options)

    def __getitem__(self, name: str) -> Any:
        if name == "t":
            return self.t
        return units.attach(self.bare(name), self._units[name])

    def __getattr__(self, name: str) -> Any:
        # Reached only for names that are not attributes; what copying probes for fails plainly.
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._values})

    def __repr__(self) -> str:
        commands = self._values[self.voltage].shape[1]
        return (
            f"VoltageClamp({self.model.name}: duration {self._t[-1]:g} ms; commands {commands}; "
            f"currents {', '.join(self.currents)}; states {', '.join(self.states) or 'none'}; "
            f"scheme {self.scheme}; start {self.start})"
        )


def voltage_clamp(
    model: Model,
    v: Any,
    duration: Any = None,
    *,
    holding: Any = None,
    start: Any = "5 ms",
    stop: Any = None,
    dt: Any = "0.02 ms",
    seed: int = 0,
    voltage: str = "v",
    **inputs: Any,
) -> VoltageClamp:
    """Command the potential of a model and return the currents through its membrane.

    Parameters
    ----------
    model : Model
        A neuron, or a channel whose potential is an input.
    v : Stimulus, Quantity [voltage] or str
        The command; an array means a family, one command per element.
    duration : Quantity [time] or str, optional
        How long; if left out, until 20 ms after the last change of the command.
    holding : Quantity [voltage], optional
        With it the command is `v` from `start` to `stop` and `holding` before and after.
    start, stop : Quantity [time]
        The step's beginning, and its end (that of the run if left out); with `holding` only.
    dt : Quantity [time]
        Interval of the samples; results do not depend on it.
    seed : int
        Seed of noise in the command or in the model.
    voltage : str
        Name of the state or input that is the potential.
    **inputs : Quantity, Stimulus or str
        Other inputs of the model by name; zero if not given. The injected current is none of
        them: it is what the clamp measures.

    Returns
    -------
    VoltageClamp
        ``clamp.t``, the command ``clamp.v``, each current by its name in the model
        (``clamp.I_Na``), their sum ``clamp.total``, the states (``clamp.m``), ``.peak(...)``,
        ``.plot()``.

    Raises
    ------
    ModelError
        If the model has no such potential, or no input that drives it.
    UnknownNameError, UnitError, ParameterError, StimulusError
        As in `simulate`; ParameterError also if the command goes on changing and `duration` is
        left out.

    Notes
    -----
    Derived from the model: its potential is turned from a state into an input, the other states
    are solved with error control (the command's steps are met exactly), and currents follow from
    the equations. Named currents have the sign that the model gives them; the total is outward,
    ``-C*dv/dt`` of the free membrane at zero injected current. States begin in their steady state
    at the command's first value.

    The clamp is ideal: no series resistance, no delay, and the current that charges the membrane,
    ``C*dv/dt``, is not part of the total. At a step of the command it would be an infinitely short
    pulse of charge ``C`` times the step, along a ramp a constant ``C`` times the slope.

    References
    ----------
    HodgkinHuxley1952, part II.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import ms, mV
    >>> clamp = ex.voltage_clamp(ex.HodgkinHuxley, -20*mV, 30*ms, holding=-65*mV, stop=25*ms)
    >>> print(clamp.I_K[-1].round(3), clamp.peak("I_K").round(1))
    32.745 µA/cm² 997.9 µA/cm²
    """
    if not isinstance(model, Model):
        raise ModelError(
            f"{type(model).__name__} is no model",
            "a Model is expected",
            "Write voltage_clamp(ex.HodgkinHuxley, 0*mV, 20*ms)",
            owner="voltage_clamp",
            name="model",
        )
    declared = model.states.get(voltage) or model.inputs.get(voltage)
    if declared is None:
        raise no_potential(model, voltage, "voltage_clamp")
    through = membrane_current(model, voltage)
    _check_inputs(model, through, voltage, inputs)
    command = _command(v, holding, start, stop, declared.dimension)
    bench = Bench(
        model, voltage, {voltage: command, **inputs},
        duration=_duration(duration, command), dt=positive_time(dt, "dt"), seed=seed,
    )  # fmt: skip
    courses, scheme, words = bench.states()
    known: dict[str, Any] = {**model.values(), **bench.sampled(), **courses}
    system = model.system
    shape = (bench.t.size, bench.n)
    values, shown = {voltage: known[voltage]}, {voltage: declared.unit}
    wanted = {name: system.expand(Symbol(name)) for name in named_currents(model, voltage, through)}
    wanted[_TOTAL] = system.expand(through.outward)
    for name, current in wanted.items():
        # Plus zero, for a current that is -0.0 by its sign alone.
        values[name] = np.broadcast_to(evaluate(current, known), shape) + 0.0
        shown[name] = through.unit
    return VoltageClamp(
        model=model, voltage=voltage, t=bench.t, values={**values, **courses},
        units={**shown, **{name: model.states[name].unit for name in courses}},
        currents=tuple(wanted), single=bench.single, scheme=scheme, start=words,
    )  # fmt: skip


def _check_inputs(
    model: Model, through: MembraneCurrent, voltage: str, inputs: Mapping[str, Any]
) -> None:
    for name in inputs:
        if name == through.injected:
            raise UnknownNameError(
                f"{name} was given",
                "in voltage clamp the injected current is measured",
                f"Leave {name} out, or write simulate(model, duration, {name}=...)",
                owner="voltage_clamp",
                name=name,
            )
        if name not in model.inputs or name == voltage:
            others = [k for k in model.inputs if k not in (through.injected, voltage)]
            listed = f"the other inputs {', '.join(others)}" if others else "no other input"
            raise UnknownNameError(
                f"voltage_clamp has no argument {name!r:.66}",
                f"{model.name} has {listed}",
                "Leave it out",
                owner="voltage_clamp",
                name=name,
            )


def _duration(duration: Any, command: Any) -> float:
    """Return how long the clamp lasts, ms."""
    if duration is not None:
        return positive_time(duration, "duration")
    settled = command.settled if isinstance(command, Stimulus) else 0.0
    if np.isinf(settled):
        raise ParameterError(
            "it is left out, and the command goes on changing",
            "a time is expected",
            "Write duration=100*ms, or a stop in the command",
            owner="voltage_clamp",
            name="duration",
        )
    return max(settled, 0.0) + _STILL


def _command(v: Any, holding: Any, start: Any, stop: Any, dimension: units.Dimension) -> Any:
    """Return the command as what drives an input."""
    if holding is None:
        return v
    if isinstance(v, Stimulus):
        raise ParameterError(
            "a stimulus together with a holding potential",
            "the stimulus is the whole command, or v is the level of a step",
            "Write v=ex.step(...) + holding, or v=[-40, 0]*mV, holding=-65*mV",
            owner="voltage_clamp",
            name="holding",
        )
    unit = units.default_unit(dimension)
    rest = float(units.strip(holding, dimension, "voltage_clamp.holding"))
    level = units.strip(v, dimension, "voltage_clamp.v")
    rise = units.attach(level - rest, unit)
    return step(rise, start=start, stop=stop) + units.attach(rest, unit)
