"""1000 Hodgkin-Huxley neurons for 1 s in Brian 2, C++ standalone, exponential Euler at 0.01 ms."""

import brian2 as b2
from frame import counts_at, currents
from peers.brian2_frame import begin, report, run
from peers.brian2_models import HODGKIN_HUXLEY, REST

folder = begin("hodgkin_huxley")
b2.defaultclock.dt = 0.01 * b2.ms
cells = b2.NeuronGroup(
    1000, HODGKIN_HUXLEY, threshold="v>0", refractory="v>0", method="exponential_euler"
)
for state, value in REST.items():
    setattr(cells, state, value)
cells.I = currents()
spikes = b2.SpikeMonitor(cells, record=False)
run(b2.Network(cells, spikes), 1000.0, {"ms": b2.ms}, folder, 1)
count = spikes.count[:]
report.send(spikes=int(count.sum()), counts=counts_at(count))
