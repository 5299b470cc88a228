"""Laws of whole runs: spike times do not depend on what must not matter."""

from __future__ import annotations

from typing import Any

import numpy as np

from excitable.checking._reference import solve
from excitable.checking._report import BrokenLawError, NotHereError
from excitable.checking._subject import Drive, Subject
from excitable.numerics.choose import FIXED_STEP, refusal
from excitable.recording import Run

SOLVED = ("exact", "adaptive")
_CROWD = {"exact": 2000, "adaptive": 40}


def _drive(subject: Subject) -> Drive:
    found = subject.drive
    if found is None:
        reason = (
            "no spike condition" if subject.system.threshold is None else "no input makes it fire"
        )
        raise NotHereError(reason)
    return found


def _length(subject: Subject) -> tuple[dict[str, float], float]:
    """Inputs and duration of a run worth comparing, with spikes where there can be any."""
    drive = subject.drive
    return ({}, min(subject.window, 50.0)) if drive is None else (drive.inputs, drive.duration)


def fires(subject: Subject) -> str:
    """Some constant input makes it fire."""
    drive = _drive(subject)
    shown = ", ".join(f"{subject.quantity(n, v):.3g~P}" for n, v in drive.inputs.items())
    return f"{drive.spikes} spikes in {drive.duration:.4g} ms at {shown or 'zero input'}"


def independent_of_step(subject: Subject, scheme: str) -> str:
    """Spike times under exact and adaptive do not depend on dt."""
    drive = _drive(subject)
    runs = [
        subject.run(drive.duration, inputs=drive.inputs, scheme=scheme, dt=dt, record=False)
        for dt in (0.1, 0.037, 1.3)
    ]
    shift = max(_shift(runs[0], other) for other in runs[1:])
    if shift > 1e-9:
        raise BrokenLawError(f"dt moves a spike by {shift:.2g} ms")
    return f"dt moves no spike by more than {max(shift, 1e-16):.0e} ms"


def agrees_with_scipy(subject: Subject, scheme: str) -> str:
    """Spike times agree with DOP853 and resets done by hand."""
    drive = _drive(subject)
    run = subject.run(drive.duration, inputs=drive.inputs, scheme=scheme, record=False)
    _, expected = solve(
        subject, subject.start, drive.duration, lambda t: drive.inputs, tolerance=1e-12
    )
    found = run.spikes.grouped_ms
    if found.size != expected.size:
        raise BrokenLawError(f"{found.size} spikes, DOP853 finds {expected.size}")
    # Every interval adds its own error, so intervals are compared, the first from the start.
    intervals = np.diff(expected, prepend=0.0)
    gaps = np.abs(np.diff(found, prepend=0.0) - intervals)
    shift = float(gaps.max(initial=0.0))
    # Adaptive steps have a relative tolerance, so that long intervals err by more.
    allowed = 1e-8 if scheme == "exact" else 1e-5 * np.maximum(intervals, 1.0)
    if np.any(gaps > allowed):
        raise BrokenLawError(f"an interval differs by {shift:.2g} ms from that of DOP853")
    return f"{found.size} intervals within {shift:.0e} ms of DOP853"


def _shift(run: Run, other: Run) -> float:
    if not np.array_equal(run.spikes.offsets, other.spikes.offsets):
        raise BrokenLawError(f"{run.spikes.count} spikes against {other.spikes.count}")
    return float(np.abs(run.spikes.grouped_ms - other.spikes.grouped_ms).max(initial=0.0))


def _crowd(subject: Subject, count: int) -> dict[str, Any]:
    """Inputs that differ from neuron to neuron."""
    inputs, _ = _length(subject)
    return {name: value * np.linspace(0.5, 1.5, count) for name, value in inputs.items()}


def independent_of_threads(subject: Subject) -> str:
    """One thread and two give the same run, to the last bit."""
    count = _CROWD.get(subject.scheme, 200)
    inputs, duration = _crowd(subject, count), _length(subject)[1]
    initial = np.repeat(subject.start[:, None], count, axis=1)
    one, two = (
        subject.run(duration, inputs=inputs, initial=initial, threads=k,
                    record=subject.system.states, record_dt=_coarse(duration), seed=subject.seed)
        for k in (1, 2)
    )  # fmt: skip
    _identical(one, two, "the number of threads")
    return f"{count} neurons, {one.spikes.count} spikes, bitwise"


