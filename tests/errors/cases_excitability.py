"""Messages of excitability."""

import excitable as ex
from excitable.units import ms, mV


def silent():
    """A neuron without an equilibrium at any input that is tried."""
    return ex.Model(
        "Restless",
        equations="tau*dv/dt = k + v**2/k + k*exp(I/k)",
        spike="v > V_peak", reset="v = V_R", states=dict(v=0 * mV), inputs=dict(I=mV),
        parameters=dict(tau=1 * ms, k=1 * mV, V_peak=30 * mV, V_R=-10 * mV),
    )  # fmt: skip


def undriven():
    """A neuron whose input reaches only its second state."""
    return ex.Model(
        "Indirect",
        equations="tau*dv/dt = -v + w\ntau*dw/dt = -w + I",
        spike="v > V_T", reset="v = V_R", states=dict(v=0 * mV, w=0 * mV), inputs=dict(I=mV),
        parameters=dict(tau=1 * ms, V_T=10 * mV, V_R=-10 * mV),
    )  # fmt: skip


CASES = [
    ("excitability: no model", lambda: ex.excitability("HodgkinHuxley")),
    ("excitability: no such input", lambda: ex.excitability(ex.LIF, "J")),
    ("excitability: no spike condition", lambda: ex.excitability(ex.RateNeuron)),
    ("excitability: noise", lambda: ex.excitability(ex.NoisyLIF)),
    ("excitability: no rest at any input", lambda: ex.excitability(silent())),
    ("excitability: an input that drives another state", lambda: ex.excitability(undriven())),
    ("excitability: the input that grows is given", lambda: ex.excitability(ex.LIF, I="1 pA")),
]
