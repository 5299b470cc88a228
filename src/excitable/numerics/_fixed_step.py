"""Fixed-step engine: a tile of neurons steps together; events inside a step are finished alone.

The grid of steps contains every break of the input, so that no scheme sees a jump inside a step. A
lane that crosses its threshold, or leaves refractoriness, within the step is flagged by the step
itself (row CROSS, no branch in the update loop). It goes back to the start of the step and through
it once more in parts: up to its spike, whose time is the root of the scheme's own solution as a
function of the length of the part, through reset and refractoriness, and on to the end.
"""

import math

import numpy as np
from numba import njit

from excitable.numerics import _status as status
from excitable.numerics._contract import (
    ACTIVE,
    CLOCK,
    CROSS,
    HAS_REFRACTORY,
    HAS_RESET,
    LANES,
    LEVEL,
    N_INPUTS,
    N_NOISES,
    N_OSCILLATIONS,
    N_STATES,
    NOISE,
    NOISE_STREAM,
    PREVIOUS,
    SLOPE,
    UNTIL,
    X,
    refractory_time,
    reset,
    step,
    threshold,
)
from excitable.numerics._hints import optimise_for_size, stay_small
from excitable.numerics._inputs import enter_segments, evaluate_inputs
from excitable.numerics._options import HELPER, KERNEL
from excitable.numerics._random import standard_normal

MOST_SPIKES = 100_000  # in one step of one neuron


@njit(**HELPER)
def finish(w, c, i, neuron, t, h, scratch, fired, spikes, report):
    """Take lane i through the step from t to t + h again, in parts; return the spike count.

    A part ends at a spike, at the end of refractoriness or at the end of the step. Where the whole
    part would cross the threshold, its length is the root of the distance to threshold after a part
    as a function of the length (Illinois rule); between two points of a noisy path the chord is the
    best there is.
    """
    stay_small()
    origin, noise, bridge = scratch[0], scratch[1], scratch[2]
    for j in range(N_STATES):
        origin[j] = w[(PREVIOUS + j) * LANES + i]
    for q in range(N_NOISES):
        noise[q] = w[(NOISE + q) * LANES + i]
    done = 0.0
    burst = 0.0
    while done < h:
        left = h - done
        clock = t + done
        length = left
        resting = False
        if HAS_REFRACTORY:
            rest = w[UNTIL * LANES + i] - clock
            resting = rest > 0.0
            w[ACTIVE * LANES + i] = 0.0 if resting else 1.0
            if resting:
                length = min(rest, left)
        for j in range(N_STATES):
            w[(X + j) * LANES + i] = origin[j]
        g_low = threshold(w, c, i, np.int64(X))
        fires = HAS_RESET and not resting and g_low >= 0.0
        if fires:
            length = 0.0
        g_high, low, high, side = 0.0, 0.0, left, 0.0
        for _ in range(0 if fires else 90):
            for j in range(N_STATES):
                w[(X + j) * LANES + i] = origin[j]
            w[CLOCK * LANES + i] = clock
            evaluate_inputs(w, i, i + 1, length)
            for q in range(N_NOISES):
                w[(NOISE + q) * LANES + i] = noise[q] * (length / left)
            step(w, c, i, i + 1, length)
            g = threshold(w, c, i, np.int64(X))
            if not fires:
                if resting or not (g_low < 0.0 and g >= 0.0):
                    break
                fires = True
                g_high = g
                if N_NOISES > 0:
                    length = left * g_low / (g_low - g_high)
                    continue
            elif N_NOISES > 0 or not abs(g) > 0.0:
                break
            elif g > 0.0:
                high, g_high = length, g
                # The part ends on the far side, or the same crossing would be met again.
                if high - low < 1e-13:
                    break
                if side > 0.0:
                    g_low *= 0.5
                side = 1.0
            else:
                low, g_low = length, g
                if side < 0.0:
                    g_high *= 0.5
                side = -1.0
            length = high - g_high * (high - low) / (g_high - g_low)
            if high - low < 1e-13:
                length = high
            elif not (low < length < high):
                length = 0.5 * (low + high)
        for j in range(N_STATES):
            if not abs(w[(X + j) * LANES + i]) < math.inf:
                report[status.STATUS], report[status.NEURON] = status.NOT_FINITE, neuron
                report[status.STATE] = j
                report[status.TIME] = t
                return fired
        share = length / left
        for q in range(N_NOISES):
            # The rest of a Brownian increment, given the whole: its share and a bridge.
            noise[q] = noise[q] * (1.0 - share) + bridge[q] * math.sqrt(share * (1 - share) * left)
        if fires:
            if fired < spikes.shape[1]:
                spikes[0, fired] = clock + length
                spikes[1, fired] = neuron
            fired += 1
            burst += 1.0
            if burst > MOST_SPIKES or (burst > status.FOREVER_SPIKES and done < 1e-6):
                report[status.STATUS], report[status.NEURON] = status.FIRES_FOREVER, neuron
                report[status.TIME] = t
                return fired
            if HAS_RESET:
                reset(w, c, i)
            if HAS_REFRACTORY:
                w[UNTIL * LANES + i] = clock + length + refractory_time(w, c, i)
        for j in range(N_STATES):
            origin[j] = w[(X + j) * LANES + i]
        done = done + length if length < left else h
    return fired