def _coarse(duration: float) -> float:
    """A recording interval that is a multiple of the default step."""
    return max(round(duration / 20.0 / 0.1), 1) * 0.1


def _identical(one: Run, two: Run, what: str) -> None:
    if not np.array_equal(one.spikes.offsets, two.spikes.offsets) or not np.array_equal(
        one.spikes.grouped_ms, two.spikes.grouped_ms
    ):
        raise BrokenLawError(f"{what} changes spikes")
    for name in one.values.keys() & two.values.keys():
        if not np.array_equal(one.values[name], two.values[name]):
            raise BrokenLawError(f"{what} changes {name}")


def independent_of_recording(subject: Subject) -> str:
    """What is recorded, and how often, changes no spike and no state."""
    inputs, duration = _length(subject)
    everything = subject.run(duration, inputs=inputs, record=True, seed=subject.seed)
    name = subject.system.states[-1]
    choices: tuple[dict[str, Any], ...] = (
        {"record": False},
        {"record": name},
        {"record": name, "record_dt": 0.7},
    )
    for options in choices:
        other = subject.run(duration, inputs=inputs, seed=subject.seed, **options)
        if not np.array_equal(everything.spikes.grouped_ms, other.spikes.grouped_ms):
            raise BrokenLawError(f"{options} changes spikes")
        if "record_dt" not in options and other.values:
            _identical(everything, other, str(options))
    return f"{everything.spikes.count} spikes, bitwise"


def independent_of_others(subject: Subject) -> str:
    """A neuron alone and the same neuron among others do the same."""
    inputs, duration = _length(subject)
    count = 13
    crowd = {name: value.copy() for name, value in _crowd(subject, count).items()}
    # Noise is keyed by the neuron's number, so the one compared is the first.
    for name, value in inputs.items():
        crowd[name][0] = value
    initial = np.repeat(subject.start[:, None], count, axis=1)
    many = subject.run(duration, inputs=crowd, initial=initial, record=True, seed=subject.seed)
    alone = subject.run(duration, inputs=inputs, record=True, seed=subject.seed)
    mine, own = many.spikes[0].times_ms, alone.spikes[0].times_ms
    if mine.size != own.size:
        raise BrokenLawError(f"{own.size} spikes alone, {mine.size} among others")
    shift = float(np.abs(mine - own).max(initial=0.0))
    for name, values in alone.values.items():
        own_course = values[:, 0]
        gap = np.abs(own_course - many.values[name][:, 0])
        # Where a spike rises, a shift in time alone is a gap of as much as the slope times it.
        slope = np.abs(np.gradient(own_course, alone.t_ms)) if gap.size > 1 else 0.0
        size = np.maximum(np.maximum(np.abs(own_course), slope), 1.0)
        shift = max(shift, float((gap / size).max()))
    # A lane of a tile and a tile alone may round differently where multiply and add are fused.
    if shift > 1e-12:
        raise BrokenLawError(f"others change it by {shift:.2g}")
    return "bitwise" if shift == 0.0 else f"within {shift:.0e}"


def same_seed(subject: Subject) -> str:
    """The same seed gives the same run; another one another, if there is noise."""
    inputs, duration = _length(subject)
    first, again, other = (
        subject.run(duration, inputs=inputs, record=True, seed=seed) for seed in (7, 7, 8)
    )
    _identical(first, again, "running again")
    name = subject.system.states[0]
    differs = not np.array_equal(first.values[name], other.values[name])
    if differs != bool(subject.system.noises):
        raise BrokenLawError("the seed changes it" if differs else "another seed gives the same")
    return "same seed, same run" + ("; other seed, other run" if differs else "")


def solved_schemes(subject: Subject) -> list[str]:
    """Schemes among those asked for whose spike times are solved."""
    return [s for s in SOLVED if s in subject.schemes and refusal(subject.system, s) is None]


def fixed_schemes(subject: Subject) -> list[str]:
    """Fixed-step schemes among those asked for."""
    return [s for s in FIXED_STEP if s in subject.schemes]


LAWS = (
    ("fires", fires),
    ("threads", independent_of_threads),
    ("recording", independent_of_recording),
    ("neurons alongside", independent_of_others),
    ("seed", same_seed),
)
