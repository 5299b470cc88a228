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
    HAS_SPIKE,
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
def part(w, c, i, origin, noise, t, h, whole):
    """Lane i from `origin` over the part h, from t on, of what is left of a step, `whole`."""
    stay_small()
    for j in range(N_STATES):
        w[(X + j) * LANES + i] = origin[j]
    w[CLOCK * LANES + i] = t
    evaluate_inputs(w, i, i + 1, h)
    for q in range(N_NOISES):
        w[(NOISE + q) * LANES + i] = noise[q] * (h / whole)
    step(w, c, i, i + 1, h)


@njit(**HELPER)
def part_to_crossing(w, c, i, origin, noise, t, h, whole, g_low, g_high):
    """Length of the part of a step after which lane i reaches its threshold (Illinois rule)."""
    stay_small()
    low, high = 0.0, h
    if N_NOISES > 0:
        # Between two points of a noisy path the chord is the best there is.
        return h * g_low / (g_low - g_high) if g_low < g_high else h
    side = 0
    for _ in range(80):
        width = high - low
        if width < 1e-13:
            break
        s = high - g_high * width / (g_high - g_low)
        if not (low < s < high):
            s = 0.5 * (low + high)
        part(w, c, i, origin, noise, t, s, whole)
        g = threshold(w, c, i, X)
        if g >= 0.0:
            high, g_high = s, g
            if side == 1:
                g_low *= 0.5
            side = 1
        elif g < 0.0:
            low, g_low = s, g
            if side == -1:
                g_high *= 0.5
            side = -1
        else:
            break
        if g == 0.0:
            break
    return high


@njit(**HELPER)
def finish(w, c, i, neuron, t, h, scratch, fired, spikes, report):
    """Take lane i through the step from t to t + h again, in parts; return the spike count."""
    stay_small()
    origin, noise, bridge = scratch[0], scratch[1], scratch[2]
    for j in range(N_STATES):
        origin[j] = w[(PREVIOUS + j) * LANES + i]
    for q in range(N_NOISES):
        noise[q] = w[(NOISE + q) * LANES + i]
    done = 0.0
    burst = 0
    while done < h:
        left = h - done
        clock = t + done
        if HAS_REFRACTORY:
            rest = w[UNTIL * LANES + i] - clock
            if rest > 0.0:
                w[ACTIVE * LANES + i] = 0.0
                length = min(rest, left)
                part(w, c, i, origin, noise, clock, length, left)
                for q in range(N_NOISES):
                    noise[q] *= 1.0 - length / left
                for j in range(N_STATES):
                    origin[j] = w[(X + j) * LANES + i]
                done = h if length >= left else w[UNTIL * LANES + i] - t
                continue
            w[ACTIVE * LANES + i] = 1.0
        for j in range(N_STATES):
            w[(X + j) * LANES + i] = origin[j]
        g = threshold(w, c, i, X) if HAS_SPIKE else -1.0
        fires = False
        length = left
        if HAS_SPIKE and HAS_RESET and g >= 0.0:
            fires, length = True, 0.0
        else:
            part(w, c, i, origin, noise, clock, left, left)
            g_end = threshold(w, c, i, X) if HAS_SPIKE else -1.0
            if g < 0.0 and g_end >= 0.0:
                fires = True
                length = part_to_crossing(w, c, i, origin, noise, clock, left, left, g, g_end)
                part(w, c, i, origin, noise, clock, length, left)
        for j in range(N_STATES):
            if not abs(w[(X + j) * LANES + i]) < math.inf:
                report[status.STATUS], report[status.NEURON] = status.NOT_FINITE, neuron
                report[status.STATE] = j
                report[status.TIME] = t
                return fired
        if not fires:
            break
        at = clock + length
        if fired < spikes.shape[1]:
            spikes[0, fired] = at
            spikes[1, fired] = neuron
        fired += 1
        burst += 1
        if burst > MOST_SPIKES or (burst > status.FOREVER_SPIKES and at - t < 1e-6):
            report[status.STATUS], report[status.NEURON] = status.FIRES_FOREVER, neuron
            report[status.TIME] = t
            return fired
        if HAS_RESET:
            reset(w, c, i)
        if HAS_REFRACTORY:
            w[UNTIL * LANES + i] = at + refractory_time(w, c, i)
        for q in range(N_NOISES):
            # The rest of a Brownian increment, given the whole: its share and a bridge.
            share = length / left if left > 0.0 else 0.0
            noise[q] = noise[q] * (1.0 - share) + bridge[q] * math.sqrt(share * (1 - share) * left)
        for j in range(N_STATES):
            origin[j] = w[(X + j) * LANES + i]
        done += length
        if not HAS_RESET and not HAS_REFRACTORY:
            if h - done > 0.0:
                part(w, c, i, origin, noise, t + done, h - done, h - done)
            break
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
