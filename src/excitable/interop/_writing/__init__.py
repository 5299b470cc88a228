"""Runs as data sets of other packages and as files."""

from excitable.interop._writing._dataset import to_xarray
from excitable.interop._writing._neo import to_neo
from excitable.interop._writing._netcdf import load, save
from excitable.interop._writing._nwb import to_nwb
from excitable.interop._writing._table import to_csv

__all__ = ["load", "save", "to_csv", "to_neo", "to_nwb", "to_xarray"]
