"""The membrane as a filter: its kernel, its response to any input, and what spikes add."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis._quantities import attached, positive, stripped
from excitable.analysis.theory import _membrane
from excitable.errors import ParameterError
from excitable.stimuli import Stimulus, lower, size_of

if TYPE_CHECKING:
    from excitable.units import Quantity

# Gauss and Legendre's nodes; on an interval of at most two time constants and two radians of the
# fastest oscillation their error is far below rounding.
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(20)
_LONGEST = 2.0


def membrane_kernel(s: Any, *, R: Any, tau_m: Any) -> Quantity:
    """Return the kernel that filters a current into a potential.

    Parameters
    ----------
    s : Quantity [time], any shape
        Time since a charge of one unit arrived.
    R : Quantity [resistance, or resistance times area]
        Membrane resistance.
    tau_m : Quantity [time]
        Membrane time constant; ``C = tau_m/R``.

    Returns
    -------
    Quantity [voltage/charge]
        ``exp(-s/tau_m)/C`` for s >= 0, 0 before: what a unit charge at s = 0 leaves behind.

    References
    ----------
    Above equation 1.12 of Huang2023, which prints ``exp(+s/tau_m)``.

    Examples
    --------
    >>> from excitable.units import MOhm, ms
    >>> print(membrane_kernel([-1, 0, 20]*ms, R=100*MOhm, tau_m=20*ms).round(6))
    [0.0 0.005 0.001839] 1/pF
    """
    owner = "theory.membrane_kernel"
    resistance, current = _membrane.resistance(R, owner)
    tau = _membrane.time_constant(tau_m, owner)
    since = np.asarray(stripped(s, units.TIME, f"{owner}.s"))
    kept = np.where(since >= 0.0, np.exp(-np.maximum(since, 0.0) / tau), 0.0)
    unit = "1/pF" if current == units.CURRENT else "cm2/uF"
    return attached(resistance / tau * kept, unit)


def convolution(
    t: Any,
    I: Any,
    *,
    R: Any,
    tau_m: Any,
    E_L: Any = "0 mV",
    start: Any = "0 ms",
    dt: Any = "0.1 ms",
    seed: int = 0,
) -> Quantity:
    """Return the potential under any input, as the input convolved with the membrane kernel.

    Parameters
    ----------
    t : Quantity [time], shape (samples,) or ()
        Times, in any order, none before `start`.
    I : Stimulus or Quantity [current or current density]
        The input; arrays in it mean one neuron per element.
    R, tau_m, E_L : Quantity, scalar or shape (neurons,)
        Resistance, time constant and resting potential of the membrane.
    start : Quantity [time]
        Until when the membrane is at rest; the input counts from then on.
    dt : Quantity [time]
        Step of noise that has none of its own, as in `simulate`.
    seed : int
        Seed of noise that has none of its own, as in `simulate`.

    Returns
    -------
    Quantity [voltage], shape (samples,) or (samples, neurons)
        ``E_L + R/tau_m * integral of I(t - s)*exp(-s/tau_m)`` over s from 0 to ``t - start``.

    Raises
    ------
    UnitError, StimulusError, ParameterError
        If a unit is wrong, a time lies before `start`, or arrays differ in length.

    Notes
    -----
    Integrated by quadrature between all times at which the input turns, to rounding. Nothing is
    shared with `simulate`, so each can be tested against the other.

    References
    ----------
    Equation 1.9 of Huang2023 (whose intermediate lines set q/C equal to I*R and drop
    ``u_rest``), and 1.12 with the kernel put right; GerstnerEtAl2014, section 1.3.

    Examples
    --------
    >>> from excitable.stimuli import step
    >>> from excitable.units import MOhm, ms, pA
    >>> current = step(100*pA, start=5*ms, stop=25*ms)
    >>> print(convolution([0, 25]*ms, current, R=100*MOhm, tau_m=20*ms).round(6))
    [0.0 6.321206] mV
    """
    owner = "theory.convolution"
    begin = stripped(start, units.TIME, f"{owner}.start")
    times = np.asarray(stripped(t, units.TIME, f"{owner}.t"), dtype=np.float64)
    since = np.atleast_1d(times - begin)
    if since.ndim != 1 or not np.all((since >= 0.0) & np.isfinite(since)):
        raise ParameterError(
            f"an array of shape {times.shape}" if since.ndim != 1 else "a time before the start",
            "times on one axis, none before start, are expected",
            "Write t=np.arange(0, 100)*ms, or an earlier start",
            owner=owner,
            name="t",
        )
    dimension = _current_dimension(I, f"{owner}.I")
    resistance = positive(R, units.VOLTAGE / dimension, f"{owner}.R")
    tau = _membrane.time_constant(tau_m, owner)
    rest = _membrane.potential(E_L, owner, "E_L")
    sizes = {s for s in (size_of(I), *map(_size, (resistance, tau, rest))) if s is not None}
    if len(sizes) > 1:
        raise ParameterError(
            f"arrays for {' and '.join(map(str, sorted(sizes)))} neurons",
            "one length for all is expected",
            "Write arrays of one length, or single values",
            owner=owner,
        )
    n = sizes.pop() if sizes else 1
    single = n == 1 and not any(np.ndim(x) for x in (resistance, tau, rest))
    signal = lower(
        I,
        dimension,
        n,
        duration=max(float(since.max(initial=0.0)), 1e-9),
        dt=float(positive(dt, units.TIME, f"{owner}.dt")),
        t_start=float(begin),
        seed=seed,
        owner=f"{owner}.I",
    )
    gain, tau, rest = (np.broadcast_to(x, (n,)) for x in (resistance / tau, tau, rest))
    columns = [rest[i] + gain[i] * _filtered(signal, i, since, float(tau[i])) for i in range(n)]
    shaped = columns[0].reshape(times.shape) if single else np.stack(columns, axis=-1)
    return attached(shaped, "mV")


def _size(value: Any) -> int | None:
    return len(value) if np.ndim(value) else None


def _current_dimension(I: Any, owner: str) -> units.Dimension:
    """Return whether an input is a current or a current density; other things are refused."""
    dimension = I.dimension if isinstance(I, Stimulus) else None
    if dimension is None and not isinstance(I, Stimulus) and not _is_zero(I):
        quantity = units.parse_quantity(I) if isinstance(I, str) else I
        if units.is_quantity(quantity):
            dimension = units.dimension(quantity)
    return units.CURRENT_DENSITY if dimension == units.CURRENT_DENSITY else units.CURRENT


def _is_zero(I: Any) -> bool:
    return isinstance(I, int | float) and I == 0


def _filtered(signal: Any, neuron: int, t: np.ndarray, tau: float) -> np.ndarray:
    """Return the integral of ``I(t - s) exp(-s/tau)`` for each time, in pA ms."""
    table = int(signal.table_of[neuron])
    corners = signal.times[int(signal.offsets[table]) : int(signal.offsets[table + 1])]
    last = float(t.max(initial=0.0))
    inside = corners[(corners > 0.0) & (corners < last)]
    edges, place = np.unique(np.concatenate([[0.0], t, inside]), return_inverse=True)
    longest = _LONGEST * min(tau, 1.0 / max(_fastest(signal, neuron, last), 1e-300))
    parts = np.maximum(np.ceil(np.diff(edges) / longest).astype(np.int64), 1)
    first = np.concatenate([[0], np.cumsum(parts)])
    share = (np.arange(first[-1]) - np.repeat(first[:-1], parts)) / np.repeat(parts, parts)
    h = np.repeat(np.diff(edges) / parts, parts)
    begin = np.repeat(edges[:-1], parts) + share * np.repeat(np.diff(edges), parts)
    nodes = begin[:, None] + 0.5 * h[:, None] * (1.0 + _NODES)
    current = signal.value(nodes.ravel(), neuron).reshape(nodes.shape)
    faded = np.exp(-0.5 * h[:, None] * (1.0 - _NODES) / tau)
    gained = 0.5 * h * ((current * faded) @ _WEIGHTS)
    kept = np.exp(-h / tau)
    total = np.zeros(h.size + 1)
    for k in range(h.size):
        total[k + 1] = total[k] * kept[k] + gained[k]
    return total[first][place[1 : t.size + 1]]


def _fastest(signal: Any, neuron: int, last: float) -> float:
    """Return the largest angular frequency in an input within a time, rad/ms."""
    fastest = 0.0
    for wave in signal.oscillations:
        omega, rate, growth = (float(x[neuron]) for x in (wave.omega, wave.rate, wave.growth))
        s = max(min(float(wave.stop[neuron]), last) - float(wave.start[neuron]), 0.0)
        ends = (omega, omega * np.exp(growth * s) + rate * s)
        fastest = max(fastest, *(abs(end) for end in ends))
    return fastest
