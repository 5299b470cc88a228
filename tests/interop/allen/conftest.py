"""A cell as the Allen database writes it, with invented numbers."""

import copy
import json

import pytest

PARTS = (
    "voltage_reset",
    "threshold_dynamics",
    "threshold_reset",
    "AScurrent_dynamics",
    "AScurrent_reset",
)
METHODS = {
    1: ("zero", "inf", "inf", "none", "none"),
    2: ("v_before", "spike_component", "three_components", "none", "none"),
    3: ("zero", "inf", "inf", "exp", "sum"),
    4: ("v_before", "spike_component", "three_components", "exp", "sum"),
    5: ("v_before", "three_components_exact", "three_components", "exp", "sum"),
}
CONFIG = {
    "type": "GLIF",
    "El_reference": -0.072,
    "El": 0.0,
    "C": 8e-11,
    "R_input": 2.5e8,
    "th_inf": 0.02,
    "init_threshold": 0.02,
    "init_voltage": 0.0,
    "init_AScurrents": [0.0, 0.0],
    "spike_cut_length": 64,
    "dt": 5e-05,
    "asc_amp_array": [-1.2e-11, 3.4e-11],
    "asc_tau_array": [0.1, 0.01],
    "coeffs": {"a": 2, "b": 3, "C": 1.25, "G": 0.5, "th_inf": 1.1, "asc_amp_array": [1.0, 0.5]},
    "voltage_dynamics_method": {"name": "linear_forward_euler", "params": {}},
    "dt_multiplier": 10,
    "th_adapt": None,
    "extrapolation_method_name": "endpoints",
}
PARAMS = {
    "v_before": {"a": 0.3, "b": 0.004},
    "spike_component": {"a_spike": 0.002, "b_spike": 50.0, "a_voltage": 0, "b_voltage": 0},
    "three_components_exact": {
        "a_spike": 0.002,
        "b_spike": 50.0,
        "a_voltage": 7.0,
        "b_voltage": 9.0,
    },
    "three_components": {"a_spike": 0.002, "b_spike": 50.0},
    "sum": {"r": [1.0, 0.8]},
}
EXPECTED = {
    "C": 100.0,
    "g": 2.0,
    "E_L": -72.0,
    "V_T": -50.0,
    "t_ref": 3.2,
    "f_v": 0.3,
    "delta_v": -4.0,
    "delta_s": 2.0,
    "b_s": 0.05,
    "a_v": 0.014,
    "b_v": 0.027,
    "V_R": -72.0,
    "k_1": 0.01,
    "delta_1": -12.0,
    "f_1": 1.0,
    "k_2": 0.1,
    "delta_2": 17.0,
    "f_2": 0.8,
}
"""What the numbers above mean in mV, pA, pF, nS and ms, worked out by hand."""


@pytest.fixture
def config():
    """A function: the table of a cell of a level, with changes by name (None removes)."""

    def make(level=5, **changes):
        names = dict(zip(PARTS, METHODS[level], strict=True))
        table = CONFIG | {
            f"{part}_method": {"name": name, "params": PARAMS.get(name, {})}
            for part, name in names.items()
        }
        table |= changes
        kept = {key: table[key] for key in table if changes.get(key, 0) is not None}
        return copy.deepcopy(kept)

    return make


@pytest.fixture
def expected():
    return EXPECTED


@pytest.fixture
def put(tmp_path):
    """A function that writes a table as JSON and gives the path."""

    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    return write
