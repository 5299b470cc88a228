"""Noise: frozen in the input, or drawn anew with each seed."""

import excitable as ex
from excitable.units import ms, pA

frozen = ex.ornstein_uhlenbeck(210 * pA, 80 * pA, 5 * ms, dt=0.1 * ms, seed=1)
free = ex.ornstein_uhlenbeck(210 * pA, 80 * pA, 5 * ms, dt=0.1 * ms)

for name, noise in (("frozen", frozen), ("free", free)):
    counts = [ex.simulate(ex.LIF, 500 * ms, I=noise, seed=seed).spikes.count for seed in (1, 2, 3)]
    print(name, counts)
