"""A fast-spiking interneuron of the cortex whose slow potassium current makes it stutter."""

from excitable.model import Input, Model, Parameter, State

Golomb = Model(
    "Golomb fast-spiking interneuron",
    name="Golomb",
    equations="""
        C*dv/dt = I - I_Na - I_K - I_d - I_L
        dh/dt = (h_inf - h)/tau_h
        dn/dt = (n_inf - n)/tau_n
        da/dt = (a_inf - a)/tau_a
        db/dt = (b_inf - b)/tau_b

        I_Na = g_Na*m_inf**3*h*(v - E_Na)
        I_K = g_K*n**2*(v - E_K)
        I_d = g_d*a**3*b*(v - E_K)    # low threshold; opens fast, inactivates slowly
        I_L = g_L*(v - E_L)

        x = v/mV
        m_inf = 1/(1 + exp(-(v - V_m)/k_m))
        h_inf = 1/(1 + exp((x + 58.3)/6.7))
        n_inf = 1/(1 + exp(-(x + 12.4)/6.8))
        a_inf = 1/(1 + exp(-(x + 50)/20))
        b_inf = 1/(1 + exp((x + 70)/6))
        tau_h = (0.5 + 14/(1 + exp((x + 60)/12)))*ms
        tau_n = (0.087 + 11.4/(1 + exp((x + 14.6)/8.6)))*tau_n2
        tau_n2 = (0.087 + 11.4/(1 + exp(-(x - 1.3)/18.7)))*ms
    """,
    spike="v >= 0*mV",
    states={
        "v": State("-70 mV", "membrane potential"),
        "h": State(0.85, "inactivation of sodium, 1 where none"),
        "n": State(2e-4, "activation of potassium"),
        "a": State(0.27, "activation of the d-current"),
        "b": State(0.5, "inactivation of the d-current, 1 where none"),
    },
    inputs={"I": Input("uA/cm2", "injected current")},
    parameters={
        "C": Parameter("1 uF/cm2", "membrane capacitance", above="0 uF/cm2"),
        "g_Na": Parameter("112.5 mS/cm2", "greatest sodium conductance", low="0 mS/cm2"),
        "g_K": Parameter("225 mS/cm2", "greatest potassium conductance", low="0 mS/cm2"),
        "g_d": Parameter("0.39 mS/cm2", "greatest conductance of the d-current", low="0 mS/cm2"),
        "g_L": Parameter("0.25 mS/cm2", "leak conductance", low="0 mS/cm2"),
        "E_Na": Parameter("50 mV", "sodium reversal potential"),
        "E_K": Parameter("-90 mV", "potassium reversal potential"),
        "E_L": Parameter("-70 mV", "leak reversal potential"),
        "V_m": Parameter("-24 mV", "potential where half of the sodium gates m are open"),
        "k_m": Parameter("11.5 mV", "width of the opening of the gates m", above="0 mV"),
        "tau_a": Parameter("2 ms", "time constant of opening of the d-current", above="0 ms"),
        "tau_b": Parameter(
            "150 ms", "time constant of inactivation of the d-current", above="0 ms"
        ),
    },
    presets={
        "delayed tonic firing": {"g_d": "0.39 mS/cm2"},
        "delayed stuttering": {"g_d": "1.8 mS/cm2"},
    },
    source="GolombEtAl2007",
)
