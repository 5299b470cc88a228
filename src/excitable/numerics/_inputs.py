"""Inputs inside the tile engines: find the running segment, evaluate it, know the next break."""

import math

from numba import njit

from excitable.numerics._contract import (
    CLOCK,
    LAG,
    LANES,
    LEVEL,
    N_INPUTS,
    N_OSCILLATIONS,
    OSCILLATION,
    OSCILLATION_INPUT,
    SINCE,
    SLOPE,
    U_END,
    U_HALF,
    U,
)
from excitable.numerics._elementary import exprel, sin
from excitable.numerics._hints import keep_apart, stay_small
from excitable.numerics._options import HELPER


@njit(**HELPER)
def enter_segments(w, i, neuron, t, segments, cursor, waves):
    """Load lane i's input segments at time t; return the time of its next break."""
    stay_small()
    following = math.inf
    for m in range(N_INPUTS):
        k = cursor[0, m, neuron]
        last = cursor[1, m, neuron]
        while k < last and segments[0, k + 1] <= t:
            k += 1
        cursor[0, m, neuron] = k
        w[(SINCE + m) * LANES + i] = segments[0, k]
        w[(LEVEL + m) * LANES + i] = segments[1, k]
        w[(SLOPE + m) * LANES + i] = segments[2, k]
        if k < last:
            following = min(following, segments[0, k + 1])
    for o in range(N_OSCILLATIONS):
        for q in range(6):
            w[(OSCILLATION + 7 * o + q) * LANES + i] = waves[o, q, neuron]
        on = waves[o, 5, neuron] <= t < waves[o, 6, neuron]
        w[(OSCILLATION + 7 * o + 6) * LANES + i] = 1.0 if on else 0.0
        if t < waves[o, 5, neuron]:
            following = min(following, waves[o, 5, neuron])
        if t < waves[o, 6, neuron]:
            following = min(following, waves[o, 6, neuron])
    return following


@njit(**HELPER)
def evaluate_inputs(w, low, high, h):
    """Write the inputs of the lanes low..high-1 at start, middle and end of a step from `CLOCK`.

    All three are taken on the running segment, so that at a break the end is the limit from the
    left.
    """
    keep_apart()
    w = w[low:]
    for m in range(N_INPUTS):
        for i in range(high - low):
            slope = w[(SLOPE + m) * LANES + i]
            t = w[CLOCK * LANES + i]
            u = w[(LEVEL + m) * LANES + i] + slope * (t - w[(SINCE + m) * LANES + i])
            w[(U + m) * LANES + i] = u
            w[(U_HALF + m) * LANES + i] = u + 0.5 * h * slope
            w[(U_END + m) * LANES + i] = u + h * slope
    for o in range(N_OSCILLATIONS):
        m = OSCILLATION_INPUT[o]
        for i in range(high - low):
            s = w[CLOCK * LANES + i] - w[(OSCILLATION + 7 * o + 5) * LANES + i]
            w[(U + m) * LANES + i] += oscillation(w, o, i, s)
            w[(U_HALF + m) * LANES + i] += oscillation(w, o, i, s + 0.5 * h)
            w[(U_END + m) * LANES + i] += oscillation(w, o, i, s + h)


@njit(**HELPER)
def evaluate_stage_inputs(w, high, share):
    """Write the inputs of the lanes 0..high-1 at a share of each lane's own step."""
    keep_apart()
    for m in range(N_INPUTS):
        for i in range(high):
            t = w[CLOCK * LANES + i] + share * w[LAG * LANES + i]
            s = t - w[(SINCE + m) * LANES + i]
            w[(U + m) * LANES + i] = w[(LEVEL + m) * LANES + i] + w[(SLOPE + m) * LANES + i] * s
    for o in range(N_OSCILLATIONS):
        for i in range(high):
            t = w[CLOCK * LANES + i] + share * w[LAG * LANES + i]
            s = t - w[(OSCILLATION + 7 * o + 5) * LANES + i]
            w[(U + OSCILLATION_INPUT[o]) * LANES + i] += oscillation(w, o, i, s)


@njit(**HELPER)
def oscillation(w, o, i, s):
    """Value of sinusoid o of lane i, s ms after its start."""
    base = OSCILLATION + 7 * o
    phase = w[(base + 1) * LANES + i] + s * (
        w[(base + 2) * LANES + i] * exprel(w[(base + 4) * LANES + i] * s)
        + 0.5 * w[(base + 3) * LANES + i] * s
    )
    return w[(base + 6) * LANES + i] * w[base * LANES + i] * sin(phase)
