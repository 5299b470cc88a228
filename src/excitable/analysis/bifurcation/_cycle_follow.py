"""A family of limit cycles followed from a Hopf point, or any cycle, to where it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from excitable.analysis._cubic import hermite
from excitable.analysis.bifurcation._arclength import root
from excitable.analysis.bifurcation._collocation import Collocation, Loop
from excitable.analysis.bifurcation._cycles import (
    Birth,
    Cycle,
    CycleFound,
    Family,
    correct,
    fixed,
)

_FIRST = 0.01
_LONGEST = 0.15
_SHORTEST = 1e-6
_SHARPEST = 0.4  # rad
_EASY_TURN = 0.15
_SMALL = 0.15  # amplitude in scales at which a Hopf point is looked for
_VERTICAL = 1e-9  # change of the parameter, in ranges, for one e-fold of the period
_TRIVIAL = 1e-3
_BESIDE = 0.03  # distance to an equilibrium, in scales
_STILL = 100  # cycles
_LOST = 5
_ROUNDING = 1e-11  # change of the parameter, in ranges, for a step of length one
_COARSE = 1e-5  # error of the trivial multiplier
_FINEST = 240  # intervals
_AT_FOLD = 1e-6  # ranges between a cycle and the fold where it ends
_LAW = 0.1
_NEAR = 1e-2
_CLEAR = 1e-8  # change of the parameter, in ranges, for a step of length one


class CycleFollower:
    """Follows one family of limit cycles.

    Parameters
    ----------
    equations : Collocation
        What a cycle obeys.
    ends : tuple of float
        Range of the parameter, in units of its length.
    births : list of Birth
        All Hopf points, at which a family may end.
    folds : list of float
        Folds of equilibria, in ranges, at which the period may become infinite.
    """

    def __init__(
        self, equations: Collocation, ends: tuple[float, float], births: list[Birth],
        folds: list[float],
    ) -> None:  # fmt: skip
        self.folds = folds
        self.equations = equations
        self.low, self.high = min(ends), max(ends)
        self.births = births

    def start(self, birth: Birth, intervals: int) -> tuple[Loop, Loop]:
        """Return the cycle of no size at a Hopf point, and the direction in which it grows."""
        e = self.equations.elements
        mesh = np.linspace(0.0, 1.0, intervals + 1)
        times = mesh[:-1, None] + np.diff(mesh)[:, None] * e.nodes
        wave = np.real(np.exp(2j * np.pi * times)[..., None] * birth.q)
        still = np.broadcast_to(birth.x, wave.shape).copy()
        way = Loop(mesh, wave, 0.0, 0.0)
        length = np.sqrt(self.equations.inner(way, way))
        loop = Loop(mesh, still, 2.0 * np.pi / birth.omega, birth.p)
        return loop, replace(way, u=wave / length)

    def follow(self, birth: Birth, intervals: int, most: int) -> Family:
        """Follow the cycles born at a Hopf point to their end."""
        family = Family()
        self._followed(family, *self.start(birth, intervals), most)
        return family

    def at_parameter(self, guess: Loop) -> Cycle | None:
        """Return the cycle near a guess with the guess's parameter, on a mesh that follows it."""
        found = fixed(self.equations, guess)
        if found is None:
            return None
        (loop,) = self.equations.remeshed(found.loop)
        return fixed(self.equations, loop)

    def onward(self, first: Cycle, sign: float, most: int) -> Family:
        """Follow a family from one of its cycles to its end, along its tangent or against it."""
        tangent = first.tangent
        way = replace(tangent, u=sign * tangent.u, period=sign * tangent.period, p=sign * tangent.p)
        family = Family([replace(first, tangent=way)])
        loop, way = self._remeshed(family.cycles[0])
        self._followed(family, loop, way, most)
        return family

    def _followed(self, family: Family, loop: Loop, way: Loop, most: int) -> None:
        h = _FIRST
        while len(family.cycles) < most:
            found = self._step(loop, way, h, bool(family.cycles))
            if found is None:
                h *= 0.5
                if h < _SHORTEST:
                    family.ended = "Newton's method finds no further cycle"
                    return
                continue
            cycle, count, turn = found
            if family.cycles and self._finished(family, cycle, loop):
                return
            if family.cycles:
                self._scan(family, cycle, loop, way, h)
            family.cycles.append(cycle)
            if self._fires(cycle.loop):
                family.ended = "the cycle reaches the spike condition"
                return
            if self._vertical(family) or self._stuck(family):
                return
            if count <= 4 and turn < _EASY_TURN:
                h = min(1.4 * h, _LONGEST)
            elif turn > 2.0 * _EASY_TURN or count > 5:
                h *= 0.7
            loop, way = self._remeshed(cycle)
        family.ended = f"{most} cycles were computed"

    def _remeshed(self, cycle: Cycle) -> tuple[Loop, Loop]:
        """Return a cycle and its tangent on a mesh that follows it, finer where it must be."""
        parts = [cycle.loop, cycle.tangent]
        if cycle.trivial_error > _COARSE and 2 * cycle.loop.u.shape[0] <= _FINEST:
            parts = [self.equations.finer(one) for one in parts]
        loop, way = self.equations.remeshed(*parts)
        return loop, way

    def _step(
        self, loop: Loop, way: Loop, h: float, guard: bool
    ) -> tuple[Cycle, int, float] | None:
        found = correct(self.equations, loop.moved(way, h), way)
        if found is None:
            return None
        turn = float(np.arccos(np.clip(self.equations.inner(found[0].tangent, way), -1.0, 1.0)))
        return None if guard and turn > _SHARPEST else (*found, turn)

    def _finished(self, family: Family, cycle: Cycle, loop: Loop) -> bool:
        """Whether the step to a cycle leaves the range, or passes through a Hopf point."""
        p = cycle.loop.p
        if not self.low <= p <= self.high:
            edge = self.high if p > self.high else self.low
            share = (edge - loop.p) / (p - loop.p)
            u = loop.u + share * (cycle.loop.u - loop.u)
            period = loop.period * (cycle.loop.period / loop.period) ** share
            last = fixed(self.equations, Loop(loop.mesh, u, period, edge))
            if last is not None:
                family.cycles.append(last)
            family.ended = "range"
            return True
        if self._amplitude(cycle.loop) > _SMALL and self._amplitude(loop) > _SMALL:
            return False
        before, after = self._wave(loop), self._wave(cycle.loop)
        passed = self.equations.inner(before, after) < 0.0
        shrinks = self._amplitude(cycle.loop) < self._amplitude(loop)
        if passed or (shrinks and self._amplitude(cycle.loop) < 0.02):
            near = [abs(b.p - p) + abs(np.log(cycle.loop.period * b.omega / (2.0 * np.pi)))
                    for b in self.births]  # fmt: skip
            k = min(range(len(near)), key=near.__getitem__, default=None)
            if k is None or near[k] < 0.1:
                family.hopf = k
                family.ended = "hopf"
                return True
        return False

    def _fires(self, loop: Loop) -> bool:
        """Whether a cycle passes where a neuron with a reset would have fired."""
        field = self.equations.field
        x = loop.u.reshape(-1, self.equations.size).T * field.scale[:, None]
        return field.flow.beyond_threshold(x, np.array([loop.p * self.equations.span]))

    def _wave(self, loop: Loop) -> Loop:
        """Return a loop without its mean, period and parameter."""
        e, h = self.equations.elements, np.diff(loop.mesh)
        mean = np.einsum("i,g,gj,ijn->n", h, e.weights, e.values, loop.u, optimize=True)
        return Loop(loop.mesh, loop.u - mean, 0.0, 0.0)

    def _amplitude(self, loop: Loop) -> float:
        return float(np.ptp(loop.u.reshape(-1, loop.u.shape[2]), axis=0).max())

    def _scan(self, family: Family, cycle: Cycle, loop: Loop, way: Loop, h: float) -> None:
        """Locate what happens on the way to a cycle."""
        before = family.cycles[-1]
        tests: dict[str, Callable[[Cycle], float]] = {}
        if max(abs(one.tangent.p) for one in (before, cycle)) > _CLEAR:
            tests["fold of cycles"] = lambda one: one.tangent.p
        else:  # the parameter stands almost still: its turns are rounding, multipliers are not
            tests["fold of cycles"] = lambda one: one.folding
        if self.equations.size > 2:  # a plane is not turned over, nor is there room for a torus
            tests["period doubling"] = lambda one: one.doubling
            tests["torus"] = lambda one: one.turning
        for kind, test in tests.items():
            if test(before) * test(cycle) >= 0.0:
                continue
            found = self._located(test, cycle, loop, way, h)
            if found is not None and _genuine(kind, found):
                family.found.append(CycleFound(kind, found, len(family.cycles) - 1))

    def _located(
        self, test: Callable[[Cycle], float], cycle: Cycle, loop: Loop, way: Loop, h: float
    ) -> Cycle | None:
        start = correct(self.equations, loop, way)
        first = None if start is None else test(start[0])
        if start is None or first is None or first * test(cycle) > 0.0:
            return None
        known = [(0.0, start[0]), (1.0, cycle)]

        def at(share: float) -> Cycle | None:
            after = next(k for k, (place, _) in enumerate(known) if place >= share)
            if known[after][0] == share:
                return known[after][1]
            guess = _between(self.equations, way, h, known[after - 1 : after + 1], share)
            found = correct(self.equations, guess, way)
            if found is not None:
                known.insert(after, (share, found[0]))
            return None if found is None else found[0]

        def value(share: float) -> float | None:
            one = at(share)
            return None if one is None else test(one)

        place = root(value, first, test(cycle), 1e-9)
        return None if place is None else at(place)

    def _vertical(self, family: Family) -> bool:
        """Whether the period grows without bound while the parameter stands still."""
        last = family.cycles[-1]
        shortest = min(one.loop.period for one in family.cycles)
        if last.loop.period < 5.0 * shortest or last.tangent.period <= 0.0:
            return False
        for k, fold in enumerate(self.folds):
            gap = last.loop.p - fold
            # On the invariant circle of a saddle-node the period is c/sqrt(gap).
            law = -2.0 * last.tangent.period * gap
            if abs(gap) < _AT_FOLD and abs(law / last.tangent.p - 1.0) < _LAW:
                family.ended, family.fold = "SNIC", k
                return True
        slopes = [abs(last.tangent.p) / last.tangent.period]
        if len(family.cycles) > 1:  # the tangent keeps fewer digits than the cycles themselves
            before = family.cycles[-2].loop
            grown = np.log(last.loop.period / before.period)
            slopes.append(abs(last.loop.p - before.p) / grown if grown > 0.0 else np.inf)
        if min(slopes) < _VERTICAL and self._lingers(last.loop):
            family.ended = "homoclinic"
            return True
        return False

    def _lingers(self, loop: Loop) -> bool:
        """Whether a cycle comes so close to an equilibrium that it stays for long."""
        x = loop.u.reshape(-1, self.equations.size).T
        f, J, _ = self.equations.field(x, np.array([loop.p * self.equations.span]))
        k = int(np.argmin(np.abs(f).max(axis=0)))
        distance = np.linalg.lstsq(J[k], f[:, k], rcond=None)[0]
        return float(np.abs(distance).max()) < _BESIDE

    def _stuck(self, family: Family) -> bool:
        """Whether more cycles would tell nothing more."""
        last = family.cycles[-_STILL:]
        if len(last) == _STILL and max(abs(one.tangent.p) for one in last) < _ROUNDING:
            family.ended = "the cycle changes further while the parameter stands still to rounding"
        elif min(one.trivial_error for one in last[-_LOST:]) > _TRIVIAL:
            family.ended = "the finest mesh no longer resolves the cycle"
        return bool(family.ended)


