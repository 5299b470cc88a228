"""Recordings in, results out: CSV, NumPy, Axon, NWB and netCDF files, xarray and neo."""

from excitable.interop import allen
from excitable.interop._current import CurrentInfo, read_current
from excitable.interop._input_text import parse_input
from excitable.interop._model import read_model
from excitable.interop._nir import from_nir, to_nir
from excitable.interop._spikes import (
    read_spikes,
    spikes_from_neo,
    spikes_to_neo,
    spikes_to_pynapple,
    write_spikes,
)
from excitable.interop._writing import load, save, to_csv, to_neo, to_nwb, to_xarray

__all__ = [
    "CurrentInfo",
    "allen",
    "from_nir",
    "load",
    "parse_input",
    "read_current",
    "read_model",
    "read_spikes",
    "save",
    "spikes_from_neo",
    "spikes_to_neo",
    "spikes_to_pynapple",
    "to_csv",
    "to_neo",
    "to_nir",
    "to_nwb",
    "to_xarray",
    "write_spikes",
]
