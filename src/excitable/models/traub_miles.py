"""The pyramidal cell of Traub and Miles in one compartment, as in benchmarks of networks."""

from excitable.model import Input, Model, Parameter, State, compose
from excitable.models import channels

_membrane = Model(
    "Membrane of a pyramidal cell",
    equations="C*dv/dt = I - I_ion",
    spike="v >= 0*mV",
    states={"v": State("-63 mV", "membrane potential")},
    inputs={
        "I": Input("uA/cm2", "injected current"),
        "I_ion": Input("uA/cm2", "sum of the channels' currents"),
    },
    parameters={"C": Parameter("1 uF/cm2", "membrane capacitance", above="0 uF/cm2")},
)

TraubMiles = compose(
    "Traub-Miles pyramidal cell in one compartment",
    _membrane,
    channels.cortical_sodium,
    channels.cortical_potassium,
    channels.leak(g_L="0.05 mS/cm2", E_L="-60 mV"),
    name="TraubMiles",
    description=(
        "The cell of the benchmark of networks with conductances (its membrane of 20000 um2 has "
        "200 pF), which simulators offer under the names hh_cond_exp_traub and COBAHH."
    ),
    source="TraubMiles1991, BretteEtAl2007",
)