@njit(**KERNEL)
def advance(
    first, last, k_first, k_last, grid, n_neurons, tiles, c, seed, segments, cursor, waves,
    scratch, sample_of, column, rows, out, spikes, report,
):  # fmt: skip
    """Take the tiles first..last-1 through the steps k_first..k_last-1 of the grid.

    `sample_of[k]` is the number of the sample taken at grid point k, or -1. Noise is keyed by seed,
    stream, neuron and step, so it depends on nothing else.
    """
    optimise_for_size()
    # Not the literal 0: a literal would compile every function once more for its own type.
    zero = np.int64(0)
    fired = zero
    for tile in range(first, last):
        w = tiles[tile]
        base = tile * LANES
        count = min(LANES, n_neurons - base)
        high = LANES if count > 8 else count
        following = -math.inf
        moving = True
        for k in range(k_first, k_last):
            t = grid[k]
            h = grid[k + 1] - t
            if N_INPUTS > 0:
                if t >= following:
                    following = math.inf
                    moving = N_OSCILLATIONS > 0
                    for i in range(high):
                        w[CLOCK * LANES + i] = t
                    for i in range(count):
                        at = enter_segments(
                            w, i, base + i, t, segments, cursor, waves
                        )  # fmt: skip
                        following = min(following, at)
                        for m in range(N_INPUTS):
                            if w[(SLOPE + m) * LANES + i] != 0.0:
                                moving = True
                    for i in range(count, high):
                        for m in range(3 * N_INPUTS):
                            w[(LEVEL + m) * LANES + i] = w[(LEVEL + m) * LANES + count - 1]
                    evaluate_inputs(w, zero, high, h)
                elif moving:
                    for i in range(high):
                        w[CLOCK * LANES + i] = t
                    evaluate_inputs(w, zero, high, h)
            for q in range(N_NOISES):
                root = math.sqrt(h)
                for i in range(high):
                    z = standard_normal(seed, NOISE_STREAM + q, base + i, k)
                    w[(NOISE + q) * LANES + i] = root * z
            if HAS_REFRACTORY:
                for i in range(high):
                    w[ACTIVE * LANES + i] = 1.0 if w[UNTIL * LANES + i] <= t else 0.0
            step(w, c, zero, high, h)
            if HAS_REFRACTORY:
                for i in range(high):
                    until = w[UNTIL * LANES + i]
                    inside = until > t and until < t + h
                    cross = 1.0 if inside else w[CROSS * LANES + i]
                    silent = until >= t + h and cross >= 0.0
                    w[CROSS * LANES + i] = -1.0 if silent else cross
            flagged = False
            for i in range(count):
                flagged |= not (w[CROSS * LANES + i] < 0.0)
            if flagged:
                for i in range(count):
                    if w[CROSS * LANES + i] < 0.0:
                        continue
                    for q in range(N_NOISES):
                        stream = NOISE_STREAM + 1000 + q
                        scratch[tile, 2, q] = standard_normal(seed, stream, base + i, k)
                    fired = finish(
                        w, c, i, base + i, t, h, scratch[tile], fired, spikes, report
                    )  # fmt: skip
                    if report[status.STATUS] != status.OK:
                        return fired
            s = sample_of[k + 1]
            if s >= 0:
                for i in range(count):
                    where = column[base + i]
                    if where >= 0:
                        for q in range(rows.shape[0]):
                            out[q, s, where] = w[(X + rows[q]) * LANES + i]
    if fired > spikes.shape[1]:
        report[status.STATUS] = status.SPIKES_FULL
    return fired
