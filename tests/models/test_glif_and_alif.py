"""GLIF levels and their free combinations, ALIF, and which becomes which."""

import itertools
import json

import numba
import numpy as np
import pytest

import excitable as ex
from excitable.errors import ModelError, ParameterError, UnitError
from excitable.models import alif, glif
from excitable.units import GOhm, ms, mV, nS, pA

PARTS = ("reset_rules", "after_spike_currents", "adapting_threshold")
CHOICES = itertools.product((False, True), repeat=3)
COMBINATIONS = [dict(zip(PARTS, choice, strict=True)) for choice in CHOICES]
COMPILED = not numba.config.DISABLE_JIT  # interpreted, runs would take minutes
STEP = ex.step(420 * pA, start=3 * ms)


def letters(parts):
    return "-".join(word for word, on in parts.items() if on) or "none"


@pytest.mark.parametrize("parts", COMBINATIONS, ids=letters)
def test_every_combination_of_parts_passes_every_law(parts):
    check = ex.check_model(glif(**parts), schemes=("exact",), runs=COMPILED)
    assert check.passed, check.report


@pytest.mark.parametrize(
    "model",
    [
        glif(4, currents=4),
        glif(5, cut="spike"),
        glif(after_spike_currents=True, cut="spike"),
        alif(3),
    ],
    ids=lambda model: f"{model.name}-{len(model.states)}",
)
def test_other_forms_pass_every_law(model):
    check = ex.check_model(model, schemes=("exact",), runs=COMPILED)
    assert check.passed, check.report


def test_a_floor_passes_every_law():
    check = ex.check_model(alif(2, floor=True), schemes=("adaptive",), runs=COMPILED)
    assert check.passed, check.report


@pytest.mark.parametrize("level", range(1, 6))
def test_levels_are_combinations(level):
    on = {1: (), 2: PARTS[:1], 3: PARTS[1:2], 4: PARTS[:2], 5: PARTS}[level]
    assert glif(level) == glif(**dict.fromkeys(on, True)) == getattr(ex, f"GLIF{level}")


def test_names_states_and_order():
    assert list(ex.GLIF5.states) == ["v", "theta_s", "theta_v", "I_1", "I_2"]
    assert list(glif(3, currents=3).states) == ["v", "I_1", "I_2", "I_3"]
    assert set(ex.GLIF1.parameters) == {"C", "g", "E_L", "V_T", "t_ref", "V_R"}
    assert set(ex.GLIF5.parameters) == {
        "C", "g", "E_L", "V_T", "t_ref", "f_v", "delta_v", "delta_s", "b_s", "a_v", "b_v",
        "k_1", "delta_1", "f_1", "k_2", "delta_2", "f_2",
    }  # fmt: skip
    assert "V_R" in ex.GLIF3.parameters
    names = {glif(**parts).name for parts in COMBINATIONS}
    assert names == {f"GLIF{k}" for k in range(1, 6)} | {"LIF-A", "LIF-R-A", "LIF-ASC-A"}
    assert "none of the five" in glif(adapting_threshold=True).description
    assert ex.GLIF5.system.held == tuple(ex.GLIF5.states)
    assert glif(5, cut="spike").system.held == ("v", "theta_v")
    assert list(alif(2).states) == ["v", "theta_1", "theta_2"]
    assert ex.ALIF.system.held == ("v",)


def test_values_are_the_defaults_of_nest(shared):
    path = shared / "reference" / "glif" / "nest_glif_psc_reference.json"
    nest = json.loads(path.read_text())["parameters_glif_psc_defaults"]
    values = ex.GLIF5.values() | {"V_R": ex.GLIF1.values()["V_R"]}
    same = {
        "E_L": "E_L", "V_th": "V_T", "g": "g", "C_m": "C", "t_ref": "t_ref", "V_reset": "V_R",
        "th_spike_add": "delta_s", "th_spike_decay": "b_s", "voltage_reset_fraction": "f_v",
        "th_voltage_index": "a_v", "th_voltage_decay": "b_v",
    }  # fmt: skip
    for theirs, ours in same.items():
        assert values[ours] == nest[theirs]
    assert values["delta_v"] == -nest["voltage_reset_add"]
    for j in (1, 2):
        assert values[f"k_{j}"] == nest["asc_decay"][j - 1]
        assert values[f"delta_{j}"] == nest["asc_amps"][j - 1]
        assert values[f"f_{j}"] == nest["asc_r"][j - 1]


@pytest.mark.parametrize(
    "wrong",
    [
        dict(level=0), dict(level=6), dict(level=True), dict(level=3, reset_rules=True),
        dict(level=2, currents=3), dict(level=3, currents=0), dict(level=3, currents=1.5),
        dict(level=5, cut="middle"),
    ],
    ids=str,
)  # fmt: skip
def test_what_glif_does_not_build(wrong):
    with pytest.raises(ModelError, match="glif"):
        glif(**wrong)


