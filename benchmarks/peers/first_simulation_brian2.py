"""A first short simulation in Brian 2, nothing compiled before; argument: a model's name."""

import shutil
import sys

import brian2 as b2
from peers.brian2_frame import begin, report, run
from peers.brian2_models import ADEX, HODGKIN_HUXLEY, LIF, REST

folder = begin(sys.argv[1], fresh=True)
b2.defaultclock.dt = 0.1 * b2.ms
match sys.argv[1]:
    case "LIF":
        cell = b2.NeuronGroup(
            1, LIF, threshold="v>1", reset="v=0", refractory=2 * b2.ms, method="exact"
        )
        cell.I = 2.0
    case "AdEx":
        reset = "v = -70.6; w += 80.5"
        cell = b2.NeuronGroup(1, ADEX, threshold="v>20", reset=reset, method="euler")
        cell.v, cell.I = -70.6, 700.0
    case "HodgkinHuxley":
        cell = b2.NeuronGroup(
            1, HODGKIN_HUXLEY, threshold="v>0", refractory="v>0", method="exponential_euler"
        )
        for state, value in REST.items():
            setattr(cell, state, value)
        b2.defaultclock.dt = 0.01 * b2.ms
        cell.I = 10.0
trace, spikes = b2.StateMonitor(cell, "v", record=0), b2.SpikeMonitor(cell)
run(b2.Network(cell, trace, spikes), 100.0, {"ms": b2.ms}, folder, 1)
report.send(spikes=int(spikes.num_spikes), samples=len(trace.v[0]))
shutil.rmtree(folder, ignore_errors=True)
