"""Models as files of the Allen database, and back."""

import json

import pytest

import excitable as ex
from excitable.errors import FileError, ModelError, ParameterError
from excitable.units import ms, mV, nS

allen = ex.interop.allen
LEVELS = (1, 2, 3, 4, 5)


def same(one, other):
    assert one.system == other.system
    assert set(one.values()) == set(other.values())
    for name, value in one.values().items():
        assert other.values()[name] == pytest.approx(value, rel=1e-14, abs=0), name


@pytest.mark.parametrize("level", LEVELS)
def test_the_file_holds_what_was_read(level, config):
    """All factors become 1, so that each number is the product of two of the file."""
    given = config(level)
    written = allen.to_config(allen.read(given))
    factors = given["coeffs"]
    assert written["C"] == pytest.approx(given["C"] * factors["C"], rel=1e-14)
    assert written["R_input"] == pytest.approx(given["R_input"] / factors["G"], rel=1e-14)
    assert written["th_inf"] == pytest.approx(given["th_inf"] * factors["th_inf"], rel=1e-13)
    assert written["spike_cut_length"] == given["spike_cut_length"]
    assert written["dt"] == given["dt"]
    assert written["El_reference"] == given["El_reference"]
    for part in ("voltage_reset", "threshold_dynamics", "threshold_reset",
                 "AScurrent_dynamics", "AScurrent_reset"):  # fmt: skip
        assert written[f"{part}_method"]["name"] == given[f"{part}_method"]["name"], part
    if level in (2, 4, 5):
        line = written["voltage_reset_method"]["params"]
        assert line == pytest.approx({"a": 0.3, "b": 0.004}, rel=1e-14)
    if level >= 3:
        assert written["asc_amp_array"] == pytest.approx([-1.2e-11, 1.7e-11], rel=1e-14)
        assert written["asc_tau_array"] == pytest.approx([0.1, 0.01], rel=1e-14)
    if level == 5:
        params = written["threshold_dynamics_method"]["params"]
        assert params == pytest.approx(
            {"a_spike": 0.002, "b_spike": 50.0, "a_voltage": 14.0, "b_voltage": 27.0}, rel=1e-14
        )


@pytest.mark.parametrize("level", LEVELS)
def test_writing_and_reading_give_the_same_cell(level, config, tmp_path):
    cell = allen.read(config(level))
    allen.write(cell, tmp_path / "cell.json")
    same(cell, allen.read(tmp_path / "cell.json"))
    population = allen.read([config(level), config(1)])
    allen.write(population, tmp_path / "cells.json")
    back = allen.read(tmp_path / "cells.json")
    same(population, back)
    assert [s.name for s in allen.specimens(back)] == ["0", "1"]


@pytest.mark.parametrize("currents", [1, 3])
def test_any_number_of_currents_and_any_combination_of_parts(currents, tmp_path):
    for parts in (
        {"after_spike_currents": True, "adapting_threshold": True},
        {"after_spike_currents": True, "reset_rules": True},
    ):
        model = ex.models.glif(currents=currents, **parts)
        allen.write(model, tmp_path / "cell.json")
        back = allen.read(tmp_path / "cell.json").values()
        for name, value in model.values().items():
            if name == "V_R":  # with an idle reset rule in its place
                assert back["f_v"] == 0.0
                assert back["delta_v"] == 0.0
            else:
                assert back[name] == pytest.approx(value, rel=1e-13), name


def test_a_reset_beside_rest_is_a_line_of_slope_zero(tmp_path):
    model = ex.models.GLIF3(V_R=-70 * mV)
    allen.write(model, tmp_path / "cell.json")
    line = json.loads((tmp_path / "cell.json").read_text())["voltage_reset_method"]
    assert line["name"] == "v_before"
    assert line["params"]["a"] == 0.0
    assert line["params"]["b"] == pytest.approx(8.85e-3, rel=1e-12)
    same(model, allen.read(tmp_path / "cell.json"))


def test_the_refractory_time_must_be_whole_steps(tmp_path):
    odd = ex.models.GLIF1(t_ref=3.77 * ms)
    with pytest.raises(ParameterError, match=r"75\.4 steps") as caught:
        allen.write(odd, tmp_path / "cell.json")
    assert not (tmp_path / "cell.json").exists()
    # What the message says to write is right.
    advice = str(caught.value)
    dt = advice.split('dt="')[1].split('"')[0]
    assert allen.read(allen.to_config(odd, dt=dt))["t_ref"].magnitude == pytest.approx(
        3.77, rel=1e-9
    )
    assert allen.to_config(odd, dt=0.01 * ms)["spike_cut_length"] == 377
    assert allen.to_config(ex.models.GLIF1(t_ref=0 * ms))["spike_cut_length"] == 0
    for dt in ("0 ms", "-1 ms", [0.1, 0.2] * ms):
        with pytest.raises(ParameterError, match="above zero"):
            allen.to_config(odd, dt=dt)


def test_other_models_are_refused(tmp_path):
    for model in (ex.LIF, ex.HodgkinHuxley, ex.models.glif(3, cut="spike")):
        with pytest.raises(ModelError, match="not those of a GLIF neuron"):
            allen.write(model, tmp_path / "cell.json")
    with pytest.raises(FileError):
        allen.write(ex.models.GLIF1, tmp_path / "none" / "cell.json")


def test_equal_names_are_told_apart(config):
    model = allen.read([{"7": config(1)}, {"7": config(1)}])
    assert set(allen.to_config(model)) == {"0_7", "1_7"}


def test_a_population_made_by_hand_is_numbered():
    model = ex.models.GLIF1(g=[8, 9, 10] * nS)
    written = allen.to_config(model)
    assert list(written) == ["0", "1", "2"]
    assert 1 / written["1"]["R_input"] == pytest.approx(9e-9, rel=1e-14)
