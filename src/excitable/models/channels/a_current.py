"""The A-current: transient potassium, which delays the next spike."""

from excitable.model import Input, Model, Parameter, State

a_current = Model(
    "A-current of crustacean axons",
    name="a_current",
    equations="""
        I_A = g_A*a**3*b*(v - E_A)
        da/dt = (a_inf - a)/tau_a
        db/dt = (b_inf - b)/tau_b

        a_inf = (0.0761*exp(0.0314*(v/mV + 94.22))/(1 + exp(0.0346*(v/mV + 1.17))))**(1/3)
        tau_a = 0.3632*ms + 1.158*ms/(1 + exp(0.0497*(v/mV + 55.96)))
        b_inf = 1/(1 + exp(0.0688*(v/mV + 53.3)))**4
        tau_b = 1.24*ms + 2.678*ms/(1 + exp(0.0624*(v/mV + 50)))
    """,
    states={
        "a": State(0.54, "activation of the A-current"),
        "b": State(0.29, "inactivation of the A-current, 1 where none"),
    },
    inputs={"v": Input("mV", "membrane potential")},
    parameters={
        "g_A": Parameter("47.7 mS/cm2", "greatest conductance of the A-current", low="0 mS/cm2"),
        "E_A": Parameter("-75 mV", "reversal potential of the A-current"),
    },
    source="ConnorWalterMcKown1977, DayanAbbott2001",
)