def _genuine(kind: str, found: Cycle) -> bool:
    """Whether a multiplier really is where the kind says, and not an artefact of rounding."""
    others = found.others
    if found.trivial_error > _TRIVIAL:
        return False
    if kind == "fold of cycles":
        return float(np.abs(others - 1.0).min()) < _NEAR
    if kind == "period doubling":
        return float(np.abs(others + 1.0).min()) < _NEAR
    turning = np.abs(np.imag(others)) > 1e-3
    return bool(turning.any()) and float(np.abs(np.abs(others[turning]) - 1.0).min()) < _NEAR


def _between(
    equations: Collocation, way: Loop, h: float, ends: list[tuple[float, Cycle]], share: float
) -> Loop:
    """Return a guess between two cycles found on one step, on the cubic with their tangents.

    Parameters
    ----------
    equations : Collocation
        What a cycle obeys.
    way : Loop
        Direction of the step.
    h : float
        Its length.
    ends : list of (float, Cycle)
        Two cycles and at which shares of the step they lie.
    share : float
        Where the guess lies, in the plane at right angles to the step.
    """
    (a, first), (b, last) = ends
    *weights, slope, last_slope = hermite((share - a) / (b - a))
    slopes = (slope, last_slope)
    total = Loop(way.mesh, np.zeros_like(way.u), 0.0, 0.0)
    for one, weight, slope in zip((first, last), weights, slopes, strict=True):
        along = slope * (b - a) * h / equations.inner(one.tangent, way)
        total = replace(
            total, u=total.u + weight * one.loop.u + along * one.tangent.u,
            period=total.period + weight * np.log(one.loop.period) + along * one.tangent.period,
            p=total.p + weight * one.loop.p + along * one.tangent.p,
        )  # fmt: skip
    return replace(total, period=float(np.exp(total.period)))
