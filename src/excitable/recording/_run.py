"""The result of a simulation: what was recorded, and how it was made."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from excitable import _products, units
from excitable.errors import UnknownNameError
from excitable.recording import _summary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from excitable.recording._scheme import Scheme
    from excitable.recording._spikes import Spikes


class Signal(Protocol):
    """Anything that knows its value at any time of a run."""

    def value(self, t: np.ndarray, neurons: Any, /) -> np.ndarray:
        """Bare values at the times ``t`` (ms from the run's start) for some neurons."""
        ...


@dataclass(frozen=True, slots=True)
class InputSignal:
    """Input that drove a run, with the unit to show it in.

    Parameters
    ----------
    signal : object
        Has ``value(t, neurons)`` in bare internal numbers, ``t`` in ms from the run's start.
    unit : str
        Text of the unit to show, such as ``"pA"``.

    Examples
    --------
    >>> class Ramp:
    ...     def value(self, t, neurons):
    ...         return 2.0 * np.asarray(t)
    >>> InputSignal(Ramp(), "pA").value(np.array([0.0, 5.0]), 0)
    array([ 0., 10.])
    """

    signal: Signal
    unit: str

    def value(self, t: Any, neurons: Any = 0) -> np.ndarray:
        """Return bare values at some times.

        Parameters
        ----------
        t : array_like, shape (samples,)
            Times in ms from the run's start.
        neurons : int or array_like of int, shape (k,)
            Whose input.

        Returns
        -------
        ndarray, shape (samples,) or (samples, k)
            Bare internal values.
        """
        return self.signal.value(np.asarray(t, dtype=np.float64), neurons)


class Run:
    """What a simulation recorded, and how it was made.

    Every recorded quantity is an attribute: ``run.v``, or ``run["v"]``. One neuron gives arrays of
    shape (samples,), several give (samples, neurons).

    Parameters
    ----------
    name : str
        Name of the model.
    model : object
        The model that ran, or a description of it; None for measured data.
    t : ndarray, shape (samples,)
        Absolute sample times in ms.
    values : mapping of str to ndarray, shape (samples, k)
        Bare internal values of each recorded quantity.
    units : mapping of str to str
        Text of the unit of each recorded quantity.
    neurons : mapping of str to ndarray of int, shape (k,)
        Numbers of the neurons recorded in each of ``values``.
    spikes : Spikes
        Spikes of all neurons.
    inputs : mapping of str to InputSignal
        What drove the model.
    scheme : Scheme
        The integration scheme and why it was taken.
    start : str
        Where the states began, in words.
    settings : mapping
        ``dt``, ``duration``, ``t_start``, ``record_dt`` in ms, ``seed`` and the like.
    single : bool
        Whether the run is of one neuron, so that arrays lose their neuron axis.
    stopped : str, optional
        Why the run ended before its time; None if it did not.
    origin : object, optional
        What is needed to make the run again; not saved.

    Attributes
    ----------
    name, model, values, units, neurons, spikes, inputs, scheme, start, settings, single, stopped
        As given.

    Examples
    --------
    >>> from excitable.recording import Scheme, Spikes
    >>> run = Run(
    ...     name="LIF", model=None, t=np.array([0.0, 0.1]),
    ...     values={"v": np.array([[-70.0], [-69.5]])}, units={"v": "mV"},
    ...     neurons={"v": np.array([0])},
    ...     spikes=Spikes(np.empty(0), np.array([0, 0]), start=0.0, stop=0.1),
    ...     inputs={}, scheme=Scheme("exact"), start="at rest",
    ...     settings={"dt": 0.1, "duration": 0.1, "t_start": 0.0}, single=True)
    >>> print(run.v)
    [-70.0 -69.5] mV
    >>> run.recorded
    ('v',)
    """

    def __init__(
        self,
        *,
        name: str,
        model: Any,
        t: np.ndarray,
        values: Mapping[str, np.ndarray],
        units: Mapping[str, str],
        neurons: Mapping[str, np.ndarray],
        spikes: Spikes,
        inputs: Mapping[str, Any],
        scheme: Scheme,
        start: str,
        settings: Mapping[str, Any],
        single: bool,
        stopped: str | None = None,
        origin: Any = None,
    ) -> None:
        self.name = name
        self.model = model
        self.values = dict(values)
        self.units = dict(units)
        self.neurons = dict(neurons)
        self.spikes = spikes
        self.inputs = dict(inputs)
        self.scheme = scheme
        self.start = start
        self.settings = dict(settings)
        self.single = single
        self.stopped = stopped
        self.origin = origin
        self._t = t
        self._quantities: dict[str, Any] = {}

    @property
    def t_ms(self) -> np.ndarray:
        """Absolute sample times as bare numbers in ms, shape (samples,)."""
        return self._t

    @property
    def t(self) -> Any:
        """Absolute sample times, a time quantity of shape (samples,)."""
        if "t" not in self._quantities:
            self._quantities["t"] = units.attach(self._t, "ms")
        return self._quantities["t"]

    @property
    def duration(self) -> Any:
        """How long the run was asked to last, a time quantity."""
        asked = self.settings.get("duration")
        return units.attach(float(np.ptp(self._t) if asked is None else asked), "ms")

    @property
    def recorded(self) -> tuple[str, ...]:
        """Names of what was recorded."""
        return tuple(self.values)

    def bare(self, name: str) -> np.ndarray:
        """Return a recorded quantity in bare internal numbers.

        Parameters
        ----------
        name : str
            Name of a recorded quantity.

        Returns
        -------
        ndarray, shape (samples,) or (samples, neurons)
            Values in the internal units (ms, mV, pA, nS, pF; uA/cm2, mS/cm2).

        Raises
        ------
        UnknownNameError
            If it was not recorded.
        """
        if name not in self.values:
            raise self._unknown(name)
        array = self.values[name]
        return array[:, 0] if self.single and array.ndim == 2 else array

    def input(self, name: str, neurons: Any = None) -> Any:
        """Return an input at the sample times.

        Parameters
        ----------
        name : str
            Name of the input, such as ``"I"``.
        neurons : int or sequence of int, optional
            Whose input; all neurons if left out.

        Returns
        -------
        Quantity, shape (samples,) or (samples, neurons)
            Values just after each time of ``run.t``.

        Raises
        ------
        UnknownNameError
            If the model had no such input.
        """
        if name not in self.inputs:
            raise UnknownNameError(
                f"no input named {name!r}",
                f"this run has {', '.join(self.inputs) or 'none'}",
                f"Write {next(iter(self.inputs))!r}" if self.inputs else "Leave it out",
                owner=self.name,
                name=name,
            )
        if neurons is None:
            neurons = 0 if self.single else np.arange(len(self.spikes))
        signal = self.inputs[name]
        relative = self._t - float(self.settings.get("t_start", 0.0))
        return units.attach(signal.value(relative, neurons), signal.unit)

    def plot(self, **options: Any) -> Any:
        """Draw the run: states with spikes, the input below. See `excitable.plotting.plot_run`."""
        return _products.plot(self, **options)

    def to_xarray(self) -> Any:
        """Give the run as an `xarray.Dataset`. See `excitable.interop.to_xarray`."""
        return _products.to_xarray(self)

    def to_neo(self) -> Any:
        """Give the run as a `neo.Block`. See `excitable.interop.to_neo`."""
        return _products.to_neo(self)

    def to_nwb(self, path: str | PathLike[str]) -> None:
        """Write the run to an NWB file. See `excitable.interop.to_nwb`."""
        _products.to_nwb(self, path)

    def to_csv(self, path: str | PathLike[str]) -> None:
        """Write the run to a CSV file. See `excitable.interop.to_csv`."""
        _products.to_csv(self, path)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the run to a netCDF file. See `excitable.interop.save`."""
        _products.save(self, path)

    def check_step(self) -> Any:
        """Say how far the step is from converged. See `excitable.simulation.check_step`."""
        return _products.check_step(self)

    def __getitem__(self, name: str) -> Any:
        if name == "t":
            return self.t
        if name not in self._quantities:
            self._quantities[name] = units.attach(self.bare(name), self.units[name])
        return self._quantities[name]

    def __getattr__(self, name: str) -> Any:
        # Reached only for names that are not attributes; private ones must fail plainly, or
        # copying and pickling, which probe for them, would recurse.
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __contains__(self, name: object) -> bool:
        return name == "t" or name in self.values

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.values})

    def _ipython_key_completions_(self) -> list[str]:
        return ["t", *self.values]

    def _unknown(self, name: str) -> UnknownNameError:
        name = str(name)
        have = ", ".join(self.values)
        if name in self.inputs:
            return UnknownNameError(
                f"{name!r} is an input",
                "it is not recorded",
                f'Write run.input("{name}")',
                owner=self.name,
                name=name,
            )
        close = get_close_matches(name, [*self.values, *self.inputs], n=1)
        if _could_be_recorded(self.model, name):
            wish = f'Write simulate(..., record="{name}")'
        elif close:
            known = close[0]
            wish = f"Write run.{known}" if known in self.values else f'Write run.input("{known}")'
        else:
            wish = "Write one of these names" if have else "Write run.spikes"
        return UnknownNameError(
            f"{name!r} was not recorded",
            f"this run holds {have}" if have else "this run holds spikes only",
            wish,
            owner=self.name,
            name=name,
        )

    def __repr__(self) -> str:
        return _summary.line(self)

    def _repr_html_(self) -> str:
        return _summary.table(self)


def _could_be_recorded(model: Any, name: str) -> bool:
    """Whether a model has a state or a named quantity of that name; a description has none."""
    system = getattr(model, "system", None)
    states = getattr(system, "states", ())
    return name in states or name in dict(getattr(system, "intermediates", ()))
