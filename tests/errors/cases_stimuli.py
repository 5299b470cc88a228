"""Messages of stimuli."""

import numpy as np

from excitable.stimuli import (
    chirp,
    lower,
    ornstein_uhlenbeck,
    pulse,
    pulses,
    ramp,
    sine,
    step,
    trace,
    white_noise,
)
from excitable.units import CURRENT, Hz, ms, mV, pA


def lowered(value, n=1, **options):
    return lower(value, CURRENT, n, duration=100.0, dt=0.1, owner="LIF.I", **options)


CASES = [
    ("input has no unit", lambda: lowered(300)),
    ("input of another dimension", lambda: lowered(300 * mV)),
    ("stimulus of another dimension", lambda: lowered(step(300 * mV, start=10 * ms))),
    ("stimulus without a unit", lambda: lowered(step(300, start=10 * ms))),
    ("input is NaN", lambda: lowered(np.nan * pA)),
    ("input is infinite for one neuron", lambda: lowered([1, np.inf] * pA, n=2)),
    ("input of another length", lambda: lowered([1, 2, 3] * pA, n=10)),
    ("input for one neuron", lambda: lowered([1, 2, 3] * pA)),
    ("input of two axes", lambda: lowered(np.ones((2, 2)) * pA, n=2)),
    ("stimulus of another length", lambda: lowered(step([1, 2] * pA), n=3)),
    ("step: start has no unit", lambda: step(300 * pA, start=10)),
    ("step: start is a current", lambda: step(300 * pA, start=10 * pA)),
    ("step: stop before start", lambda: step(300 * pA, start=50 * ms, stop=10 * ms)),
    ("step: NaN", lambda: step([1, np.nan] * pA)),
    ("step: infinite start", lambda: step(1 * pA, start=np.inf * ms)),
    ("step: lengths differ", lambda: step([1, 2] * pA, start=[1, 2, 3] * ms)),
    ("step: two axes", lambda: step(np.ones((2, 2)) * pA)),
    ("pulse: negative width", lambda: pulse(1 * pA, start=1 * ms, width=-2 * ms)),
    ("pulses: no period", lambda: pulses(1 * pA, 1 * ms, width=1 * ms, period=0 * ms)),
    ("pulses: wider than period", lambda: pulses(1 * pA, 1 * ms, width=9 * ms, period=5 * ms)),
    ("pulses: not a count", lambda: pulses(1 * pA, 1 * ms, 1 * ms, period=5 * ms, n=2.5)),
    ("ramp: values differ in dimension", lambda: ramp(1 * pA, 1 * mV, 0 * ms, 10 * ms)),
    ("ramp: no width", lambda: ramp(1 * pA, 2 * pA, start=10 * ms, stop=10 * ms)),
    ("sine: frequency is a time", lambda: sine(1 * pA, 10 * ms)),
    ("sine: frequency zero", lambda: sine(1 * pA, 0 * Hz)),
    ("sine: phase has a unit", lambda: sine(1 * pA, 5 * Hz, phase=1 * ms)),
    ("sine: unknown place of the phase", lambda: sine(1 * pA, 5 * Hz, phase_at="stop")),
    ("chirp: negative frequency", lambda: chirp(1 * pA, 1 * Hz, -5 * Hz, 0 * ms, 10 * ms)),
    ("chirp: unknown kind", lambda: chirp(1 * pA, 1 * Hz, 5 * Hz, 0 * ms, 1 * ms, kind="cubic")),
    ("trace: no samples", lambda: trace([] * pA, dt=0.1 * ms)),
    ("trace: three axes", lambda: trace(np.ones((2, 2, 2)) * pA, dt=0.1 * ms)),
    ("trace: NaN", lambda: trace([1, 2, np.nan] * pA, dt=0.1 * ms)),
    ("trace: dt has no unit", lambda: trace([1, 2] * pA, dt=0.1)),
    ("trace: dt zero", lambda: trace([1, 2] * pA, dt=0 * ms)),
    ("trace: unknown hold", lambda: trace([1, 2] * pA, dt=1 * ms, hold="cubic")),
    ("trace: after of another dimension", lambda: trace([1] * pA, dt=1 * ms, after=1 * mV)),
    ("ornstein_uhlenbeck: sigma negative", lambda: ornstein_uhlenbeck(1 * pA, -1 * pA, 5 * ms)),
    ("ornstein_uhlenbeck: tau zero", lambda: ornstein_uhlenbeck(1 * pA, 1 * pA, 0 * ms)),
    ("ornstein_uhlenbeck: seed", lambda: ornstein_uhlenbeck(1 * pA, 1 * pA, 1 * ms, seed=-1)),
    ("white_noise: a current", lambda: lowered(white_noise(3 * pA))),
    ("sum of two dimensions", lambda: step(1 * pA) + step(1 * mV)),
    ("sum of two lengths", lambda: step([1, 2] * pA) + [1, 2, 3] * pA),
    ("product with a quantity", lambda: step(1 * pA) * (2 * pA)),
    ("product with NaN", lambda: step(1 * pA) * np.nan),
    ("division by zero", lambda: step(1 * pA) / 0),
]
