"""Adaptive engine: an embedded Runge-Kutta pair of order 5(4), every neuron with its own step.

Dormand and Prince's pair with its continuous extension of order 4 (Hairer, Norsett and Wanner,
*Solving Ordinary Differential Equations I*, 2nd ed., section II.5 and II.6). A tile advances its
lanes together, each at its own time with its own step, so that the arithmetic is vectorised and yet
a cell alone and the same cell in a sweep take the same steps. Steps end at breaks of the input, at
spikes with a reset and at the end of refractoriness, never at samples: recording reads the
continuous extension, and so do crossings, found by a bracketed root of the distance to threshold.
"""

import math

import numpy as np
from numba import njit

from excitable.numerics import _status as status
from excitable.numerics._contract import (
    ACTIVE,
    ENGINE,
    HAS_REFRACTORY,
    HAS_RESET,
    HAS_SPIKE,
    LANES,
    N_STATES,
    PARAMETER,
    X,
    F,
    U,
    Y,
    derivative,
    refractory_time,
    reset,
    threshold,
)
from excitable.numerics._exact_scalar import add
from excitable.numerics._inputs import enter_segments, evaluate_inputs_lanes
from excitable.numerics._options import HELPER, KERNEL

# Rows of the engine: seven slopes, then one row each.
K = ENGINE
CLOCK = K + 7 * N_STATES
LAG = CLOCK + 1  # the step of each lane, 0 for a lane that waits
NEXT = LAG + 1  # proposed step
SCALE = NEXT + 1  # largest magnitude of each state so far
ERROR = SCALE + N_STATES
AT = ERROR + 1  # distance to threshold at the start of the step
SAVE = AT + 1  # end state of the step, while the lane's Y serves dense output
REJECTED = SAVE + N_STATES

SMALLEST = 1e-13  # ms: below this step a growing state is taken to have blown up
LEAST_SCALE = 1e-10


@njit(**HELPER)
def stage(w, index, a1, a2, a3, a4, a5, a6):
    """Write the state of the next stage to Y, from the slopes so far."""
    for j in range(N_STATES):
        for i in range(LANES):
            total = a1 * w[(K + j) * LANES + i]
            if index > 1:
                total += a2 * w[(K + N_STATES + j) * LANES + i]
            if index > 2:
                total += a3 * w[(K + 2 * N_STATES + j) * LANES + i]
            if index > 3:
                total += a4 * w[(K + 3 * N_STATES + j) * LANES + i]
            if index > 4:
                total += a5 * w[(K + 4 * N_STATES + j) * LANES + i]
            if index > 5:
                total += a6 * w[(K + 5 * N_STATES + j) * LANES + i]
            w[(Y + j) * LANES + i] = w[(X + j) * LANES + i] + w[LAG * LANES + i] * total


@njit(**HELPER)
def slopes(w, c, index, share):
    """Derivatives of the stage state Y, kept as slope `index`."""
    evaluate_inputs_lanes(w, 0, LANES, U, CLOCK, LAG, share)
    derivative(w, c, 0, LANES)
    for q in range(N_STATES * LANES):
        w[(K + (index - 1) * N_STATES) * LANES + q] = w[F * LANES + q]


@njit(**HELPER)
def restart(w, c, i):
    """First slope of lane i after a jump of its state or its input."""
    for j in range(N_STATES):
        w[(Y + j) * LANES + i] = w[(X + j) * LANES + i]
    evaluate_inputs_lanes(w, i, i + 1, U, CLOCK, CLOCK, 0.0)
    derivative(w, c, i, i + 1)
    for j in range(N_STATES):
        w[(K + j) * LANES + i] = w[(F + j) * LANES + i]


