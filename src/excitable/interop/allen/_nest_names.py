"""What NEST, and the templates of bmtk, call the parameters of a cell."""

from __future__ import annotations

import re

from excitable.interop.allen._fields import Size

MODELS = ("glif_psc", "glif_cond", "glif_psc_double_alpha")
"""NEST's models with these parameters; they differ in their synapses."""

OLD = {
    "th_spike_add": "a_spike",
    "th_spike_decay": "b_spike",
    "th_voltage_index": "a_voltage",
    "th_voltage_decay": "b_voltage",
    "voltage_reset_fraction": "a_reset",
    "voltage_reset_add": "b_reset",
    "asc_decay": "k",
    "asc_r": "r",
}
"""What bmtk's templates call some of NEST's parameters."""

TEMPLATE = re.compile(r"nest:glif_(lif\w*?)(?:_(?:psc|cond))?")

SIZES = {
    "C_m": Size("pF", "F", 1e12, least=1e-3),
    "g": Size("nS", "S", 1e9, least=1e-4),
    "asc_amps": Size("pA", "A", 1e12, least=1e-6),
    "asc_init": Size("pA", "A", 1e12, least=1e-6),
}
POTENTIALS = ("E_L", "V_th", "V_reset", "V_m")
SYNAPSES = ("tau_syn", "E_rev", "tau_syn_fast", "tau_syn_slow", "amp_slow")
STATUS = (
    *("model", "V_m", "V_dynamics_method", "has_connections", "ASCurrents", "ASCurrents_sum"),
    *("threshold", "threshold_spike", "threshold_voltage", "I", "I_syn", "type"),
    *("archiver_length", "beta_Ca", "Ca", "tau_Ca", "tau_minus", "tau_minus_triplet"),
    *("element_type", "frozen", "global_id", "local_id", "local", "model_id", "node_uses_wfr"),
    *("post_trace", "recordables", "synaptic_elements", "t_spike", "thread", "thread_local_id"),
    *("vp", "element", "n_receptors", "n_synapses", "supports_precise_spikes", "instantiations"),
    *("capacity", "default_recordables", "type_id", "available", "dict_miss_is_error"),
    "synaptic_elements_param",
)
"""What a status of NEST holds beside parameters; none of it makes another cell."""
