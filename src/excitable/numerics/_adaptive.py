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
    CLOCK,
    ENGINE,
    HAS_REFRACTORY,
    HAS_RESET,
    HAS_SPIKE,
    LAG,
    LANES,
    N_STATES,
    F,
    X,
    Y,
    derivative,
    refractory_time,
    reset,
    threshold,
)
from excitable.numerics._elementary import prefer_wide_vectors
from excitable.numerics._exact_scalar import add
from excitable.numerics._hints import keep_apart, optimise_for_size, stay_small
from excitable.numerics._inputs import enter_segments, evaluate_stage_inputs
from excitable.numerics._options import HELPER, KERNEL

# Rows of the engine: seven slopes, then one row each.
K = ENGINE
NEXT = K + 7 * N_STATES  # proposed step; LAG holds the one being tried, 0 for a lane that waits
SCALE = NEXT + 1  # largest magnitude of each state so far
ERROR = SCALE + N_STATES
AT = ERROR + 1  # distance to threshold at the start of the step
SAVE = AT + 1  # end state of the step, while the lane's Y serves dense output
REJECTED = SAVE + N_STATES
END = REJECTED + 1  # next break of the lane's input
BURST = END + 1  # spikes since BURST_START
BURST_START = BURST + 1
STARTED = BURST_START + 1
STEP = STARTED + 1  # the lane's step once more for each state
BOW = STEP + N_STATES  # last term of the continuous extension
MIDDLE = BOW + N_STATES  # state in the middle of the step
FRESH = MIDDLE + N_STATES  # 1 where the first slope must be computed
LAST = FRESH + 1  # time of the last spike
GAP = LAST + 1  # interval before it
FALLING = GAP + 1  # how many intervals in a row were each shorter than the one before
WIDEST = FALLING + 1  # interval from which they began to fall

FIRST = 1e-3  # ms: first step after a jump; the control needs few steps to find its own
SMALLEST = 1e-13  # ms: below this step a growing state is taken to have blown up
LEAST_SCALE = 1e-10

