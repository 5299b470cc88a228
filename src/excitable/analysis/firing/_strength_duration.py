"""How strong a pulse must be to make a neuron fire, against how long it lasts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.firing._lanes import check_input, lanes
from excitable.analysis.firing._rates import require_spikes
from excitable.analysis.firing._rheobase import rheobase
from excitable.analysis.firing._settle import Settler
from excitable.errors import ParameterError, SimulationError
from excitable.model import Model
from excitable.simulation import simulate
from excitable.stimuli import pulse

_ROUNDS = 60


@dataclass(frozen=True, eq=False)
class StrengthDuration:
    """Least pulses that make a neuron fire.

    Parameters
    ----------
    durations : Quantity [time], shape (n,)
        Widths of the pulses.
    thresholds : Quantity, shape (n,)
        Least amplitudes.
    rheobase : Quantity
        Least amplitude of a pulse without end.
    chronaxie : Quantity [time]
        Width whose threshold is twice the rheobase, by Lapicque's fit.
    lapicque, weiss : dict of str to Quantity
        Fits: ``I_r/(1 - exp(-d/tau))`` with its tau, ``I_r*(1 + c/d)`` with its c, each with the
        root mean square of its relative error.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import ms
    >>> curve = ex.strength_duration(ex.LIF, [1, 2, 5, 20]*ms)
    >>> print(curve.lapicque["tau"].round(4))
    20.0 ms
    """

    durations: Any
    thresholds: Any
    rheobase: Any
    chronaxie: Any
    lapicque: dict[str, Any]
    weiss: dict[str, Any]

    def plot(self, **options: Any) -> Any:
        """Draw the curve and its fits: see `excitable.plotting.plot_strength_duration`."""
        from excitable import _products

        return _products.plot_strength_duration(self, **options)


def strength_duration(
    model: Model, durations: Any, *, input: str = "I",
    tolerance: float = 1e-8, threads: int | None = None,
) -> StrengthDuration:  # fmt: skip
    """Return how strong a pulse must be to make a neuron at rest fire.

    Parameters
    ----------
    model : Model
        One neuron.
    durations : Quantity [time], shape (n,)
        Widths of the pulses.
    input : str
        The input that is pulsed.
    tolerance : float
        Relative width of the brackets of the thresholds.
    threads : int, optional
        As in `simulate`.

    Returns
    -------
    StrengthDuration
        Thresholds, rheobase, chronaxie and the fits of Lapicque and Weiss.

    Raises
    ------
    ParameterError
        If a width is not positive.
    SimulationError
        If no pulse makes the neuron fire.

    Notes
    -----
    All widths are bracketed side by side by bisection. A spike counts that comes during the pulse
    or after it, within the time the neuron takes to come to rest.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import ms
    >>> print(ex.strength_duration(ex.LIF, [20]*ms).thresholds.round(4))
    [237.2965] pA
    """
    check_input(model, input, owner="strength_duration")
    require_spikes(model)
    widths = np.atleast_1d(units.strip(durations, units.TIME, "strength_duration.durations"))
    if widths.ndim != 1 or widths.size == 0 or not (np.isfinite(widths) & (widths > 0.0)).all():
        raise ParameterError(
            "durations that are not positive", "positive, finite times are expected",
            "Write [0.1, 1, 10]*ms", owner="strength_duration", name="durations",
        )  # fmt: skip
    dimension = model.inputs[input].dimension
    unit = units.default_unit(dimension)
    found = rheobase(model, "spike", input=input, threads=threads)
    least = float(units.strip(found.value, dimension, "rheobase"))
    one = lanes(model, np.zeros(1), input, {}, owner="strength_duration")
    wait = Settler(one, tolerance=1e-3).length
    length = units.attach(float(widths.max()) + wait, "ms")

    def fires(amplitudes: np.ndarray) -> np.ndarray:
        drive: Any = pulse(
            units.attach(amplitudes, unit),
            start=units.attach(0.0, "ms"),
            width=units.attach(widths, "ms"),
        )
        run = simulate(
            model, length, dt=length, record=False, progress=False, threads=threads,
            **{input: drive},
        )  # fmt: skip
        return run.spikes.counts() > 0

    thresholds = _thresholds(fires, widths, least, tolerance)
    lapicque, weiss = _fits(widths, thresholds, least)
    chronaxie = lapicque["tau"] * np.log(2.0)
    return StrengthDuration(
        units.attach(widths, "ms"), units.attach(thresholds, unit), found.value,
        units.attach(float(chronaxie), "ms"),
        _named(lapicque, "tau"), _named(weiss, "c"),
    )  # fmt: skip


def _named(fit: dict[str, float], time: str) -> dict[str, Any]:
    return {time: units.attach(fit[time], "ms"), "error": fit["error"]}


def _thresholds(
    fires: Callable[[np.ndarray], np.ndarray], widths: np.ndarray, least: float, tolerance: float
) -> np.ndarray:
    """Bisect the least amplitude of every width, side by side."""
    low = np.full(widths.size, 0.5 * least)
    high = np.full(widths.size, max(least, 1e-300))
    for _ in range(_ROUNDS):
        enough = fires(high)
        if enough.all():
            break
        low, high = np.where(enough, low, high), np.where(enough, high, 2.0 * high)
    else:
        raise SimulationError(
            f"no pulse of {widths.min():g} ms makes it fire",
            "a neuron that short pulses can excite is expected",
            "Write longer durations", owner="strength_duration",
        )  # fmt: skip
    return bisected(fires, low, high, tolerance)


def bisected(
    fires: Callable[[np.ndarray], np.ndarray], low: np.ndarray, high: np.ndarray, tolerance: float
) -> np.ndarray:
    """Narrow brackets of thresholds, side by side.

    Parameters
    ----------
    fires : callable
        From one value for each bracket to whether it makes the neuron fire.
    low, high : ndarray, shape (n,)
        Values that do not and that do.
    tolerance : float
        Relative width at which a bracket is narrow enough.

    Returns
    -------
    ndarray, shape (n,)
        The upper ends, which make it fire.
    """
    for _ in range(_ROUNDS):
        if np.all(high - low <= tolerance * high):
            break
        middle = 0.5 * (low + high)
        enough = fires(middle)
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high


def _fits(
    widths: np.ndarray, thresholds: np.ndarray, least: float
) -> tuple[dict[str, float], dict[str, float]]:
    """Least squares of the relative error, at the rheobase that was found."""
    from scipy.optimize import minimize_scalar

    ratio = thresholds / least

    def error(model: np.ndarray) -> float:
        return float(np.sqrt(np.mean((model / ratio - 1.0) ** 2)))

    def lapicque(log_tau: float) -> float:
        return error(-1.0 / np.expm1(-widths / np.exp(log_tau)))

    guess = np.log(np.median(widths * np.maximum(ratio, 1.0)))
    best: Any = minimize_scalar(lapicque, bounds=(guess - 14.0, guess + 14.0), method="bounded",
                           options={"xatol": 1e-12})  # fmt: skip
    # 1 + c/d over the ratio minus one is linear in c.
    a, b = 1.0 / (widths * ratio), 1.0 - 1.0 / ratio
    c = float(a @ b / (a @ a))
    return (
        {"tau": float(np.exp(best.x)), "error": float(best.fun)},
        {"c": c, "error": error(1.0 + c / widths)},
    )
