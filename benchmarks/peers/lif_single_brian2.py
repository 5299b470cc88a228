"""10 s of one LIF neuron in Brian 2, C++ standalone, steps of 0.1 ms."""

import brian2 as b2
from frame import T_REF, TAU_M
from peers.brian2_frame import begin, report, run

folder = begin("lif_single")
b2.defaultclock.dt = 0.1 * b2.ms
cell = b2.NeuronGroup(
    1,
    "dv/dt = (2.0 - v)/tau_m : 1 (unless refractory)",
    threshold="v>1",
    reset="v=0",
    refractory=T_REF * b2.ms,
    method="exact",
)
trace, spikes = b2.StateMonitor(cell, "v", record=0), b2.SpikeMonitor(cell)
run(b2.Network(cell, trace, spikes), 10_000.0, {"tau_m": TAU_M * b2.ms}, folder, 3)
report.send(spikes=int(spikes.num_spikes), samples=len(trace.v[0]))
