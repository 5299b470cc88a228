"""A progress bar on anything that takes over two seconds, on a terminal or in a notebook."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

DELAY = 2.0


@contextmanager
def progress_bar(duration: float, show: bool | None) -> Iterator[Callable[[float], None]]:
    """Give a function that is told the time reached.

    Parameters
    ----------
    duration : float
        End of the run in ms.
    show : bool or None
        True and False say it outright; None shows the bar on a terminal or in a notebook only.
    """
    if show is False or (show is None and not _watched()):
        yield lambda reached: None
        return
    begun = time.perf_counter()
    bar: Any = None

    def tell(reached: float) -> None:
        nonlocal bar
        if bar is None:
            if time.perf_counter() - begun < DELAY or reached >= duration:
                return
            from tqdm.auto import tqdm

            bar = tqdm(
                total=duration,
                unit="ms",
                desc="simulating",
                bar_format="{desc}: {percentage:3.0f}%|{bar}| {n:.0f}/{total:.0f} ms, "
                "{remaining} left",
            )
        bar.update(reached - bar.n)

    try:
        yield tell
    finally:
        if bar is not None:
            bar.close()


def _watched() -> bool:
    if "ipykernel" in sys.modules:
        return True
    return bool(getattr(sys.stderr, "isatty", lambda: False)())
