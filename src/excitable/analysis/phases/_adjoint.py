"""The periodic solution of the adjoint equation: how much a small push advances the next spikes.

Z' = -J^T Z along the orbit, with Z f = 1: a state moved along the orbit by f dt is early by dt. On
each interval Z is a polynomial that obeys the equation at the Gauss points; with the exact Jacobian
this gives Z at the left end from Z at the right end. Across a reset

    Z_before = S^T Z_after,   S = D (1 - f n^T) + g n^T,   n = grad h/(grad h f),

with h the threshold, f the drift before it, g the drift after the refractory time and D the
derivative of the state at its end by the state at the spike: the saltation matrix of a jump that
takes t_ref. Going around closes to Z = T Z, whose solution is the left eigenvector of the monodromy
matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from excitable.analysis.bifurcation._defining import Scaled
from excitable.analysis.phases._orbit import Arc, Orbit

_JOINED = 6  # intervals


@dataclass(frozen=True)
class Transfer:
    """How the adjoint at the nodes of an arc follows from its value at the right end of each.

    Parameters
    ----------
    inside : ndarray, shape (intervals, nodes - 1, states, states)
        To every node but the last.
    """

    inside: np.ndarray

    @property
    def steps(self) -> np.ndarray:
        """From the right end of each interval to its left end."""
        return self.inside[:, 0]

    def whole(self, right: np.ndarray) -> np.ndarray:
        """Carry what is known at the right end of the arc to its left end."""
        for step in self.steps[::-1]:
            right = step @ right
        return right

    def spread(self, right: np.ndarray) -> np.ndarray:
        """Return the adjoint at all nodes from its value at the right end of the arc."""
        count, degree = self.inside.shape[:2]
        out = np.empty((count, degree + 1, right.size))
        for k in range(count - 1, -1, -1):
            out[k, -1] = right
            out[k, :-1] = self.inside[k] @ right
            right = out[k, 0]
        return out


def transfer(arc: Arc, field: Scaled, p: np.ndarray, held: np.ndarray) -> Transfer:
    """Solve the adjoint equation on every interval of an arc.

    Parameters
    ----------
    arc : Arc
        Where.
    field : Scaled
        The drift.
    p : ndarray, shape (1,)
        Its free parameter.
    held : ndarray of bool, shape (states,)
        States that stand still in the refractory time.

    Returns
    -------
    Transfer
        For any value at the right end.
    """
    e, (count, _, n) = arc.elements, arc.u.shape
    at = np.einsum("gj,ijn->ign", e.values, arc.u)
    J = field(at.reshape(-1, n).T, p)[1].reshape(count, e.degree, n, n)
    if arc.held:
        J = J * ~held[:, None]
    K = np.einsum("gj,ab->gajb", e.slopes, np.eye(n))[None] + np.einsum(
        "gj,ig,igba->igajb", e.values, arc.pace, J, optimize=True
    )
    K = K.reshape(count, e.degree * n, (e.degree + 1) * n)
    inside = np.linalg.solve(K[:, :, :-n], -K[:, :, -n:])
    return Transfer(inside.reshape(count, e.degree, n, n))


def null_direction(T: np.ndarray, f: np.ndarray) -> np.ndarray:
    """Return Z with Z = T Z and Z f = 1.

    Parameters
    ----------
    T : ndarray, shape (links, states, states)
        Carries the adjoint from each place to the one before it, the last to the first.
    f : ndarray, shape (links, states)
        Drift at the places.

    Returns
    -------
    ndarray, shape (links, states)
        The adjoint at the places.
    """
    links, n = f.shape
    size = links * n
    # The drift spans what the equations miss; it borders them to a regular system.
    M = np.zeros((size + 1, size + 1))
    M[:size, :size] = np.eye(size)
    blocks = M[:size, :size].reshape(links, n, links, n)
    for k in range(links):
        blocks[k, :, (k + 1) % links, :] -= T[k]
    M[:size, -1] = f.reshape(-1) / np.linalg.norm(f)
    M[-1, :n] = f[0]
    right = np.zeros(size + 1)
    right[-1] = 1.0
    return np.linalg.solve(M, right)[:-1].reshape(links, n)


def smooth_adjoint(orbit: Orbit) -> list[np.ndarray]:
    """Return the adjoint of an orbit without resets, in scales, at the nodes of its arc."""
    (arc,) = orbit.arcs
    n = arc.u.shape[2]
    solved = transfer(arc, orbit.field, orbit.p, np.zeros(n, bool))
    firsts = np.arange(0, len(arc.u), _JOINED)
    links = np.array([_product(solved.steps[k : k + _JOINED]) for k in firsts])
    f = orbit.field(arc.u[firsts, 0].T, orbit.p)[0].T
    known = null_direction(links, f)
    out = np.empty_like(arc.u)
    for k, first in enumerate(firsts):
        part = Transfer(solved.inside[first : first + _JOINED])
        out[first : first + _JOINED] = part.spread(known[(k + 1) % len(firsts)])
    return [out]


def _product(steps: np.ndarray) -> np.ndarray:
    out = steps[0]
    for step in steps[1:]:
        out = out @ step
    return out
