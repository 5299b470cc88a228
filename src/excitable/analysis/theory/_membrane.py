"""The membrane that every closed form here is about: what is given, in bare numbers."""

from __future__ import annotations

from typing import Any

from excitable import units
from excitable.analysis._quantities import Bare, not_negative, per_area, positive, stripped


def drive(I: Any, R: Any, owner: str) -> Bare:
    """Return ``R*I`` in mV; current and resistance may both be per area."""
    current, dimension = per_area(I, units.CURRENT, f"{owner}.I")
    return current * positive(R, units.VOLTAGE / dimension, f"{owner}.R")


def kick(q: Any, R: Any, tau_m: Any, owner: str) -> tuple[Bare, Bare]:
    """Return the jump ``q/C = q*R/tau_m`` in mV, and ``tau_m`` in ms."""
    charge, dimension = per_area(q, units.CHARGE, f"{owner}.q")
    resistance = positive(R, units.VOLTAGE * units.TIME / dimension, f"{owner}.R")
    tau = time_constant(tau_m, owner)
    return charge * resistance / tau, tau


def time_constant(tau: Any, owner: str, name: str = "tau_m") -> Bare:
    """Return a time constant in ms."""
    return positive(tau, units.TIME, f"{owner}.{name}")


def potential(value: Any, owner: str, name: str) -> Bare:
    """Return a potential in mV."""
    return stripped(value, units.VOLTAGE, f"{owner}.{name}")


def elapsed(t: Any, start: Any, owner: str) -> Bare:
    """Return the time since a start in ms; negative before it."""
    begin = stripped(start, units.TIME, f"{owner}.start")
    return stripped(t, units.TIME, f"{owner}.t") - begin


def duration(value: Any, owner: str, name: str) -> Bare:
    """Return a length of time in ms, zero allowed."""
    return not_negative(value, units.TIME, f"{owner}.{name}")


def resistance(R: Any, owner: str) -> tuple[Bare, units.Dimension]:
    """Return a bare resistance, and the dimension of the current (per area or not) through it."""
    quantity = units.parse_quantity(R) if isinstance(R, str) else R
    current = units.CURRENT
    if units.is_quantity(quantity) and units.dimension(quantity) == units.RESISTANCE * units.AREA:
        current = units.CURRENT_DENSITY
    return positive(R, units.VOLTAGE / current, f"{owner}.R"), current


def jump(value: Any, owner: str, name: str) -> Bare:
    """Return the jump of a threshold in mV, zero allowed."""
    return not_negative(value, units.VOLTAGE, f"{owner}.{name}")
