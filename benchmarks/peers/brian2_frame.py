"""Brian 2 as C++ standalone on one thread: built once, its binary run several times.

The time is the binary's own for its simulation loop; making the network inside the binary does not
count.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import brian2 as b2
from frame import Report, cpu_seconds

# Built binaries are kept between runs; a cold build is measured by first_simulation_brian2.
_chosen = os.environ.get("EXCITABLE_PEERS")
_PROJECTS = Path(_chosen) if _chosen else Path.home() / ".cache" / "excitable-peers"
report = Report(b2.__version__)


def begin(task: str, *, fresh: bool = False) -> str:
    """Choose the device; return the folder of the C++ project."""
    kept = str(_PROJECTS / "brian2-projects" / task)
    folder = tempfile.mkdtemp(prefix="excitable-brian2-") if fresh else kept
    Path(folder).mkdir(parents=True, exist_ok=True)
    b2.set_device("cpp_standalone", directory=folder, build_on_run=False)
    b2.seed(1234)
    return folder


def run(network: Any, duration: float, names: Mapping[str, Any], folder: str, runs: int) -> None:
    """Build, then time the binary."""
    network.run(duration * b2.ms, namespace=dict(names))
    b2.device.build(directory=folder, compile=True, run=False, clean=False)
    for _ in range(runs):
        before = cpu_seconds()
        b2.device.run()
        report.add("run", b2.device._last_run_time, cpu_seconds() - before)
