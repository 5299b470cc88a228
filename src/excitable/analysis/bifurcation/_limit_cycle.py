"""One limit cycle at one value of the parameter, as exact as the mesh can be made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis._names import place_of_state
from excitable.analysis.bifurcation._arclength import root
from excitable.analysis.bifurcation._arguments import Arguments
from excitable.analysis.bifurcation._collocation import Collocation, Loop
from excitable.analysis.bifurcation._cycles import Cycle, correct, fixed

TRUSTED = 1e-3
FINE = 12
_ROUNDING = 1e-12  # size of a Newton step, in scales
_PERIOD = 1e-11  # change of the logarithm of the period from one mesh to the next
_MOST = 480  # intervals
_SAME = 1e-7
_LOST = 0.5  # of the amplitude expected: the guess shrank to the equilibrium


class LimitCycle:
    """One limit cycle: made by `CyclePiece.at` and `CycleBranch.at`.

    Parameters
    ----------
    given : Arguments
        What was asked for.
    equations : Collocation
        What the cycle obeys.
    cycle : Cycle
        The solution.
    error : float
        Relative error of the period.

    Attributes
    ----------
    model : Model
        The model.
    parameter : Quantity
        Value of the parameter.
    period : Quantity
        Period.
    period_error : Quantity
        How much the period changed when the mesh was last made finer.
    multipliers : ndarray of complex, shape (states,)
        Floquet multipliers, the trivial one first.
    trivial_error : float
        How far the direction of the flow is from being carried onto itself: a check of accuracy.
    trusted : bool
        Whether that is little, so that the multipliers can be believed.
    stable : bool
        Whether all multipliers but the trivial one lie inside the unit circle; never where they
        cannot be trusted.
    t : Quantity, shape (samples,)
        Times from 0 to the period.
    states : dict of str to Quantity
        States at those times.

    Examples
    --------
    >>> import excitable as ex
    >>> branch = ex.continuation(ex.HodgkinHuxley, "I", "0 uA/cm2", "50 uA/cm2")
    >>> for cycle in branch.cycles().at("7 uA/cm2"):
    ...     print(cycle)
    <unstable cycle at 7 µA/cm², period 25.1802 ms>
    <stable cycle at 7 µA/cm², period 17.1447 ms>
    """

    def __init__(
        self, given: Arguments, equations: Collocation, cycle: Cycle, error: float
    ) -> None:
        loop = cycle.loop
        self.model = given.model
        self.parameter = units.attach(loop.p * equations.span, given.unit)
        self.period = units.attach(float(loop.period), "ms")
        self.period_error = units.attach(float(error * loop.period), "ms")
        self.multipliers = cycle.multipliers
        self.trivial_error = cycle.trivial_error
        self.trusted = cycle.trivial_error < TRUSTED
        self.stable = self.trusted and bool((np.abs(cycle.others) < 1.0).all())
        self.request = given
        self.equations = equations
        self.solution = cycle
        self.t, self.states = profile(given, equations, loop)

    def __repr__(self) -> str:
        word = "stable" if self.stable else "unstable" if self.trusted else "uncertain"
        return f"<{word} cycle at {self.parameter:.10g~P}, period {self.period:.6g~P}>"

    def profile(self) -> tuple[Any, dict[str, Any]]:
        """Return times and states along the cycle.

        Returns
        -------
        t : Quantity [time], shape (samples,)
            From 0 to the period.
        states : dict of str to Quantity
            States at those times.
        """
        return self.t, self.states

    def minimum(self, state: str | None = None) -> Any:
        """Return the least value of a state, the first if not given."""
        return column(self.request, extremes(self.equations, [self.solution])[0], state)[0]

    def maximum(self, state: str | None = None) -> Any:
        """Return the largest value of a state, the first if not given."""
        return column(self.request, extremes(self.equations, [self.solution])[1], state)[0]


def profile(given: Arguments, equations: Collocation, loop: Loop) -> tuple[Any, dict[str, Any]]:
    """Return times and states along a loop, with units."""
    s = np.linspace(0.0, 1.0, FINE)[:-1]
    phases = (loop.mesh[:-1, None] + np.diff(loop.mesh)[:, None] * s).reshape(-1)
    phases = np.append(phases, 1.0)
    u = equations.at(loop, phases) * equations.field.scale
    dimensions = given.model.dimensions
    return units.attach(phases * loop.period, "ms"), {
        name: units.attach(u[:, k].copy(), units.default_unit(dimensions[name]))
        for k, name in enumerate(given.model.states)
    }


def column(given: Arguments, rows: np.ndarray, state: str | None) -> Any:
    """Return the column of one state, with its unit."""
    name = next(iter(given.model.states)) if state is None else state
    k = place_of_state(given.model, name, owner="cycles", write="Write {!r}")
    return units.attach(rows[:, k].copy(), units.default_unit(given.model.dimensions[name]))


def extremes(equations: Collocation, cycles: Sequence[Cycle]) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the largest value of each state, shape (cycles, states)."""
    out: tuple[list[np.ndarray], list[np.ndarray]] = ([], [])
    s = np.linspace(0.0, 1.0, FINE)
    e = equations.elements
    basis = e.basis(s)
    order = np.arange(1, e.degree + 1)
    states = np.arange(equations.size)
    for one in cycles:
        u = np.einsum("sj,ijn->isn", basis, one.loop.u).reshape(-1, equations.size)
        for sign, rows in zip((-1.0, 1.0), out, strict=True):
            k = np.argmax(sign * u, axis=0)
            best, place = u[k, states], s[k % FINE]
            a = e.to_powers @ one.loop.u[k // FINE, :, states].T  # of the polynomials there
            slope = a[1:] * order[:, None]
            bend = slope[1:] * order[:-1, None]
            for _ in range(4):  # Newton's method from the best sample
                up = np.vander(place, order.size, increasing=True)
                first, second = (up.T * slope).sum(0), (up[:, :-1].T * bend).sum(0)
                move = np.divide(-first, second, out=np.zeros_like(first), where=second != 0.0)
                place = np.clip(place + np.clip(move, -0.1, 0.1), 0.0, 1.0)
            there = (np.vander(place, order.size + 1, increasing=True).T * a).sum(0)
            rows.append(sign * np.maximum(sign * best, sign * there) * equations.field.scale)
    return np.array(out[0]), np.array(out[1])


def exact(equations: Collocation, guess: Loop) -> tuple[Cycle, float] | None:
    """Return the cycle near a guess at the guess's value of the parameter.

    Parameters
    ----------
    equations : Collocation
        What the cycle obeys.
    guess : Loop
        Where to begin.

    Returns
    -------
    (Cycle, float) or None
        The cycle on a mesh that was made finer until the period stands still, and the last relative
        change of the period; None if Newton's method does not converge.
    """
    found = fixed(equations, guess, _ROUNDING)
    if found is None:
        return None
    change = np.inf
    while 2 * found.loop.u.shape[0] <= _MOST:
        (finer,) = equations.remeshed(equations.finer(found.loop))
        better = fixed(equations, finer, _ROUNDING)
        if better is None:
            break
        before, change = change, abs(float(np.log(better.loop.period / found.loop.period)))
        found = better
        if change < _PERIOD or change > 0.5 * before:
            break
    return found, change


def passages(
    equations: Collocation, chain: Sequence[Cycle], born: float | None, p: float
) -> Iterator[tuple[Cycle, float]]:
    """Yield every cycle of a family at one value of the parameter.

    Parameters
    ----------
    equations : Collocation
        What the cycles obey.
    chain : sequence of Cycle
        The family in order, with its folds.
    born : float or None
        The Hopf point at which it begins, in ranges.
    p : float
        The value, in ranges.

    Yields
    ------
    (Cycle, float)
        A cycle, and the relative error of its period.
    """
    seen: list[Cycle] = []
    for guess in _guesses(equations, chain, born, p):
        found = exact(equations, guess)
        if found is None:
            continue
        cycle = found[0]
        size = np.ptp(cycle.loop.u, axis=(0, 1)).max()
        if size < _LOST * np.ptp(guess.u, axis=(0, 1)).max():
            continue
        if any(_same(cycle, other) for other in seen):
            continue
        seen.append(cycle)
        yield found


def _same(a: Cycle, b: Cycle) -> bool:
    """Whether two cycles at one value of the parameter are the same."""
    if abs(np.log(a.loop.period / b.loop.period)) > _SAME:
        return False
    sizes = [np.ptp(one.loop.u, axis=(0, 1)) for one in (a, b)]
    return bool(np.allclose(*sizes, rtol=1e-4))


def _guesses(
    equations: Collocation, chain: Sequence[Cycle], born: float | None, p: float
) -> Iterator[Loop]:
    first = chain[0].loop
    if born is not None and (p - born) * (p - first.p) <= 0.0 and first.p != born:
        # Beside a Hopf point the square of the amplitude grows with the parameter.
        mean = first.u.mean(axis=(0, 1))
        size = np.sqrt(max((p - born) / (first.p - born), 0.0))
        if size > 0.0:
            yield Loop(first.mesh, mean + size * (first.u - mean), first.period, p)
    for before, after in pairwise(chain):
        a, b = before.loop.p - p, after.loop.p - p
        if a == 0.0 or a * b < 0.0:
            yield _between(equations, before, after, p)
    if chain[-1].loop.p == p:
        yield chain[-1].loop


def _between(equations: Collocation, before: Cycle, after: Cycle, p: float) -> Loop:
    """Return a guess between two neighbours, found along the arc where they are far apart."""
    start = before.loop
    if start.p == p:
        return start
    e = equations.elements
    times = start.mesh[:-1, None] + np.diff(start.mesh)[:, None] * e.nodes
    other = equations.at(after.loop, times)
    gap = Loop(
        start.mesh, other - start.u, float(np.log(after.loop.period / start.period)),
        after.loop.p - start.p,
    )  # fmt: skip
    row = Loop(gap.mesh, gap.u, gap.period, gap.p)
    known: dict[float, Loop] = {}

    def miss(share: float) -> float | None:
        found = correct(equations, start.moved(gap, share), row)
        if found is None:
            return None
        known[share] = found[0].loop
        return found[0].loop.p - p

    low, high = miss(0.0), miss(1.0)
    share = None
    if low is not None and high is not None and low * high < 0.0:
        share = root(miss, low, high, 1e-4)
    if share is not None and share in known:
        near = known[share]
        return Loop(near.mesh, near.u, near.period, p)
    middle = start.moved(gap, (p - start.p) / gap.p)
    return Loop(middle.mesh, middle.u, middle.period, p)