@njit(**HELPER)
def dense(w, i, share):
    """Write lane i's state at the share of its step, in [0, 1], to Y (continuous extension)."""
    h = w[LAG * LANES + i]
    if share <= 0.0:
        for j in range(N_STATES):
            w[(Y + j) * LANES + i] = w[(X + j) * LANES + i]
        return
    s = share
    r = 1.0 - s
    for j in range(N_STATES):
        k1 = w[(K + j) * LANES + i]
        k7 = w[(K + 6 * N_STATES + j) * LANES + i]
        start = w[(X + j) * LANES + i]
        change = w[(SAVE + j) * LANES + i] - start
        bend = h * k1 - change
        twist = change - h * k7 - bend
        correction = h * (
            -12715105075.0 / 11282082432.0 * k1
            + 87487479700.0 / 32700410799.0 * w[(K + 2 * N_STATES + j) * LANES + i]
            - 10690763975.0 / 1880347072.0 * w[(K + 3 * N_STATES + j) * LANES + i]
            + 701980252875.0 / 199316789632.0 * w[(K + 4 * N_STATES + j) * LANES + i]
            - 1453857185.0 / 822651844.0 * w[(K + 5 * N_STATES + j) * LANES + i]
            + 69997945.0 / 29380423.0 * k7
        )
        w[(Y + j) * LANES + i] = start + s * (change + r * (bend + s * (twist + r * correction)))


@njit(**HELPER)
def distance_at(w, c, i, share):
    """Distance of lane i beyond its threshold at the share of its step."""
    dense(w, i, share)
    return threshold(w, c, i)


@njit(**HELPER)
def crossing_in(w, c, i, low, high, g_low, g_high):
    """Share at which lane i reaches its threshold inside a bracket (Illinois rule)."""
    side = 0
    for _ in range(80):
        width = high - low
        if width * w[LAG * LANES + i] < 1e-13 or width < 1e-15:
            break
        share = high - g_high * width / (g_high - g_low)
        if not (low < share < high):
            share = 0.5 * (low + high)
        g = distance_at(w, c, i, share)
        if g >= 0.0:
            high, g_high = share, g
            if side == 1:
                g_low *= 0.5
            side = 1
        else:
            low, g_low = share, g
            if side == -1:
                g_high *= 0.5
            side = -1
        if g == 0.0:
            break
    return high


@njit(**HELPER)
def first_crossing(w, c, i, g_start, g_end):
    """Share of the step at which lane i first reaches its threshold, or a number above 1.

    The end points decide, and so does a peak between them: the parabola through both ends and the
    middle says where to look.
    """
    g_middle = distance_at(w, c, i, 0.5)
    if g_middle >= 0.0:
        return crossing_in(w, c, i, 0.0, 0.5, g_start, g_middle)
    # Parabola g = g_start + p s + q s^2 through the three points.
    q = 2.0 * (g_start + g_end - 2.0 * g_middle)
    p = g_end - g_start - q
    if q < 0.0:
        peak = -0.5 * p / q
        if 0.0 < peak < 1.0:
            g_peak = distance_at(w, c, i, peak)
            if g_peak >= 0.0:
                return crossing_in(w, c, i, 0.0, peak, g_start, g_peak)
    if g_end >= 0.0:
        return crossing_in(w, c, i, 0.5, 1.0, g_middle, g_end)
    return 2.0


@njit(**HELPER)
def emit(w, i, neuron, length, low, sample, sample_dt, n_samples, column, rows, out):
    """Record lane i's samples on [now, now + length)."""
    if column[neuron] < 0:
        return
    now = w[CLOCK * LANES + i]
    h = w[LAG * LANES + i]
    k = sample[neuron]
    while k < n_samples:
        offset = (k * sample_dt - now) - low
        if offset >= length:
            break
        dense(w, i, min(max(offset / h, 0.0), 1.0) if h > 0.0 else 0.0)
        for q in range(rows.shape[0]):
            out[q, k, column[neuron]] = w[(Y + rows[q]) * LANES + i]
        k += 1
    sample[neuron] = k


