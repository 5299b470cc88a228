"""Spike trains from files and packages, and to them."""

from excitable.interop._spikes._neo import spikes_from_neo, spikes_to_neo
from excitable.interop._spikes._pynapple import spikes_to_pynapple
from excitable.interop._spikes._read import read_spikes
from excitable.interop._spikes._write import write_spikes

__all__ = [
    "read_spikes",
    "spikes_from_neo",
    "spikes_to_neo",
    "spikes_to_pynapple",
    "write_spikes",
]
