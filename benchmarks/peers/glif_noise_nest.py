"""1000 GLIF5 neurons on one noise of 0.05 ms samples in NEST (glif_psc), spikes on the grid."""

import sys

import numpy as np
from frame import GLIF, GLIF_STEP, first_of_some, glif_noise, glif_thresholds
from peers.nest_frame import fresh, report, run

seconds = float(sys.argv[1])
noise, thresholds = glif_noise(seconds), glif_thresholds()
nest = fresh(GLIF_STEP)
fixed = {
    "g": GLIF["g"], "C_m": GLIF["C"], "E_L": GLIF["E_L"], "V_m": GLIF["E_L"],
    "V_reset": GLIF["E_L"], "t_ref": GLIF["t_ref"],
    "spike_dependent_threshold": True, "after_spike_currents": True, "adapting_threshold": True,
    "voltage_reset_fraction": GLIF["f_v"], "voltage_reset_add": -GLIF["delta_v"],
    "th_spike_add": GLIF["delta_s"], "th_spike_decay": GLIF["b_s"],
    "th_voltage_index": GLIF["a_v"], "th_voltage_decay": GLIF["b_v"],
    "asc_decay": [GLIF["k_1"], GLIF["k_2"]], "asc_amps": [GLIF["delta_1"], GLIF["delta_2"]],
    "asc_r": [1.0, 1.0], "asc_init": [0.0, 0.0],
}  # fmt: skip
cells = nest.Create("glif_psc", len(thresholds), params=fixed)
cells.V_th = thresholds.tolist()
# A current acts a delay and a step after it was set.
times = np.round((np.arange(noise.size) + 1) * GLIF_STEP, 6)
source = nest.Create(
    "step_current_generator",
    params={"amplitude_times": times.tolist(), "amplitude_values": noise.tolist()},
)
nest.Connect(source, cells, syn_spec={"delay": GLIF_STEP})
recorder = nest.Create("spike_recorder")
nest.Connect(cells, recorder, syn_spec={"delay": GLIF_STEP})
late = 2 * GLIF_STEP
run(seconds * 1000.0)
events = recorder.get("events")
sender, time = np.asarray(events["senders"]), np.asarray(events["times"]) - late
first = np.full(len(thresholds), np.inf)
np.minimum.at(first, sender - cells[0].global_id, time)
report.send(spikes=int(time.size), first=first_of_some(first))
