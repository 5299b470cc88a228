"""Models as users write them, each exercising a path that no built-in model takes."""

from excitable.model import Model, Parameter
from excitable.units import GOhm, MOhm, ms, mV, nS, pA, pF

EXPONENTIAL_SYNAPSE = Model(
    "Leaky integrator with a synaptic current",
    name="ExponentialSynapse",
    equations="tau_m*dv/dt = E_L - v + R*(s + I)\n tau_s*ds/dt = -s",
    spike="v >= V_T",
    reset="v = V_R; s += q",
    refractory="t_ref",
    states=dict(v=-65 * mV, s=0 * pA),
    inputs=dict(I=pA),
    parameters=dict(
        tau_m=Parameter(20 * ms, above=0 * ms), tau_s=Parameter(5 * ms, above=0 * ms),
        R=100 * MOhm, E_L=-65 * mV, V_T=-50 * mV, V_R=-65 * mV, t_ref=2 * ms, q=20 * pA,
    ),
)  # fmt: skip

ALPHA_SYNAPSE = Model(
    "Leaky integrator with an alpha synapse",
    name="AlphaSynapse",
    equations="""
        tau*dv/dt = E_L - v + R*(s + I)
        tau*ds/dt = r - s
        tau*dr/dt = -r
    """,  # three equal time constants: a Jordan block
    spike="v >= V_T",
    reset="v = V_R; r += q",
    states=dict(v=-65 * mV, s=0 * pA, r=0 * pA),
    inputs=dict(I=pA),
    parameters=dict(tau=10 * ms, R=100 * MOhm, E_L=-65 * mV, V_T=-50 * mV, V_R=-62 * mV, q=30 * pA),
)

RESONATOR = Model(
    "Resonate-and-fire",
    name="Resonator",
    equations="""
        C*dv/dt = g*(E_L - v) - w + I
        L*dw/dt = v - E_L - r*w
    """,
    spike="v >= V_T",
    reset="v = V_R",
    states=dict(v=-70 * mV, w=0 * pA),
    inputs=dict(I=pA),
    parameters=dict(
        C=100 * pF, g=5 * nS, E_L=-70 * mV, L="1 GOhm*ms", r=0.01 * GOhm, V_T=-55 * mV, V_R=-75 * mV
    ),
)

NOISY_INTEGRATOR = Model(
    "Leaky integrator with white noise",
    name="NoisyIntegrator",
    equations="tau*dv/dt = E_L - v + R*I + sigma*sqrt(2*tau)*xi",
    spike="v >= V_T",
    reset="v = V_R",
    refractory="t_ref",
    states=dict(v=-65 * mV),
    inputs=dict(I=pA),
    parameters=dict(
        tau=20 * ms, R=100 * MOhm, E_L=-65 * mV, V_T=-50 * mV, V_R=-65 * mV, t_ref=2 * ms,
        sigma=1 * mV,
    ),
)  # fmt: skip

MULTIPLICATIVE_NOISE = Model(
    "Leaky integrator with a fluctuating conductance",
    name="MultiplicativeNoise",
    equations="tau*dv/dt = E_L - v + R*I + eta*(E - v)*sqrt(tau)*xi",
    spike="v >= V_T",
    reset="v = V_R",
    states=dict(v=-65 * mV),
    inputs=dict(I=pA),
    parameters=dict(
        tau=20 * ms, R=100 * MOhm, E_L=-65 * mV, E=0 * mV, eta=0.02, V_T=-50 * mV, V_R=-65 * mV
    ),
)

SILENT = Model(
    "Membrane with a rectifying conductance",
    name="Silent",
    equations="C*dv/dt = g*(E_L - v) + g_r*log1p(exp((v - V_h)/k))*(E_L - v) + I",
    states=dict(v=-65 * mV),
    inputs=dict(I=pA),
    parameters=dict(C=100 * pF, g=10 * nS, E_L=-65 * mV, g_r=5 * nS, V_h=-60 * mV, k=5 * mV),
)

MOVING_THRESHOLD = Model(
    "Leaky integrator with an adapting threshold",
    name="MovingThreshold",
    equations="""
        C*dv/dt = g*(E_L - v) + I
        dtheta/dt = a*(v - E_L) - b*(theta - theta_inf)
    """,
    spike="v >= theta",
    reset="v = E_L + f*(v - E_L) - delta_v; theta += delta",
    refractory="t_ref",
    states=dict(v=-70 * mV, theta=-50 * mV),
    inputs=dict(I=pA),
    parameters=dict(
        C=80 * pF, g=4 * nS, E_L=-70 * mV, theta_inf=-50 * mV, a="0.005/ms", b="0.02/ms", f=0.3,
        delta_v=2 * mV, delta=3 * mV, t_ref=3 * ms,
    ),
)  # fmt: skip

CONDUCTANCE_DRIVEN = Model(
    "Integrator driven by a conductance alone",
    name="ConductanceDriven",
    equations="C*dv/dt = g_L*(E_L - v) + g*(E_e - v)",
    spike="v >= V_T",
    reset="v = V_R",
    refractory="t_ref",
    states=dict(v=-70 * mV),
    inputs=dict(g=nS),
    parameters=dict(
        C=200 * pF, g_L=10 * nS, E_L=-70 * mV, E_e=0 * mV, V_T=-50 * mV, V_R=-60 * mV, t_ref=2 * ms
    ),
)

USER_MODELS = {
    model.name: model
    for model in (
        EXPONENTIAL_SYNAPSE, ALPHA_SYNAPSE, RESONATOR, NOISY_INTEGRATOR, MULTIPLICATIVE_NOISE,
        SILENT, MOVING_THRESHOLD, CONDUCTANCE_DRIVEN,
    )
}  # fmt: skip
