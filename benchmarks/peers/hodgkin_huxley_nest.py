"""1000 Hodgkin-Huxley neurons for 1 s in NEST (hh_psc_alpha, adaptive within 0.1 ms)."""

import numpy as np
from frame import counts_at, currents
from peers.nest_frame import fresh, report, run

drive = currents()
nest = fresh(0.1)
# 100 pF stand for 1e-4 cm2, so that 1 uA/cm2 is 100 pA.
parameters = {
    "C_m": 100.0, "g_Na": 12_000.0, "g_K": 3600.0, "g_L": 30.0,
    "E_Na": 50.0, "E_K": -77.0, "E_L": -54.387, "V_m": -65.0,
}  # fmt: skip
cells = nest.Create("hh_psc_alpha", 1000, params={**parameters, "I_e": (100 * drive).tolist()})
recorder = nest.Create("spike_recorder")
nest.Connect(cells, recorder)
run(1000.0)
count = np.bincount(np.asarray(recorder.get("events")["senders"]) - 1, minlength=1000)
report.send(spikes=int(count.sum()), counts=counts_at(count))
