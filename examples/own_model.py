"""A model of your own: an exponential neuron with a slow potassium current."""

import excitable as ex
from excitable.units import ms, mV, nS, pA, pF

cell = ex.Model(
    "Exponential neuron with an M-current",
    equations="""
        C     * dv/dt = g_L*(E_L - v) + g_L*Delta_T*exp((v - V_T)/Delta_T) - I_M + I
        tau_z * dz/dt = z_inf - z
        I_M   = g_M*z*(v - E_K)
        z_inf = 1/(1 + exp(-(v - V_z)/k_z))
    """,
    spike="v >= V_peak",
    reset="v = V_R",
    refractory="t_ref",
    states=dict(v=-65 * mV, z=0),
    inputs=dict(I=pA),
    parameters=dict(
        g_M=ex.Parameter(5 * nS, "M-current conductance", low=0 * nS),
        C=200 * pF, g_L=10 * nS, E_L=-65 * mV, E_K=-90 * mV, V_T=-50 * mV, Delta_T=2 * mV,
        V_z=-40 * mV, k_z=5 * mV, tau_z=80 * ms, V_peak=0 * mV, V_R=-60 * mV, t_ref=2 * ms,
    ),
)  # fmt: skip

drive = ex.step(400 * pA, start=100 * ms)
for conductance in (0 * nS, 20 * nS):
    run = ex.simulate(cell(g_M=conductance), 600 * ms, record=["v", "I_M"], I=drive)
    intervals = run.spikes.isi(0)
    print(f"g_M = {conductance}: first interval {intervals[0]:.2f}, last {intervals[-1]:.2f}")
