"""The leaky integrate-and-fire neuron with adapting thresholds."""

from __future__ import annotations

from numbers import Integral
from typing import Any

import numpy as np

from excitable import units
from excitable.errors import ModelError, ParameterError
from excitable.model import Input, Model, Parameter, State


def alif(n: int, floor: bool = False) -> Model:
    """Return a leaky neuron whose threshold is raised by each spike, in several components.

    Parameters
    ----------
    n : int
        Number of components theta_k, each with its jump d_k and its time constant tau_k.
    floor : bool
        Adds the rule theta_k <- maximum(theta_k, theta_reset), after the jump.

    Returns
    -------
    Model
        States v, theta_1 ...; the threshold is V_T + theta_1 + ...

    Raises
    ------
    ModelError
        If `n` is no whole number from 1 on.

    Notes
    -----
    Thresholds decay in refractory time too, so that after a single spike theta_k is
    d_k exp(-t/tau_k) at all times; the potential alone is held. For jumps that stand as a delta
    function inside tau dtheta/dt = ..., see `jump_of_drive`. A jump d = 0 switches a component
    off. The rule of `floor` is not linear, so that it is solved with error control instead of in
    closed form. Sources: Bellec et al. (2018) for one component, Kobayashi et al. (2009) for
    several.

    Examples
    --------
    >>> list(alif(2).parameters)[-4:]
    ['d_1', 'tau_1', 'd_2', 'tau_2']
    """
    if isinstance(n, bool) or not isinstance(n, Integral) or n < 1:
        raise ModelError(
            f"{n!r} components", "a whole number from 1 on is expected", "Write alif(2)",
            owner="alif", name="n",
        )  # fmt: skip
    each = range(1, n + 1)
    parameters = {
        "tau_m": Parameter("20 ms", "membrane time constant", above="0 ms"),
        "R": Parameter("100 MOhm", "membrane resistance", above="0 MOhm"),
        "E_L": Parameter("-65 mV", "resting potential"),
        "V_T": Parameter("-50 mV", "threshold of a cell that has not fired"),
        "V_R": Parameter("-65 mV", "reset potential"),
        "t_ref": Parameter("2 ms", "refractory time", low="0 ms"),
    }
    rules = ["v = V_R"]
    for k in each:
        # One component adapts within a tenth of a second, each further one half as fast.
        parameters[f"d_{k}"] = Parameter("2 mV", f"jump of threshold component {k} at a spike")
        parameters[f"tau_{k}"] = Parameter(
            f"{100 * 2 ** (k - 1)} ms", f"time constant of threshold component {k}", above="0 ms"
        )
        rules.append(f"theta_{k} += d_{k}")
    if floor:
        parameters["theta_reset"] = Parameter("0 mV", "least value of a component after a spike")
        rules += [f"theta_{k} = maximum(theta_{k}, theta_reset)" for k in each]
    states = {"v": State("-65 mV", "membrane potential")}
    states |= {f"theta_{k}": State("0 mV", f"threshold component {k}") for k in each}
    rates = ["tau_m*dv/dt = E_L - v + R*I"]
    rates += [f"tau_{k}*dtheta_{k}/dt = -theta_{k}" for k in each]
    return Model(
        "Leaky integrate-and-fire neuron with adapting threshold",
        name="ALIF",
        equations="\n".join(rates),
        spike="v >= V_T" + "".join(f" + theta_{k}" for k in each),
        reset="; ".join(rules),
        refractory="t_ref",
        hold=["v"],
        states=states,
        inputs={"I": Input("pA", "injected current")},
        parameters=parameters,
        source="KobayashiEtAl2009, BellecEtAl2018",
    )


def jump_of_drive(q: Any, tau: Any) -> Any:
    """Return the jump of a threshold that is driven by q times a delta function at each spike.

    Some books write tau dtheta/dt = -(theta - theta_0) + q sum_i delta(t - t_i). The delta stands
    inside the product with tau, so that theta jumps by q/tau, not by q.

    Parameters
    ----------
    q : Quantity or str, scalar or shape (n,)
        What multiplies the delta, a potential times a time.
    tau : Quantity [time] or str, scalar or shape (n,)
        Time constant of the threshold.

    Returns
    -------
    Quantity [mV]
        d = q/tau, to be given to `ALIF` as d_1, d_2 ...

    Raises
    ------
    UnitError
        If q is not a potential times a time, or tau no time.
    ParameterError
        If tau is not positive.

    Examples
    --------
    >>> print(jump_of_drive("200 mV*ms", "100 ms"))
    2.0 mV
    """
    drive = units.strip(q, units.dimension("mV*ms"), "jump_of_drive.q")
    time = units.strip(tau, units.TIME, "jump_of_drive.tau")
    if not np.all(np.greater(time, 0.0)):
        raise ParameterError(
            f"{time} ms", "a positive time is expected", "Write tau=100*ms",
            owner="jump_of_drive", name="tau",
        )  # fmt: skip
    return units.attach(drive / time, "mV")


ALIF = alif(1)
