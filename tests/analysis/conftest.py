"""The models of the reference entries."""

import pytest

import excitable as ex

NAMES = {
    "INap+IK": {
        "C": "C", "gL": "g_L", "EL": "E_L", "gNa": "g_Na", "ENa": "E_Na", "Vm": "V_m",
        "km": "k_m", "gK": "g_K", "EK": "E_K", "Vn": "V_n", "kn": "k_n", "tau": "tau_n",
    },
    "Morris-Lecar": {
        "C": "C", "gCa": "g_Ca", "gK": "g_K", "gL": "g_L", "VCa": "V_Ca", "VK": "V_K",
        "VL": "V_L", "V1": "V_1", "V2": "V_2", "V3": "V_3", "V4": "V_4", "phi": "phi",
    },
    "HH": {
        "C": "C", "gNa": "g_Na", "gK": "g_K", "gL": "g_L", "ENa": "E_Na", "EK": "E_K",
        "EL": "E_L", "V0": "V_0", "phi": "phi",
    },
    "FitzHugh-Nagumo": {"a": "a", "b": "b", "eps": "epsilon"},
}  # fmt: skip
BASES = {
    "INap+IK": ex.PersistentSodiumPotassium,
    "Morris-Lecar": ex.MorrisLecar,
    "Morris-Lecar form, Prescott 2008": ex.MorrisLecar,
    "HH": ex.HodgkinHuxley,
    "FitzHugh-Nagumo": ex.FitzHughNagumo,
}


def _number(text):
    top, _, bottom = str(text).partition("/")
    return float(top) / float(bottom or 1)


@pytest.fixture(scope="session")
def model_of():
    """The built-in model with the parameters of an entry."""

    def build(entry):
        kind = entry["model"]
        base = BASES[kind]
        names = NAMES["Morris-Lecar" if "Prescott" in kind else kind]
        given = {**entry["params"]}
        phi = entry.get("given", {}).get("phi=3^((T-6.3)/10)")
        if phi is not None:
            given["phi"] = phi
        changes = {}
        for key, text in given.items():
            name = names[key]
            unit = base.parameters[name].unit
            changes[name] = f"{_number(text)!r} {unit}" if unit else _number(text)
        return base(**changes)

    return build
