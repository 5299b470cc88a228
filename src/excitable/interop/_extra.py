"""Optional packages, asked for when they are needed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from excitable.errors import MissingExtraError


def extra(module: str, name: str, purpose: str) -> Any:
    """Import a module of an optional package, or say how to install it."""
    import numpy as np

    try:
        # Some packages change how NumPy prints for everybody when they are imported.
        with np.printoptions():
            return import_module(module)
    except ImportError as error:
        raise MissingExtraError(
            f"the package {module.split('.', maxsplit=1)[0]} is not installed",
            f"{purpose} needs it",
            f'Write pip install "excitable[{name}]", '
            f'or in the folder of the source pip install ".[{name}]"',
            owner=name,
        ) from error
