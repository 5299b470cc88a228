"""Sampling interval from the times of the samples, checked to be the same throughout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from excitable.errors import FileError
from excitable.interop._reading._contents import unreadable

if TYPE_CHECKING:
    from pathlib import Path

_TOLERANCE = 0.01
"""Part of an interval by which a time may be off: files round, and hold single precision."""


def uniform_interval(path: Path, name: str, times: np.ndarray, factor: float) -> float:
    """Sampling interval in ms of ascending times whose unit is `factor` ms."""
    rounding = float(np.finfo(times.dtype).eps) if times.dtype.kind == "f" else 0.0
    t = times.astype(np.float64) * factor
    if t.size < 2 or not np.isfinite(t).all():
        raise unreadable(path, f"the times {name} are {t.size} values, or not all finite")
    interval = (t[-1] - t[0]) / (t.size - 1)
    error = np.abs(t - (t[0] + np.arange(t.size) * interval))
    allowed = _TOLERANCE * interval + 2 * rounding * np.abs(t).max()
    if not interval > 0 or error.max() > min(allowed, 0.25 * interval):
        worst = int(np.argmax(error))
        raise FileError(
            f"the times {name} are not evenly spaced, for example at sample {worst}",
            "samples at one fixed interval are expected",
            "Interpolate to one interval first, for example with numpy.interp",
            owner=str(path),
        )
    uncertain = error.max() + rounding * np.abs(t).max()
    return tidy(interval, uncertain / (t.size - 1) + 1e-12 * interval)


def tidy(interval: float, tolerance: float) -> float:
    """The shortest number within the tolerance: what 0.09999999999999999 was meant to be."""
    for digits in range(1, 16):
        short = float(f"{interval:.{digits}g}")
        if abs(short - interval) <= tolerance:
            return short
    return interval
