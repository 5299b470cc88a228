"""The models: one file each, meant to be read and copied.

``excitable.models.LIF`` reads only the file it stands in. A new file in this folder is found
without being listed anywhere. Membranes and their channels are put together with
`excitable.compose`; the channels stand in ``excitable.models.channels``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from excitable.models import _catalogue

if TYPE_CHECKING:
    from excitable.models import channels as channels
    from excitable.models.adaptive_lif import ALIF as ALIF
    from excitable.models.adaptive_lif import alif as alif
    from excitable.models.adaptive_lif import jump_of_drive as jump_of_drive
    from excitable.models.adex import AdEx as AdEx
    from excitable.models.connor_stevens import ConnorStevens as ConnorStevens
    from excitable.models.eif import EIF as EIF
    from excitable.models.fitzhugh_nagumo import FitzHughNagumo as FitzHughNagumo
    from excitable.models.generalised_lif import GLIF1 as GLIF1
    from excitable.models.generalised_lif import GLIF2 as GLIF2
    from excitable.models.generalised_lif import GLIF3 as GLIF3
    from excitable.models.generalised_lif import GLIF4 as GLIF4
    from excitable.models.generalised_lif import GLIF5 as GLIF5
    from excitable.models.generalised_lif import glif as glif
    from excitable.models.golomb import Golomb as Golomb
    from excitable.models.hindmarsh_rose import HindmarshRose as HindmarshRose
    from excitable.models.hodgkin_huxley import HodgkinHuxley as HodgkinHuxley
    from excitable.models.izhikevich import Izhikevich as Izhikevich
    from excitable.models.izhikevich_2007 import Izhikevich2007 as Izhikevich2007
    from excitable.models.izhikevich_2007_fast_spiking import (
        Izhikevich2007FastSpiking as Izhikevich2007FastSpiking,
    )
    from excitable.models.izhikevich_2007_low_threshold import (
        Izhikevich2007LowThreshold as Izhikevich2007LowThreshold,
    )
    from excitable.models.izhikevich_2007_thalamic import (
        Izhikevich2007Thalamic as Izhikevich2007Thalamic,
    )
    from excitable.models.izhikevich_accommodation import (
        IzhikevichAccommodation as IzhikevichAccommodation,
    )
    from excitable.models.lif import LIF as LIF
    from excitable.models.lif_capacitance import LIFCapacitance as LIFCapacitance
    from excitable.models.lif_conductance import LIFConductance as LIFConductance
    from excitable.models.lif_normalised import LIFNormalised as LIFNormalised
    from excitable.models.lif_normalised import normalised_drive as normalised_drive
    from excitable.models.morris_lecar import MorrisLecar as MorrisLecar
    from excitable.models.noisy_lif import NoisyLIF as NoisyLIF
    from excitable.models.patterns_adex import adex_patterns as adex_patterns
    from excitable.models.patterns_izhikevich import izhikevich_patterns as izhikevich_patterns
    from excitable.models.persistent_sodium import PersistentSodium as PersistentSodium
    from excitable.models.persistent_sodium_potassium import (
        PersistentSodiumPotassium as PersistentSodiumPotassium,
    )
    from excitable.models.pospischil import Pospischil as Pospischil
    from excitable.models.qif import QIF as QIF
    from excitable.models.qif_physical import QIFPhysical as QIFPhysical
    from excitable.models.rate_units import RateNeuron as RateNeuron
    from excitable.models.rate_units import rate_neuron as rate_neuron
    from excitable.models.resonate_and_fire import ResonateAndFire as ResonateAndFire
    from excitable.models.theta import Theta as Theta
    from excitable.models.traub_miles import TraubMiles as TraubMiles
    from excitable.models.wang_buzsaki import WangBuzsaki as WangBuzsaki


def __getattr__(name: str) -> Any:
    """Load a model at its first use and keep it."""
    if name == "__all__":
        return list(_catalogue.names())
    if name == "channels":
        return import_module("excitable.models.channels")
    value = None if name.startswith("_") else _catalogue.load(name)
    if value is None:
        raise _catalogue.unknown(__name__, name, _catalogue.names())
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the models, and the folder of channels, for completion."""
    return sorted([*_catalogue.names(), "channels"])
