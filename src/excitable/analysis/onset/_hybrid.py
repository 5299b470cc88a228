"""Excitability of neurons with a reset: rest below the threshold, spikes by the exact onset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis import firing
from excitable.analysis.dynamics._equilibria import equilibria
from excitable.analysis.dynamics._inputs import constants
from excitable.analysis.hybrid._onset import Onset, spiking_onset
from excitable.analysis.onset._judged import change_of, hertz
from excitable.analysis.onset._rest import MOST, WIDER, Rest, bare, bare_state, followed
from excitable.analysis.onset._result import Change, Excitability, Lost, Rates
from excitable.errors import ExcitableError
from excitable.expression import evaluate
from excitable.model import Model

THRESHOLD = "threshold"
_SAME = 1e-7  # of the scale: closer than this two inputs are one
_NOTHING = 1e-12  # of the scale
_PLANAR = 2
_POINTS, _LEAST = 81, 0.02
_BEYOND = (1e-2, 1e-4)  # of the rheobase: where rates tell whether they grow from zero
_FALLS = 0.8  # of the rate at the first, at the second, if they do


def hybrid(
    model: Model, name: str, others: Mapping[str, Any], low: float, scale: float
) -> tuple[list[str], float, dict[str, Any]]:
    """Work out how a neuron with a reset begins to fire.

    Parameters
    ----------
    model : Model
        One neuron.
    name : str
        The input.
    others : mapping of str to Quantity
        Constant values of other inputs.
    low, scale : float
        An input at which it rests, and one that counts, in internal units.

    Returns
    -------
    lines : list of str
        Evidence.
    end : float
        Input up to which the neuron rests.
    fields : dict of str
        The fields of an `Excitability` that this decides.
    """
    rest, end, lost = _rest(model, name, others, low, scale)
    unit = rest.branch.request.unit

    def quantity(level: float) -> Any:
        # A double zero is found to the root of rounding.
        return units.attach(0.0 if abs(level) < _NOTHING * scale else float(level), unit)

    def shown(level: float) -> str:
        return f"{quantity(level):.8g~P}".rstrip()

    if lost is not None:
        lost = Change(lost.kind, quantity(end))
    lines = [_rest_line(lost, rest, shown(end))]
    # Where rest is never lost, nothing above what was looked at counts.
    farthest = end if lost is None else end + MOST * scale
    spiking = _spiking(model, name, others, (end, farthest), lines)
    if spiking is None:
        lines.append("no input tried makes it fire for ever")
    kind = None if lost is None else lost.kind
    same = spiking is not None and abs(spiking.level - end) <= _SAME * scale
    bistable = None
    if spiking is not None and not same and spiking.level < end:
        bistable = (spiking.level, end)
    onset = _onset(kind, same=same and spiking is not None and spiking.frequency == 0.0)
    cls = 3 if spiking is None else 1 if onset == "SNIC" else 2
    onset = None if spiking is None else onset
    found, method = None, ""
    frequency = ramp = None
    if spiking is not None:
        found, method = _least(model, name, others, bistable, max(end, spiking.level))
        ramp = 0.0 if onset == "SNIC" else _rate(model, name, others, max(end, spiking.level))
        frequency = ramp if bistable is not None and spiking.frequency == 0.0 else spiking.frequency
        lines += _firing_lines(spiking, shown, bistable, ramp, onset)
        if kind == THRESHOLD and onset == "SNIC":
            lines.append("rest vanishes at the threshold, on the loop that the reset closes: the "
                         "period grows as a logarithm there, not as a root")  # fmt: skip
    begins = None if spiking is None else Change(spiking.kind, quantity(spiking.level))
    return lines, end, {
        "cls": cls, "onset": onset,
        "bistable": None if bistable is None else tuple(map(quantity, bistable)),
        "rheobase": None if found is None else quantity(found), "rheobase_method": method,
        "onset_frequency": hertz(frequency), "frequency_when_lost": hertz(ramp),
        "begins": begins, "lost": Lost(lost, None, None),
        "branch": rest.branch, "cycles": None,
    }  # fmt: skip


def _onset(kind: str | None, *, same: bool) -> str | None:
    """One of the four words, by how rest is lost and whether firing grows from there."""
    if kind is None or (kind == THRESHOLD and not same):
        return None
    if kind.endswith("Hopf"):
        return kind.replace("degenerate", "subcritical")
    return "SNIC" if same else "saddle-node off cycle"


def _rest(
    model: Model, name: str, others: Mapping[str, Any], low: float, scale: float
) -> tuple[Rest, float, Change | None]:
    """Follow rest until it is lost, in a bifurcation or at the threshold."""
    high = low + WIDER * scale
    rest = followed(model, name, others, low, high)
    while rest.lost is None and not rest.branch.beyond_threshold.any():
        if high - low > MOST * scale:
            return rest, rest.end, None
        high = low + WIDER * (high - low)
        rest = followed(model, name, others, low, high)
    if rest.lost is not None:
        return rest, rest.end, change_of(rest.lost)
    level = _at_threshold(model, name, others, rest)
    return rest, level, Change(THRESHOLD, units.attach(level, rest.branch.request.unit))


def _at_threshold(model: Model, name: str, others: Mapping[str, Any], rest: Rest) -> float:
    """Return the input at which rest arrives at the spike condition."""
    branch = rest.branch
    k = int(np.argmax(branch.beyond_threshold))
    a, b = (float(node.y[-1]) for node in branch.trace.nodes[k - 1 : k + 1])
    here = branch.trace.nodes[k - 1].y[:-1]
    threshold = model.system.expanded_threshold()
    unit = units.default_unit(model.inputs[name].dimension)
    known = constants(model, others, "excitability")

    def beyond(level: float) -> float:
        found = equilibria(model, **{**others, name: units.attach(level, unit)})
        states = [bare_state(model, one) for one in found]
        x = min(states, key=lambda one: float(np.abs(one - here).max()))
        names = {**known, name: level, **dict(zip(model.states, x, strict=True))}
        return float(evaluate(threshold, names)) if threshold is not None else -1.0

    fa, fb = beyond(a), beyond(b)
    for _ in range(60):
        # Regula falsi with halving: exact at once where the condition is linear in the input.
        middle = b - fb * (b - a) / (fb - fa) if fb != fa else 0.5 * (a + b)
        value = beyond(middle)
        if value == 0.0 or abs(b - a) <= 1e-14 * (abs(a) + abs(b)):
            return middle
        if (value < 0.0) == (fa < 0.0):
            close = abs(middle - a) <= 1e-13 * (abs(a) + abs(b))
            a, fa, fb = middle, value, 0.5 * fb
        else:
            close = abs(middle - b) <= 1e-13 * (abs(a) + abs(b))
            b, fb, fa = middle, value, 0.5 * fa
        if close:
            return middle
    return 0.5 * (a + b)


def _rest_line(lost: Change | None, rest: Rest, end: str) -> str:
    if lost is None:
        return f"rest is stable up to {end}, as far as was looked"
    if lost.kind == THRESHOLD:
        return f"rest is lost where it arrives at the threshold, at {end}"
    line = f"rest is lost in a {lost}"
    if rest.lost is not None and rest.lost.frequency is not None:
        line += f" ({rest.lost.frequency:.5g~P})"
    return line


def _spiking(
    model: Model, name: str, others: Mapping[str, Any], place: tuple[float, float],
    lines: list[str],
) -> Onset | None:  # fmt: skip
    """Return the least input at which spikes go on for ever."""
    end, farthest = place
    known = constants(model, others, "excitability")
    known.pop(name)
    if len(model.states) <= _PLANAR:
        try:
            exact = spiking_onset(model, name, known)
        except ExcitableError as error:
            lines.append(f"no exact onset: {error.found}")
        else:
            if exact.level <= farthest:
                return exact
    try:
        found = firing.rheobase(model, "repetitive", input=name, **others)
    except ExcitableError:
        return None
    level = bare(model, name, found.value)
    if level > farthest:
        return None
    if abs(level - end) <= 1e-5 * (abs(level) + abs(end)):
        level = end
    rates = [_rate(model, name, others, level + share * abs(level)) for share in _BEYOND]
    if rates[1] < _FALLS * rates[0]:
        lines.append(
            f"rates fall from {rates[0]:.4g} Hz 1 % above the rheobase to {rates[1]:.4g} Hz"
        )
        return Onset(level, 0.0, "found by simulation", silent_below=True)
    return Onset(level, rates[1], "found by simulation", silent_below=True)


def _rate(model: Model, name: str, others: Mapping[str, Any], level: float) -> float:
    """Return the steady rate in Hz a little above an input."""
    unit = units.default_unit(model.inputs[name].dimension)
    above = level + 1e-6 * abs(level)
    curve = firing.fi_curve(model, units.attach(np.array([above]), unit), input=name, **others)
    return float(np.ravel(curve.rate.m_as("Hz"))[0])


def _least(
    model: Model, name: str, others: Mapping[str, Any], bistable: tuple[float, float] | None,
    level: float,
) -> tuple[float | None, str]:  # fmt: skip
    """Return the least step from rest that fires for ever."""
    if bistable is None:
        return level, "where rest is lost"
    low, high = bistable
    try:
        found = bare(model, name, firing.rheobase(model, "repetitive", input=name, **others).value)
    except ExcitableError:
        return high, "where rest is lost"
    return min(max(found, low), high), "bracketed by simulation"


def _firing_lines(
    spiking: Onset, shown: Any, bistable: tuple[float, float] | None, ramp: float | None,
    onset: str | None,
) -> list[str]:  # fmt: skip
    if not np.isfinite(spiking.level):
        return [f"once started it fires at every input: {spiking.kind}"]
    grows = "the frequency grows from 0" if spiking.frequency == 0.0 else (
        f"with {spiking.frequency:.5g} Hz")  # fmt: skip
    lines = [f"spikes go on for ever from {shown(spiking.level)} ({spiking.kind}), {grows}"]
    if bistable is not None:
        lines.append(f"between {shown(bistable[0])} and {shown(bistable[1])} it may rest or fire")
    if onset != "SNIC" and ramp is not None:
        lines.append(f"a slow ramp begins to fire with {ramp:.5g} Hz")
    return lines


def rates_beyond(found: Excitability) -> tuple[Rates, ...]:
    """Return the rate over the input from where firing begins, for a picture."""
    if found.rheobase is None:
        return ()
    unit = units.unit_text(found.branch.values)
    start = bare(found.model, found.input, found.rheobase)
    low, high = found.branch.request.start, found.branch.request.stop
    span = min(high - start, max(2.0 * abs(start - low), _LEAST * (high - low)))
    levels = start + span * np.linspace(0.0, 1.0, _POINTS)[1:] ** 2
    curve = firing.fi_curve(
        found.model, units.attach(levels, unit), input=found.input, **found.others
    )
    rates = np.ravel(curve.rate.m_as("Hz"))
    if found.cls == 1:
        levels, rates = np.append(start, levels), np.append(0.0, rates)
    frequency = units.attach(1e-3 * rates, "Hz")
    return (Rates(units.attach(levels, unit), frequency, stable=True),)
