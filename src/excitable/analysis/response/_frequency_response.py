"""Frequency response of a neuron: `frequency_response`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis.firing._lanes import check_input
from excitable.analysis.response._operating_point import OperatingPoint, operating_point
from excitable.errors import ParameterError
from excitable.model import Model

if TYPE_CHECKING:
    from excitable.analysis.response._spiking import SpikingResponse

METHODS = ("linear", "sine", "chirp", "spikes")
_IDLE = {"linear": ("amplitude", "cycles"), "spikes": ("output",)}
_CYCLES = 100
_SCAN = 2001
_FINE, _ROUNDS = 33, 4


@dataclass(frozen=True)
class Resonance:
    """The frequency at which a neuron answers most.

    Parameters
    ----------
    frequency : Quantity [1/time]
        Where the gain peaks, above zero.
    gain : Quantity
        Gain there.
    Q : float
        Gain there over gain at zero frequency.
    """

    frequency: Any
    gain: Any
    Q: float


@dataclass(frozen=True, eq=False)
class FrequencyResponse:
    """Small sinusoidal deviations of an output over those of an input.

    Parameters
    ----------
    frequencies : Quantity [1/time], shape (n,)
        Where it was taken.
    impedance : complex Quantity, shape (n,)
        Output over input; for a potential and a current the impedance.
    method : str
        `"linear"`, `"sine"` or `"chirp"`.
    point : OperatingPoint
        Where the neuron sits, and its linear equations there.

    Examples
    --------
    >>> import excitable as ex
    >>> response = ex.frequency_response(ex.LIF, ["10 Hz"])
    >>> print(response.gain.round(4), response.phase.round(4), response.resonance)
    [0.0623] GOhm [-0.8986] None
    """

    frequencies: Any
    impedance: Any
    method: str
    point: OperatingPoint = field(repr=False)

    @property
    def gain(self) -> Any:
        """Modulus, a quantity of shape (n,)."""
        return abs(self.impedance)

    @property
    def phase(self) -> np.ndarray:
        """Phase of the output ahead of the input, in rad, shape (n,)."""
        return np.angle(self.impedance.magnitude)

    @property
    def at_rest(self) -> Any:
        """Gain at zero frequency, a quantity."""
        return units.attach(float(np.abs(self.point.transfer(np.zeros(1))[0])), self.point.unit())

    @property
    def resonance(self) -> Resonance | None:
        """Where the linear gain peaks above zero frequency, or None for an integrator."""
        peak = _peak(self.point)
        if peak is None:
            return None
        omega, gain = peak
        zero = float(np.abs(self.point.transfer(np.zeros(1))[0]))
        return Resonance(
            units.attach(omega / (2.0 * np.pi), "Hz"),
            units.attach(gain, self.point.unit()),
            gain / zero if zero > 0.0 else float("inf"),
        )

    def plot(self, *others: FrequencyResponse, **options: Any) -> Any:
        """Draw gain and phase: see `excitable.plotting.plot_frequency_response`."""
        from excitable import _products

        return _products.plot_frequency_response(self, *others, **options)

    def __repr__(self) -> str:
        peak = self.resonance
        shown = "no resonance" if peak is None else f"resonance at {peak.frequency:.5g~P}"
        return (
            f"FrequencyResponse({self.point.model.name}: {self.point.output} over "
            f"{self.point.input} at {np.size(self.frequencies)} frequencies, {self.method}; "
            f"{shown})"
        )


def frequency_response(
    model: Model, frequencies: Any, *, at: Any = None, input: str = "I",
    output: str | None = None, method: str = "linear", amplitude: Any = None,
    cycles: int | None = None, **others: Any,
) -> FrequencyResponse | SpikingResponse:  # fmt: skip
    """Return how a neuron follows sinusoidal inputs.

    Parameters
    ----------
    model : Model
        One neuron.
    frequencies : Quantity [1/time], shape (n,)
        Frequencies of the drive, above 0.
    at : Quantity or str, optional
        Constant input about which it swings; zero if not given.
    input : str
        The input that is driven.
    output : str, optional
        A state or named quantity; the first state if not given.
    method : str
        `"linear"`: from the equations, linearised at the resting state under `at`. `"sine"`,
        `"chirp"`: measured on the simulated neuron. `"spikes"`: rate and phase of the spikes.
    amplitude : Quantity or str, optional
        Of the drive. Measured responses take a small one if none is given; `"spikes"` needs one.
    cycles : int, optional
        Cycles over which spikes are counted; 100 if not given.
    **others : Quantity or str
        Constant values of other inputs.

    Returns
    -------
    FrequencyResponse or SpikingResponse
        The first for all methods but `"spikes"`.

    Raises
    ------
    ParameterError
        If a frequency is not positive, or the method is unknown.
    SimulationError
        If the neuron does not rest under `at`, or a measured deviation makes it fire.

    Notes
    -----
    Linear: ``c (i omega - J)^-1 b`` with J the Jacobian, found by differentiating the equations.
    Sines are awaited for forty of the slowest time constants and taken over whole cycles; a chirp
    is followed until the neuron is at rest again, and the Fourier integrals are divided.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import Hz
    >>> response = ex.frequency_response(ex.HodgkinHuxley, [20, 60, 200]*Hz)
    >>> print(response.resonance.frequency.round(2))
    66.69 Hz
    """
    owner = "frequency_response"
    check_input(model, input, owner=owner)
    if method not in METHODS:
        known = ", ".join(repr(name) for name in METHODS)
        raise ParameterError(
            f"{method!r} is no method", f"one of {known} is expected", 'Write method="linear"',
            owner=owner, name="method",
        )  # fmt: skip
    _refuse_idle(method, amplitude=amplitude, output=output, cycles=cycles)
    f = _frequencies(frequencies, owner)
    if method == "spikes":
        if amplitude is None:
            raise ParameterError(
                "no amplitude", "a drive that makes the neuron fire is expected",
                "Write amplitude=100*pA", owner=owner, name="amplitude",
            )  # fmt: skip
        from excitable.analysis.response._spiking import spiking_response  # needs runs

        return spiking_response(
            model, f, input, (at, amplitude), others, cycles=_CYCLES if cycles is None else cycles
        )
    point = operating_point(model, at, input, output, others, owner=owner)
    if method == "linear":
        found = point.transfer(2.0 * np.pi * f)
    else:
        from excitable.analysis.response._simulated import amplitude_of, by_chirp, by_sines

        size = amplitude_of(point, amplitude, owner=owner)
        found = by_sines(point, f, size) if method == "sine" else by_chirp(point, f, size)
    return FrequencyResponse(
        units.attach(f, "Hz"), units.attach(found, point.unit()), method, point
    )


def _refuse_idle(method: str, **given: Any) -> None:
    """Refuse arguments that a method has no use for."""
    idle = _IDLE.get(method, ("cycles",))
    for name in idle:
        if given[name] is not None:
            users = [m for m in METHODS if name not in _IDLE.get(m, ("cycles",))]
            raise ParameterError(
                f"{name}= was given", f'method="{method}" has no use for it',
                f'Leave it out, or write method="{users[0]}"',
                owner="frequency_response", name=name,
            )  # fmt: skip


def _frequencies(value: Any, owner: str) -> np.ndarray:
    f = np.atleast_1d(units.strip(value, units.dimension("1/ms"), f"{owner}.frequencies"))
    if f.ndim != 1 or f.size == 0:
        raise ParameterError(
            f"an array of shape {f.shape}", "one frequency or a row of them is expected",
            "Write [1, 10, 100]*Hz", owner=owner, name="frequencies",
        )  # fmt: skip
    if not (np.isfinite(f) & (f > 0.0)).all():
        raise ParameterError(
            "frequencies that are not above 0", "positive, finite frequencies are expected",
            "Write [1, 10, 100]*Hz", owner=owner, name="frequencies",
        )  # fmt: skip
    return f


def _peak(point: OperatingPoint) -> tuple[float, float] | None:
    """Angular frequency and size of the greatest gain above zero frequency."""
    eigenvalues = np.abs(np.linalg.eigvals(point.J))
    low, high = 1e-4 * eigenvalues.min(), 1e2 * eigenvalues.max()
    omega = np.geomspace(low, high, _SCAN)
    gain = np.abs(point.transfer(omega))
    k = int(np.argmax(gain))
    zero = float(np.abs(point.transfer(np.zeros(1))[0]))
    if k == 0 or k == _SCAN - 1 or gain[k] <= zero * (1.0 + 1e-12):
        return None
    # The peak is flat: its place is where the slope of the squared gain vanishes.
    best = _sharpened(point, _narrowed(point, omega[k - 1], omega[k + 1]))
    return best, float(np.abs(point.transfer(np.array([best]))[0]))


def _narrowed(point: OperatingPoint, low: float, high: float) -> float:
    """Where the gain is largest between two frequencies, on finer and finer grids."""
    for _ in range(_ROUNDS):
        omega = np.linspace(low, high, _FINE)
        k = int(np.clip(np.argmax(np.abs(point.transfer(omega))), 1, _FINE - 2))
        low, high = omega[k - 1], omega[k + 1]
    return float(0.5 * (low + high))


def _sharpened(point: OperatingPoint, omega: float) -> float:
    """Root of the derivative of |Z|^2, by Newton's method with a complex-analytic derivative."""
    n = point.state.size

    def slope(w: float) -> float:
        inverse = np.linalg.inv(1j * w * np.eye(n) - point.J)
        z = point.c @ inverse @ point.b + point.d
        dz = -1j * (point.c @ inverse @ inverse @ point.b)
        return float(2.0 * np.real(np.conj(z) * dz))

    step = 1e-5 * omega
    for _ in range(8):
        change = (slope(omega + step) - slope(omega - step)) / (2.0 * step)
        if change == 0.0:
            break
        omega -= slope(omega) / change
    return omega
