"""Files of the Allen database as models."""

import json

import numpy as np
import pytest

import excitable as ex
from excitable.errors import ExcitableWarning, FileError, ParameterError
from excitable.units import ms, pA

allen = ex.interop.allen
LEVELS = (1, 2, 3, 4, 5)


@pytest.mark.parametrize("level", LEVELS)
def test_a_cell_is_read_in_our_names_and_units(level, config, expected):
    cell = allen.read(config(level))
    values = cell.values()
    assert values == pytest.approx({name: expected[name] for name in values}, rel=1e-14)
    assert cell.system == getattr(ex.models, f"GLIF{level}").system
    assert cell["v"].magnitude == pytest.approx(-72.0)


@pytest.mark.parametrize("level", LEVELS)
def test_a_file_is_read_whatever_form_it_has(level, config, put):
    plain = allen.read(config(level))
    for given in (
        put("485904755_neuron_config.json", config(level)),
        put("485904755/neuron_config.json", config(level)),
        put("keyed.json", {"485904755": config(level)}),
        str(put("485904755.json", config(level))),
    ):
        cell = allen.read(given)
        assert cell.values() == plain.values()
        assert cell.name == f"GLIF{level} 485904755"
        assert allen.specimens(cell) == (allen.Specimen("485904755", level),)


def test_the_refractory_time_counts_in_the_files_own_steps(config):
    assert allen.read(config(1, dt=5e-6))["t_ref"].magnitude == pytest.approx(0.32, rel=1e-14)


def test_a_rest_beside_the_reference_is_the_rest(config):
    """El shifts the leak alone; threshold and reset stay where the reference puts them."""
    cell = allen.read(config(4, El=0.002, init_voltage=0.002))
    assert cell["E_L"].magnitude == pytest.approx(-70.0)
    assert cell["V_T"].magnitude == pytest.approx(-50.0)
    for v in (-50.0, -60.0):
        # In the file's frame the reset is a*(v - reference) + b.
        wanted = -72.0 + 0.3 * (v + 72.0) + 4.0
        E_L, f_v, delta_v = (cell[name].magnitude for name in ("E_L", "f_v", "delta_v"))
        assert E_L + f_v * (v - E_L) - delta_v == pytest.approx(wanted, rel=1e-13)


def test_an_unused_part_of_a_file_does_not_make_a_level(config):
    """Files of the first level carry the amplitudes of a fit of the third."""
    assert set(allen.read(config(1)).states) == {"v"}
    assert set(allen.read(config(3)).states) == {"v", "I_1", "I_2"}


def test_parts_combine_freely(config):
    threshold_only = config(5, AScurrent_dynamics_method={"name": "none", "params": {}},
                            AScurrent_reset_method={"name": "none", "params": {}})  # fmt: skip
    cell = allen.read(threshold_only)
    assert set(cell.states) == {"v", "theta_s", "theta_v"}
    plain_reset = config(4, voltage_reset_method={"name": "zero", "params": {}})
    assert allen.read(plain_reset)["f_v"] == 0.0
    fixed = config(3, voltage_reset_method={"name": "v_before", "params": {"a": 0, "b": 0.005}})
    cell = allen.read(fixed)
    assert cell.system == ex.models.GLIF3.system
    assert cell["V_R"].magnitude == pytest.approx(-67.0)


@pytest.mark.parametrize("f_v", [-0.3, 1.7])
def test_any_slope_of_the_reset_is_accepted(f_v, config):
    line = {"name": "v_before", "params": {"a": f_v, "b": -0.03}}
    assert allen.read(config(2, voltage_reset_method=line))["f_v"].magnitude == f_v


