"""Drive a model with samples, such as a current that an amplifier delivered."""

import numpy as np

import excitable as ex
from excitable.units import ms, pA

t = np.arange(0, 500, 0.1)  # ms; yours comes from a file
samples = 250 + 150 * np.sin(2 * np.pi * t / 125)

run = ex.simulate(ex.LIF, 500 * ms, I=ex.trace(samples * pA, dt=0.1 * ms))
print(run.spikes[0].times.round(3))
