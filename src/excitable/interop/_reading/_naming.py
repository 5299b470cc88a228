"""Units and roles that names tell: ``I_pA``, ``I (pA)``, ``current[nA]``, ``dt_ms``, ``t``."""

from __future__ import annotations

import re

from excitable import units
from excitable.errors import UnitError

_BRACKETED = re.compile(r"^(?P<name>.*?)[\s_]*[(\[](?P<unit>[^()\[\]]*[^\W\d_][^()\[\]]*)[)\]]$")
_ENDED = re.compile(r"^(?P<name>.+?)[_\s](?P<unit>[^_\s]+)$")
_LETTERS = ("s", "A", "V")
"""Units of one letter that a name may end in; V_m and I_h name a potential and a current."""

_RECORDED = (
    units.TIME,
    units.RATE,
    units.VOLTAGE,
    units.CURRENT,
    units.CURRENT_DENSITY,
    units.CONDUCTANCE,
)
_INTERVALS = ("dt", "delta_t", "sampling_interval", "sample_interval", "interval", "timestep")
_RATES = (
    "fs",
    "f_s",
    "rate",
    "sampling_rate",
    "sample_rate",
    "samplerate",
    "sampling_frequency",
    "frequency",
)
_TIMES = ("t", "time", "times", "timestamps")


def split_name(text: str) -> tuple[str, str]:
    """Give a name without its unit, and the unit; an empty unit if the name tells none."""
    stripped = text.strip()
    found = _BRACKETED.match(stripped)
    if found and _known(found["unit"].strip()) is not None:
        return found["name"].strip(), found["unit"].strip()
    found = _ENDED.match(stripped)
    if found:
        unit = found["unit"].replace("_per_", "/")
        allowed = len(unit) > 1 or unit in _LETTERS
        if allowed and _known(unit) in _RECORDED:
            return found["name"].strip(), unit
    return stripped, ""


def is_time(name: str) -> bool:
    """Whether a name without its unit names the times of samples."""
    return name.lower() in _TIMES


def interval_ms(text: str, value: float) -> float | None:
    """Sampling interval that a named number tells, if it is one: ``dt_ms``, ``rate_Hz``."""
    name, unit = split_name(text)
    if not unit or not value > 0:
        return None
    number = value * units.factor(unit)
    dimension = units.dimension(unit)
    if name.lower() in _INTERVALS and dimension == units.TIME:
        return number
    if name.lower() in _RATES and dimension == units.RATE:
        return 1.0 / number
    return None


def _known(unit: str) -> units.Dimension | None:
    try:
        return units.dimension(unit)
    except UnitError:
        return None
