"""10 000 LIF neurons for 1 s in Brian 2, C++ standalone, spikes on the grid of 0.1 ms."""

import brian2 as b2
import numpy as np
from frame import T_REF, TAU_M, drives, interval_error
from peers.brian2_frame import begin, report, run

folder = begin("lif_many")
v_in = drives()
b2.defaultclock.dt = 0.1 * b2.ms
cells = b2.NeuronGroup(
    len(v_in),
    """dv/dt = (v_in - v)/tau_m : 1 (unless refractory)
       v_in : 1 (constant)""",
    threshold="v>1",
    reset="v=0",
    refractory=T_REF * b2.ms,
    method="exact",
)
cells.v_in = v_in
spikes = b2.SpikeMonitor(cells, record=False)
run(b2.Network(cells, spikes), 1000.0, {"tau_m": TAU_M * b2.ms}, folder, 3)
count, last = spikes.count[:], cells.lastspike[:] / b2.ms
with np.errstate(divide="ignore", invalid="ignore"):
    # Every neuron starts at reset and is not refractory: n intervals end at last + t_ref.
    mean = (last + T_REF) / count
report.send(spikes=int(count.sum()), interval_error=interval_error(mean))
