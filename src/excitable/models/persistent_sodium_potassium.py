"""Persistent sodium with potassium: the smallest membrane with every onset of firing."""

from excitable.model import Input, Model, Parameter, State

PersistentSodiumPotassium = Model(
    "Persistent sodium and potassium neuron",
    name="PersistentSodiumPotassium",
    description=(
        "Leak, an instantaneous sodium and a delayed potassium current, whose gate stands in the "
        "first power. A spike is the upward crossing of -20 mV, which every action potential of "
        "the presets makes once; the small oscillations just beyond a supercritical Hopf point "
        "are none."
    ),
    equations="""
        C*dv/dt = g_L*(E_L - v) + g_Na*m_inf*(E_Na - v) + g_K*n*(E_K - v) + I
        tau_n*dn/dt = n_inf - n
        m_inf = 1/(1 + exp((V_m - v)/k_m))
        n_inf = 1/(1 + exp((V_n - v)/k_n))
    """,
    spike="v >= -20*mV",
    states={
        "v": State("-65.95 mV", "membrane potential"),
        "n": State(0.00028, "activation of potassium"),
    },
    inputs={"I": Input("uA/cm2", "injected current")},
    parameters={
        "C": Parameter("1 uF/cm2", "membrane capacitance", above="0 uF/cm2"),
        "g_L": Parameter("8 mS/cm2", "leak conductance", low="0 mS/cm2"),
        "E_L": Parameter("-80 mV", "leak reversal potential"),
        "g_Na": Parameter("20 mS/cm2", "greatest sodium conductance", low="0 mS/cm2"),
        "E_Na": Parameter("60 mV", "sodium reversal potential"),
        "V_m": Parameter("-20 mV", "potential of half activation of sodium"),
        "k_m": Parameter("15 mV", "width of the activation of sodium", above="0 mV"),
        "g_K": Parameter("10 mS/cm2", "greatest potassium conductance", low="0 mS/cm2"),
        "E_K": Parameter("-90 mV", "potassium reversal potential"),
        "V_n": Parameter("-25 mV", "potential of half activation of potassium"),
        "k_n": Parameter("5 mV", "width of the activation of potassium", above="0 mV"),
        "tau_n": Parameter("1 ms", "time constant of potassium", above="0 ms"),
    },
    presets={
        "saddle-node on cycle": {},
        "saddle-node off cycle": {"tau_n": "0.16 ms"},
        "supercritical Hopf": {"E_L": "-78 mV", "V_n": "-45 mV", "v": "-60.86 mV", "n": 0.0402},
        "subcritical Hopf": {
            "g_L": "1 mS/cm2",
            "E_L": "-78 mV",
            "g_Na": "4 mS/cm2",
            "V_m": "-30 mV",
            "k_m": "7 mV",
            "g_K": "4 mS/cm2",
            "V_n": "-45 mV",
            "v": "-77.45 mV",
            "n": 0.00152,
        },
    },
    source="Izhikevich2007",
)
