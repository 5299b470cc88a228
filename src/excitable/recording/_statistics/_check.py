"""Checked arguments, and the one answer to a statistic that does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from excitable import units
from excitable.errors import ParameterError, UndefinedStatisticError

if TYPE_CHECKING:
    from excitable.recording._spike_train import SpikeTrain


def time(value: Any, method: str, name: str, *, example: str = "10*ms") -> float:
    """Return one time above zero, in ms."""
    bare = units.strip(value, units.TIME, f"SpikeTrain.{method}.{name}")
    if not isinstance(bare, float):
        refuse(f"{np.size(bare)} values", "one time is expected", f"{name}={example}", method, name)
    if not (np.isfinite(bare) and bare > 0):
        refuse(f"{bare:g} ms", "a time above zero is expected", f"{name}={example}", method, name)
    return bare


def rates(value: Any, method: str, name: str, *, zero: bool = False) -> np.ndarray:
    """Return finite rates or frequencies above zero, per ms, in the shape given."""
    bare = np.asarray(units.strip(value, units.RATE, f"SpikeTrain.{method}.{name}"))
    if not (np.isfinite(bare).all() and (bare >= 0 if zero else bare > 0).all()):
        least = "of zero or more" if zero else "above zero"
        worst = bare[~(np.isfinite(bare) & (bare >= 0 if zero else bare > 0))].ravel()[0]
        refuse(
            f"{1000 * worst:g} Hz", f"finite values {least} are expected", f"{name}=40*Hz", method,
            name,
        )  # fmt: skip
    return bare


def widths(value: Any, method: str, name: str) -> np.ndarray:
    """Return finite times above zero, in ms, in the shape given."""
    bare = np.asarray(units.strip(value, units.TIME, f"SpikeTrain.{method}.{name}"))
    wrong = bare[~(np.isfinite(bare) & (bare > 0))].ravel()
    if wrong.size:
        refuse(f"{wrong[0]:g} ms", "times above zero are expected", f"{name}=10*ms", method, name)
    return bare


def bins_of(distance: Any, width: float) -> Any:
    """Return the number of the bin that each distance in ms from the first edge falls into.

    What lies on an edge belongs to the bin above, also where rounding has put it just below.
    """
    return np.floor(distance / width + 1e-9).astype(np.int64)


def other_train(other: Any, method: str) -> None:
    """Refuse what is compared with a train and is none."""
    from excitable.recording._spike_train import SpikeTrain

    if not isinstance(other, SpikeTrain):
        refuse(
            f"{type(other).__name__} is no spike train",
            "another SpikeTrain is expected",
            "Write SpikeTrain(times, start=0*ms, stop=1000*ms)",
            method,
            "other",
        )


def same_window(train: SpikeTrain, other: SpikeTrain, method: str) -> float:
    """Return the length in ms of a window that two trains share, above zero."""
    other_train(other, method)
    for given in (train, other):
        window(given, method)
    if (train._start, train._stop) != (other._start, other._stop):
        refuse(
            f"one train was observed from {train._start:g} to {train._stop:g} ms, "
            f"the other from {other._start:g} to {other._stop:g} ms",
            "both are observed in the same window",
            "Write train.between(start, stop), or state start= and stop= where they are made",
            method,
            "other",
        )
    return train._stop - train._start


def window(train: SpikeTrain, method: str) -> float:
    """Return the length of a train's window in ms, above zero."""
    length = train._stop - train._start
    if not length > 0:
        refuse(
            f"a window from {train._start:g} ms to {train._stop:g} ms",
            "a window of some length is expected",
            "Write SpikeTrain(times, start=0*ms, stop=1000*ms)",
            method,
            "duration",
        )
    return length


def undefined(found: str, needs: str, method: str) -> UndefinedStatisticError:
    """Return the error for a statistic that these spikes do not have."""
    return UndefinedStatisticError(
        found,
        f"{needs}, so here it does not exist",
        "Check train.count first, or catch ex.errors.UndefinedStatisticError",
        owner="SpikeTrain",
        name=method,
    )


def plural(count: int, what: str) -> str:
    """Return a count with its noun."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def refuse(found: str, expected: str, write: str, method: str, name: str) -> NoReturn:
    """Raise the error for an argument."""
    text = write if write.startswith("Write ") else f"Write {write}"
    raise ParameterError(found, expected, text, owner=f"SpikeTrain.{method}", name=name)
