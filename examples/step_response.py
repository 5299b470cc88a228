"""A neuron under a step of current: how many spikes, and when."""

import excitable as ex
from excitable.units import ms, pA

run = ex.simulate(ex.LIF, 500 * ms, I=ex.step(300 * pA, start=100 * ms, stop=400 * ms))

print(run.scheme)
print(len(run.spikes[0]), "spikes; the first at", f"{run.spikes[0].times[0]:.4f}")
figure = run.plot()  # shows itself in a notebook; figure.savefig("step.svg") writes it
