"""f-I curves of 200 currents in Brian 2, C++ standalone: last intervals of one run of 1 s.

Argument: "lif" (exact steps of 0.1 ms) or "hodgkin_huxley" (exponential Euler of 0.01 ms).
"""

import sys

import brian2 as b2
import numpy as np
from frame import T_REF, TAU_M, curve_levels, curve_rates, interval
from peers.brian2_frame import begin, report, run
from peers.brian2_models import HODGKIN_HUXLEY, REST

which = sys.argv[1]
levels = curve_levels(which)
folder = begin(f"fi_curves_{which}")
names = {"ms": b2.ms}
if which == "lif":
    b2.defaultclock.dt = 0.1 * b2.ms
    cells = b2.NeuronGroup(
        len(levels),
        """dv/dt = (I - v)/tau_m : 1 (unless refractory)
           I : 1 (constant)""",
        threshold="v>1",
        reset="v=0",
        refractory=T_REF * b2.ms,
        method="exact",
    )
    names["tau_m"] = TAU_M * b2.ms
else:
    b2.defaultclock.dt = 0.01 * b2.ms
    cells = b2.NeuronGroup(
        len(levels), HODGKIN_HUXLEY, threshold="v>0", refractory="v>0", method="exponential_euler"
    )
    for state, value in REST.items():
        setattr(cells, state, value)
cells.I = levels
spikes = b2.SpikeMonitor(cells)
run(b2.Network(cells, spikes), 1000.0, names, folder, 3)
trains = [times / b2.ms for times in spikes.spike_trains().values()]
# A neuron that has stopped has no rate, whatever its intervals were before.
lasting = [len(t) > 2 and t[-1] > 1000.0 - 2.0 * (t[-1] - t[-2]) for t in trains]
rates = np.array(
    [1e3 / (t[-1] - t[-2]) if k else 0.0 for t, k in zip(trains, lasting, strict=True)]
)
facts = {"rates": curve_rates(rates)}
if which == "lif":
    fires = levels >= 1.05
    facts["rate_error"] = float(np.abs(rates[fires] * interval(levels[fires]) / 1e3 - 1.0).max())
report.send(**facts)
