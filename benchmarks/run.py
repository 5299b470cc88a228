"""Measure the package, beside its peers where they are installed, and print a table.

.venv/bin/python benchmarks/run.py                     everything, beside the installed peers
.venv/bin/python benchmarks/run.py --short             the short set, without peers
.venv/bin/python benchmarks/run.py --only lif --peers
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from measure import Measured, ours, theirs
from peers.install import folder, interpreter
from plan import TASKS, Task
from table import Result, plain, table


def parser(short: bool) -> argparse.ArgumentParser:
    """Return the command line; `short` says which set is the default."""
    made = argparse.ArgumentParser(
        prog="benchmarks", description=(__doc__ or "").partition("\n")[0]
    )
    which = made.add_mutually_exclusive_group()
    which.add_argument("--short", action="store_true", default=short, help="the short set")
    which.add_argument("--full", action="store_false", dest="short", help="everything")
    made.add_argument(
        "--peers",
        action=argparse.BooleanOptionalAction,
        help="measure installed peers too (the default unless --short)",
    )
    made.add_argument(
        "--json", nargs="?", const="-", metavar="FILE", help="write JSON to FILE, or print it"
    )
    made.add_argument(
        "--repeats", type=int, metavar="N", help="processes per program (5; short: 3)"
    )
    made.add_argument("--only", metavar="TEXT", help="only tasks whose title contains TEXT")
    return made


def measure(tasks: Sequence[Task], *, peers: bool, repeats: int) -> list[Result]:
    """Measure tasks one after the other; within a task programs take turns."""
    results = []
    with tempfile.TemporaryDirectory(prefix="excitable-benchmarks-") as name:
        _warm_up(Path(name))
        for task in tasks:
            print(f"  {task.title} ...", file=sys.stderr, flush=True)
            results.append(_measure(task, Path(name), peers=peers, repeats=repeats))
    return results


def _warm_up(cache: Path) -> None:
    """Let Python compile our sources to bytecode, as an installation does."""
    first = next(task for task in TASKS if task.program == "first_simulation" and not task.cold)
    _once(Measured("warm-up"), lambda: ours(first, cache), keep=False)


def _measure(task: Task, cache: Path, *, peers: bool, repeats: int) -> Result:
    result = Result(task, Measured("excitable"), [])
    turns = [(result.ours, lambda: ours(task, cache))]
    for peer in task.peers if peers else ():
        measured = Measured(peer.title)
        result.peers.append(measured)
        if interpreter(peer.environment) is None:
            measured.failure = "not installed"
        else:
            turns.append((measured, lambda peer=peer: theirs(task, peer)))
    if not task.cold and not task.command:
        _once(result.ours, turns[0][1], keep=False)  # fills the cache
    for _ in range(repeats):
        for measured, turn in turns:
            _once(measured, turn, keep=True)
    return result


def _once(measured: Measured, turn, *, keep: bool) -> None:
    if measured.failure:
        return
    try:
        made = turn()
    except (RuntimeError, subprocess.TimeoutExpired) as problem:
        measured.failure = str(problem)[:200]
        return
    if keep:
        measured.rounds.append(made)


def main(arguments: Sequence[str] | None = None, *, short: bool = False) -> int:
    """Measure what the command line asks for; return 1 if one of our programs failed."""
    chosen = parser(short).parse_args(arguments)
    peers = chosen.peers if chosen.peers is not None else not chosen.short
    repeats = chosen.repeats or (3 if chosen.short else 5)
    tasks = [
        task
        for task in TASKS
        if (task.short or not chosen.short) and (chosen.only or "").lower() in task.title.lower()
    ]
    results = measure(tasks, peers=peers, repeats=repeats)
    if chosen.json == "-":
        print(json.dumps(plain(results, repeats), indent=1))
    else:
        print(table(results))
        print(_remarks(results, peers))
    if chosen.json and chosen.json != "-":
        Path(chosen.json).write_text(json.dumps(plain(results, repeats), indent=1), "utf-8")
    return 1 if any(result.ours.failure for result in results) else 0


def _remarks(results: Sequence[Result], peers: bool) -> str:
    lines = [
        "",
        "Medians. ratio: the peer's wall time over ours, and beside it the ratio of CPU seconds.",
        "calib: seconds of a fixed loop just before. load: load average. others: cores kept busy",
        "by other processes; * marks what was measured on a busy machine: CPU seconds decide.",
    ]
    wanted = {peer.environment for result in results for peer in result.task.peers}
    missing = sorted(name for name in wanted if interpreter(name) is None)
    if not peers and wanted:
        lines.append("Peers were not measured; --peers does.")
    elif missing:
        lines.append(f"Peers missing in {folder()}: {', '.join(missing)}.")
        lines.append(f"Install them with benchmarks/peers/install.py {' '.join(missing)}.")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
