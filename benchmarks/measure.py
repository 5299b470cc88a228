"""Run programs in processes of their own, and note how quiet the machine was."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import psutil
from peers.install import interpreter
from plan import Peer, Task

HERE = Path(__file__).parent
LONGEST = 900.0
# One thread unless a program makes its own: no library may use more behind our back.
_ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}


@dataclass(frozen=True)
class Round:
    """One process: its figures, and the machine meanwhile.

    Parameters
    ----------
    figures : dict of str to list of dict
        Wall and CPU seconds of every run of each figure; "process" is the process's whole life.
    version : str
        Version of the simulator.
    facts : dict
        What the program reported beside.
    calibration : float
        Seconds of a fixed kernel just before.
    load : float
        Load average just before.
    others : float
        Processor cores that other processes kept busy meanwhile.
    """

    figures: dict[str, list[dict[str, float]]]
    version: str
    facts: dict[str, Any]
    calibration: float
    load: float
    others: float


@dataclass
class Measured:
    """All rounds of one program."""

    title: str
    rounds: list[Round] = field(default_factory=list)
    failure: str = ""

    def seconds(self, figure: str, clock: str = "wall") -> float | None:
        """Median over all runs of a figure by the wall or the CPU clock, None without any."""
        runs = [r[clock] for each in self.rounds for r in each.figures.get(figure, [])]
        return median(runs) if runs else None

    def spread(self, figure: str) -> tuple[float, float]:
        """Least and greatest wall time of a figure."""
        runs = [r["wall"] for each in self.rounds for r in each.figures.get(figure, [])]
        return min(runs), max(runs)


def calibrate() -> float:
    """Seconds of a fixed loop of plain Python: how fast this core is just now."""
    started = time.perf_counter()
    x = 0.3
    for _ in range(1_000_000):
        x = 3.7 * x * (1.0 - x)
    return time.perf_counter() - started


def ours(task: Task, cache: Path) -> Round:
    """Run our program for a task once; a cold one gets a cache folder of its own."""
    command = task.command or ("-m", f"workloads.{task.program}", *task.arguments)
    if not task.cold:
        return _process([sys.executable, *command], _environment(cache))
    with tempfile.TemporaryDirectory(prefix="excitable-cold-") as folder:
        return _process([sys.executable, *command], _environment(Path(folder)))


def theirs(task: Task, peer: Peer) -> Round:
    """Run a peer's program for a task once."""
    python = interpreter(peer.environment)
    program = f"peers.{task.program}_{peer.environment}"
    return _process([str(python), "-m", program, *peer.arguments], os.environ | _ONE_THREAD)


def _environment(cache: Path) -> dict[str, str]:
    folders = {"EXCITABLE_CACHE": str(cache / "kernels"), "NUMBA_CACHE_DIR": str(cache / "numba")}
    environment = os.environ | _ONE_THREAD | folders
    # An installed package has its bytecode; without it start-up would be measured twice over.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _process(command: list[str], environment: dict[str, str]) -> Round:
    calibration, load = calibrate(), psutil.getloadavg()[0]
    own, machine = _children(), _busy()
    started = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=HERE,
        env=environment | {"BENCHMARK_STARTED": repr(time.time())},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    wall = time.perf_counter() - started
    cpu = _children() - own
    if done.returncode:
        last = (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[-1]
        raise RuntimeError(last)
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"version"')]
    report = json.loads(lines[-1]) if lines else {"version": "", "figures": {}, "facts": {}}
    report["figures"]["process"] = [{"wall": wall, "cpu": cpu}]
    others = max(_busy() - machine - cpu, 0.0) / wall
    return Round(**report, calibration=calibration, load=load, others=others)


def _children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _busy() -> float:
    """CPU seconds of the whole machine that were not idle."""
    times = psutil.cpu_times()
    return sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0)
