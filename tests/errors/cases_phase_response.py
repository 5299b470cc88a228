"""Messages of phase responses."""

import excitable as ex
from excitable.units import cm, ms, mV, pA, uA

HH = ex.HodgkinHuxley
FIRING = dict(I=10 * uA / cm**2)


def leaky():
    return ex.phase_response(ex.LIF, I=300 * pA)


def repeller():
    """A cycle that repels, found on a branch."""
    branch = ex.continuation(HH, "I", "0 uA/cm2", "20 uA/cm2")
    return next(one for one in branch.cycles().at("9 uA/cm2") if not one.stable)


def falling():
    """A model that has no input and comes to rest."""
    return ex.Model(
        "Falling", equations="tau*dx/dt = -x", states=dict(x=1), parameters=dict(tau="1 ms")
    )


def silenced():
    """A push over the edge to the rest beside the cycle."""
    return ex.phase_response(HH, I="6.5 uA/cm2").direct(-5 * mV, phases=[0.1, 0.8])


CASES = [
    ("phase response: no model", lambda: ex.phase_response("LIF")),
    ("phase response: at rest", lambda: ex.phase_response(ex.LIF, I=100 * pA)),
    ("phase response: at rest for want of an input", lambda: ex.phase_response(HH)),
    ("phase response: blocked", lambda: ex.phase_response(HH, I=200 * uA / cm**2)),
    ("phase response: no input at all", lambda: ex.phase_response(falling())),
    ("phase response: no such input", lambda: ex.phase_response(ex.LIF, J=1 * pA)),
    ("phase response: no unit", lambda: ex.phase_response(ex.LIF, I=300)),
    ("phase response: a stimulus", lambda: ex.phase_response(ex.LIF, I=ex.step(300 * pA))),
    ("phase response: several neurons", lambda: ex.phase_response(ex.LIF(V_T=[-50, -45] * mV))),
    ("phase response: noise", lambda: ex.phase_response(ex.NoisyLIF, I=300 * pA)),
    ("phase response: no state", lambda: ex.phase_response(ex.RateNeuron)),
    (
        "phase response: never the same twice",
        lambda: ex.phase_response(ex.HindmarshRose.preset("chaotic bursting"), I=3.25),
    ),
    ("phase response: no method", lambda: ex.phase_response(ex.LIF, I=300 * pA, method="exact")),
    ("phase response: no points", lambda: ex.phase_response(ex.LIF, I=300 * pA, points=0)),
    (
        "phase response: a level not reached",
        lambda: ex.phase_response(HH, phase_zero=60 * mV, **FIRING),
    ),
    (
        "phase response: no such beginning",
        lambda: ex.phase_response(HH, phase_zero="trough", **FIRING),
    ),
    (
        "phase response: no spike to begin with",
        lambda: ex.phase_response(HH, I=150 * uA / cm**2, phase_zero="spike"),
    ),
    (
        "phase response: several starts",
        lambda: ex.phase_response(HH, initial=dict(v=[-65, -60] * mV), **FIRING),
    ),
    (
        "phase response: an input beside a cycle",
        lambda: ex.phase_response(repeller(), I=9 * uA / cm**2),
    ),
    (
        "phase response: an unstable cycle simulated",
        lambda: ex.phase_response(repeller(), method="direct"),
    ),
    ("direct: an unstable cycle", lambda: ex.phase_response(repeller()).direct(1 * mV)),
    ("direct: no such state", lambda: leaky().direct(1 * mV, "w")),
    ("direct: no push", lambda: leaky().direct(0 * mV)),
    ("direct: another unit", lambda: leaky().direct(1 * pA)),
    ("direct: several sizes", lambda: leaky().direct([1, 2] * mV)),
    ("direct: no charge", lambda: leaky().direct(1 * pA, "I")),
    ("direct: a jump takes no time", lambda: leaky().direct(1 * mV, width=1 * ms)),
    ("direct: a long pulse", lambda: leaky().direct("10 fC", "I", width=20 * ms)),
    ("direct: no phases", lambda: leaky().direct(1 * mV, phases=0)),
    ("direct: phases that are none", lambda: leaky().direct(1 * mV, phases=[[0.1], [0.2]])),
    ("direct: no periods", lambda: leaky().direct(1 * mV, periods=0)),
    ("direct: a push into rest", silenced),
    (
        "drawing: responses in two units",
        lambda: leaky().plot(leaky().direct("10 fC", "I"), of="v"),
    ),
    ("drawing: no such response", lambda: leaky().plot(of="w")),
]