NODES = (0.0, 1.0 / 5.0, 3.0 / 10.0, 4.0 / 5.0, 8.0 / 9.0, 1.0, 1.0)
TABLEAU = np.array(
    [
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        [1.0 / 5.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        [3.0 / 40.0, 9.0 / 40.0, 0.0, 0.0, 0.0, 0.0],
        [44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0, 0.0, 0.0, 0.0],
        [19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0, 0.0, 0.0],
        [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656, 0.0],
        [35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0],
    ]
)


@njit(**HELPER)
def try_step(w, c, count, tolerance, fresh):
    """One attempted step of all lanes: slopes, end and middle of the step, error norm.

    `fresh` says that some lane has jumped, so that its first slope is not the last one of the step
    before; its row FRESH tells which.
    """
    keep_apart()
    prefer_wide_vectors()
    size = N_STATES * LANES
    # All lanes, also where few are in use: one lane by itself would be computed by other
    # instructions than a vector of them, and round differently.
    high = np.int64(LANES)
    for j in range(N_STATES):
        for i in range(LANES):
            w[(STEP + j) * LANES + i] = w[LAG * LANES + i]
    for s in range(0 if fresh > 0.0 else 1, 7):
        # Elements of a block are contiguous, and blocks do not overlap: vector loops.
        for e in range(size):
            w[Y * LANES + e] = 0.0
        for q in range(s):
            weight = TABLEAU[s, q]
            if weight != 0.0:
                shift = q * size
                for e in range(size):
                    w[Y * LANES + e] += weight * w[K * LANES + shift + e]
        for e in range(size):
            w[Y * LANES + e] = w[X * LANES + e] + w[STEP * LANES + e] * w[Y * LANES + e]
        evaluate_stage_inputs(w, high, NODES[s])
        derivative(w, c, high)
        shift = s * size
        if s > 0:
            for e in range(size):
                w[K * LANES + shift + e] = w[F * LANES + e]
            continue
        for i in range(count):
            if w[FRESH * LANES + i] > 0.0:
                w[FRESH * LANES + i] = 0.0
                for j in range(N_STATES):
                    w[(K + j) * LANES + i] = w[(F + j) * LANES + i]
    for e in range(size):
        k1 = w[K * LANES + e]
        k3 = w[(K + 2 * N_STATES) * LANES + e]
        k4 = w[(K + 3 * N_STATES) * LANES + e]
        k5 = w[(K + 4 * N_STATES) * LANES + e]
        k6 = w[(K + 5 * N_STATES) * LANES + e]
        k7 = w[(K + 6 * N_STATES) * LANES + e]
        span = w[STEP * LANES + e]
        final = w[Y * LANES + e]
        w[SAVE * LANES + e] = final
        error = span * (
            71.0 / 57600.0 * k1
            - 71.0 / 16695.0 * k3
            + 71.0 / 1920.0 * k4
            - 17253.0 / 339200.0 * k5
            + 22.0 / 525.0 * k6
            - 1.0 / 40.0 * k7
        )
        w[F * LANES + e] = abs(error) / (tolerance * w[SCALE * LANES + e])
        bow = span * (
            -12715105075.0 / 11282082432.0 * k1
            + 87487479700.0 / 32700410799.0 * k3
            - 10690763975.0 / 1880347072.0 * k4
            + 701980252875.0 / 199316789632.0 * k5
            - 1453857185.0 / 822651844.0 * k6
            + 69997945.0 / 29380423.0 * k7
        )
        w[BOW * LANES + e] = bow
        middle = 0.5 * (w[X * LANES + e] + final)
        w[MIDDLE * LANES + e] = middle + 0.125 * span * (k1 - k7) + 0.0625 * bow
    for i in range(LANES):
        worst = 0.0
        for j in range(N_STATES):
            # A NaN must win, so that the step is refused.
            error = w[(F + j) * LANES + i]
            worst = worst if error <= worst else error
        w[ERROR * LANES + i] = worst


@njit(**HELPER)
def dense(w, c, i, s):
    """Write lane i's state at the share s of its step to Y; return the distance to threshold."""
    stay_small()
    h = w[LAG * LANES + i]
    r = 1.0 - s
    for j in range(N_STATES):
        at = j * LANES + i
        start = w[X * LANES + at]
        if s <= 0.0:
            w[Y * LANES + at] = start
            continue
        k1 = w[K * LANES + at]
        k7 = w[(K + 6 * N_STATES) * LANES + at]
        change = w[SAVE * LANES + at] - start
        bend = h * k1 - change
        twist = change - h * k7 - bend
        bow = w[BOW * LANES + at]
        w[Y * LANES + at] = start + s * (change + r * (bend + s * (twist + r * bow)))
    return threshold(w, c, i, np.int64(Y))


@njit(**HELPER)
def first_crossing(w, c, i, g_start, g_end):
    """Share of the step at which lane i first reaches its threshold, or a number above 1.

    The end points decide, and so does a peak between them: the parabola through both ends and the
    middle says where to look. The root is bracketed and found by the Illinois rule.
    """
    stay_small()
    low, high, g_low, g_high = 0.0, 1.0, g_start, g_end
    g = threshold(w, c, i, np.int64(MIDDLE))
    if g >= 0.0:
        high, g_high = 0.5, g
    else:
        q = 2.0 * (g_start + g_end - 2.0 * g)
        peak = 0.5 - 0.5 * (g_end - g_start) / q if q < 0.0 else 2.0
        if 0.0 < peak < 1.0:
            g_peak = dense(w, c, i, peak)
            if g_peak >= 0.0:
                high, g_high = peak, g_peak
        if g_high < 0.0:
            return 2.0
        if high == 1.0:
            low, g_low = 0.5, g
    side = 0.0
    for _ in range(80):
        width = high - low
        if width * w[LAG * LANES + i] < 1e-13 or width < 1e-15:
            break
        s = high - g_high * width / (g_high - g_low)
        if not (low < s < high):
            s = 0.5 * (low + high)
        g = dense(w, c, i, s)
        if g >= 0.0:
            high, g_high = s, g
            if side > 0.0:
                g_low *= 0.5
            side = 1.0
        else:
            low, g_low = s, g
            if side < 0.0:
                g_high *= 0.5
            side = -1.0
        if g == 0.0:
            break
    return high


@njit(**HELPER)
def rising(w, c, i, here):
    """Whether a tiny step along lane i's slope brings it nearer to its threshold."""
    stay_small()
    for j in range(N_STATES):
        slope = w[(K + j) * LANES + i]
        w[(Y + j) * LANES + i] = w[(X + j) * LANES + i] + 1e3 * SMALLEST * min(slope, 1e300)
    return threshold(w, c, i, np.int64(Y)) > here


@njit(**KERNEL)
def advance(
    first, last, t_stop, t_end, tolerance, longest, n_neurons, tiles, c, segments, cursor, waves,
    times, sampling, sample_dt, n_samples, rows, out, spikes, report,
):  # fmt: skip
    """Carry the tiles first..last-1 until every neuron is past t_stop.

    `tiles` is (tiles, ROWS*LANES). Inputs: `segments` holds starts, levels and slopes, `cursor` the
    running and the last segment of each input and neuron, `waves` the sinusoids. Times are pairs
    whose sum is exact beyond working precision: the clock of a lane stands in its CLOCK row, its
    second half in `times[0]`; the end of refractoriness in `times[1]` and `times[2]`. `sampling`
    holds the next sample and the column of each neuron, `spikes` receives times and neurons; their
    number is returned. Failures: see `_status`.
    """
    optimise_for_size()
    fired = np.int64(0)
    capacity = spikes.shape[1]
    late, until, until_late = times[0], times[1], times[2]
    sample, column = sampling[0], sampling[1]
    for tile in range(first, last):
        w = tiles[tile]
        # Rows that are read lane by lane.
        clock = w[CLOCK * LANES : (CLOCK + 1) * LANES]
        lag = w[LAG * LANES : (LAG + 1) * LANES]
        proposed = w[NEXT * LANES : (NEXT + 1) * LANES]
        beyond = w[AT * LANES : (AT + 1) * LANES]
        refused = w[REJECTED * LANES : (REJECTED + 1) * LANES]
        ends = w[END * LANES : (END + 1) * LANES]
        active = w[ACTIVE * LANES : (ACTIVE + 1) * LANES]
        base = tile * LANES
        count = min(LANES, n_neurons - base)
        stop = min(t_stop, t_end)
        for i in range(count):
            ends[i] = enter_segments(
                w, i, base + i, clock[i], segments, cursor, waves
            )  # fmt: skip
            if w[STARTED * LANES + i] == 0.0:
                w[STARTED * LANES + i] = 1.0
                w[FRESH * LANES + i] = 1.0
                beyond[i] = threshold(w, c, i, np.int64(X))
                proposed[i] = FIRST
                w[BURST_START * LANES + i] = -math.inf
        for e in range(N_STATES * LANES):
            least = max(w[SCALE * LANES + e], LEAST_SCALE)
            w[SCALE * LANES + e] = max(abs(w[X * LANES + e]), least)
        # A float, for the literals True and False would compile the step twice.
        fresh = 1.0
        while True:
            busy = False
            for i in range(LANES):
                lag[i] = 0.0
            for i in range(count):
                now = clock[i]
                if now < stop:
                    busy = True
                    low = late[base + i]
                    limit = (min(ends[i], t_end) - now) - low
                    if HAS_REFRACTORY and active[i] == 0.0:
                        limit = min(limit, (until[base + i] - now) + (until_late[base + i] - low))
                    h = min(proposed[i], longest[base + i], limit)
                    # No sliver of a step may remain before the limit.
                    lag[i] = 0.5 * limit if h < limit < 1.01 * h else h
            if not busy:
                break
            try_step(w, c, count, tolerance, fresh)
            fresh = 0.0
            for i in range(count):
                now = clock[i]
                if now >= stop:
                    continue
                h = lag[i]
                neuron = base + i
                low = late[neuron]
                error = w[ERROR * LANES + i]
                armed = HAS_SPIKE and active[i] != 0.0
                share = 2.0
                if HAS_RESET and armed and beyond[i] >= 0.0:
                    share = 0.0
                elif error <= 1.0:
                    grow = min(5.0, 0.9 * max(error, 1e-5) ** -0.2)
                    if refused[i] > 0.0:
                        grow = min(grow, 1.0)
                        refused[i] = 0.0
                    # A step cut short by a limit says nothing against a longer one.
                    longer = h * grow
                    proposed[i] = max(proposed[i], longer) if h < proposed[i] else longer
                    if armed:
                        g = threshold(w, c, i, np.int64(SAVE))
                        if beyond[i] < 0.0:
                            share = first_crossing(w, c, i, beyond[i], g)
                        beyond[i] = g
                else:
                    shrink = max(0.2, 0.9 * error**-0.2) if error < math.inf else 0.2
                    proposed[i] = h * shrink
                    refused[i] = 1.0
                    if h * shrink > SMALLEST:
                        continue
                    # The step has vanished. A neuron on its way up through its threshold has
                    # blown up within rounding of now, which is its spike.
                    if not (HAS_RESET and armed and rising(w, c, i, beyond[i])):
                        report[status.STATUS] = status.STEP_TOO_SMALL
                        report[status.NEURON] = neuron
                        report[status.TIME] = now
                        return fired
                    share = 0.0
                fires = share <= 1.0
                jumps = fires and (HAS_RESET or HAS_REFRACTORY)
                length = share * h if jumps else h
                # Samples on [now, now + length) read the continuous extension.
                if column[neuron] >= 0:
                    k = sample[neuron]
                    while k < n_samples:
                        offset = (k * sample_dt - now) - low
                        if offset >= length:
                            break
                        dense(w, c, i, offset / h)
                        for q in range(rows.shape[0]):
                            out[q, k, column[neuron]] = w[(Y + rows[q]) * LANES + i]
                        k += 1
                    sample[neuron] = k
                # Which limit, if any, the step has come to.
                limit = min(ends[i], t_end)
                at_limit = not jumps and h >= (limit - now) - low
                wakes = False
                if HAS_REFRACTORY and active[i] == 0.0:
                    wakes = h >= (until[neuron] - now) + (until_late[neuron] - low)
                if wakes:
                    clock[i], late[neuron] = until[neuron], until_late[neuron]
                    active[i] = 1.0
                elif at_limit:
                    clock[i], late[neuron] = limit, 0.0
                else:
                    clock[i], late[neuron] = add(now, low, length)
                if fires:
                    at, at_late = add(now, low, share * h)
                    if fired < capacity:
                        spikes[0, fired] = at + at_late
                        spikes[1, fired] = neuron
                    fired += 1
                    if at - w[BURST_START * LANES + i] > status.FOREVER_WINDOW:
                        w[BURST_START * LANES + i] = at
                        w[BURST * LANES + i] = 0.0
                    w[BURST * LANES + i] += 1.0
                    if w[BURST * LANES + i] > status.FOREVER_SPIKES:
                        report[status.STATUS] = status.FIRES_FOREVER
                        report[status.NEURON] = neuron
                        report[status.TIME] = now
                        return fired
                    gap = at - w[LAST * LANES + i]
                    w[LAST * LANES + i] = at
                    if gap < w[GAP * LANES + i]:
                        w[FALLING * LANES + i] += 1.0
                    else:
                        w[FALLING * LANES + i] = 0.0
                        w[WIDEST * LANES + i] = gap
                    w[GAP * LANES + i] = gap
                    if (
                        w[FALLING * LANES + i] > status.AWAY_SPIKES
                        and gap < status.AWAY_GAP
                        and gap < status.AWAY_SHARE * w[WIDEST * LANES + i]
                    ):
                        report[status.STATUS] = status.RUNS_AWAY
                        report[status.NEURON] = neuron
                        report[status.TIME] = now
                        return fired
                if jumps:
                    dense(w, c, i, share)
                    if HAS_REFRACTORY:
                        wait = refractory_time(w, c, i)
                        until[neuron], until_late[neuron] = add(clock[i], late[neuron], wait)
                        active[i] = 0.0 if wait > 0.0 else 1.0
                    if HAS_RESET:
                        reset(w, c, i)
                    proposed[i] = FIRST
                for j in range(N_STATES):
                    at_j = j * LANES + i
                    x = w[(Y if jumps else SAVE) * LANES + at_j]
                    if not abs(x) < math.inf:
                        report[status.STATUS], report[status.NEURON] = status.NOT_FINITE, neuron
                        report[status.STATE] = j
                        report[status.TIME] = now
                        return fired
                    w[X * LANES + at_j] = x
                    w[SCALE * LANES + at_j] = max(w[SCALE * LANES + at_j], abs(x))
                    w[K * LANES + at_j] = w[(K + 6 * N_STATES) * LANES + at_j]
                if at_limit and ends[i] <= clock[i]:
                    ends[i] = enter_segments(
                        w, i, neuron, clock[i], segments, cursor, waves
                    )  # fmt: skip
                    wakes = True
                if jumps or wakes:
                    beyond[i] = threshold(w, c, i, np.int64(X))
                    w[FRESH * LANES + i] = 1.0
                    fresh = 1.0
        for i in range(count):
            neuron = base + i
            if clock[i] >= t_end and column[neuron] >= 0:
                for k in range(sample[neuron], n_samples):
                    for q in range(rows.shape[0]):
                        out[q, k, column[neuron]] = w[(X + rows[q]) * LANES + i]
                sample[neuron] = n_samples
    if fired > capacity:
        report[status.STATUS] = status.SPIKES_FULL
    return fired
