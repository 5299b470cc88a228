"""What may stand as a drive: plain numbers, and no NaN."""

from __future__ import annotations

from typing import Any

import numpy as np

from excitable import units
from excitable.errors import ParameterError
from excitable.units import DIMENSIONLESS


def bare(z: Any, owner: str) -> Any:
    """Return a drive as a float or a float64 array; infinities pass."""
    number = units.strip(z, DIMENSIONLESS, owner)
    wrong = np.isnan(number)
    if np.any(wrong):
        place = f"element {int(np.argmax(wrong))} of the drive" if np.ndim(number) else "the drive"
        found = f"{place} is not a number (NaN)"
        raise ParameterError(
            found, "numbers are expected", "Write 0.5, or leave it out", owner=owner
        )
    return number
