"""One neuron per element: how fast a neuron fires at each of five currents."""

import excitable as ex
from excitable.units import ms, pA

currents = [0, 500, 750, 1000, 1250] * pA
run = ex.simulate(ex.AdEx, 1000 * ms, I=currents, record=False)

for current, train in zip(currents, run.spikes, strict=True):
    print(f"{current:7.1f}  {train.rate():6.2f}")
