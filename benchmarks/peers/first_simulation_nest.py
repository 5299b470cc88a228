"""A first short simulation in NEST, timed from process start; argument: a model's name."""

import sys

from peers.nest_frame import fresh, report

models = {"LIF": "iaf_psc_delta", "AdEx": "aeif_psc_delta", "HodgkinHuxley": "hh_psc_alpha"}
nest = fresh(0.1)
cell = nest.Create(models[sys.argv[1]], params={"I_e": 700.0})
recorder = nest.Create("spike_recorder")
meter = nest.Create("multimeter", params={"record_from": ["V_m"], "interval": 0.1})
nest.Connect(cell, recorder)
nest.Connect(meter, cell)
nest.Simulate(100.0)
report.send(spikes=int(recorder.n_events), samples=len(meter.get("events", "V_m")))
