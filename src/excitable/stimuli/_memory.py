"""Refuse what cannot fit into memory before it is asked for."""

from __future__ import annotations

from excitable.errors import MemoryLimitError

_LARGE = 2**28
"""Bytes below which nobody needs to ask how much memory is free."""


def check_memory(tables: int, segments: int, arrays: int) -> None:
    """Refuse tables that need more memory than is free, with so many numbers for each segment."""
    estimate = tables * segments * 8 * arrays
    if estimate < _LARGE:
        return
    import psutil

    free = psutil.virtual_memory().available
    if estimate > free:
        raise MemoryLimitError(
            f"{tables} different inputs of {segments} pieces each need {estimate / 2**30:.1f} GiB",
            f"{free / 2**30:.1f} GiB are free",
            "Let neurons share one input, take fewer neurons, or run a shorter time at once",
            owner="stimulus",
        )
