"""The leaky integrate-and-fire neuron in integrated form: input filtered, resets added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.analysis._quantities import attached, stripped
from excitable.analysis.theory import _membrane
from excitable.analysis.theory._convolution import convolution
from excitable.errors import ParameterError

if TYPE_CHECKING:
    from excitable.units import Quantity


def reset_kernel(s: Any, *, V_T: Any, V_R: Any, tau_m: Any) -> Quantity:
    """Return what one spike does to all later potentials.

    Parameters
    ----------
    s : Quantity [time], any shape
        Time since the spike.
    V_T, V_R : Quantity [voltage]
        Threshold and reset potential.
    tau_m : Quantity [time]
        Membrane time constant.

    Returns
    -------
    Quantity [voltage]
        ``-(V_T - V_R)*exp(-s/tau_m)`` from the spike on, 0 before it.

    References
    ----------
    Equation 1.10 of Huang2023, which leaves out that only spikes before t count.

    Examples
    --------
    >>> from excitable.units import ms, mV
    >>> print(reset_kernel([-1, 0, 20]*ms, V_T=-50*mV, V_R=-65*mV, tau_m=20*ms).round(6))
    [0.0 -15.0 -5.518192] mV
    """
    owner = "theory.reset_kernel"
    since = np.asarray(stripped(s, units.TIME, f"{owner}.s"))
    return attached(_reset(since, V_T, V_R, tau_m, owner), "mV")


def _reset(s: np.ndarray, V_T: Any, V_R: Any, tau_m: Any, owner: str) -> np.ndarray:
    tau = _membrane.time_constant(tau_m, owner)
    fall = _membrane.potential(V_T, owner, "V_T") - _membrane.potential(V_R, owner, "V_R")
    return np.where(s >= 0.0, -fall * np.exp(-np.maximum(s, 0.0) / tau), 0.0)


def spike_response(
    t: Any,
    I: Any,
    spikes: Any,
    *,
    R: Any,
    tau_m: Any,
    V_T: Any,
    V_R: Any,
    E_L: Any = "0 mV",
    start: Any = "0 ms",
    dt: Any = "0.1 ms",
    seed: int = 0,
) -> Quantity:
    """Return the potential of a leaky integrate-and-fire neuron whose spike times are known.

    Parameters
    ----------
    t : Quantity [time], shape (samples,) or ()
        Times, none before `start`.
    I : Stimulus or Quantity [current or current density]
        The input of one neuron.
    spikes : SpikeTrain or Quantity [time], shape (spikes,)
        When it fired.
    R, tau_m, E_L : Quantity
        Resistance, time constant and resting potential of the membrane.
    V_T, V_R : Quantity [voltage]
        Threshold and reset potential.
    start : Quantity [time]
        Until when the membrane is at rest.
    dt : Quantity [time]
        Step of noise that has none of its own, as in `simulate`.
    seed : int
        Seed of noise that has none of its own, as in `simulate`.

    Returns
    -------
    Quantity [voltage], shape (samples,) or ()
        `convolution` plus one `reset_kernel` for each spike up to each time.

    Raises
    ------
    UnitError, StimulusError, ParameterError
        As in `convolution`; and if the input or a parameter is for several neurons.

    Notes
    -----
    Equal to the differential equation with its reset for every input, given the spike times and
    without refractory time: while a neuron is refractory it does not integrate, and the input of
    that time would have to be left out.

    References
    ----------
    Equation 1.11 of Huang2023; the spike response model SRM0 of GerstnerEtAl2014, section 6.4.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import ms
    >>> cell = ex.LIF(t_ref="0 ms")
    >>> run = ex.simulate(cell, "100 ms", I="300 pA")
    >>> known = {name: cell[name] for name in ("R", "tau_m", "E_L", "V_T", "V_R")}
    >>> v = ex.theory.spike_response(run.t, "300 pA", run.spikes[0], **known)
    >>> bool(abs(v - run.v).max().magnitude < 1e-11)
    True
    """
    owner = "theory.spike_response"
    filtered = convolution(t, I, R=R, tau_m=tau_m, E_L=E_L, start=start, dt=dt, seed=seed)
    times = np.asarray(stripped(t, units.TIME, f"{owner}.t"))
    if np.shape(filtered.magnitude) != times.shape:
        raise ParameterError(
            "an input or a parameter with one value per neuron",
            "one neuron is expected, whose spikes are given",
            "Write one call for each neuron",
            owner=owner,
        )
    fired = np.atleast_1d(stripped(getattr(spikes, "times", spikes), units.TIME, f"{owner}.spikes"))
    resets = _reset(times[..., None] - fired, V_T, V_R, tau_m, owner).sum(axis=-1)
    return attached(filtered.magnitude + resets, "mV")