def test_real_values_are_accepted_and_nonsense_is_not():
    ex.GLIF2(f_v=-0.09)
    ex.GLIF2(f_v=1.2, delta_v=20 * mV)
    ex.GLIF5(a_v=-1.8e-3 / ms, b_v=0 / ms, t_ref=0 * ms)
    for change in (dict(g=0 * nS), dict(b_s=-1 / ms), dict(k_1=0 / ms), dict(b_v=-1e-9 / ms)):
        with pytest.raises(ParameterError, match="out of bounds"):
            ex.GLIF5(**change)
    with pytest.raises(UnitError, match="has no unit"):
        ex.GLIF5(C=5.9e-11)


def runs(*models, drive=STEP, duration=400 * ms):
    return [ex.simulate(m, duration, I=drive, record="v") for m in models]


def assert_same(*models):
    first, *others = runs(*models)
    assert first.spikes.count > 5
    for other in others:
        assert other.spikes[0].times_ms == pytest.approx(first.spikes[0].times_ms, abs=1e-9)
        assert np.abs(other.bare("v") - first.bare("v")).max() < 1e-8


ZERO = dict(delta_1=0 * pA, delta_2=0 * pA)
TO_REST = dict(f_v=0.0, delta_v=3 * mV, delta_s=0 * mV)  # a reset to one potential
V_R = -81.85 * mV


def test_glif5_without_its_pull_is_glif4():
    assert_same(ex.GLIF4, ex.GLIF5(a_v=0 / ms))


def test_glif4_without_reset_rules_is_glif3():
    assert_same(ex.GLIF3(V_R=V_R), ex.GLIF4(**TO_REST))


def test_glif4_without_currents_is_glif2():
    assert_same(ex.GLIF2, ex.GLIF4(**ZERO))


def test_glif3_without_currents_and_glif2_without_reset_rules_are_glif1():
    assert_same(ex.GLIF1(V_R=V_R), ex.GLIF3(V_R=V_R, **ZERO), ex.GLIF2(**TO_REST))


def test_a_further_current_is_idle_until_it_has_an_amplitude():
    assert_same(ex.GLIF3, glif(3, currents=3), glif(3, currents=5))
    two, three = runs(ex.GLIF3, glif(3, currents=3)(delta_3=-30 * pA))
    assert three.spikes.count < two.spikes.count


def test_glif1_is_lif():
    lif = ex.LIF(
        tau_m=58.72 / 9.43 * ms, R=1 / 9.43 * GOhm, E_L=-78.85 * mV, V_T=-51.68 * mV,
        V_R=-78.85 * mV, t_ref=3.75 * ms,
    )  # fmt: skip
    assert_same(lif, ex.GLIF1)


def test_alif_without_jumps_is_lif():
    drive = ex.step(300 * pA, start=3 * ms)
    lif, one, two = runs(ex.LIF, ex.ALIF(d_1=0 * mV), alif(2)(d_2=0 * mV), drive=drive)
    assert one.spikes[0].times_ms == pytest.approx(lif.spikes[0].times_ms, abs=1e-9)
    single = runs(ex.ALIF, drive=drive)[0]
    assert two.spikes[0].times_ms == pytest.approx(single.spikes[0].times_ms, abs=1e-9)
    assert single.spikes.count < lif.spikes.count


def test_alif_is_glif2_except_for_the_reset():
    """With f_v 0 and a threshold that decays in sight the two are one model."""
    one = glif(2, cut="spike")(f_v=0.0, delta_v=0 * mV, delta_s=2 * mV, b_s=0.01 / ms)
    other = ex.ALIF(
        tau_m=58.72 / 9.43 * ms, R=1 / 9.43 * GOhm, E_L=-78.85 * mV, V_T=-51.68 * mV,
        V_R=-78.85 * mV, t_ref=3.75 * ms, d_1=2 * mV, tau_1=100 * ms,
    )  # fmt: skip
    assert_same(one, other)


def test_every_component_can_be_recorded():
    run = ex.simulate(ex.GLIF5, 100 * ms, I=STEP, record=["I_1", "I_2", "theta_s", "theta_v", "v"])
    assert set(run.recorded) == set(ex.GLIF5.states)
    assert run.I_2.units == pA
    assert run.bare("I_1").min() < -9.0


def test_counts_may_be_integers_of_numpy():
    assert glif(np.int64(3), currents=np.int64(3)) == glif(3, currents=3)
    assert alif(np.int32(2)) == alif(2)
