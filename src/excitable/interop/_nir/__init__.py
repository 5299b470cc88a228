"""Neurons of the Neuromorphic Intermediate Representation (NIR), in and out."""

from excitable.interop._nir._read import from_nir
from excitable.interop._nir._write import to_nir

__all__ = ["from_nir", "to_nir"]
