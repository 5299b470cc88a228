"""The loop of all recipes: neuron after neuron, each from step to step.

Step k reaches from k dt to (k + 1) dt. It sees the inputs at k dt, right-continuous; sample k holds
the states at k dt.
"""

import math

import numpy as np
from numba import njit

from excitable.numerics import _status as status
from excitable.numerics._options import HELPER, KERNEL
from excitable.numerics.published._contract import step

_SAME_TIME = 1e-9  # share of a step within which a change of input counts as at its start


@njit(**HELPER)
def _oscillation(waves, o, i, t):
    """Sinusoid o of neuron i at a time; its seven rows as in the tables of inputs."""
    if not (waves[o, 5, i] <= t < waves[o, 6, i]):
        return 0.0
    s = t - waves[o, 5, i]
    z = waves[o, 4, i] * s
    grown = math.expm1(z) / z if z != 0.0 else 1.0
    phase = waves[o, 1, i] + s * (waves[o, 2, i] * grown + 0.5 * waves[o, 3, i] * s)
    return waves[o, 0, i] * math.sin(phase)


@njit(**KERNEL)
def advance(
    first, last, k_first, k_last, dt, t_end, stamp, layout, constants,
    segments, cursor, waves, wave_input, state, counters,
    stride, column, rows, out, spikes, report,
):  # fmt: skip
    """Take the neurons first..last-1 through the steps k_first..k_last-1; return the spike count.

    A sample is taken every `stride` steps of the neurons whose `column` is not negative; `rows` are
    the recorded states. A spike is stamped at (k + stamp) dt.
    """
    inputs = cursor.shape[1]
    u = np.zeros(max(inputs, 1))
    fired = 0
    for i in range(first, last):
        x, own, c = state[i], counters[i], constants[i]
        for k in range(k_first, k_last):
            t = k * dt
            for m in range(inputs):
                entry, final = cursor[0, m, i], cursor[1, m, i]
                while entry < final and segments[0, entry + 1] <= t + _SAME_TIME * dt:
                    entry += 1
                cursor[0, m, i] = entry
                u[m] = segments[1, entry] + segments[2, entry] * (t - segments[0, entry])
            for o in range(waves.shape[0]):
                u[wave_input[o]] += _oscillation(waves, o, i, t)
            if step(x, own, c, u, layout) > 0:
                if fired < spikes.shape[1]:
                    spikes[0, fired] = min((k + stamp) * dt, t_end)
                    spikes[1, fired] = i
                fired += 1
            for j in range(x.size):
                if not abs(x[j]) < math.inf:
                    report[status.STATUS], report[status.NEURON] = status.NOT_FINITE, i
                    report[status.STATE], report[status.TIME] = j, t
                    return fired
            if column[i] >= 0 and (k + 1) % stride == 0:
                for q in range(rows.size):
                    out[q, (k + 1) // stride, column[i]] = x[rows[q]]
    if fired > spikes.shape[1]:
        report[status.STATUS] = status.SPIKES_FULL
    return fired
