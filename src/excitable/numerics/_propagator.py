"""Propagators of x' = A x + b + r s for small dense A: e^(A s) and its integrals, componentwise.

    x(s) = x + P1 (A x + b) + P2 r,    P1 = int_0^s e^(A u) du,    P2 = int_0^s (s - u) e^(A u) du.

Taylor series for a norm below one half, then doubling,
E(2h) = E(h) E(h), P1(2h) = P1 + E P1, P2(2h) = P2 + E P2 + h P1.
Nothing is divided by a difference of rates, so equal and nearly equal time constants are no case of
their own; and for couplings of one sign no step subtracts, so small entries keep their digits.
(Higham and Al-Mohy, Acta Numerica 2010, sections 2 and 3.)
"""

import math

from numba import njit

from excitable.numerics._options import HELPER

_DECAYED = 0.6
_TERMS = 18  # 0.5**18/18! is below 1e-21


@njit(**HELPER)
def doublings(A, s):
    """How often s must be halved for the balanced norm of A s to fall below one half."""
    n = A.shape[0]
    # Units make the entries uneven (mV per pA beside 1/ms); only loops A_ij A_ji can grow, so the
    # geometric mean measures an off-diagonal pair. One-way couplings are bounded by the series.
    size = 0.0
    for i in range(n):
        row = abs(A[i, i])
        for j in range(n):
            if j != i:
                row += math.sqrt(abs(A[i, j] * A[j, i]))
        size = max(size, row)
    # Loops through three or more states.
    for i in range(n):
        for j in range(n):
            for k in range(n):
                if j not in (i, k) and i != k:
                    loop = abs(A[i, j] * A[j, k] * A[k, i]) ** (1.0 / 3.0)
                    size = max(size, 2.0 * loop)
    size *= s
    count = 0
    while size > 0.5 and count < 60:
        size *= 0.5
        count += 1
    return count


@njit(**HELPER)
def propagators(A, s, E, P1, P2, work):
    """Fill E, P1, P2 for the time s; `work` is a scratch array of shape (2, n, n)."""
    n = A.shape[0]
    count = doublings(A, s)
    h = s * 0.5**count
    # Horner on phi_2: P2 = h^2 sum (A h)^k/(k+2)!, P1 = h I + A P2, E = I + A P1.
    for i in range(n):
        for j in range(n):
            P2[i, j] = 0.0
    for k in range(_TERMS, 0, -1):
        # P2 <- (I + A h P2)/(k + 1)
        for i in range(n):
            for j in range(n):
                total = 0.0
                for q in range(n):
                    total += A[i, q] * P2[q, j]
                work[0, i, j] = total * h
        for i in range(n):
            for j in range(n):
                P2[i, j] = (work[0, i, j] + (1.0 if i == j else 0.0)) / (k + 1)
    for i in range(n):
        for j in range(n):
            P2[i, j] *= h * h
    for i in range(n):
        for j in range(n):
            total = h if i == j else 0.0
            for q in range(n):
                total += A[i, q] * P2[q, j]
            P1[i, j] = total
    for i in range(n):
        for j in range(n):
            total = 1.0 if i == j else 0.0
            for q in range(n):
                total += A[i, q] * P1[q, j]
            E[i, j] = total
    for _ in range(count):
        for i in range(n):
            for j in range(n):
                one = 0.0
                two = 0.0
                for q in range(n):
                    one += E[i, q] * P1[q, j]
                    two += E[i, q] * P2[q, j]
                work[0, i, j] = one
                work[1, i, j] = two
        for i in range(n):
            for j in range(n):
                P2[i, j] += work[1, i, j] + h * P1[i, j]
        for i in range(n):
            for j in range(n):
                P1[i, j] += work[0, i, j]
                work[1, i, j] = E[i, j]
        for i in range(n):
            for j in range(n):
                total = 0.0
                for q in range(n):
                    total += work[1, i, q] * work[1, q, j]
                E[i, j] = total
        h *= 2.0


@njit(**HELPER)
def growth_bound(A, s, Q, P1, P2, work, compare):
    """Fill Q with a matrix that bounds |e^(A u)| entry by entry for every u in [0, s]."""
    n = A.shape[0]
    for i in range(n):
        for j in range(n):
            compare[i, j] = max(A[i, i], 0.0) if i == j else abs(A[i, j])
    propagators(compare, s, Q, P1, P2, work)


@njit(**HELPER)
def move(A, E, P1, P2, x, b, r, f, out):
    """State after the time of E, P1 and P2: `out`; leaves A x + b in `f`.

    A state that has hardly decayed is moved by its change, so that one at rest stays there to the
    last place; one that has decayed far is summed from what is left, E x, so that it keeps its
    digits. Both are the same sum, because E = I + P1 A.
    """
    n = A.shape[0]
    for i in range(n):
        total = b[i]
        for j in range(n):
            total += A[i, j] * x[j]
        f[i] = total
    for i in range(n):
        if abs(E[i, i]) < _DECAYED:
            total = 0.0
            for j in range(n):
                total += E[i, j] * x[j] + P1[i, j] * b[j] + P2[i, j] * r[j]
        else:
            total = x[i]
            for j in range(n):
                total += P1[i, j] * f[j] + P2[i, j] * r[j]
        out[i] = total
