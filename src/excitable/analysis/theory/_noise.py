"""Leaky neurons in white noise: their rate, its irregularity, and networks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis._quantities import attached, not_negative, positive
from excitable.analysis.firing._siegert import siegert, variation
from excitable.analysis.theory import _membrane
from excitable.errors import ParameterError

if TYPE_CHECKING:
    from excitable.units import Quantity

# Logarithms of nu/(1/t_ref - nu) that are tried: densely down to exp(-32) of the greatest rate and
# as close to it, and on down to the least numbers that there are.
_ODDS = np.concatenate(
    [np.linspace(-700.0, -32.0, 2000, endpoint=False), np.linspace(-32, 32, 4001)]
)
_RTOL: Any = 1e-14
_GREATEST = 1e3  # kHz, where no refractory time limits the rate


def noisy_lif_rate(
    mu: Any, sigma: Any, *, tau_m: Any, V_T: Any, V_R: Any, t_ref: Any = "0 ms"
) -> Quantity:
    r"""Return the mean rate of a leaky neuron in white noise: Siegert's formula.

    Parameters
    ----------
    mu : Quantity [voltage], any shape
        Where the potential would settle without noise, ``E_L + R*I``; arrays are broadcast.
    sigma : Quantity [voltage]
        Noise, as in ``tau_m*dv = (mu - v)*dt + sigma*sqrt(tau_m)*dW``; without a threshold the
        potential would have the standard deviation ``sigma/sqrt(2)``.
    tau_m, V_T, V_R, t_ref : Quantity
        Time constant, threshold, reset and refractory time.

    Returns
    -------
    Quantity [1/time]
        ``1/(t_ref + tau_m*sqrt(pi)*integral)`` of ``exp(u**2)*(1 + erf(u))`` from
        ``(V_R - mu)/sigma`` to ``(V_T - mu)/sigma``.

    Raises
    ------
    ParameterError
        If the noise or the time constant is not above zero, or the reset not below the threshold.

    Notes
    -----
    The integral is split into Dawson's integral and the smooth function erfcx, so that nothing
    overflows or cancels: relative error below 1e-13. Where the rate is below 1e-280 Hz it is 0.

    References
    ----------
    Siegert1951, Brunel2000

    Examples
    --------
    >>> from excitable.units import ms, mV
    >>> rate = noisy_lif_rate(18*mV, 2*mV, tau_m=20*ms, V_T=20*mV, V_R=10*mV, t_ref=2*ms)
    >>> print(rate.round(6))
    7.667846 Hz
    """
    owner = "theory.noisy_lif_rate"
    mean, noise = _drive(mu, sigma, owner)
    return attached(_rate(mean, noise, _cell(tau_m, V_T, V_R, t_ref, owner)), "Hz")


def noisy_lif_cv(
    mu: Any, sigma: Any, *, tau_m: Any, V_T: Any, V_R: Any, t_ref: Any = "0 ms"
) -> Any:
    """Return the coefficient of variation of the intervals of a leaky neuron in white noise.

    Parameters
    ----------
    mu, sigma : Quantity [voltage], any shape
        Mean drive and noise, as for `noisy_lif_rate`.
    tau_m, V_T, V_R, t_ref : Quantity
        Time constant, threshold, reset and refractory time.

    Returns
    -------
    float or ndarray
        Near 1 far below threshold, near 0 far above it.

    Raises
    ------
    ParameterError
        If the noise or the time constant is not above zero, or the reset not below the threshold.

    Notes
    -----
    By quadrature of the double integral for the second moment; error below 1e-10.

    References
    ----------
    Brunel2000, appendix A

    Examples
    --------
    >>> from excitable.units import ms, mV
    >>> cv = noisy_lif_cv(18*mV, 2*mV, tau_m=20*ms, V_T=20*mV, V_R=10*mV, t_ref=2*ms)
    >>> round(cv, 6)
    0.664497
    """
    owner = "theory.noisy_lif_cv"
    mean, noise = _drive(mu, sigma, owner)
    cell = _, top, low, dead = _cell(tau_m, V_T, V_R, t_ref, owner)
    upper, lower = (top - mean) / noise, (low - mean) / noise
    passage = np.vectorize(variation, otypes=[float])(upper, lower)
    # The refractory time adds to the mean interval alone.
    found = passage * (1.0 - dead * _rate(mean, noise, cell))
    return found.item() if found.ndim == 0 else found


def brunel_rates(
    nu_ext: Any,
    *,
    J: Any,
    g: float,
    C_E: int,
    C_I: int,
    C_ext: int | None = None,
    tau_m: Any,
    V_T: Any,
    V_R: Any,
    t_ref: Any,
) -> Quantity:
    """Return the stationary rates of a sparse network of excitatory and inhibitory neurons.

    Parameters
    ----------
    nu_ext : Quantity [1/time]
        Rate of each external input.
    J : Quantity [voltage]
        Jump of the potential by an excitatory spike; an inhibitory one makes ``-g*J``.
    g : float
        Strength of inhibition relative to excitation.
    C_E, C_I, C_ext : int
        Excitatory, inhibitory and external inputs of each neuron; as many external as excitatory
        ones if not given.
    tau_m, V_T, V_R, t_ref : Quantity
        Time constant, threshold, reset (both from rest at 0 mV) and refractory time.

    Returns
    -------
    Quantity [1/time], shape (roots,)
        Every rate that reproduces itself, ascending: one, or several where states coexist.

    Raises
    ------
    ParameterError
        If a number of inputs is negative, J or a time constant not above zero, or the reset not
        below the threshold.

    Notes
    -----
    All neurons are alike (model A): the mean drive ``mu = tau_m*J*(C_ext*nu_ext + (C_E -
    g*C_I)*nu)`` and the noise ``sigma**2 = tau_m*J**2*(C_ext*nu_ext + (C_E + g**2*C_I)*nu)`` give
    the rate nu by `noisy_lif_rate`. Roots are bracketed on 6001 rates, evenly spaced in the
    logarithm of nu/(1/t_ref - nu); two that lie between neighbours, as at a fold, are missed.

    References
    ----------
    Brunel2000

    Examples
    --------
    >>> from excitable.units import Hz, ms, mV
    >>> print(brunel_rates(20*Hz, J=0.1*mV, g=5, C_E=1000, C_I=250,
    ...                    tau_m=20*ms, V_T=20*mV, V_R=10*mV, t_ref=2*ms).round(4))
    [37.9497] Hz
    """
    from scipy.optimize import brentq

    owner = "theory.brunel_rates"
    outer = _one(not_negative(nu_ext, units.RATE, f"{owner}.nu_ext"), "nu_ext", owner)
    jump = _one(positive(J, units.VOLTAGE, f"{owner}.J"), "J", owner)
    counts = (C_E, C_I, C_E if C_ext is None else C_ext)
    if not all(np.ndim(c) == 0 and np.isfinite(c) and c >= 0 for c in (*counts, g)):
        raise ParameterError(
            f"C_E={C_E}, C_I={C_I}, C_ext={C_ext}, g={g}", "numbers of zero or more are expected",
            "Write C_E=1000, C_I=250, g=5", owner=owner,
        )  # fmt: skip
    cell = tau, _, _, dead = tuple(
        _one(x, name, owner)
        for x, name in zip(
            _cell(tau_m, V_T, V_R, t_ref, owner), ("tau_m", "V_T", "V_R", "t_ref"), strict=True
        )
    )
    external, excitatory, inhibitory = counts[2] * outer, float(C_E), float(C_I)

    def excess(nu: Any) -> Any:
        mean = tau * jump * (external + (excitatory - g * inhibitory) * nu)
        power = tau * jump**2 * (external + (excitatory + g**2 * inhibitory) * nu)
        return _rate(mean, np.sqrt(power), cell) - nu

    share = 1.0 / (1.0 + np.exp(-_ODDS))
    nu = share / dead if dead > 0.0 else _GREATEST * share
    sign = np.sign(excess(nu))
    # A rate below the least one tried is no number but 0.
    roots = [0.0] if sign[0] < 0.0 else []
    for k in np.flatnonzero(sign[1:] * sign[:-1] <= 0.0):
        root: Any = brentq(excess, nu[k], nu[k + 1], xtol=1e-300, rtol=_RTOL)
        if not roots or root > roots[-1]:
            roots.append(float(root))
    return units.attach(np.array(roots), "Hz")


def _rate(mean: Any, noise: Any, cell: tuple[Any, ...]) -> np.ndarray:
    tau, top, low, dead = cell
    integral = siegert((top - mean) / noise, (low - mean) / noise)
    return 1.0 / (dead + tau * np.sqrt(np.pi) * integral)


def _drive(mu: Any, sigma: Any, owner: str) -> tuple[np.ndarray, np.ndarray]:
    mean = np.asarray(_membrane.potential(mu, owner, "mu"))
    return mean, np.asarray(positive(sigma, units.VOLTAGE, f"{owner}.sigma"))


def _cell(tau_m: Any, V_T: Any, V_R: Any, t_ref: Any, owner: str) -> tuple[Any, ...]:
    tau = np.asarray(_membrane.time_constant(tau_m, owner))
    top = np.asarray(_membrane.potential(V_T, owner, "V_T"))
    low = np.asarray(_membrane.potential(V_R, owner, "V_R"))
    if not np.all(low < top):
        raise ParameterError(
            f"V_R={V_R}, V_T={V_T}", "a reset below the threshold is expected", "Write V_R=-65*mV",
            owner=owner,
        )  # fmt: skip
    return tau, top, low, np.asarray(_membrane.duration(t_ref, owner, "t_ref"))


def _one(value: Any, name: str, owner: str) -> float:
    if np.ndim(value) > 0:
        raise ParameterError(
            f"{np.size(value)} values", "one network at a time is expected",
            f"Write {name}= one value", owner=owner, name=name,
        )  # fmt: skip
    return float(value)
