"""Limit cycles against the reference numbers: every entry within its tolerance."""

import numpy as np
import pytest

import excitable as ex
from excitable import units

SETS = (
    "hh/modern_EL-54.387", "napk/high_threshold", "napk/high_threshold_tau0.16",
    "napk/low_threshold", "ml/hopf", "ml/snlc", "ml/homoclinic", "fhn/standard",
    "prescott/class1", "prescott/class2",
)  # fmt: skip
RANGES = {"hh": (0, 200), "fhn": (0, 2)}


def amount(model, value):
    return units.attach(float(value), model.inputs["I"].unit or "")


@pytest.fixture(scope="module")
def cycles_of(model_of):
    """All limit cycles of the model of an entry, followed once."""
    kept = {}

    def find(entry):
        key = "/".join(entry["id"].split("/")[:2])
        if key not in kept:
            low, high = RANGES.get(key.split("/")[0], (0, 1000))
            model = model_of(entry)
            branch = ex.continuation(model, "I", amount(model, low), amount(model, high))
            kept[key] = branch.cycles()
        return kept[key]

    return find


def near(found, tolerance):
    return pytest.approx(float(found), rel=0, abs=tolerance)


@pytest.mark.parametrize("name", SETS)
def test_every_stable_cycle(name, reference_entries, cycles_of):
    entries = [e for e in reference_entries(f"{name}/") if e["quantity"] == "stable_cycle"]
    assert entries
    for entry in entries:
        value, tol = entry["value"], entry["tol"]
        cycles = cycles_of(entry)
        current = amount(cycles.branch.model, entry["given"]["I"])
        (one,) = [cycle for cycle in cycles.at(current) if cycle.stable]
        assert one.parameter == current
        expected = value.get("T", value.get("T_ms"))
        assert one.period.magnitude == near(expected, tol["T"]), entry["id"]
        assert one.period_error.magnitude < tol["T"]
        assert one.trivial_error < 1e-8
        multiplier = value.get("multiplier", value.get("largest_nontrivial_multiplier"))
        # Beside a saddle a product of large and small factors, as there, leaves only noise.
        assert abs(one.multipliers[1]) == near(multiplier, tol.get("mult", 1e-6)), entry["id"]
        if "Vmax" in value:
            assert one.maximum("v").magnitude == near(value["Vmax"], tol["V"])
            assert one.minimum("v").magnitude == near(value["Vmin"], tol["V"])


@pytest.mark.parametrize(
    "name", ["hh/modern_EL-54.387", "ml/hopf", "ml/snlc", "prescott/class2", "fhn/standard"]
)
def test_every_fold_of_cycles(name, reference_entries, cycles_of):
    (entry,) = reference_entries(f"{name}/fold_of_cycles/")
    value, tol = entry["value"], entry["tol"]
    folds = [p for p in cycles_of(entry).special if p.kind == "fold of cycles"]
    fold = min(folds, key=lambda p: abs(p.parameter.magnitude - value["I"]))
    assert fold.parameter.magnitude == near(value["I"], 1e-9)
    assert tol["I"] > 1e-9
    assert fold.period.magnitude == near(value.get("T", value.get("T_ms")), tol["T"])
    assert abs(fold.multipliers - 1.0).min() < 1e-5


@pytest.mark.parametrize("name", ["napk/high_threshold", "ml/snlc"])
def test_the_law_of_periods_beside_an_invariant_circle(name, reference_entries, cycles_of):
    (entry,) = reference_entries(f"{name}/snic")
    value, fold = entry["value"], float(entry["given"]["I_SN"])
    cycles = cycles_of(entry)
    last = cycles.special[-1]
    assert (last.kind == "SNIC") == value["on_invariant_circle"]
    assert last.parameter.magnitude == near(fold, 1e-9)
    # sqrt(gap) T is a power series in sqrt(gap).
    root = np.geomspace(0.035, 0.35, 8)
    T = [cycles.at(amount(cycles.branch.model, fold + r**2))[-1].period.magnitude for r in root]
    law = np.polynomial.Polynomial.fit(root, root * T, 6)
    assert law(0.0) == near(value["T*sqrt|I-I_SN| -> "], entry["tol"])


def test_a_fold_off_the_cycle_and_the_homoclinic_orbit(reference_entries, cycles_of):
    (snic,) = reference_entries("napk/high_threshold_tau0.16/snic")
    (entry,) = reference_entries("napk/high_threshold_tau0.16/homoclinic")
    cycles = cycles_of(entry)
    assert ("SNIC" in [p.kind for p in cycles.special]) == snic["value"]["on_invariant_circle"]
    value, last = entry["value"], cycles.special[-1]
    assert last.kind == "homoclinic"
    assert last.parameter.magnitude == near(value["I"], entry["tol"]["I"])
    place = [last.state[name].magnitude for name in ("v", "n")]
    assert place == pytest.approx(value["saddle"], rel=0, abs=0.01)
    saddle = ex.equilibria(cycles.branch.model, I=last.parameter)[1]
    assert saddle.kind == "saddle"
    rates = sorted(saddle.eigenvalues.magnitude.real)
    assert rates == pytest.approx([value["lambda_s"], value["lambda_u"]], abs=1e-6)
    # Close to the orbit the period grows by the logarithm of the distance over lambda_u.
    gaps = np.array([1e-5, 1e-6])
    at = [cycles.at(amount(cycles.branch.model, value["I"] + gap))[-1] for gap in gaps]
    grown = (at[1].period - at[0].period).m_as("ms")
    assert grown * value["lambda_u"] == pytest.approx(np.log(10.0), rel=1e-3)
    assert all(one.stable for one in at)
