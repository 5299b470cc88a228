"""Cortical cells of Pospischil and others: currents that make them adapt or rebound."""

from excitable.model import Input, Model, Parameter, State, compose
from excitable.models import channels

_membrane = Model(
    "Membrane of a cortical cell",
    equations="C*dv/dt = I - I_ion",
    spike="v >= 0*mV",
    states={"v": State("-72 mV", "membrane potential")},
    inputs={
        "I": Input("uA/cm2", "injected current"),
        "I_ion": Input("uA/cm2", "sum of the channels' currents"),
    },
    parameters={"C": Parameter("1 uF/cm2", "membrane capacitance", above="0 uF/cm2")},
)


def _cell(*row: float) -> dict[str, str]:
    """The fit to one kind of cell, in the units of the parameters; a run starts near E_L."""
    g_L, E_L, g_Na, V_T, g_K, g_M, tau_max, g_Ca = row
    return {
        "g_L": f"{g_L} mS/cm2",
        "E_L": f"{E_L} mV",
        "g_Na": f"{g_Na} mS/cm2",
        "V_T": f"{V_T} mV",
        "g_K": f"{g_K} mS/cm2",
        "g_M": f"{g_M} mS/cm2",
        "tau_max": f"{tau_max} ms",
        "g_Ca": f"{g_Ca} mS/cm2",
        "v": f"{E_L} mV",
    }


Pospischil = compose(
    "Pospischil's cortical cell",
    _membrane,
    channels.leak(g_L="0.0205 mS/cm2", E_L="-70.3 mV"),
    channels.cortical_sodium(g_Na="56 mS/cm2", V_T="-56.2 mV"),
    channels.cortical_potassium(g_K="6 mS/cm2", V_T="-56.2 mV"),
    channels.m_current(g_M="0.075 mS/cm2", E_K="-90 mV", tau_max="608 ms"),
    channels.calcium(g_Ca="0 mS/cm2", V_x="-7 mV", phi_u=3.7),
    name="Pospischil",
    presets={
        "regular spiking": _cell(0.0205, -70.3, 56, -56.2, 6, 0.075, 608, 0),
        "fast spiking": _cell(0.038, -70.4, 58, -57.9, 3.9, 0.0787, 502, 0),
        "low-threshold spiking": _cell(0.019, -50, 50, -50, 4, 0.028, 4000, 0.4),
    },
    source="PospischilEtAl2008",
)
