"""The squid giant axon of Hodgkin and Huxley: a membrane with three channels."""

from excitable.model import Input, Model, Parameter, State, compose
from excitable.models import channels

_membrane = Model(
    "Membrane of the squid axon",
    equations="C*dv/dt = I - I_ion",
    states={"v": State("-65 mV", "membrane potential")},
    inputs={
        "I": Input("uA/cm2", "injected current"),
        "I_ion": Input("uA/cm2", "sum of the channels' currents"),
    },
    parameters={"C": Parameter("1 uF/cm2", "membrane capacitance", above="0 uF/cm2")},
    source="HodgkinHuxley1952",
)

HodgkinHuxley = compose(
    "Hodgkin-Huxley squid axon",
    _membrane,
    channels.sodium,
    channels.potassium,
    channels.leak,
    name="HodgkinHuxley",
    # 0 mV in absolute potentials: an action potential crosses it upwards once.
    spike="v >= V_0 + 65*mV",
    presets={
        "1952": {
            "V_0": "0 mV",
            "E_Na": "115 mV",
            "E_K": "-12 mV",
            "E_L": "10.613 mV",
            "v": "0 mV",
        },
    },
)
