"""Real cells: files of the Allen Cell Types Database, of bmtk and of NEST, as models and back."""

from excitable.interop.allen._from_nest import from_nest
from excitable.interop.allen._population import Specimen, specimens
from excitable.interop.allen._read import read
from excitable.interop.allen._to_nest import to_nest
from excitable.interop.allen._write import to_config, write

__all__ = ["Specimen", "from_nest", "read", "specimens", "to_config", "to_nest", "write"]
