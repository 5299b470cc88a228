"""Several linear states: from event to event on the polynomials of the flow, no crossing missed.

Events are the breaks of the input, the crossings and the ends of refractoriness; a stretch between
two of them that is longer than the fastest time constant is cut. No step length enters: recording
reads the same polynomials. Where an input has equally spaced breaks, several of its steps are taken
at once (`_exact_blocks`).
"""

import math

import numpy as np
from numba import njit

from excitable.numerics import _status as status
from excitable.numerics._exact_blocks import stride
from excitable.numerics._exact_scalar import add
from excitable.numerics._exact_series import (
    MOST_TERMS,
    degree_of,
    distance,
    evaluate,
    expand,
    first_crossing,
    project,
    settle,
)
from excitable.numerics._exact_tables import STEPS, WIDTH
from excitable.numerics._hints import optimise_for_size
from excitable.numerics._options import KERNEL


@njit(**KERNEL)
def advance(
    first, last, t_stop, t_end, spiking, resets, held,
    which, A, drive, mask, normal, numbers, keep, put,
    times, level, slope, blocks, cursor, shift,
    clocks, state, sampling, sample_dt, n_samples, kept, out, spikes, report,
):  # fmt: skip
    """Carry the neurons first..last-1 from event to event until each is past t_stop.

    `which[i]` names the row of the matrices that neuron i uses: A and drive (constant, inputs) free
    and held, `mask` 0 for states held in refractory time, `numbers` threshold, refractory time,
    both spectral radii, and whether inputs reach a held neuron. Entry k of an input begins at
    `times[k - shift]`; `slope` is None if all are constant. `blocks` is None, or what `stride`
    needs: the table of each neuron or -1, tables, weights, where enough equal intervals for a block
    follow, and which inputs have the neuron's interval. Clocks are pairs (high, low) as in
    `_exact_scalar.advance`; `out` is (states, neurons, samples) for the states in `kept`.
    """
    optimise_for_size()
    n = state.shape[1]
    inputs = cursor.shape[1]
    series, g = np.zeros((MOST_TERMS + n + 1, n)), np.zeros(MOST_TERMS + n + 1)
    b, r, here = np.zeros(n), np.zeros(n), np.zeros(n)
    padded = (n + WIDTH - 1) // WIDTH * WIDTH
    z, found = np.zeros(1 + 2 * inputs * STEPS + padded), np.zeros(STEPS * (1 + padded))
    fired = 0
    capacity = spikes.shape[1]
    for i in range(first, last):
        p = which[i]
        theta, t_ref = numbers[p, 0], numbers[p, 1]
        now, low, wake, wake_low = clocks[0, i], clocks[1, i], clocks[2, i], clocks[3, i]
        x = state[i]
        burst = 0
        burst_start = -math.inf
        while now < t_stop and now < t_end:
            rest = (wake - now) + (wake_low - low)
            refractory = rest > 0.0
            clamped = refractory and held
            mode = 1 if clamped else 0
            size = numbers[p, 2 + mode]
            deaf = clamped and numbers[p, 4] == 0.0
            # Drive on this stretch, and its end.
            end = t_end
            for j in range(n):
                b[j] = drive[p, 0, j]
                r[j] = 0.0
            for m in range(inputs):
                k, back, final = cursor[0, m, i], shift[m, i], cursor[1, m, i]
                while k < final and times[k + 1 - back] <= now:
                    k += 1
                cursor[0, m, i] = k
                rise = 0.0
                if slope is not None:
                    rise = slope[k]
                u = level[k] + rise * ((now - times[k - back]) + low)
                for j in range(n):
                    b[j] += drive[p, m + 1, j] * u
                    r[j] += drive[p, m + 1, j] * rise
                if k < final and not deaf:
                    end = min(end, times[k + 1 - back])
            if blocks is not None:
                if blocks[0][i] >= 0 and low == 0.0 and not refractory:
                    came = stride(
                        i, now, t_stop, t_end, spiking, normal[p], theta, blocks,
                        times, level, slope, cursor, shift, x, z, found, A[p, 0], drive[p], size,
                        sampling, sample_dt, n_samples, kept, out, series, b, r, here,
                    )  # fmt: skip
                    if came > now:
                        now = came
                        continue
            if clamped:
                for j in range(n):
                    b[j] *= mask[j]
                    r[j] *= mask[j]
            length = (end - now) - low
            to_end, to_wake = True, False
            if refractory and rest <= length:
                length, to_end, to_wake = rest, False, True
            if length * size > 1.0:
                length, to_end, to_wake = 1.0 / size, False, False
            degree = degree_of(length * size, n)
            expand(A[p, mode], x, b, r, length, degree, series)
            span, part = length, 1.0
            fires = False
            if spiking and not refractory:
                beyond = distance(normal[p], theta, x) >= 0.0
                if beyond and resets:
                    fires, part = True, 0.0
                else:
                    # Without a reset only arrivals count: a neuron beyond its threshold goes on to
                    # where it is silent again.
                    sign = -1.0 if beyond else 1.0
                    project(sign, normal[p], theta, series, degree, g)
                    s = first_crossing(g, degree)
                    if s <= 1.0:
                        part = settle(sign, normal[p], theta, series, degree, s, here)
                        fires = not beyond
            if fires or part < 1.0:
                length, to_end, to_wake = part * span, False, False
            # Samples on [now, now + length): the state before the event.
            column = sampling[1, i]
            if column >= 0:
                k = sampling[0, i]
                while k < n_samples and (k * sample_dt - now) - low < length:
                    s = ((k * sample_dt - now) - low) / span
                    evaluate(series, degree, max(s, 0.0), here)
                    for q in range(kept.size):
                        out[q, column, k] = here[kept[q]]
                    k += 1
                sampling[0, i] = k
            if length > 0.0:
                evaluate(series, degree, part, x)
                for j in range(n):
                    if not abs(x[j]) < math.inf:
                        report[status.STATUS], report[status.NEURON] = status.NOT_FINITE, i
                        report[status.STATE], report[status.TIME] = j, now
                        return fired
            began = now
            if to_end and not fires:
                now, low = end, 0.0
            elif to_wake:
                now, low = wake, wake_low
            else:
                now, low = add(now, low, length)
            if fires:
                if fired < capacity:
                    spikes[0, fired] = now + low
                    spikes[1, fired] = i
                fired += 1
                if resets:
                    for j in range(n):
                        total = put[p, j]
                        for q in range(n):
                            total += keep[p, j, q] * x[q]
                        here[j] = total
                    for j in range(n):
                        x[j] = here[j]
                if t_ref > 0.0:
                    wake, wake_low = add(now, low, t_ref)
                if now - burst_start > status.FOREVER_WINDOW:
                    burst_start, burst = now, 0
                burst += 1
                if burst > status.FOREVER_SPIKES:
                    report[status.STATUS], report[status.NEURON] = status.FIRES_FOREVER, i
                    report[status.TIME] = began
                    return fired
        if now >= t_end and sampling[1, i] >= 0:
            # A spike at the very end leaves the last sample to the state after it.
            for k in range(sampling[0, i], n_samples):
                for q in range(kept.size):
                    out[q, sampling[1, i], k] = x[kept[q]]
            sampling[0, i] = n_samples
        clocks[0, i], clocks[1, i], clocks[2, i], clocks[3, i] = now, low, wake, wake_low
    if fired > capacity:
        report[status.STATUS] = status.SPIKES_FULL
    return fired
