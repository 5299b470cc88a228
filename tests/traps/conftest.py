"""Models that several traps use."""

import pytest

import excitable as ex
from excitable.units import MOhm, ms, mV, pA


@pytest.fixture(scope="session")
def adapting():
    """A leaky integrator with a second state that stays zero: the engine for several states."""
    return ex.Model(
        "Leaky neuron beside an idle current",
        equations="""
            tau_m*dv/dt = -v + R*(I + s)
            tau_s*ds/dt = -s
        """,
        spike="v >= V_T",
        reset="v = V_R",
        refractory="t_ref",
        states=dict(v=0 * mV, s=0 * pA),
        inputs=dict(I=pA),
        parameters=dict(
            tau_m=20 * ms,
            tau_s=5 * ms,
            R=100 * MOhm,
            V_T=10 * mV,
            V_R=0 * mV,
            t_ref=2 * ms,
        ),
    )
