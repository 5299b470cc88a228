"""Several linear states: exact steps between grid points and events, no crossing missed.

The state moves by propagators from node to node; nodes are the multiples of the step, the breaks of
the input, the crossings and the ends of refractoriness. Inside a stretch the distance to threshold
g is bounded through its second derivative: with |e^(A u)| <= Q entry by entry on the stretch,

    |g''| <= |n A| Q (|x'| + s |r|) + |n r|,

so a chord below -M s^2/8 proves that nothing was crossed; otherwise the stretch is halved until it
is cleared or holds one monotone crossing, which Newton's method locates. The step sets only where
nodes lie. (Compare Krishnan et al., Front. Neuroinform. 2018, on lossless tests.)
"""

import math

import numpy as np
from numba import njit

from excitable.numerics import _status as status
from excitable.numerics._exact_scalar import add
from excitable.numerics._options import HELPER, KERNEL
from excitable.numerics._propagator import growth_bound, move, propagators

_DEPTH = 60


@njit(**HELPER)
def distance(normal, theta, x):
    """G = n x - theta: the neuron fires where g >= 0."""
    g = -theta
    for j in range(x.shape[0]):
        g += normal[j] * x[j]
    return g


@njit(**HELPER)
def slope_at(A, normal, x, b):
    """G' = n (A x + b)."""
    total = 0.0
    for i in range(x.shape[0]):
        f = b[i]
        for j in range(x.shape[0]):
            f += A[i, j] * x[j]
        total += normal[i] * f
    return total


@njit(**HELPER)
def curvature(A, Q, normal, x, b, r, s, f):
    """Bound on |g''| over the next s ms from state x."""
    n = x.shape[0]
    for i in range(n):
        total = b[i]
        for j in range(n):
            total += A[i, j] * x[j]
        f[i] = abs(total) + s * abs(r[i])
    bound = 0.0
    for j in range(n):
        row = 0.0
        for i in range(n):
            row += normal[i] * A[i, j]
        speed = 0.0
        for q in range(n):
            speed += Q[j, q] * f[q]
        bound += abs(row) * speed
    tail = 0.0
    for i in range(n):
        tail += normal[i] * r[i]
    return bound + abs(tail)


@njit(**HELPER)
def first_crossing(A, Q, normal, theta, x, b, r, length, E, P1, P2, work, f, here, drive):
    """Time of the first arrival g >= 0 in (0, length] from a state with g < 0, or infinity.

    `here` receives the state at the crossing.
    """
    n = x.shape[0]
    low = 0.0
    g_low = distance(normal, theta, x)
    right = np.empty(_DEPTH)
    depth = 0
    right[0] = length
    for i in range(n):
        here[i] = x[i]
        drive[i] = b[i]
    while depth >= 0:
        high = right[depth]
        width = high - low
        propagators(A, high, E, P1, P2, work)
        bend = curvature(A, Q, normal, here, drive, r, width, f)
        slope_low = slope_at(A, normal, here, drive)
        move(A, E, P1, P2, x, b, r, f, here)
        g_high = distance(normal, theta, here)
        for i in range(n):
            drive[i] = b[i] + high * r[i]
        slope_high = slope_at(A, normal, here, drive)
        clear = g_high < 0.0 and max(g_low, g_high) + bend * width * width / 8.0 < 0.0
        # Still silent and never rising, or never falling: the ends decide.
        if g_high < 0.0 and (slope_low + bend * width <= 0.0 or slope_high - bend * width >= 0.0):
            clear = True
        if clear or (g_high < 0.0 and width <= 4e-16 * length):
            low, g_low = high, g_high
            depth -= 1
            continue
        if g_high >= 0.0 and (slope_high - bend * width > 0.0 or width <= 4e-16 * length):
            return _root(A, normal, theta, x, b, r, low, high, E, P1, P2, work, f, here, drive)
        if depth + 1 == _DEPTH:
            return high
        # Back to the left end, with half the stretch.
        depth += 1
        right[depth] = low + 0.5 * width
        propagators(A, low, E, P1, P2, work)
        move(A, E, P1, P2, x, b, r, f, here)
        for i in range(n):
            drive[i] = b[i] + low * r[i]
    return math.inf


