"""The kind of an equilibrium from its Jacobian, degenerate ones within a tolerance."""

from __future__ import annotations

from typing import Any

import numpy as np

KINDS = (
    "stable node", "unstable node", "stable focus", "unstable focus", "saddle", "saddle-focus",
    "center", "saddle-node",
)  # fmt: skip

# Relative to the balanced Jacobian: a smallest singular value below this is zero; a real part
# below this share of its eigenvalue is zero; an imaginary part below this may be what rounding
# makes of a double eigenvalue, which loses half of the digits.
_SINGULAR = 1e-10
_STILL = 1e-15  # per ms: a time constant of thirty thousand years is none
_NEUTRAL = 1e-9
_TURNING = 1e-7


def classify(jacobian: np.ndarray) -> tuple[np.ndarray, str, bool, int]:
    """Return the eigenvalues and the kind of an equilibrium.

    Parameters
    ----------
    jacobian : ndarray, shape (states, states)
        Derivative of the drift at the equilibrium, finite.

    Returns
    -------
    eigenvalues : ndarray of complex, shape (states,)
        The largest real part first.
    kind : str
        One of `KINDS`.
    stable : bool
        Whether all real parts are negative.
    index : int
        Number of eigenvalues with positive real part.
    """
    J = balanced(np.asarray(jacobian, float))
    found = np.linalg.eigvals(J)
    values: np.ndarray[Any, np.dtype[np.complex128]] = found.astype(np.complex128)
    values = values[np.lexsort((-values.imag, -values.real))]
    singular = np.linalg.svd(J, compute_uv=False)
    size = float(singular[0])
    neutral = np.abs(values.real) <= _NEUTRAL * np.abs(values) + 1e-14 * size
    turning = np.abs(values.imag) > np.minimum(_TURNING * size, 1e-3 * np.abs(values.real))
    turning &= values.imag != 0.0
    zero = max(_SINGULAR * size, _STILL)
    if singular[-1] <= zero:
        nearest = np.argsort(np.abs(values))[: max(1, int((singular <= zero).sum()))]
        neutral[nearest] = True
        return values, "saddle-node", False, int(((values.real > 0.0) & ~neutral).sum())
    index = int(((values.real > 0.0) & ~neutral).sum())
    if (neutral & turning).any():
        return values, "center", False, index
    if 0 < index < values.size:
        above = values.real > 0.0
        leading = [
            np.argmin(np.where(above, values.real, np.inf)),
            np.argmin(np.where(above, np.inf, -values.real)),
        ]
        focus = bool(turning[leading].any())
        return values, "saddle-focus" if focus else "saddle", False, index
    shape = "focus" if turning.any() else "node"
    stable = index == 0
    return values, f"{'stable' if stable else 'unstable'} {shape}", stable, index


def balanced(J: np.ndarray) -> np.ndarray:
    """Return a similar matrix whose rows and columns are of like size.

    States have different units, so the size of an entry says nothing until this is done.
    """
    J = J.copy()
    n = len(J)
    for _ in range(40):
        calm = True
        for i in range(n):
            row = np.abs(np.delete(J[i], i)).sum()
            column = np.abs(np.delete(J[:, i], i)).sum()
            if row == 0.0 or column == 0.0:
                continue
            factor = 2.0 ** round(0.5 * np.log2(row / column))
            if factor != 1.0:
                calm = False
                J[i] /= factor
                J[:, i] *= factor
        if calm:
            break
    return J
