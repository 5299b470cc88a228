"""Messages of schemes, runs and checks."""

import warnings

import numpy as np
import psutil

import excitable as ex
from excitable.codegen import source
from excitable.models import GLIF1, GLIF2, glif
from excitable.numerics.choose import choose
from excitable.units import ms, mV, pA

NOISY = ex.Model(
    "Noisy",
    equations="tau*dv/dt = -v + a*v*sqrt(tau)*xi",
    states=dict(v=1 * mV),
    parameters=dict(tau=10 * ms, a=0.1),
)
CROSSED = ex.Model(
    "Crossed",
    equations="tau*dx/dt = -x + a*sqrt(tau)*y*xi\n tau*dy/dt = -y + a*sqrt(tau)*x*xi_2",
    states=dict(x=1.0, y=1.0),
    parameters=dict(tau=10 * ms, a=0.1),
)
with warnings.catch_warnings():  # of the reset, which stands among the messages of models
    warnings.simplefilter("ignore")
    ENDLESS = ex.Model(
        "Endless",
        equations="tau*dv/dt = -v + E",
        spike="v >= V_T",
        reset="v = V_R",
        states=dict(v=0 * mV),
        parameters=dict(tau=10 * ms, E=20 * mV, V_T=10 * mV, V_R=15 * mV),
    )
SILENT_ESCAPE = ex.Model(
    "Escape", equations="dx/dt = k*x", states=dict(x=1.0), parameters=dict(k="100/ms")
)
DRIVEN_THRESHOLD = ex.Model(
    "Driven threshold",
    equations="tau*dv/dt = -v",
    spike="v >= V_T + R*I",
    reset="v = E",
    states=dict(v=0 * mV),
    inputs=dict(I=pA),
    parameters=dict(tau=10 * ms, V_T=10 * mV, R="1 MOhm", E=0 * mV),
)
LIF, EIF = ex.LIF, ex.EIF
FASTER = ex.models.izhikevich_patterns["T"]


def without_memory():
    real = psutil.virtual_memory
    psutil.virtual_memory = lambda: type("Free", (), {"available": 2**30})
    try:
        ex.simulate(LIF, "200 second", I=np.ones(1000) * pA, record="v")
    finally:
        psutil.virtual_memory = real


def loaded():
    run = ex.simulate(LIF, 1 * ms)
    run.origin = None
    run.check_step()


def stopped():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = GLIF2(f_v=[0.2, 1.6, 1.7])
    return ex.simulate(model, 50 * ms, dt=0.05 * ms, scheme="allensdk", I=500 * pA, record=False)


CASES = [
    ("scheme unknown", lambda: choose(LIF.system, "euler")),
    ("exact: not linear", lambda: choose(EIF.system, "exact")),
    ("exact: smooth input", lambda: choose(LIF.system, "exact", smooth=("I",))),
    ("exponential: not linear in itself", lambda: choose(EIF.system, "exponential_strang")),
    ("no noise term", lambda: choose(NOISY.system, "rk4")),
    ("euler_maruyama: multiplicative", lambda: choose(NOISY.system, "euler_maruyama")),
    ("milstein: noises do not commute", lambda: choose(CROSSED.system, "milstein")),
    ("nest: another model", lambda: choose(LIF.system, "nest")),
    ("nest: a combination it does not have",
     lambda: choose(glif(adapting_threshold=True).system, "nest")),
    ("allensdk: jumps at the spike", lambda: choose(glif(3, cut="spike").system, "allensdk")),
    ("allensdk: broken steps",
     lambda: ex.simulate(GLIF1, 10 * ms, dt=0.1 * ms, scheme="allensdk")),
    ("nest: broken steps of one neuron",
     lambda: ex.simulate(GLIF1(t_ref=[2, 2.52] * ms), 10 * ms, dt=0.05 * ms, scheme="nest")),
    ("allensdk: a reset above threshold", stopped),
    ("spike condition depends on an input", lambda: choose(DRIVEN_THRESHOLD.system)),
    ("source: unknown target", lambda: source(LIF, "fortran")),
    ("simulate: no model", lambda: ex.simulate("LIF", 10 * ms)),
    ("simulate: duration without unit", lambda: ex.simulate(LIF, 10)),
    ("simulate: duration is no number", lambda: ex.simulate(LIF, "soon")),
    ("simulate: duration is NaN", lambda: ex.simulate(LIF, np.nan * ms)),
    ("simulate: duration zero", lambda: ex.simulate(LIF, 0 * ms)),
    ("simulate: two durations", lambda: ex.simulate(LIF, [1, 2] * ms)),
    ("simulate: dt negative", lambda: ex.simulate(LIF, 10 * ms, dt=-1 * ms)),
    ("simulate: unknown input", lambda: ex.simulate(LIF, 10 * ms, J=1 * pA)),
    ("simulate: a parameter as input", lambda: ex.simulate(LIF, 10 * ms, tau_m=1 * ms)),
    ("simulate: lengths differ",
     lambda: ex.simulate(LIF(tau_m=[1, 2, 3] * ms), 10 * ms, I=[1, 2] * pA)),
    ("simulate: unknown state", lambda: ex.simulate(LIF, 10 * ms, initial=dict(w=0 * mV))),
    ("simulate: initial is NaN", lambda: ex.simulate(LIF, 10 * ms, initial=dict(v=np.nan * mV))),
    ("simulate: unknown record", lambda: ex.simulate(LIF, 10 * ms, record="u")),
    ("simulate: no such neuron",
     lambda: ex.simulate(LIF(tau_m=[1, 2] * ms), 10 * ms, record=dict(v=[5]))),
    ("simulate: record_dt off the grid",
     lambda: ex.simulate(LIF, 10 * ms, scheme="rk4", record_dt=0.25 * ms)),
    ("simulate: memory", without_memory),
    ("simulate: seed", lambda: ex.simulate(LIF, 10 * ms, seed=0.5)),
    ("simulate: threads", lambda: ex.simulate(LIF, 10 * ms, threads=0)),
    ("izhikevich2003: another step",
     lambda: ex.simulate(ex.Izhikevich, 10 * ms, scheme="izhikevich2003")),
    ("izhikevich2003: another model",
     lambda: ex.simulate(LIF, 10 * ms, dt=1 * ms, scheme="izhikevich2003")),
    ("izhikevich2004: another model",
     lambda: ex.simulate(ex.AdEx, 10 * ms, scheme="izhikevich2004")),
    ("run: fires infinitely often", lambda: ex.simulate(ENDLESS, 50 * ms)),
    (
        "run: fires ever faster",
        lambda: ex.simulate(FASTER.model, 350 * ms, I=FASTER.stimulus, initial=FASTER.initial),
    ),
    ("run: overflow", lambda: ex.simulate(SILENT_ESCAPE, 50 * ms)),
    ("check_step: loaded", loaded),
    ("check_step: noise", lambda: ex.simulate(NOISY, 1 * ms).check_step()),
    ("check_model: no model", lambda: ex.check_model("LIF")),
    ("check_model: unknown input", lambda: ex.check_model(LIF, inputs=dict(J=1 * pA))),
    ("check_model: seed", lambda: ex.check_model(LIF, seed=-1)),
]  # fmt: skip
