"""What `ex.phase_response` returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.bifurcation._program import Program
from excitable.analysis.phases._direct import Bench, Push
from excitable.analysis.phases._orbit import Orbit
from excitable.analysis.phases._pushes import (
    WIDTH,
    DirectResponse,
    count_of,
    push_of,
    read_phases,
    response_unit,
    size_unit,
    turns_of,
)
from excitable.analysis.phases._shape import TYPE_II, delay_share
from excitable.errors import ModelError
from excitable.expression import differentiate, simplify, stabilise
from excitable.model import Model

_SMALL = 1e-4  # jump, as a share of what a state goes through in a period


@dataclass(frozen=True, eq=False)
class PhaseResponse:
    """How a small push, at each phase of a cycle, moves the spikes that follow.

    Parameters
    ----------
    model : Model
        The neuron.
    known : dict of str to float
        Every parameter and input, in internal units.
    orbit : Orbit
        The cycle.
    adjoint : list of ndarray
        The adjoint solution at its nodes, in scales.
    zero : float
        Time of phase zero on the orbit, in ms.
    phase_zero : str
        What phase zero is.
    spikes : ndarray
        Phases of the spikes.
    method : str
        `"adjoint"` or `"direct"`.
    phase : ndarray, shape (points,)
        From 0 up to 1.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import uA, cm
    >>> response = ex.phase_response(ex.HodgkinHuxley, I=10*uA/cm**2)
    >>> response
    <PhaseResponse of HodgkinHuxley: type II, period 14.63621 ms>
    >>> print(response.response["v"].max().round(3))
    0.507 ms/mV
    """

    model: Model
    known: dict[str, float] = field(repr=False)
    orbit: Orbit = field(repr=False)
    adjoint: list[np.ndarray] = field(repr=False)
    zero: float = field(repr=False)
    phase_zero: str
    spikes: np.ndarray
    method: str
    phase: np.ndarray

    @property
    def period(self) -> Any:
        """Period of the cycle."""
        return units.attach(self.orbit.period, "ms")

    @property
    def t(self) -> Any:
        """Times since phase zero, shape (points,)."""
        return units.attach(self.phase * self.orbit.period, "ms")

    @property
    def states(self) -> dict[str, Any]:
        """The cycle: every state at the phases."""
        return self.states_at(self.phase)

    @property
    def multipliers(self) -> np.ndarray:
        """By what deviations from the cycle shrink in a period; with a reset, from spike to spike.

        The trivial multiplier, 1 along the cycle, is left out.
        """
        return self.orbit.multipliers

    @property
    def stable(self) -> bool:
        """Whether all deviations from the cycle shrink."""
        return self.orbit.stable

    @property
    def accuracy(self) -> float:
        """How far the product of the adjoint and the drift, which is 1, is from that at most."""
        return self.orbit.error(self.adjoint)

    @cached_property
    def delay_share(self) -> float:
        """Area of the delays over that of delays and advances, of pushes to the first state."""
        nodal = self._nodal()
        period = self.orbit.period
        return delay_share(lambda t: self.orbit.sampled(nodal, t)[:, 0], period)

    @property
    def type(self) -> str:
        """``"type II"`` where delays make up a tenth or more, ``"type I"`` below: `delay_share`."""
        return "type II" if self.delay_share >= TYPE_II else "type I"

    @cached_property
    def response(self) -> dict[str, Any]:
        """Advance for one unit of each state, and for one unit of area of each input.

        Time by state: ms/mV for a potential. For a current a charge: ms/fC.
        """
        return self.at(self.phase)

    @cached_property
    def normalised(self) -> dict[str, Any]:
        """The same as a share of the period: 1/mV for a potential."""
        return {name: self._shared(name, value.magnitude) for name, value in self.response.items()}

    @property
    def jumps(self) -> np.ndarray:
        """Phases at which the cycle or its response may jump: resets and refractory times."""
        if not self.orbit.resets:
            return np.empty(0)
        starts = np.array([arc.t[0, 0] for arc in self.orbit.arcs])
        return np.sort(np.mod((starts - self.zero) / self.orbit.period, 1.0))

    def states_at(self, phases: Any) -> dict[str, Any]:
        """Return the cycle at any phases.

        Parameters
        ----------
        phases : float or array of float
            Where; one turn is 1.

        Returns
        -------
        dict of str to Quantity, shape (phases,)
            Every state.
        """
        x = self.orbit.states(self._times(read_phases(phases, "states_at")))
        return {
            name: units.attach(x[:, k].copy(), units.default_unit(self.model.dimensions[name]))
            for k, name in enumerate(self.model.states)
        }

    def at(self, phases: Any) -> dict[str, Any]:
        """Return the response at any phases.

        Parameters
        ----------
        phases : float or array of float
            Where; one turn is 1.

        Returns
        -------
        dict of str to Quantity, shape (phases,)
            As `response`.
        """
        wanted = read_phases(phases, "at")
        names = (*self.model.states, *self.model.inputs)
        if self.method == "direct":
            found = [self._difference(name, wanted) for name in names]
        else:
            Z = self.orbit.sampled(self._nodal(), self._times(wanted))
            found = [*Z.T, *(self._of_input(name, Z, wanted) for name in self.model.inputs)]
        return {
            name: units.attach(np.array(value), response_unit(self.model, name))
            for name, value in zip(names, found, strict=True)
        }

    def direct(
        self, size: Any, of: str | None = None, *, phases: Any = None,
        width: Any = None, periods: int | None = None,
    ) -> DirectResponse:  # fmt: skip
        """Push the simulated neuron once and measure how its later spikes are shifted.

        Parameters
        ----------
        size : Quantity or str
            Of the jump of a state, in its unit; or the area of a pulse of an input, such as a
            charge for a current. May be negative.
        of : str, optional
            The state or the input; the first state if not given.
        phases : int or array of float, optional
            How many, evenly spaced, or which; 20 if not given.
        width : Quantity or str, optional
            Of a pulse, which is centred on the phase; a ten-thousandth of the period if not given.
        periods : int, optional
            After how many periods the shift is read off; if not given, as many as it takes until a
            hundred-millionth of the push off the cycle is left, from 4 to 1000.

        Returns
        -------
        DirectResponse
            Advances, within half a period.

        Raises
        ------
        ModelError
            If the cycle is unstable.
        SimulationError
            If the push ends the firing.
        UnknownNameError, UnitError, ParameterError
            If what is given does not fit.

        Notes
        -----
        By the package's own simulation at a tolerance of 1e-12, one neuron for each phase. The
        infinitesimal response is what remains for small sizes. While a state is held in a
        refractory time, a jump in it is lost.
        """
        if not self.stable:
            raise unstable(self)
        name = next(iter(self.model.states)) if of is None else of
        push = push_of(self.model, self.orbit.period, size, name, width)
        if phases is None or (isinstance(phases, int) and not isinstance(phases, bool)):
            wanted = np.arange(count_of(phases)) / count_of(phases)
        else:
            wanted = read_phases(phases, "direct")
        turns = self._bench.periods if periods is None else turns_of(periods)
        found = self._bench.advances(push, self._times(wanted), turns)
        return DirectResponse(
            wanted, units.attach(found, "ms"),
            units.attach(found / push.size, response_unit(self.model, name)),
            self._shared(name, found / push.size),
            name, units.attach(push.size, size_unit(self.model, name)),
            units.attach(push.width, "ms") if push.width else None, turns,
        )  # fmt: skip

    def plot(self, *measured: DirectResponse, **options: Any) -> Any:
        """Draw it, `direct` ones beside it: see `excitable.plotting.plot_phase_response`."""
        from excitable import _products

        return _products.plot_phase_response(self, *measured, **options)

    def __repr__(self) -> str:
        return f"<PhaseResponse of {self.model.name}: {self.type}, period {self.period:.7g~P}>"

    def _shared(self, name: str, advances: np.ndarray) -> Any:
        """Return advances over sizes in ms as shares of the period."""
        share = advances / self.orbit.period
        return units.attach(share, response_unit(self.model, name, share=True))

    def _times(self, phases: np.ndarray) -> np.ndarray:
        return np.mod(self.zero + phases * self.orbit.period, self.orbit.period)

    def _nodal(self) -> list[np.ndarray]:
        return [values / self.orbit.field.scale for values in self.adjoint]

    @cached_property
    def _bench(self) -> Bench:
        spikes = np.sort(self._times(self.spikes))
        return Bench(self.model, self.known, self.orbit, spikes, self.zero)

    def _of_input(self, name: str, Z: np.ndarray, phases: np.ndarray) -> np.ndarray:
        """Advance by an input that pushes every state as the equations say."""
        gains = self._gains(name, self.orbit.states(self._times(phases)).T)
        return sum((gain * z for gain, z in zip(gains, Z.T, strict=True)), np.zeros(phases.size))

    def _gains(self, name: str, x: np.ndarray) -> list[Any]:
        """Return the derivative of every drift by an input at states x, shape (states, points)."""
        system = self.model.system
        drifts = [stabilise(e) for e in system.expanded_derivatives()]
        program = Program([simplify(differentiate(e, name)) for e in drifts])
        return program({**self.known, **dict(zip(system.states, x, strict=True))})

    def _difference(self, name: str, phases: np.ndarray) -> np.ndarray:
        """Response by pushes to both sides."""
        x = np.concatenate([arc.u.reshape(-1, arc.u.shape[2]) for arc in self.orbit.arcs])
        span = np.ptp(x, axis=0) * self.orbit.field.scale
        span = np.where(span > 0.0, span, self.orbit.field.scale)
        names = list(self.model.states)
        width = 0.0
        if name in names:
            size = _SMALL * float(span[names.index(name)])
        else:
            width = WIDTH * self.orbit.period
            gains = self._gains(name, x.T * self.orbit.field.scale[:, None])
            largest = max(float(np.abs(g).max()) / s for g, s in zip(gains, span, strict=True))
            if largest == 0.0:
                return np.zeros(phases.size)
            size = _SMALL / largest
        times = self._times(phases)
        up, down = (
            self._bench.advances(Push(name, sign * size, width), times, self._bench.periods)
            for sign in (1.0, -1.0)
        )
        half = 0.5 * self.orbit.period
        return (np.mod(up - down + half, 2.0 * half) - half) / (2.0 * size)


def unstable(found: PhaseResponse) -> ModelError:
    worst = float(np.abs(found.multipliers).max())
    return ModelError(
        f"this cycle of {found.model.name} is unstable (its largest multiplier is {worst:.4g})",
        "a simulated neuron leaves it, so only the adjoint response exists",
        "Use response, or take a stable cycle", owner="direct",
    )  # fmt: skip
