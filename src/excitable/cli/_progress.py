"""What a terminal shows while a command works for long."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DELAY = 2.0
_EVERY = 1.0
_CLEAR = "\r\x1b[K"


@contextmanager
def at_work(what: str) -> Iterator[None]:
    """Say what is going on, and since when, if it takes over two seconds on a terminal.

    Parameters
    ----------
    what : str
        Words for it, such as "following limit cycles".
    """
    if not sys.stderr.isatty():
        yield
        return
    begun, done = time.perf_counter(), threading.Event()

    def tell() -> None:
        wait = DELAY
        while not done.wait(wait):
            sys.stderr.write(f"{_CLEAR}{what}: {time.perf_counter() - begun:.0f} s")
            sys.stderr.flush()
            wait = _EVERY

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
        if time.perf_counter() - begun > DELAY:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
