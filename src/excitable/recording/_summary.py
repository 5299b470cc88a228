"""One-glance summaries of a run, as a line of text and as a table for notebooks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from excitable.recording._run import Run


def line(run: Run) -> str:
    """Summary on one line."""
    facts = dict(rows(run))
    name = facts.pop("model")
    return f"Run({name}: " + "; ".join(f"{key} {text}" for key, text in facts.items()) + ")"


def table(run: Run) -> str:
    """Summary as an HTML table."""
    body = "".join(
        f"<tr><th style='text-align:left'>{escape(key)}</th>"
        f"<td style='text-align:left'>{escape(text)}</td></tr>"
        for key, text in rows(run)
    )
    return f"<table>{body}</table>"


def rows(run: Run) -> list[tuple[str, str]]:
    """Facts in the order in which a reader wants them."""
    duration = float(run.settings.get("duration", 0.0))
    facts = [
        ("model", run.name),
        ("duration", f"{duration:g} ms"),
        ("neurons", f"{len(run.spikes)}"),
        ("spikes", f"{run.spikes.count}"),
        ("rate", rate(run)),
        ("recorded", recorded(run)),
        ("scheme", str(run.scheme)),
        ("start", run.start),
    ]
    if run.stopped:
        facts.append(("stopped", run.stopped))
    return facts


def rate(run: Run) -> str:
    """Rate of the one neuron from its intervals, or the mean over several from their counts."""
    spikes = run.spikes
    if len(spikes) == 1:
        return f"{1000 * spikes[0]._rate_per_ms():.4g} Hz"
    window = spikes._stop - spikes._start
    mean = spikes.count / (len(spikes) * window) if len(spikes) and window > 0 else 0.0
    return f"{1000 * mean:.4g} Hz on average"


def recorded(run: Run) -> str:
    """Names recorded, and how many samples."""
    if not run.values:
        return "spikes only"
    samples = len(run.t_ms)
    return f"{', '.join(run.values)} ({samples} sample{'' if samples == 1 else 's'})"
