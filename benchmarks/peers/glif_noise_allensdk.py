"""A few GLIF5 neurons on the noise in AllenSDK, pure Python; its time is scaled to the task's."""

import sys
import time
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import numpy as np
from frame import GLIF, GLIF_STEP, SOME_CELLS, Report, glif_noise, glif_thresholds

# Its package `core` loads data bases at import that the neuron has no use for: only its modules
# are made known.
core = ModuleType("allensdk.core")
core.__path__ = [
    str(Path(where) / "core") for where in find_spec("allensdk").submodule_search_locations
]
sys.modules["allensdk.core"] = core
from allensdk.model.glif.glif_neuron import GlifNeuron  # noqa: E402

CELLS, SECONDS = 2, 1.0
seconds = float(sys.argv[1])
noise, thresholds = glif_noise(seconds), glif_thresholds()
part = noise[: round(SECONDS * 1000.0 / GLIF_STEP)]


def neuron(threshold):
    """The cell in SI units, as the Allen database writes it."""
    spike = {"a_spike": GLIF["delta_s"] * 1e-3, "b_spike": GLIF["b_s"] * 1e3}
    voltage = {"a_voltage": GLIF["a_v"] * 1e3, "b_voltage": GLIF["b_v"] * 1e3}
    above = (threshold - GLIF["E_L"]) * 1e-3
    return GlifNeuron.from_dict(
        {
            "type": "GLIF", "El": 0.0, "dt": GLIF_STEP * 1e-3, "dt_multiplier": 1,
            "C": GLIF["C"] * 1e-12, "R_input": 1e9 / GLIF["g"], "th_inf": above,
            "th_adapt": None, "spike_cut_length": round(GLIF["t_ref"] / GLIF_STEP),
            "init_voltage": 0.0, "init_threshold": above, "init_AScurrents": [0.0, 0.0],
            "asc_tau_array": [1e-3 / GLIF["k_1"], 1e-3 / GLIF["k_2"]],
            "asc_amp_array": [GLIF["delta_1"] * 1e-12, GLIF["delta_2"] * 1e-12],
            "coeffs": {"C": 1, "G": 1, "th_inf": 1, "a": 1, "b": 1, "asc_amp_array": [1.0, 1.0]},
            "AScurrent_dynamics_method": {"name": "exp", "params": {}},
            "AScurrent_reset_method": {"name": "sum", "params": {"r": [1.0, 1.0]}},
            "voltage_dynamics_method": {"name": "linear_forward_euler", "params": {}},
            "voltage_reset_method": {
                "name": "v_before",
                "params": {"a": GLIF["f_v"], "b": -GLIF["delta_v"] * 1e-3},
            },
            "threshold_dynamics_method": {
                "name": "three_components_exact", "params": {**spike, **voltage},
            },
            "threshold_reset_method": {"name": "three_components", "params": spike},
        }
    )  # fmt: skip


report = Report(version("allensdk"))
scale = len(thresholds) * noise.size / (CELLS * part.size)
wall, cpu = time.perf_counter(), time.process_time()
first = []
for cell in SOME_CELLS[:CELLS]:
    found = neuron(thresholds[cell]).run(part * 1e-12)
    times = np.asarray(found["interpolated_spike_times"]) * 1e3
    first.append(float(times[0]) if times.size else None)
report.add("run", (time.perf_counter() - wall) * scale, (time.process_time() - cpu) * scale)
report.send(cells=CELLS, seconds=SECONDS, first=first)
