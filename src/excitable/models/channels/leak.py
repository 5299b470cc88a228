"""The leak: a conductance that is always open."""

from excitable.model import Input, Model, Parameter

leak = Model(
    "Leak current",
    name="leak",
    equations="I_L = g_L*(v - E_L)",
    states={},
    inputs={"v": Input("mV", "membrane potential")},
    parameters={
        "g_L": Parameter("0.3 mS/cm2", "leak conductance", low="0 mS/cm2"),
        "E_L": Parameter("-54.387 mV", "leak reversal potential"),
    },
    source="HodgkinHuxley1952",
)
