"""The least input that makes a neuron fire, by three criteria."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np

from excitable import units
from excitable.analysis.firing._closed import closed_period
from excitable.analysis.firing._lanes import Lanes, check_input, lanes
from excitable.analysis.firing._quadrature import integrated_fires
from excitable.analysis.firing._rates import require_spikes
from excitable.analysis.firing._settle import Settler
from excitable.errors import ParameterError, SimulationError
from excitable.expression import differentiate, evaluate, free_symbols, simplify
from excitable.model import Model
from excitable.simulation._field import Field

CRITERIA = ("spike", "repetitive", "rest lost")
_FAN = 33  # levels tried at once
_OCTAVES = 16
_STEADY = 1e-6  # slow passages by a cycle about to exist repeat to less
_NOTHING = 1e-9  # of a threshold drive: a neuron that fires there fires at any input above zero
_FASTEST = 1e4  # 1/ms: far beyond its range a model may be stiff beyond reason
_LEAP = 0.05  # of the way to threshold: a rest found farther away is another one


@dataclass(frozen=True)
class Rheobase:
    """The least constant input that makes a neuron fire.

    Parameters
    ----------
    value : Quantity
        The input; NaN-free: a neuron that never fires raises instead.
    criterion : str
        `"spike"`, `"repetitive"` or `"rest lost"`.
    tolerance : float
        Relative width of the bracket around it, 0 for a closed form.
    method : str
        How it was found.

    Examples
    --------
    >>> import excitable as ex
    >>> print(ex.rheobase(ex.LIF).value)
    150.0 pA
    """

    value: Any
    criterion: str
    tolerance: float
    method: str

    def __repr__(self) -> str:
        return f"Rheobase({self.value:.6g~P}, {self.criterion}, {self.method})"


def rheobase(
    model: Model, criterion: str = "spike", *, input: str = "I",
    tolerance: float = 1e-6, threads: int | None = None, **others: Any,
) -> Rheobase:  # fmt: skip
    """Return the least step of input that makes a neuron fire.

    Parameters
    ----------
    model : Model
        One neuron.
    criterion : str
        `"spike"`: the least step from rest that gives one spike. `"repetitive"`: the least step
        from rest that fires for ever. `"rest lost"`: where a slow ramp loses the resting state.
    input : str
        The input that is stepped.
    tolerance : float
        Relative width of the bracket that is returned.
    threads : int, optional
        As in `simulate`.
    **others : Quantity or str
        Constant values of other inputs.

    Returns
    -------
    Rheobase
        `.value` and how it was found.

    Raises
    ------
    ParameterError
        If the criterion is unknown, the model holds several neurons, or no input up to 2**15
        times a threshold drive makes it fire.
    ModelError
        If the model has no spike condition, or noise.

    Notes
    -----
    In closed form for linear and quadratic neurons of one state. Otherwise levels are tried side by
    side, 33 at a time, and the bracket of the first that fires shrinks; a neuron that fires at
    the start is given the least input above which it does.

    Examples
    --------
    >>> import excitable as ex
    >>> print(f'{ex.rheobase(ex.HodgkinHuxley, "spike").value.magnitude:.4f}')
    2.2403
    """
    check_input(model, input, owner="rheobase")
    if criterion not in CRITERIA:
        known = ", ".join(repr(name) for name in CRITERIA)
        raise ParameterError(
            f"{criterion!r} is no criterion", f"one of {known} is expected",
            'Write criterion="spike"', owner="rheobase", name="criterion",
        )  # fmt: skip
    if model.size is not None:
        raise ParameterError(
            f"{model.size} neurons", "one neuron is expected",
            "Write [rheobase(model(tau_m=value)) for value in values]", owner="rheobase",
        )  # fmt: skip
    unit = units.default_unit(model.inputs[input].dimension)
    one = lanes(model, np.zeros(1), input, others, owner="rheobase")
    exact = _closed(one)
    if exact is not None:
        return Rheobase(units.attach(exact, unit), criterion, 0.0, "closed form")
    require_spikes(model)
    if criterion == "rest lost":
        lost = _follow_rest(one, tolerance)
        return Rheobase(units.attach(lost, unit), criterion, tolerance, "rest followed")
    judge = functools.partial(_judge, criterion=criterion, threads=threads)
    low, high = _bracket(one, judge)
    nothing = _NOTHING * _scale(one)
    while high - low > max(tolerance * max(abs(high), abs(low)), nothing):
        levels = np.linspace(low, high, _FAN)
        fires = judge(_at(one, levels[1:-1]))
        k = int(np.argmax(np.append(fires, True)))
        new = levels[k], levels[k + 1]
        if new == (low, high):
            break
        low, high = float(new[0]), float(new[1])
    level = 0.0 if low == 0.0 and high <= nothing else high
    return Rheobase(units.attach(level, unit), criterion, tolerance, "bracketed by simulation")


def _at(one: Lanes, levels: np.ndarray) -> Lanes:
    return one.take(np.zeros(levels.size, np.int64)).at(levels)


def _closed(one: Lanes) -> float | None:
    """Input at which the condition for firing vanishes, where it is affine in the input."""
    closed = closed_period(one.system)
    if closed is None or one.system.noises:
        return None
    condition = closed.conditions[0]
    slope = simplify(differentiate(condition, one.input))
    if one.input in free_symbols(slope):
        return None
    known = one.known()
    at_zero = float(np.ravel(evaluate(condition, {**known, one.input: 0.0}))[0])
    gain = float(np.ravel(evaluate(slope, known))[0])
    return 0.0 - at_zero / gain if gain > 0.0 else None


def _judge(some: Lanes, *, criterion: str, threads: int | None) -> np.ndarray:
    """Whether each lane fires."""
    integrated = integrated_fires(some)
    if integrated is not None:
        return integrated
    outcome = Settler(some, tolerance=_STEADY, threads=threads).run()
    return outcome.spikes if criterion == "spike" else np.isfinite(outcome.interval)


def _follow_rest(one: Lanes, tolerance: float) -> float:
    """Return the input at which the rest at zero input vanishes or loses stability."""
    lost = _rest_lost(one, tolerance)
    if lost is None:
        raise SimulationError(
            f"{one.model.name} has no rest at zero input",
            "a rest that can be lost is expected",
            'Write criterion="repetitive"',
            owner="rheobase",
        )
    if lost == np.inf:
        _never(one, "keeps its rest at every input tried", _scale(one) * 2.0**_OCTAVES)
    return lost


def _rest_lost(one: Lanes, tolerance: float) -> float | None:
    """Where rest is lost: infinite if at no input tried, None if there is no rest at zero input.

    The rest is followed with steps that grow while Newton's method finds it close by, and shrink
    where it does not, down to the tolerance.
    """
    settler = Settler(one, tolerance=1e-3)
    state, level = settler.calm, 0.0
    field = Field(one.system, one.model.values(), 1, one.drive())
    if not bool(field.settled(state)[0]):
        return None
    scale = _scale(one)
    step, least = scale * 2.0**-6, 1e-2 * tolerance * scale
    while step > max(tolerance * abs(level), least):
        field.known[one.input] = np.array([level + step])
        with np.errstate(all="ignore"):
            found = field.newton(state)
            near = abs(found[0, 0] - state[0, 0]) <= _LEAP * settler.reach[0]
            if bool(near) and bool(field.settled(found)[0]):
                state, level, step = found, level + step, 1.5 * step
            else:
                step *= 0.5
        if level > scale * 2.0**_OCTAVES:
            return np.inf
    return level + step


def _bracket(one: Lanes, judge: Callable[[Lanes], np.ndarray]) -> tuple[float, float]:
    """Return a level at which the neuron is silent and one at which it fires."""
    scale = _scale(one)
    if judge(_at(one, np.zeros(1)))[0]:
        return _bracket_below(one, judge, scale)
    ladder = scale * 2.0 ** np.arange(-8, _OCTAVES)
    top = scale
    lost = _rest_lost(one, 1e-3)
    if lost is not None and lost < np.inf:
        # Some fire only between the loss of rest and a block, which octaves may step over.
        top = max(top, 1.1 * lost)
        ladder = np.sort(np.append(ladder, [1.01 * lost, 1.1 * lost]))
    ladder = ladder[: _bearable(one, ladder)]
    first = max(int(np.searchsorted(ladder, top, side="right")), 1)
    below = 0.0
    for start, stop in ((0, first), *((k, k + 2) for k in range(first, ladder.size, 2))):
        levels = ladder[start:stop]
        fires = judge(_at(one, levels))
        if fires.any():
            k = int(np.argmax(fires))
            return float(levels[k - 1]) if k else below, float(levels[k])
        below = float(levels[-1])
    _never(one, "fires at no input tried", below)


def _bearable(one: Lanes, levels: np.ndarray) -> int:
    """How many of rising levels leave the model no faster than explicit steps can follow."""
    settler = Settler(one, tolerance=1e-3)
    some = _at(one, levels)
    field = Field(some.system, some.model.values(), some.count, some.drive())
    with np.errstate(all="ignore"):
        state = field.newton(np.repeat(settler.calm, levels.size, axis=1))
        J = field.jacobian(state)
    count = 0
    for own in J:
        if not np.isfinite(own).all() or np.abs(np.linalg.eigvals(own)).max() > _FASTEST:
            break
        count += 1
    return max(count, 1)


def _bracket_below(
    one: Lanes, judge: Callable[[Lanes], np.ndarray], scale: float
) -> tuple[float, float]:
    """Return negative levels around the one that silences a neuron firing by itself."""
    ladder = -scale * 2.0 ** np.arange(-8, 6)
    ladder = ladder[: _bearable(one, ladder)]
    above = 0.0
    for start, stop in ((0, 6), *((k, k + 2) for k in range(6, ladder.size, 2))):
        levels = ladder[start:stop]
        fires = judge(_at(one, levels))
        if not fires.all():
            k = int(np.argmin(fires))
            return float(levels[k]), float(levels[k - 1]) if k else above
        above = float(levels[-1])
    _never(one, "fires at every input tried", above)


def _scale(one: Lanes) -> float:
    """Input that would carry a leaky neuron from rest to its spike condition."""
    settler = Settler(one, tolerance=1e-3)
    field = Field(one.system, one.model.values(), 1)
    leak = abs(float(field.jacobian(settler.calm)[0, 0, 0]))
    first = one.system.expanded_derivatives()[0]
    gain = differentiate(first, one.input)
    state = dict(zip(settler.names, settler.calm[:, 0], strict=True))
    value = abs(float(np.ravel(evaluate(gain, {**one.known(), **state}))[0]))
    if value == 0.0:
        raise ParameterError(
            f"{one.input} does not drive {settler.names[0]}",
            f"an input in the equation of {settler.names[0]} is expected",
            "Write input= another input",
            owner="rheobase",
            name="input",
        )
    return max(leak, 1e-6) * float(settler.reach[0]) / value


def _never(one: Lanes, what: str, last: float) -> NoReturn:
    unit = units.default_unit(one.model.inputs[one.input].dimension)
    raise SimulationError(
        f"{one.model.name} {what}, the last one {last:.3g} {unit}",
        "an input that separates silence from firing is expected",
        'Write criterion="spike" if it fires only once, and look at simulate(...).plot()',
        owner="rheobase",
    )
