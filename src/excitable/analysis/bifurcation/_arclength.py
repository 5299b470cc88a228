"""Following a curve of solutions by its arc length, through folds, with steps that adapt.

The unknowns are measured in scales of their own, so that a potential in mV weighs as much as a
gate between 0 and 1. A step is taken along the tangent and corrected at right angles to it. It is
shortened where Newton's method works hard or the tangent turns, and taken back where the tangent
turns too far: that is how a corrector that landed on the way back, or on another branch, shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

CLOSED = "the branch closes on itself"
LONGEST = 0.02  # of the scales
_FIRST = 0.005
_SHORTEST = 1e-8
_SHARPEST = 0.25  # rad between the tangents of neighbouring points
_EASY_TURN = 0.08
_ASIDE = 0.5  # of a step: farther from the prediction lies another curve
_ALIKE = 0.45  # rad: the curve comes back to where it began, and goes the same way
_PROBES = 8
_ITERATIONS = 8
_EASY = 3
_CLOSE = 1e-9  # last Newton step, in scales: the next would be rounding

Linear = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


class Arc:
    """A curve ``G(y) = 0`` of N equations in N + 1 unknowns.

    Parameters
    ----------
    linear : callable
        Returns G, shape (N,), and its derivative, shape (N, N + 1), at y.
    scale : ndarray, shape (N + 1,)
        Size of a change that counts, for each unknown.
    longest : float
        Longest step, in scales.
    settle : callable, optional
        Changes a solution into an equivalent one, with the equations, after each step.
    seen : ndarray of bool, shape (N + 1,), optional
        The unknowns that such a change leaves alone, by which directions are compared; all if
        not given.
    """

    def __init__(
        self, linear: Linear, scale: np.ndarray, longest: float = LONGEST,
        settle: Callable[[np.ndarray], np.ndarray] | None = None, seen: np.ndarray | None = None,
    ) -> None:  # fmt: skip
        self.linear = linear
        self.scale = np.array(scale, float)
        self.longest = longest
        self.ended = ""
        self._settle = settle
        self._seen = np.ones(self.scale.size, bool) if seen is None else seen

    def correct(
        self, y: np.ndarray, row: np.ndarray, iterations: int = _ITERATIONS
    ) -> tuple[np.ndarray, int] | None:
        """Return the solution nearest to y in the plane through y at right angles to a row.

        Parameters
        ----------
        y : ndarray, shape (N + 1,)
            Guess.
        row : ndarray, shape (N + 1,)
            Normal of the plane, in scales.
        iterations : int
            How many Newton steps are allowed.

        Returns
        -------
        (ndarray, int) or None
            The solution and how many Newton steps it took; None if they did not converge.
        """
        y = y.copy()
        rhs = np.zeros(y.size)
        last = np.inf
        for count in range(1, iterations + 1):
            G, D = self.linear(y)
            if not (np.isfinite(G).all() and np.isfinite(D).all()):
                return None
            rhs[:-1] = -G
            try:
                move = np.linalg.solve(np.vstack([D * self.scale, row]), rhs)
            except np.linalg.LinAlgError:
                return None
            size = float(np.abs(move).max())
            if not np.isfinite(size) or (count > 2 and size > last):
                return None
            y += move * self.scale
            if size < _CLOSE:
                return y, count
            last = size
        return None

    def tangent(self, y: np.ndarray, along: np.ndarray) -> tuple[np.ndarray, float, np.ndarray]:
        """Return the unit tangent at a solution, on the side of a given direction.

        Parameters
        ----------
        y : ndarray, shape (N + 1,)
            A solution.
        along : ndarray, shape (N + 1,)
            The direction, in scales.

        Returns
        -------
        tangent : ndarray, shape (N + 1,)
            In scales.
        side : float
            The sign of the determinant of the derivative above the tangent; it changes where
            branches cross.
        D : ndarray, shape (N, N + 1)
            The derivative.
        """
        D = self.linear(y)[1]
        _, _, right = np.linalg.svd(D * self.scale)
        tangent = right[-1]
        if tangent @ along < 0.0:
            tangent = -tangent
        side = np.linalg.slogdet(np.vstack([D * self.scale, tangent]))[0]
        return tangent, float(side), D

    def between(self, a: np.ndarray, b: np.ndarray, share: float) -> np.ndarray | None:
        """Return the point of the curve over a place on the chord from a to b."""
        chord = (b - a) / self.scale
        found = self.correct(a + share * (b - a), chord / np.linalg.norm(chord), 25)
        return None if found is None else found[0]

    def steps(
        self, y: np.ndarray, along: np.ndarray, most: int
    ) -> Iterator[tuple[np.ndarray, np.ndarray, float, np.ndarray]]:
        """Yield solutions along the curve with tangent, side and derivative; y comes first.

        Why no more come stands in `ended`, unless the consumer stops by itself.
        """
        tangent, side, D = self.tangent(y, along)
        start, first, rest = y, tangent, (side, D)
        yield y, tangent, side, D
        h = _FIRST
        far = False
        for _ in range(most):
            while True:
                ahead = y + h * tangent * self.scale
                found = self.correct(ahead, tangent)
                if found is not None and self._near(found[0], ahead, h):
                    new = self._arrived(found[0], tangent)
                    turn = self._turn(tangent, new[1])
                    if turn < _SHARPEST:
                        break
                h *= 0.5
                if h < _SHORTEST:
                    self.ended = self._why(y, tangent)
                    return
            count = found[1]
            y, tangent, side, D = new
            gap = np.where(self._seen, (start - y) / self.scale, 0.0)
            away = float(np.linalg.norm(gap))
            far = far or away > 2.0 * self.longest
            if far and away < h and self._turn(tangent, first) < _ALIKE:
                if gap @ tangent > 0.0:
                    yield y, tangent, side, D
                yield (start, first, *rest)
                self.ended = CLOSED
                return
            yield y, tangent, side, D
            if count <= _EASY and turn < _EASY_TURN:
                h = min(1.5 * h, self.longest)
            elif turn > 2.0 * _EASY_TURN:
                h *= 0.7
            grown = np.maximum(self.scale, np.abs(y - start))
            tangent = tangent * self.scale / grown
            first = first * self.scale / grown
            tangent, first = tangent / np.linalg.norm(tangent), first / np.linalg.norm(first)
            self.scale = grown
        self.ended = f"{most} points were computed"

    def _arrived(
        self, y: np.ndarray, along: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, float, np.ndarray]:
        if self._settle is None:
            return (y, *self.tangent(y, along))
        settled = self._settle(y)
        return (settled, *self.tangent(settled, np.where(self._seen, along, 0.0)))

    def _near(self, y: np.ndarray, ahead: np.ndarray, h: float) -> bool:
        """Whether a solution is so near to its prediction that it is on the same curve."""
        off = float(np.linalg.norm(((y - ahead) / self.scale)[self._seen]))
        return off < _ASIDE * h and bool(np.isfinite(self.linear(y)[1]).all())

    def _turn(self, a: np.ndarray, b: np.ndarray) -> float:
        """Return the angle between two directions."""
        u, v = a[self._seen], b[self._seen]
        size = np.linalg.norm(u) * np.linalg.norm(v)
        return float(np.arccos(np.clip(u @ v / size, -1.0, 1.0))) if size > 0.0 else np.pi

    def _why(self, y: np.ndarray, tangent: np.ndarray) -> str:
        """Return why there is no further point."""
        for h in np.geomspace(_SHORTEST, self.longest, _PROBES):
            G, D = self.linear(y + h * tangent * self.scale)
            if not (np.isfinite(G).all() and np.isfinite(D).all()):
                return "the equations are not defined further on"
        return "Newton's method finds no further point"


def root(
    g: Callable[[float], float | None], at_low: float, at_high: float, close: float = 1e-15
) -> float | None:
    """Return where a function changes sign between 0 and 1.

    Parameters
    ----------
    g : callable
        The function; None where it cannot be computed.
    at_low, at_high : float
        Its values at 0 and 1, of opposite sign.
    close : float
        Width at which the search ends.

    Returns
    -------
    float or None
        The place; None if the function cannot be computed on the way.
    """
    a, b, fa, fb = 0.0, 1.0, at_low, at_high
    c, fc = a, fa
    step = last = b - a
    for _ in range(100):
        if fb * fc > 0.0:
            c, fc, step, last = a, fa, b - a, b - a
        if abs(fc) < abs(fb):
            a, b, c, fa, fb, fc = b, c, b, fb, fc, fb
        tolerance = 4e-16 * abs(b) + close
        half = 0.5 * (c - b)
        if abs(half) <= tolerance or fb == 0.0:
            return b
        if abs(last) >= tolerance and abs(fa) > abs(fb):  # Brent: interpolate where that is safe
            s = fb / fa
            if a == c:
                p, q = 2.0 * half * s, 1.0 - s
            else:
                q, r = fa / fc, fb / fc
                p = s * (2.0 * half * q * (q - r) - (b - a) * (r - 1.0))
                q = (q - 1.0) * (r - 1.0) * (s - 1.0)
            q = -q if p > 0.0 else q
            p = abs(p)
            if 2.0 * p < min(3.0 * half * q - abs(tolerance * q), abs(last * q)):
                last, step = step, p / q
            else:
                step = last = half
        else:
            step = last = half
        a, fa = b, fb
        b += step if abs(step) > tolerance else np.copysign(tolerance, half)
        value = g(b)
        if value is None or not np.isfinite(value):
            return None
        fb = value
    return b
