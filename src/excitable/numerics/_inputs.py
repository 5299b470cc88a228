"""Inputs inside the tile engines: find the running segment, evaluate it, know the next break."""

import math

from numba import njit

from excitable.numerics._contract import (
    LANES,
    LEVEL,
    N_INPUTS,
    N_OSCILLATIONS,
    OSCILLATION,
    OSCILLATION_INPUT,
    SINCE,
    SLOPE,
)
from excitable.numerics._elementary import exprel, sin
from excitable.numerics._options import HELPER


@njit(**HELPER)
def enter_segments(w, i, neuron, t, in_time, in_level, in_slope, in_offset, in_table, pointer, osc):
    """Load lane i's input segments at time t; return the time of its next break."""
    following = math.inf
    for m in range(N_INPUTS):
        table = in_table[m, neuron]
        k = pointer[m, neuron]
        stop = in_offset[table + 1]
        while k + 1 < stop and in_time[k + 1] <= t:
            k += 1
        pointer[m, neuron] = k
        w[(LEVEL + m) * LANES + i] = in_level[k]
        w[(SLOPE + m) * LANES + i] = in_slope[k]
        w[(SINCE + m) * LANES + i] = in_time[k]
        if k + 1 < stop:
            following = min(following, in_time[k + 1])
    for o in range(N_OSCILLATIONS):
        for q in range(6):
            w[(OSCILLATION + 7 * o + q) * LANES + i] = osc[o, q, neuron]
        on = osc[o, 5, neuron] <= t < osc[o, 6, neuron]
        w[(OSCILLATION + 7 * o + 6) * LANES + i] = 1.0 if on else 0.0
        if t < osc[o, 5, neuron]:
            following = min(following, osc[o, 5, neuron])
        if t < osc[o, 6, neuron]:
            following = min(following, osc[o, 6, neuron])
    return following


@njit(**HELPER)
def evaluate_inputs(w, low, high, row, t):
    """Write the inputs of the lanes low..high-1 at the common time t to the rows from `row` on."""
    for m in range(N_INPUTS):
        for i in range(low, high):
            since = w[(SINCE + m) * LANES + i]
            slope = w[(SLOPE + m) * LANES + i]
            w[(row + m) * LANES + i] = w[(LEVEL + m) * LANES + i] + slope * (t - since)
    for o in range(N_OSCILLATIONS):
        base = OSCILLATION + 7 * o
        target = row + OSCILLATION_INPUT[o]
        for i in range(low, high):
            s = t - w[(base + 5) * LANES + i]
            w[target * LANES + i] += oscillation(w, base, i, s)


@njit(**HELPER)
def evaluate_inputs_lanes(w, low, high, row, clock, lag, share):
    """The same where every lane has its own time, `w[clock] + share*w[lag]`."""
    for m in range(N_INPUTS):
        for i in range(low, high):
            t = w[clock * LANES + i] + share * w[lag * LANES + i]
            since = w[(SINCE + m) * LANES + i]
            slope = w[(SLOPE + m) * LANES + i]
            w[(row + m) * LANES + i] = w[(LEVEL + m) * LANES + i] + slope * (t - since)
    for o in range(N_OSCILLATIONS):
        base = OSCILLATION + 7 * o
        target = row + OSCILLATION_INPUT[o]
        for i in range(low, high):
            t = w[clock * LANES + i] + share * w[lag * LANES + i]
            w[target * LANES + i] += oscillation(w, base, i, t - w[(base + 5) * LANES + i])


@njit(**HELPER)
def oscillation(w, base, i, s):
    """Value of the oscillation whose rows begin at `base`, s ms after its start."""
    phase = w[(base + 1) * LANES + i] + s * (
        w[(base + 2) * LANES + i] * exprel(w[(base + 4) * LANES + i] * s)
        + 0.5 * w[(base + 3) * LANES + i] * s
    )
    return w[(base + 6) * LANES + i] * w[base * LANES + i] * sin(phase)