@njit(**HELPER)
def back_below(A, Q, normal, theta, x, b, r, length, E, P1, P2, work, f, here, drive):
    """Time just after g falls below 0 in (0, length], or `length`."""
    opposite = -normal
    s = first_crossing(
        A, Q, opposite, -theta, x, b, r, length, E, P1, P2, work, f, here, drive
    )  # fmt: skip
    nudge = 1e-12 * length
    while s + nudge < length:
        propagators(A, s + nudge, E, P1, P2, work)
        move(A, E, P1, P2, x, b, r, f, here)
        if distance(normal, theta, here) < 0.0:
            return s + nudge
        nudge *= 2.0
    return length


@njit(**HELPER)
def _root(A, normal, theta, x, b, r, low, high, E, P1, P2, work, f, here, drive):
    s = 0.5 * (low + high)
    top = high
    for _ in range(100):
        propagators(A, s, E, P1, P2, work)
        move(A, E, P1, P2, x, b, r, f, here)
        g = distance(normal, theta, here)
        if g >= 0.0:
            high = s
        else:
            low = s
        for i in range(x.shape[0]):
            drive[i] = b[i] + s * r[i]
        slope = slope_at(A, normal, here, drive)
        new = s - g / slope if slope > 0.0 else math.inf
        if not (low < new < high):
            new = 0.5 * (low + high)
        if abs(new - s) <= 2e-16 * top or high - low <= 2e-16 * top:
            break
        s = new
    # Rounding may leave the root on the near side, where the same crossing would be met again.
    nudge = 2e-16 * top
    for _ in range(60):
        propagators(A, s, E, P1, P2, work)
        move(A, E, P1, P2, x, b, r, f, here)
        if distance(normal, theta, here) > 0.0 or s >= top:
            break
        s = min(s + nudge, top)
        nudge *= 2.0
    return s


