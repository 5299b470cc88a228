"""Stable and unstable manifolds of saddles, where they are curves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from excitable.analysis.dynamics._equilibria import Equilibria, Equilibrium
from excitable.analysis.dynamics._flow import Flow, Path

_NEAR = 1e-5  # of the reach: how far from a saddle its manifolds begin


def manifolds(
    flow: Flow, found: Equilibria, box: tuple[np.ndarray, np.ndarray]
) -> Iterator[tuple[str, Path]]:
    """Yield the two sides of every manifold that is a curve.

    Parameters
    ----------
    flow : Flow
        The drift of all states.
    found : Equilibria
        Among them the saddles.
    box : (ndarray, ndarray)
        Where they end when they leave.

    Yields
    ------
    (str, Path)
        ``"unstable"``, followed forward, or ``"stable"``, followed backward.
    """
    n = len(flow.reach)
    for sign, name in ((1.0, "unstable"), (-1.0, "stable")):
        starts = []
        for one in found:
            vector = _only_direction(one, sign)
            if vector is None or one.beyond_threshold:
                continue
            place = bare_state(one)
            step = _NEAR * vector / np.abs(vector / flow.reach).max()
            starts += [place + step, place - step]
        if starts:
            paths = flow.follow(
                np.array(starts), 1e5, sign=sign, box=box, steps=500, stride=0.02,
                tolerance=1e-9, ends=places(found, 0 if sign > 0 else n),
            )  # fmt: skip
            yield from ((name, path) for path in paths if len(path.t) > 1)


def bare_state(one: Equilibrium) -> np.ndarray:
    """Return the states of an equilibrium as bare numbers."""
    return np.array([float(value.magnitude) for value in one.state.values()])


def places(found: Equilibria, index: int) -> np.ndarray:
    """Return the bare states of the equilibria with so many unstable directions."""
    return np.array([bare_state(one) for one in found if one.index == index])


def _only_direction(one: Equilibrium, sign: float) -> np.ndarray | None:
    """The eigenvector along which a saddle is left (sign 1) or come to (-1), if there is one."""
    if one.kind not in ("saddle", "saddle-focus"):
        return None
    found = np.linalg.eig(one.jacobian)
    values, vectors = found.eigenvalues.astype(np.complex128), found.eigenvectors
    chosen = np.nonzero(sign * np.real(values) > 0.0)[0]
    return np.real(vectors[:, chosen[0]]) if chosen.size == 1 else None