class TestPopulation:
    @pytest.mark.parametrize(
        ("levels", "smallest"),
        [((1, 1), 1), ((1, 2), 2), ((1, 3), 3), ((2, 3), 4), ((3, 2, 1), 4), ((1, 5), 5)],
    )
    def test_cells_become_the_smallest_level_that_contains_them(self, levels, smallest, config):
        model = allen.read([config(level) for level in levels])
        assert model.system == getattr(ex.models, f"GLIF{smallest}").system
        assert model.size == len(levels)
        assert [each.level for each in allen.specimens(model)] == list(levels)

    def test_each_neuron_does_what_its_cell_does(self, config):
        few = config(3, asc_amp_array=[-4e-11], asc_tau_array=[0.05], init_AScurrents=[0.0],
                     coeffs={"C": 1, "G": 1, "th_inf": 1, "asc_amp_array": [1.0]},
                     AScurrent_reset_method={"name": "sum", "params": {"r": [1.0]}})  # fmt: skip
        fixed = config(1, voltage_reset_method={"name": "v_before", "params": {"a": 0, "b": 0.005}})
        tables = [config(level) for level in (5, 1, 2, 3, 4)] + [few, fixed]
        population = allen.read(tables)
        drive = ex.step(150 * pA, start=5 * ms)
        together = ex.simulate(population, 200 * ms, I=drive, record="v")
        for number, table in enumerate(tables):
            alone = ex.simulate(allen.read(table), 200 * ms, I=drive)
            assert together.spikes[number].times_ms.size > 3
            assert together.spikes[number].times_ms == pytest.approx(
                alone.spikes[0].times_ms, abs=1e-9
            )
            assert together.v.magnitude[:, number] == pytest.approx(alone.v.magnitude, abs=1e-9)

    def test_a_folder_is_read_in_the_order_of_its_names(self, config, put, tmp_path):
        for name, level in (("b/3_neuron_config.json", 3), ("a/7.json", 1), ("a/4.json", 2)):
            put(name, config(level))
        put("many.json", {"11": config(1), "9": config(1)})
        model = allen.read(tmp_path)
        assert [each.name for each in allen.specimens(model)] == ["4", "7", "3", "11", "9"]
        one = allen.read(tmp_path / "b")
        assert one.size == 1
        assert one["C"].magnitude == pytest.approx([100.0], rel=1e-15)
        assert one.name.endswith(" 1 cell")

    def test_other_files_of_a_folder_are_named_in_one_warning(self, config, put, tmp_path):
        put("485904755.json", config(1))
        put("preprocessor_values.json", {"bridge_balance": 3})
        put("sweeps.json", [1, 2])
        with pytest.warns(ExcitableWarning, match=r"preprocessor_values\.json, sweeps\.json") as w:
            assert allen.read(tmp_path).size == 1
        assert len(w) == 1

    def test_names_survive_changes_files_and_runs(self, config, tmp_path):
        model = allen.read({"1,2 3": config(1), "x\ny": config(3)})
        names = ("1_2_3", "x_y")
        changed = model(t_ref=2 * ms)
        changed.save(tmp_path / "cells.json")
        for each in (changed, ex.read(tmp_path / "cells.json"),
                     ex.simulate(changed, 1 * ms).model):  # fmt: skip
            assert tuple(s.name for s in allen.specimens(each)) == names
        assert allen.specimens(ex.LIF) == ()

    def test_a_list_may_hold_files_tables_and_folders(self, config, put, tmp_path):
        path = put("7.json", config(1))
        model = allen.read([path, config(1), {"9": config(2)}, tmp_path])
        assert [each.name for each in allen.specimens(model)] == ["7", "1", "9", "7"]


class TestLevels:
    def tables(self, config):
        return {f"GLIF{n}": {"neuron_config": config(n), "explained": 0.7} for n in (1, 3, 5)}

    @pytest.mark.parametrize("level", [3, "3", "GLIF3", "LIF-ASC", "nest:glif_lif_asc_psc"])
    def test_a_cell_filed_by_level_is_read_at_one(self, level, config):
        cell = allen.read({"cre": "Rorb", **self.tables(config)}, level=level)
        assert cell.values() == allen.read(config(3)).values()

    def test_cells_without_the_level_are_left_out(self, config):
        table = {"10": self.tables(config), "20": {"GLIF2": config(2)}, "30": self.tables(config)}
        model = allen.read(table, level=5)
        assert [each.name for each in allen.specimens(model)] == ["10", "30"]
        assert allen.read([config(1), config(5), config(1)], level=1).size == 2

    def test_a_table_of_another_level_may_be_broken(self, config):
        table = self.tables(config) | {"GLIF2": {"neuron_config": config(2, C="broken")}}
        assert allen.read(table, level=1).name == "GLIF1 cell"

    def test_the_level_must_be_chosen(self, config):
        with pytest.raises(ParameterError, match="levels are 1, 3, 5"):
            allen.read(self.tables(config))
        with pytest.raises(ParameterError, match="no cell of level 2"):
            allen.read(self.tables(config), level=2)
        with pytest.raises(ParameterError, match="no cell of level 2"):
            allen.read(config(1), level=2)


@pytest.mark.parametrize("level", [0, 6, True, "GLIF6", "LIF-Q", 2.5])
def test_no_other_level_exists(level, config):
    with pytest.raises(ParameterError, match="Write level=3"):
        allen.read(config(1), level=level)


def test_unknown_fields_are_named_in_one_warning(config):
    odd = config(5, colour="red", coeffs=config()["coeffs"] | {"Q": 1})
    odd["voltage_reset_method"]["params"]["c"] = 3
    with pytest.warns(ExcitableWarning, match="2 cells") as caught:
        allen.read([odd, odd])
    assert len(caught) == 1
    for name in ("colour", "coeffs.Q", "voltage_reset_method.params.c"):
        assert name in str(caught[0].message)


def test_a_start_away_from_rest_is_told_and_can_be_given(config):
    begun = config(3, init_voltage=0.005, init_AScurrents=[1e-11, 0.0])
    with pytest.warns(ExcitableWarning, match="simulate") as caught:
        cell = allen.read(begun)
    message = str(caught[0].message)
    assert 'initial=dict(v="-67 mV", I_1="10 pA")' in message
    with pytest.warns(ExcitableWarning, match="init_threshold"):
        allen.read(config(1, init_threshold=0.05))
    assert cell.values() == allen.read(config(3)).values()