@njit(**KERNEL)
def advance(
    first, last, t_stop, t_end, dt, spiking, resets, held, which, A_free, A_held, c, gain, mask,
    normal, theta, keep, put, t_ref,
    segments, cursor, times,
    state, sampling, sample_dt, n_samples, out, spikes, report,
):  # fmt: skip
    """Carry the neurons first..last-1 from node to node until each is past t_stop.

    `which[i]` names the row of the matrices that neuron i uses; `mask` is 0 for states held in
    refractory time. Arrays as in `_exact_scalar.advance` otherwise; `out` is (states, samples, k).
    """
    n = state.shape[1]
    inputs = cursor.shape[1]
    E, P1, P2 = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    work, compare = np.zeros((2, n, n)), np.zeros((n, n))
    # Full-step propagators of the current parameter set: free, held, and the bound Q.
    full_0, full_1 = np.zeros((2, n, n)), np.zeros((2, n, n))
    full_2, Q = np.zeros((2, n, n)), np.zeros((n, n))
    b, r, f = np.zeros(n), np.zeros(n), np.zeros(n)
    after, here, drive = np.zeros(n), np.zeros(n), np.zeros(n)
    fired = 0
    capacity = spikes.shape[1]
    t_high, t_low, until_high, until_low = times[0], times[1], times[2], times[3]
    sample, column, node = sampling[0], sampling[1], sampling[2]
    current = -1
    for i in range(first, last):
        p = which[i]
        if p != current:
            current = p
            propagators(A_free[p], dt, full_0[0], full_1[0], full_2[0], work)
            propagators(A_held[p], dt, full_0[1], full_1[1], full_2[1], work)
            growth_bound(A_free[p], dt, Q, P1, P2, work, compare)
        x = state[i]
        burst = 0
        burst_start = -math.inf
        while t_high[i] < t_stop and t_high[i] < t_end:
            now, low = t_high[i], t_low[i]
            on_node = now == node[i] * dt and low == 0.0
            end = min((node[i] + 1) * dt, t_end)
            for j in range(n):
                b[j] = c[p, j]
                r[j] = 0.0
            for m in range(inputs):
                k = cursor[0, m, i]
                final = cursor[1, m, i]
                while k < final and segments[0, k + 1] <= now:
                    k += 1
                cursor[0, m, i] = k
                u = segments[1, k] + segments[2, k] * ((now - segments[0, k]) + low)
                for j in range(n):
                    b[j] += gain[p, m, j] * u
                    r[j] += gain[p, m, j] * segments[2, k]
                if k < final and segments[0, k + 1] < end:
                    end = segments[0, k + 1]
            refractory = (until_high[i] - now) + (until_low[i] - low) > 0.0
            length = (end - now) - low
            ends_refractory = False
            if refractory:
                rest = (until_high[i] - now) + (until_low[i] - low)
                if rest <= length:
                    ends_refractory, length = True, rest
            clamped = refractory and held
            A = A_held[p] if clamped else A_free[p]
            if clamped:
                for j in range(n):
                    b[j] *= mask[j]
                    r[j] *= mask[j]
            fires = False
            g = distance(normal[p], theta[p], x) if spiking else -1.0
            early = False
            if spiking and not refractory and resets and g >= 0.0:
                fires, length = True, 0.0
            elif spiking and not refractory and g >= 0.0:
                # Without a reset only arrivals count: go to where the neuron is silent again.
                s = back_below(
                    A, Q, normal[p], theta[p], x, b, r, length,
                    E, P1, P2, work, f, here, drive,
                )  # fmt: skip
                if s < length:
                    early, length, ends_refractory = True, s, False
            if not fires:
                mode = 1 if clamped else 0
                if on_node and length == dt and not early:
                    move(A, full_0[mode], full_1[mode], full_2[mode], x, b, r, f, after)
                else:
                    propagators(A, length, E, P1, P2, work)
                    move(A, E, P1, P2, x, b, r, f, after)
                if spiking and not refractory and g < 0.0:
                    g_after = distance(normal[p], theta[p], after)
                    bend = curvature(A, Q, normal[p], x, b, r, length, f)
                    if not (max(g, g_after) + bend * length * length / 8.0 < 0.0):
                        s = first_crossing(
                            A, Q, normal[p], theta[p], x, b, r, length,
                            E, P1, P2, work, f, here, drive,
                        )  # fmt: skip
                        if s <= length:
                            fires, length = True, s
                            for j in range(n):
                                after[j] = here[j]
            # Samples on [now, now + length).
            if column[i] >= 0:
                k = sample[i]
                while k < n_samples:
                    offset = (k * sample_dt - now) - low
                    if offset >= length:
                        break
                    if offset <= 0.0:
                        for j in range(n):
                            out[j, k, column[i]] = x[j]
                    else:
                        propagators(A, offset, E, P1, P2, work)
                        move(A, E, P1, P2, x, b, r, f, here)
                        for j in range(n):
                            out[j, k, column[i]] = here[j]
                    k += 1
                sample[i] = k
            if length > 0.0:
                for j in range(n):
                    x[j] = after[j]
                    if not math.isfinite(x[j]):
                        report[status.STATUS], report[status.NEURON] = status.NOT_FINITE, i
                        report[status.STATE] = j
                        report[status.TIME] = now
                        return fired
            if not fires:
                if early:
                    t_high[i], t_low[i] = add(now, low, length)
                elif ends_refractory:
                    t_high[i], t_low[i] = until_high[i], until_low[i]
                else:
                    t_high[i], t_low[i] = end, 0.0
            else:
                t_high[i], t_low[i] = add(now, low, length)
                total = t_high[i]
                if fired < capacity:
                    spikes[0, fired] = total + t_low[i]
                    spikes[1, fired] = i
                fired += 1
                if resets:
                    for j in range(n):
                        value = put[p, j]
                        for q in range(n):
                            value += keep[p, j, q] * x[q]
                        after[j] = value
                    for j in range(n):
                        x[j] = after[j]
                if t_ref[p] > 0.0:
                    until_high[i], until_low[i] = add(total, t_low[i], t_ref[p])
                if total - burst_start > status.FOREVER_WINDOW:
                    burst_start, burst = total, 0
                burst += 1
                if burst > status.FOREVER_SPIKES:
                    report[status.STATUS], report[status.NEURON] = status.FIRES_FOREVER, i
                    report[status.TIME] = now
                    return fired
            while (node[i] + 1) * dt <= t_high[i]:
                node[i] += 1
        if t_high[i] >= t_end and column[i] >= 0:
            for k in range(sample[i], n_samples):
                for j in range(n):
                    out[j, k, column[i]] = x[j]
            sample[i] = n_samples
    if fired > capacity:
        report[status.STATUS] = status.SPIKES_FULL
    return fired
