"""The leaky integrate-and-fire neuron under a constant current: when it fires, how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.activation import lif
from excitable.analysis._quantities import Bare, attached, positive
from excitable.analysis.theory import _membrane
from excitable.expression import evaluate

if TYPE_CHECKING:
    from excitable.units import Quantity


def passage(v_inf: Any, v_0: Any, V_T: Any, tau: Any) -> np.ndarray:
    """Return when ``tau*dv/dt = v_inf - v`` leads from v_0 up to V_T; infinite if never.

    The formula itself is that of `excitable.activation.lif`, with potentials counted from v_0 and
    in units of the way up, so that the threshold is 1.
    """
    v_inf, v_0, V_T, tau = np.broadcast_arrays(
        *(np.asarray(x, float) for x in (v_inf, v_0, V_T, tau))
    )
    way = V_T - v_0
    up = way > 0.0
    # Where it is above 1, the threshold taken off first keeps the digits near it.
    drive = 1.0 + (v_inf - V_T) / np.where(up, way, 1.0)
    rate = evaluate(lif.expression, {"z": drive, "tau_m": tau, "t_ref": 0.0, "v_R": 0.0})
    with np.errstate(divide="ignore"):
        return np.where(up, 1.0 / np.asarray(rate), 0.0)  # at threshold already


def lif_steady_potential(I: Any, *, R: Any, E_L: Any = "0 mV") -> Quantity:
    """Return where the potential would settle under a constant current without a threshold.

    Parameters
    ----------
    I : Quantity [current or current density], any shape
        The current; arrays are broadcast together as NumPy does.
    R : Quantity [resistance, or resistance times area]
        Membrane resistance.
    E_L : Quantity [voltage]
        Resting potential.

    Returns
    -------
    Quantity [voltage]
        ``E_L + R*I``; the neuron fires for ever if and only if it is above threshold.

    Examples
    --------
    >>> from excitable.units import MOhm, mV, pA
    >>> print(lif_steady_potential(300*pA, R=100*MOhm, E_L=-65*mV))
    -35.0 mV
    """
    owner = "theory.lif_steady_potential"
    return attached(_steady(I, R, E_L, owner), "mV")


def _steady(I: Any, R: Any, E_L: Any, owner: str) -> Bare:
    return _membrane.potential(E_L, owner, "E_L") + _membrane.drive(I, R, owner)


def lif_first_passage(I: Any, *, v_0: Any, R: Any, tau_m: Any, V_T: Any, E_L: Any) -> Quantity:
    """Return how long a constant current takes from a potential to the threshold.

    Parameters
    ----------
    I : Quantity [current or current density], any shape
        The current; arrays are broadcast together as NumPy does.
    v_0 : Quantity [voltage]
        Potential at the start.
    R, tau_m, V_T, E_L : Quantity
        Resistance, time constant, threshold and resting potential.

    Returns
    -------
    Quantity [time]
        ``tau_m*log((v_inf - v_0)/(v_inf - V_T))`` with ``v_inf = E_L + R*I``; infinite if `v_inf`
        is not above threshold, 0 if `v_0` is at threshold or above.

    References
    ----------
    GerstnerEtAl2014, section 1.3; for v_0 = E_L it is ``-tau_m*log(1 - 1/v_in)``.

    Examples
    --------
    >>> from excitable.units import MOhm, ms, mV, pA
    >>> cell = dict(R=100*MOhm, tau_m=20*ms, V_T=-50*mV, E_L=-65*mV)
    >>> print(lif_first_passage([100, 300]*pA, v_0=-65*mV, **cell).round(6))
    [inf 13.862944] ms
    """
    owner = "theory.lif_first_passage"
    time = passage(
        _steady(I, R, E_L, owner),
        _membrane.potential(v_0, owner, "v_0"),
        _membrane.potential(V_T, owner, "V_T"),
        _membrane.time_constant(tau_m, owner),
    )
    return attached(time, "ms")


def lif_period(
    I: Any, *, R: Any, tau_m: Any, V_T: Any, V_R: Any, E_L: Any, t_ref: Any = "0 ms"
) -> Quantity:
    """Return the interval between spikes under a constant current.

    Parameters
    ----------
    I : Quantity [current or current density], any shape
        The current; arrays are broadcast together as NumPy does.
    R, tau_m, V_T, V_R, E_L, t_ref : Quantity
        Parameters of `excitable.LIF`.

    Returns
    -------
    Quantity [time]
        ``t_ref + tau_m*log((v_inf - V_R)/(v_inf - V_T))`` with ``v_inf = E_L + R*I``; infinite if
        `v_inf` is not above threshold.

    Notes
    -----
    Resting potential, reset and threshold are three independent parameters: often printed with
    the numerator ``R*I``, the formula holds only for a reset to rest.

    References
    ----------
    GerstnerEtAl2014, section 1.3.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import pA
    >>> cell = {name: ex.LIF[name] for name in ex.LIF.parameters}
    >>> print(lif_period(300*pA, **cell).round(6))
    15.862944 ms
    """
    return attached(
        _period("lif_period", I, R=R, tau_m=tau_m, V_T=V_T, V_R=V_R, E_L=E_L, t_ref=t_ref), "ms"
    )


def lif_rate(
    I: Any, *, R: Any, tau_m: Any, V_T: Any, V_R: Any, E_L: Any, t_ref: Any = "0 ms"
) -> Quantity:
    """Return the firing rate under a constant current, the f-I curve.

    Parameters
    ----------
    I : Quantity [current or current density], any shape
        The current; arrays are broadcast together as NumPy does.
    R, tau_m, V_T, V_R, E_L, t_ref : Quantity
        Parameters of `excitable.LIF`.

    Returns
    -------
    Quantity [rate]
        The inverse of `lif_period` in Hz, 0 where it never fires; it tends to ``1/t_ref``.

    References
    ----------
    GerstnerEtAl2014, section 1.3; in normalised form ``1/(t_ref - tau_m*log(1 - 1/v_in))`` with
    ``v_in = (v_inf - V_R)/(V_T - V_R)``.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import pA
    >>> cell = {name: ex.LIF[name] for name in ex.LIF.parameters}
    >>> print(lif_rate([100, 300, 1500]*pA, **cell).round(6))
    [0.0 63.040002 243.474262] Hz
    """
    period = _period("lif_rate", I, R=R, tau_m=tau_m, V_T=V_T, V_R=V_R, E_L=E_L, t_ref=t_ref)
    with np.errstate(divide="ignore"):
        return attached(1.0 / period, "Hz")


def _period(
    name: str, I: Any, *, R: Any, tau_m: Any, V_T: Any, V_R: Any, E_L: Any, t_ref: Any
) -> np.ndarray:
    owner = f"theory.{name}"
    up = passage(
        _steady(I, R, E_L, owner),
        _membrane.potential(V_R, owner, "V_R"),
        _membrane.potential(V_T, owner, "V_T"),
        _membrane.time_constant(tau_m, owner),
    )
    return _membrane.duration(t_ref, owner, "t_ref") + up


def lif_rheobase(*, R: Any, V_T: Any, E_L: Any) -> Quantity:
    """Return the current that a leaky integrate-and-fire neuron must exceed to fire.

    Parameters
    ----------
    R, V_T, E_L : Quantity, any shape
        Resistance, threshold and resting potential; arrays are broadcast together.

    Returns
    -------
    Quantity [current or current density]
        ``(V_T - E_L)/R``; at this current itself the threshold is approached for ever.

    Examples
    --------
    >>> from excitable.units import MOhm, mV
    >>> print(lif_rheobase(R=100*MOhm, V_T=-50*mV, E_L=-65*mV))
    150.0 pA
    """
    owner = "theory.lif_rheobase"
    gap = _membrane.potential(V_T, owner, "V_T") - _membrane.potential(E_L, owner, "E_L")
    resistance, current = _membrane.resistance(R, owner)
    return attached(gap / resistance, units.default_unit(current))


def lif_current_for_rate(
    rate: Any, *, R: Any, tau_m: Any, V_T: Any, V_R: Any, E_L: Any, t_ref: Any = "0 ms"
) -> Quantity:
    """Return the constant current that makes a leaky integrate-and-fire neuron fire at a rate.

    Parameters
    ----------
    rate : Quantity [rate], any shape
        The rate, above zero; arrays are broadcast together as NumPy does.
    R, tau_m, V_T, V_R, E_L, t_ref : Quantity
        Parameters of `excitable.LIF`.

    Returns
    -------
    Quantity [current or current density]
        ``(v_inf - E_L)/R`` with ``v_inf = V_T + (V_T - V_R)/(exp((1/rate - t_ref)/tau_m) - 1)``;
        nan for a rate of ``1/t_ref`` or more, which no current reaches.

    References
    ----------
    GerstnerEtAl2014, section 1.3, solved for the current.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import Hz
    >>> cell = {name: ex.LIF[name] for name in ex.LIF.parameters}
    >>> print(lif_current_for_rate([20, 100]*Hz, **cell).round(6))
    [164.965316 454.986717] pA
    """
    owner = "theory.lif_current_for_rate"
    f = positive(rate, units.RATE, f"{owner}.rate")
    rise = np.asarray(1.0 / f - _membrane.duration(t_ref, owner, "t_ref"))
    tau = _membrane.time_constant(tau_m, owner)
    threshold = _membrane.potential(V_T, owner, "V_T")
    way = threshold - _membrane.potential(V_R, owner, "V_R")
    with np.errstate(over="ignore"):  # a rate near zero: the current at threshold
        excess = way / np.where(rise > 0.0, np.expm1(rise / tau), np.nan)
    resistance, current = _membrane.resistance(R, owner)
    rest = _membrane.potential(E_L, owner, "E_L")
    return attached((threshold - rest + excess) / resistance, units.default_unit(current))
