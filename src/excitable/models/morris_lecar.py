"""The barnacle muscle fibre of Morris and Lecar, reduced to two variables."""

from excitable.model import Input, Model, Parameter, State

MorrisLecar = Model(
    "Morris-Lecar neuron",
    name="MorrisLecar",
    description=(
        "Calcium at its steady state, potassium delayed. A spike is the upward crossing of 0 mV, "
        "which every cycle of the presets makes once."
    ),
    equations="""
        C*dv/dt = g_Ca*m_inf*(V_Ca - v) + g_K*w*(V_K - v) + g_L*(V_L - v) + I
        tau_w*dw/dt = phi*(w_inf - w)
        m_inf = (1 + tanh((v - V_1)/V_2))/2
        w_inf = (1 + tanh((v - V_3)/V_4))/2
        tau_w = 1*ms/cosh((v - V_3)/(2*V_4))
    """,
    spike="v >= 0*mV",
    states={
        "v": State("-60.86 mV", "membrane potential"),
        "w": State(0.0149, "open fraction of potassium"),
    },
    inputs={"I": Input("uA/cm2", "injected current")},
    parameters={
        "C": Parameter("20 uF/cm2", "membrane capacitance", above="0 uF/cm2"),
        "g_Ca": Parameter("4.4 mS/cm2", "greatest calcium conductance", low="0 mS/cm2"),
        "g_K": Parameter("8 mS/cm2", "greatest potassium conductance", low="0 mS/cm2"),
        "g_L": Parameter("2 mS/cm2", "leak conductance", low="0 mS/cm2"),
        "V_Ca": Parameter("120 mV", "calcium reversal potential"),
        "V_K": Parameter("-84 mV", "potassium reversal potential"),
        "V_L": Parameter("-60 mV", "leak reversal potential"),
        "V_1": Parameter("-1.2 mV", "potential of half activation of calcium"),
        "V_2": Parameter("18 mV", "width of the activation of calcium", above="0 mV"),
        "V_3": Parameter("2 mV", "potential of half activation of potassium"),
        "V_4": Parameter("30 mV", "width of the activation of potassium", above="0 mV"),
        "phi": Parameter(0.04, "rate factor of potassium", above=0.0),
    },
    presets={
        "Hopf": {},
        "saddle-node on cycle": {
            "g_Ca": "4 mS/cm2",
            "V_3": "12 mV",
            "V_4": "17.4 mV",
            "phi": 1 / 15,
            "v": "-59.47 mV",
            "w": 0.00027,
        },
        "homoclinic": {
            "g_Ca": "4 mS/cm2",
            "V_3": "12 mV",
            "V_4": "17.4 mV",
            "phi": 0.23,
            "v": "-59.47 mV",
            "w": 0.00027,
        },
    },
    source="MorrisLecar1981, RinzelErmentrout1998",
)