def test_a_bad_reset_warns_or_raises(config):
    line = {"name": "v_before", "params": {"a": 1.0, "b": 0.01}}
    bad = config(2, voltage_reset_method=line)
    with pytest.warns(ExcitableWarning, match="neurons? 1"):
        allen.read([config(2), bad])
    with pytest.raises(ParameterError, match="GLIF2 cell"):
        allen.read(bad, on_bad_reset="raise")


WRONG_UNITS = {
    "El_reference": (-72.0, "Write -0.072 if -72 mV is meant"),
    "C": (58.0, "Write 5.8e-11 if 58 pF is meant"),
    "R_input": (188.0, "Write 188000000 if 188 MOhm is meant"),
    "th_inf": (20.0, "0.02"),
    "dt": (0.05, "5e-05"),
    "asc_tau_array": ([100.0, 10.0], "0.1"),
    "asc_amp_array": ([-12.0, 34.0], "-1.2e-11"),
}


@pytest.mark.parametrize("name", WRONG_UNITS)
def test_numbers_in_other_units_are_seen(name, config):
    value, advice = WRONG_UNITS[name]
    with pytest.raises(FileError, match=name) as caught:
        allen.read(config(3, **{name: value}))
    assert advice in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"C": None}, "it is missing"),
        ({"C": "80 pF"}, "it is a text"),
        ({"C": True}, "true or false"),
        ({"C": float("nan")}, "finite"),
        ({"C": 10**400}, "finite"),
        ({"C": 0.0}, "above zero"),
        ({"R_input": -1e8}, "above zero"),
        ({"dt": 0}, "above zero"),
        ({"spike_cut_length": 2.5}, "whole number"),
        ({"spike_cut_length": -1}, "whole number"),
        ({"coeffs": None}, "th_inf"),
        ({"coeffs": {"C": 1, "G": 1}}, "coeffs.th_inf"),
        ({"coeffs": 3}, "a table is expected"),
        ({"asc_tau_array": [0.1]}, "one for each"),
        ({"asc_tau_array": 0.1}, "one for each"),
        ({"asc_tau_array": [0.1, 0.0]}, "above zero"),
        ({"asc_tau_array": "0.1"}, "a list of numbers"),
        ({"voltage_reset_method": None}, "it is missing"),
        ({"voltage_reset_method": {"name": 3}}, "a text is expected"),
        ({"voltage_reset_method": {"name": "spline", "params": {}}}, "zero, v_before"),
        ({"voltage_reset_method": {"name": "v_before"}}, "params.a"),
        ({"threshold_reset_method": {"name": "inf", "params": {}}}, "both 'inf' or neither"),
        ({"AScurrent_reset_method": {"name": "none", "params": {}}}, "both 'none' or neither"),
        (
            {"threshold_reset_method": {"name": "three_components",
                                        "params": {"a_spike": 0.003, "b_spike": 50.0}}},
            "one value is expected",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_named(changes, words, config):
    with pytest.raises(FileError, match=words.replace(".", r"\.")):
        allen.read(config(5, **changes))


@pytest.mark.parametrize(
    "text", ["", "{", "[1, 2]", "3", '{"a": 1}', '{"a": {}}', "{}", "[" * 100_000, '{"a": NaN}']
)
def test_other_json_is_refused(text, put):
    with pytest.raises(FileError):
        allen.read(put("cell.json", text))


def test_what_is_no_source_is_refused(config, put, tmp_path):
    for given in (3, None, [], {}, [3], tmp_path, tmp_path / "none.json", "a\0b"):
        with pytest.raises(FileError):
            allen.read(given)
    path = put("latin.json", "x")
    path.write_bytes(b"\xff\xfe{")
    with pytest.raises(FileError, match="UTF-8"):
        allen.read(path)
    with pytest.raises(FileError, match="from_nest"):
        allen.read({"C_m": 58.0, "V_th": -50.0, "g": 9.0, "E_L": -78.0})
    with pytest.raises(FileError, match=r"ex\.read"):
        allen.read(ex.LIF.to_dict())


def test_arrays_of_numpy_serve_as_lists(config):
    table = config(3, asc_tau_array=np.array([0.1, 0.01]), C=np.float64(8e-11))
    assert allen.read(table).values() == allen.read(config(3)).values()
    assert json.dumps(allen.to_config(allen.read(table)))


def test_names_of_fields_are_shown_in_one_line(config):
    """A file may hold anything; a message stays one line."""
    for given in ({"a\nb" * 100: 3}, config(1, C=None) | {"x\ny": 1}):
        with pytest.raises(FileError) as caught:
            allen.read(given)
        assert len(str(caught.value).splitlines()) == 1
        assert len(str(caught.value)) < 700
    with pytest.warns(ExcitableWarning, match=r"x\?y"):
        allen.read(config(1) | {"x\ny": 1})


def test_keys_may_be_numbers(config):
    model = allen.read({485904755: config(1), 566283879: config(3)})
    assert [each.name for each in allen.specimens(model)] == ["485904755", "566283879"]
