"""The general postsynaptic kernel: a chain of equal linear stages."""

from __future__ import annotations

import numpy as np

from excitable.errors import ParameterError
from excitable.model import Input, Model, Parameter, State

_MOST = 100


def Gamma(n: int) -> Model:
    """Return the synapse whose kernel is t^n exp(-t/tau) / (n! tau^(n+1)).

    Parameters
    ----------
    n : int
        Order: 0 is `Exponential`, 1 is `Alpha`; n + 1 is the number of stages.

    Returns
    -------
    Model
        Input ``a``, output the state ``s``, stages before it ``s_1 ... s_n``; parameter ``tau``.

    Raises
    ------
    ParameterError
        If n is not a whole number from 0 to 100.

    Notes
    -----
    The kernel has area 1, its peak at n tau, its mean at (n + 1) tau and the variance
    (n + 1) tau^2. It is the same as ``excitable.kernels.gamma(n, tau)``, and is integrated exactly.

    References
    ----------
    Rall1967

    Examples
    --------
    >>> print(Gamma(2).equations)
    tau*ds/dt = s_2 - s
    tau*ds_1/dt = a - s_1
    tau*ds_2/dt = s_1 - s_2
    >>> Gamma(2)(tau="3 ms")["tau"].magnitude
    3.0
    """
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or not 0 <= n <= _MOST:
        raise ParameterError(
            f"n = {n!r}", f"the order is a whole number from 0 to {_MOST}",
            "Write n=1 for the alpha function", owner="Gamma", name="n",
        )  # fmt: skip
    # The output comes first, so that it is what is looked at if nothing else is asked for.
    names = ["s", *(f"s_{k}" for k in range(1, n + 1))]
    sources = [f"s_{n}" if n else "a", *("a" if k == 1 else f"s_{k - 1}" for k in range(1, n + 1))]
    whats = ["output", *(f"stage {k}" for k in range(1, n + 1))]
    return Model(
        f"Synapse with a gamma kernel of order {n}",
        name=f"Gamma{n}",
        equations="\n".join(
            f"tau*d{name}/dt = {source} - {name}"
            for name, source in zip(names, sources, strict=True)
        ),
        states={name: State("0 1/ms", what) for name, what in zip(names, whats, strict=True)},
        inputs={"a": Input("1/ms", "presynaptic rate, an area of one a spike")},
        parameters={"tau": Parameter("5 ms", "time constant of each stage", above="0 ms")},
        source="Rall1967",
    )
