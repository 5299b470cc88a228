"""The measurements as a table, and as plain data for JSON."""

from __future__ import annotations

import platform
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from measure import Measured
from plan import Figure, Task

# Above this share of a core used by others, times on this machine are not to be quoted.
QUIET = 0.3
_COLUMNS = ("", "wall s", "CPU s", "to reach", "", "ratio", "of CPU", "calib", "load", "others", "")


@dataclass
class Result:
    """A task with what was measured for it.

    Parameters
    ----------
    task : Task
        What was asked.
    ours : Measured
        Our program.
    peers : list of Measured
        The peers' programs, in the order of the task.
    """

    task: Task
    ours: Measured
    peers: list[Measured]


def table(results: list[Result]) -> str:
    """Return the table as text."""
    rows: list[tuple[str, ...]] = [_COLUMNS]
    for result in results:
        rows.append((result.task.title,))
        rows += [_our_row(result, figure) for figure in result.task.figures]
        rows += [_peer_row(result, number) for number in range(len(result.peers))]
    rows += _scaling(results)
    widths = [max(len(row[k]) for row in rows if len(row) > k > 0) if k else 0 for k in range(11)]
    widths[0] = max(len(row[0]) for row in rows if len(row) > 1)
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:10], widths[1:10], strict=False)]
        lines.append("  ".join([*cells, *row[10:]]).rstrip())
    return "\n".join(lines)


def _our_row(result: Result, figure: Figure) -> tuple[str, ...]:
    label = f"    {figure.what}"
    wall = result.ours.seconds(figure.name)
    if wall is None:
        return (label, "failed", *[""] * 8, result.ours.failure)
    reach = f"{figure.reach:g}" if figure.reach else ""
    met = _met(result.ours, figure)
    return (label, *_times(result.ours, figure.name), reach, met, "", "", *_machine(result.ours),
            _facts(result.ours))  # fmt: skip


def _met(measured: Measured, figure: Figure) -> str:
    """Whether a figure is reached; on a busy machine its CPU seconds decide, marked by a star."""
    busy = _others(measured) > QUIET
    spent = measured.seconds(figure.name, "cpu" if busy else "wall")
    if figure.reach is None or spent is None:
        return ""
    return ("yes" if spent <= figure.reach else "NO") + ("*" if busy else "")


def _others(measured: Measured) -> float:
    return median(r.others for r in measured.rounds)


def _peer_row(result: Result, number: int) -> tuple[str, ...]:
    peer, measured = result.task.peers[number], result.peers[number]
    version = measured.rounds[0].version if measured.rounds else ""
    label = f"      {peer.title} ({version})" if version else f"      {peer.title}"
    wall = measured.seconds(peer.figure)
    if wall is None:
        return (label, "-", *[""] * 8, measured.failure)
    figure = _against(result, peer.against)
    ratios = [
        _ratio(measured.seconds(peer.figure, clock), result.ours.seconds(figure, clock))
        for clock in ("wall", "cpu")
    ]
    return (label, *_times(measured, peer.figure), "", "", *ratios, *_machine(measured),
            _facts(measured))  # fmt: skip


def _ratio(theirs: float | None, own: float | None) -> str:
    return f"{theirs / own:.2f}" if theirs and own else ""


def _against(result: Result, figure: str) -> str:
    names = [each.name for each in result.task.figures]
    return figure if figure in names else names[0]


def _times(measured: Measured, figure: str) -> tuple[str, str]:
    wall, cpu = measured.seconds(figure), measured.seconds(figure, "cpu")
    return f"{wall:.3g}" if wall else "", f"{cpu:.3g}" if cpu else ""


def _machine(measured: Measured) -> tuple[str, str, str]:
    calibration = median(r.calibration for r in measured.rounds)
    load = median(r.load for r in measured.rounds)
    others = _others(measured)
    return f"{calibration:.3f}", f"{load:.1f}", f"{others:.1f}" + ("*" if others > QUIET else "")


def _facts(measured: Measured) -> str:
    facts = measured.rounds[-1].facts
    shown = []
    if "spikes" in facts:
        shown.append(f"{facts['spikes']} spikes")
    if "interval_error" in facts:
        shown.append(f"intervals wrong by {facts['interval_error']:.1e}")
    if "spike_time_error_ms" in facts:
        shown.append(f"spike times wrong by {facts['spike_time_error_ms']:.1e} ms")
    if "counts" in facts:
        shown.append("/".join(map(str, facts["counts"])))
    if "equilibria" in facts:
        shown.append(f"{facts['equilibria']} equilibria")
    if "cycles" in facts:
        shown.append(f"{facts['cycles']} cycles")
    for name, what in (
        ("hopf_error", "Hopf"), ("fold_error", "fold"), ("fold_of_cycles_error", "fold of cycles"),
    ):  # fmt: skip
        if name in facts:
            error = facts[name]
            shown.append(f"no {what}" if error is None else f"{what} wrong by {error:.0e}")
    return ", ".join(shown)


def _scaling(results: list[Result]) -> list[tuple[str, ...]]:
    """How much faster two threads are than one, where the same task was run on both."""
    found: dict[tuple[str, str], dict[str, Result]] = {}
    for result in results:
        if result.task.program == "hodgkin_huxley":
            scheme, threads = result.task.arguments
            found.setdefault((result.task.program, scheme), {})[threads] = result
    rows: list[tuple[str, ...]] = []
    for (_, scheme), by_threads in found.items():
        one, two = by_threads.get("1"), by_threads.get("2")
        if one and two and one.ours.rounds and two.ours.rounds:
            gain = (one.ours.seconds("run") or 0.0) / (two.ours.seconds("run") or 1.0)
            rows.append((f"two threads against one, {scheme}",))
            rows.append(("    speed-up (1.7 on a quiet machine)", f"{gain:.2f}", "", "", ""))
    return rows


def plain(results: list[Result], repeats: int) -> dict[str, Any]:
    """Return everything measured as plain data."""
    return {
        "machine": {
            "processor": platform.processor() or platform.machine(),
            "system": platform.platform(),
            "python": platform.python_version(),
        },
        "repeats": repeats,
        "tasks": [
            {
                "task": result.task.title,
                "figures": {f.name: _summary(result.ours, f) for f in result.task.figures},
                "ours": asdict(result.ours),
                "peers": [asdict(peer) for peer in result.peers],
            }
            for result in results
        ],
    }


def _summary(measured: Measured, figure: Figure) -> dict[str, Any]:
    wall = measured.seconds(figure.name)
    return {
        "wall": wall,
        "cpu": measured.seconds(figure.name, "cpu"),
        "reach": figure.reach,
        "met": None if wall is None or figure.reach is None else wall <= figure.reach,
    }