@njit(**HELPER)
def error_norm(w, tolerance):
    """Largest error of each lane's step, in units of the tolerance."""
    for i in range(LANES):
        w[ERROR * LANES + i] = 0.0
    for j in range(N_STATES):
        for i in range(LANES):
            scale = max(w[(SCALE + j) * LANES + i], LEAST_SCALE)
            error = w[LAG * LANES + i] * (
                71.0 / 57600.0 * w[(K + j) * LANES + i]
                - 71.0 / 16695.0 * w[(K + 2 * N_STATES + j) * LANES + i]
                + 71.0 / 1920.0 * w[(K + 3 * N_STATES + j) * LANES + i]
                - 17253.0 / 339200.0 * w[(K + 4 * N_STATES + j) * LANES + i]
                + 22.0 / 525.0 * w[(K + 5 * N_STATES + j) * LANES + i]
                - 1.0 / 40.0 * w[(K + 6 * N_STATES + j) * LANES + i]
            )
            error = abs(error) / (tolerance * scale)
            worst = w[ERROR * LANES + i]
            # A NaN must win, so that the step is refused.
            w[ERROR * LANES + i] = worst if error <= worst else error


@njit(**HELPER)
def try_step(w, c, tolerance):
    """One attempted step of all lanes: slopes 2 to 7, end state in Y and SAVE, error norm."""
    stage(w, 1, 1.0 / 5.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    slopes(w, c, 2, 1.0 / 5.0)
    stage(w, 2, 3.0 / 40.0, 9.0 / 40.0, 0.0, 0.0, 0.0, 0.0)
    slopes(w, c, 3, 3.0 / 10.0)
    stage(w, 3, 44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0, 0.0, 0.0, 0.0)
    slopes(w, c, 4, 4.0 / 5.0)
    stage(w, 4, 19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0, 0.0, 0.0)
    slopes(w, c, 5, 8.0 / 9.0)
    stage(
        w, 5, 9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0,
        -5103.0 / 18656.0, 0.0,
    )  # fmt: skip
    slopes(w, c, 6, 1.0)
    stage(
        w, 6, 35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0
    )  # fmt: skip
    slopes(w, c, 7, 1.0)
    for q in range(N_STATES * LANES):
        w[SAVE * LANES + q] = w[Y * LANES + q]
    error_norm(w, tolerance)


@njit(**HELPER)
def first_step(w, c, i, t_end):
    """Starting step of lane i: a hundredth of the time scale of its derivative."""
    restart(w, c, i)
    h = t_end
    for j in range(N_STATES):
        scale = max(abs(w[(X + j) * LANES + i]), LEAST_SCALE)
        w[(SCALE + j) * LANES + i] = max(w[(SCALE + j) * LANES + i], scale)
        slope = abs(w[(K + j) * LANES + i])
        if slope > 0.0:
            h = min(h, 0.01 * scale / slope)
    return min(max(h, 1e-6), 0.1)


@njit(**KERNEL)
def advance(
    first, last, t_stop, t_end, tolerance, max_step, n_neurons, tiles, c, started,
    in_time, in_level, in_slope, in_offset, in_table, pointer, osc,
    t_low, until_high, until_low, sample, sample_dt, n_samples, column, rows, out,
    spike_time, spike_neuron, report, report_time,
):  # fmt: skip
    """Carry the tiles first..last-1 until every neuron is past t_stop.

    `tiles` is (tiles, ROWS*LANES); the clock of a lane stands in its CLOCK row, its second half in
    `t_low`. Status and place of a failure: see `_status`.
    """
    spikes = 0
    capacity = spike_time.shape[0]
    for tile in range(first, last):
        w = tiles[tile]
        count = min(LANES, n_neurons - tile * LANES)
        stop = min(t_stop, t_end)
        end = np.full(LANES, math.inf)
        burst = np.zeros(LANES, np.int64)
        burst_start = np.full(LANES, -math.inf)
        fresh = not started[tile]
        started[tile] = True
        for i in range(count):
            neuron = tile * LANES + i
            end[i] = enter_segments(
                w, i, neuron, w[CLOCK * LANES + i],
                in_time, in_level, in_slope, in_offset, in_table, pointer, osc,
            )  # fmt: skip
            if fresh:
                if HAS_REFRACTORY:
                    w[ACTIVE * LANES + i] = 1.0
                w[NEXT * LANES + i] = first_step(w, c, i, t_end)
                if HAS_SPIKE:
                    w[AT * LANES + i] = threshold(w, c, i)
        while True:
            busy = False
            for i in range(LANES):
                w[LAG * LANES + i] = 0.0
            for i in range(count):
                neuron = tile * LANES + i
                now = w[CLOCK * LANES + i]
                if now >= stop:
                    continue
                busy = True
                low = t_low[neuron]
                limit = (min(end[i], t_end) - now) - low
                if HAS_REFRACTORY and w[ACTIVE * LANES + i] == 0.0:
                    limit = min(limit, (until_high[neuron] - now) + (until_low[neuron] - low))
                h = min(min(w[NEXT * LANES + i], max_step), limit)
                # No sliver of a step may remain before the limit.
                if h < limit < 1.01 * h:
                    h = 0.5 * limit
                w[LAG * LANES + i] = h
            if not busy:
                break
            try_step(w, c, tolerance)
            for i in range(count):
                neuron = tile * LANES + i
                h = w[LAG * LANES + i]
                now = w[CLOCK * LANES + i]
                if now >= stop:
                    continue
                low = t_low[neuron]
                error = w[ERROR * LANES + i]
                resting = HAS_REFRACTORY and w[ACTIVE * LANES + i] == 0.0
                armed = HAS_SPIKE and not resting
                g = w[AT * LANES + i] if armed else -1.0
                share = 2.0
                if armed and HAS_RESET and g >= 0.0:
                    share = 0.0
                elif not error <= 1.0:
                    shrink = 0.2 if not error < math.inf else max(0.2, 0.9 * error**-0.2)
                    w[NEXT * LANES + i] = h * shrink
                    w[REJECTED * LANES + i] = 1.0
                    if h * shrink > SMALLEST:
                        continue
                    # The step has vanished. A neuron on its way up through its threshold has
                    # blown up within rounding of now, which is its spike.
                    if not (armed and HAS_RESET and rising(w, c, i)):
                        report[status.STATUS] = status.STEP_TOO_SMALL
                        report[status.NEURON] = neuron
                        report[status.STATE] = worst_state(w, i)
                        report_time[0] = now
                        return spikes
                    share = 0.0
                else:
                    grow = 5.0 if error < 1e-4 else min(5.0, 0.9 * error**-0.2)
                    if w[REJECTED * LANES + i] > 0.0:
                        grow = min(grow, 1.0)
                    w[REJECTED * LANES + i] = 0.0
                    # A step cut short by a break says nothing against the longer one.
                    cut = h < w[NEXT * LANES + i]
                    w[NEXT * LANES + i] = max(w[NEXT * LANES + i], h * grow) if cut else h * grow
                    if armed:
                        for j in range(N_STATES):
                            w[(Y + j) * LANES + i] = w[(SAVE + j) * LANES + i]
                        g_end = threshold(w, c, i)
                        w[AT * LANES + i] = g_end
                        if g < 0.0:
                            share = first_crossing(w, c, i, g, g_end)
                fires = share <= 1.0
                jumps = fires and (HAS_RESET or HAS_REFRACTORY)
                length = share * h if jumps else h
                limit = (min(end[i], t_end) - now) - low
                # A step as long as the way to the break ends on the break itself.
                at_limit = not jumps and h >= limit
                wakes = False
                if resting and not jumps:
                    rest = (until_high[neuron] - now) + (until_low[neuron] - low)
                    wakes = h >= rest
                emit(
                    w, i, neuron, length, low, sample, sample_dt, n_samples, column, rows, out
                )  # fmt: skip
                if fires:
                    at_high, at_low = add(now, low, share * h)
                    if spikes < capacity:
                        spike_time[spikes] = at_high + at_low
                        spike_neuron[spikes] = neuron
                    spikes += 1
                    if at_high - burst_start[i] > status.FOREVER_WINDOW:
                        burst_start[i], burst[i] = at_high, 0
                    burst[i] += 1
                    if burst[i] > status.FOREVER_SPIKES:
                        report[status.STATUS] = status.FIRES_FOREVER
                        report[status.NEURON] = neuron
                        report_time[0] = at_high
                        return spikes
                    if HAS_REFRACTORY:
                        dense(w, i, share)
                        wait = refractory_time(w, c, i)
                        until_high[neuron], until_low[neuron] = add(at_high, at_low, wait)
                if jumps:
                    dense(w, i, share)
                    if HAS_RESET:
                        reset(w, c, i)
                    for j in range(N_STATES):
                        w[(X + j) * LANES + i] = w[(Y + j) * LANES + i]
                    w[CLOCK * LANES + i], t_low[neuron] = at_high, at_low
                else:
                    for j in range(N_STATES):
                        w[(X + j) * LANES + i] = w[(SAVE + j) * LANES + i]
                        w[(K + j) * LANES + i] = w[(K + 6 * N_STATES + j) * LANES + i]
                    if wakes:
                        w[CLOCK * LANES + i] = until_high[neuron]
                        t_low[neuron] = until_low[neuron]
                    elif at_limit:
                        w[CLOCK * LANES + i], t_low[neuron] = min(end[i], t_end), 0.0
                    else:
                        w[CLOCK * LANES + i], t_low[neuron] = add(now, low, h)
                for j in range(N_STATES):
                    x = w[(X + j) * LANES + i]
                    if not math.isfinite(x):
                        report[status.STATUS], report[status.NEURON] = status.NOT_FINITE, neuron
                        report[status.STATE] = j
                        report_time[0] = now + length
                        return spikes
                    w[(SCALE + j) * LANES + i] = max(w[(SCALE + j) * LANES + i], abs(x))
                if HAS_REFRACTORY:
                    now = w[CLOCK * LANES + i]
                    rest = (until_high[neuron] - now) + (until_low[neuron] - t_low[neuron])
                    w[ACTIVE * LANES + i] = 0.0 if rest > 0.0 else 1.0
                if at_limit and end[i] <= w[CLOCK * LANES + i]:
                    end[i] = enter_segments(
                        w, i, neuron, w[CLOCK * LANES + i],
                        in_time, in_level, in_slope, in_offset, in_table, pointer, osc,
                    )  # fmt: skip
                    wakes = True
                if jumps:
                    w[NEXT * LANES + i] = first_step(w, c, i, t_end)
                elif wakes:
                    restart(w, c, i)
                if jumps or wakes:
                    if HAS_SPIKE:
                        w[AT * LANES + i] = threshold(w, c, i)
        for i in range(count):
            neuron = tile * LANES + i
            if w[CLOCK * LANES + i] >= t_end and column[neuron] >= 0:
                for k in range(sample[neuron], n_samples):
                    for q in range(rows.shape[0]):
                        out[q, k, column[neuron]] = w[(X + rows[q]) * LANES + i]
                sample[neuron] = n_samples
    if spikes > capacity:
        report[status.STATUS] = status.SPIKES_FULL
    return spikes


@njit(**HELPER)
def rising(w, c, i):
    """Whether a tiny step along lane i's slope brings it nearer to its threshold."""
    here = w[AT * LANES + i]
    for j in range(N_STATES):
        slope = w[(K + j) * LANES + i]
        w[(Y + j) * LANES + i] = w[(X + j) * LANES + i] + 1e3 * SMALLEST * min(slope, 1e300)
    there = threshold(w, c, i)
    return there > here


@njit(**HELPER)
def worst_state(w, i):
    """State of lane i with the largest scaled slope: the one that blows up."""
    worst = 0
    size = -1.0
    for j in range(N_STATES):
        slope = abs(w[(K + j) * LANES + i]) / max(w[(SCALE + j) * LANES + i], LEAST_SCALE)
        if not slope <= size:
            worst, size = j, slope
    return worst
