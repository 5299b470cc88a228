"""10 000 LIF neurons for 1 s in NEST with exact spike times (iaf_psc_delta_ps)."""

import numpy as np
from frame import drives, interval_error
from peers.nest_frame import LIF, fresh, report, run

v_in = drives()
nest = fresh(0.1)
cells = nest.Create("iaf_psc_delta_ps", len(v_in), params={**LIF, "I_e": v_in.tolist()})
recorder = nest.Create("spike_recorder")
nest.Connect(cells, recorder)
run(1000.0)
events = recorder.get("events")
sender, time = np.asarray(events["senders"]) - 1, np.asarray(events["times"])
count = np.bincount(sender, minlength=len(v_in))
last, first = np.zeros(len(v_in)), np.full(len(v_in), np.inf)
np.maximum.at(last, sender, time)
np.minimum.at(first, sender, time)
with np.errstate(divide="ignore", invalid="ignore"):
    mean = (last - first) / (count - 1)
report.send(spikes=int(count.sum()), interval_error=interval_error(mean))
