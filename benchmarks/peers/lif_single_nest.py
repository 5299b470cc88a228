"""10 s of one LIF neuron in NEST (iaf_psc_delta, exact steps of 0.1 ms)."""

from peers.nest_frame import LIF, fresh, report, run

for _ in range(3):
    nest = fresh(0.1)
    cell = nest.Create("iaf_psc_delta", params={**LIF, "I_e": 2.0})
    meter = nest.Create("multimeter", params={"record_from": ["V_m"], "interval": 0.1})
    spikes = nest.Create("spike_recorder")
    nest.Connect(meter, cell)
    nest.Connect(cell, spikes)
    run(10_000.0)
report.send(spikes=int(spikes.n_events), samples=len(meter.get("events", "V_m")))
