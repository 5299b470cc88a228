"""Parameter dictionaries of NEST."""

import json

import pytest

import excitable as ex
from excitable.errors import ExcitableWarning, FileError, ModelError, ParameterError
from excitable.units import ms, mV

allen = ex.interop.allen
LEVELS = (1, 2, 3, 4, 5)
FLAGS = ("spike_dependent_threshold", "after_spike_currents", "adapting_threshold")
SWITCHED = {1: "FFF", 2: "TFF", 3: "FTF", 4: "TTF", 5: "TTT"}
BMTK = {
    "V_m": -76.0, "V_th": -40.5, "g": 3.9, "E_L": -76.0, "C_m": 68.1, "t_ref": 2.4,
    "V_reset": -76.0, "asc_init": [0.0, 0.0], "asc_decay": [0.003, 0.1],
    "asc_amps": [-13.0, -200.0],
    "spike_dependent_threshold": False, "after_spike_currents": True,
    "adapting_threshold": False,
}  # fmt: skip


def same(one, other):
    assert one.system == other.system
    for name, value in one.values().items():
        assert other.values()[name] == pytest.approx(value, rel=1e-15, abs=0), name


@pytest.mark.parametrize("level", LEVELS)
def test_a_cell_goes_to_nest_and_back(level, config, expected):
    cell = allen.read(config(level))
    parameters = allen.to_nest(cell)
    assert parameters["model"] == "glif_psc"
    assert "".join("FT"[parameters[flag]] for flag in FLAGS) == SWITCHED[level]
    assert json.loads(json.dumps(parameters)) == parameters
    ours = {"C_m": "C", "g": "g", "E_L": "E_L", "V_th": "V_T", "t_ref": "t_ref", "V_m": "E_L"}
    for name, own in ours.items():
        assert parameters[name] == pytest.approx(expected[own], rel=1e-14)
    if level in (2, 4, 5):
        assert parameters["voltage_reset_add"] == pytest.approx(-expected["delta_v"])
        assert parameters["voltage_reset_fraction"] == expected["f_v"]
        assert parameters["th_spike_add"] == pytest.approx(expected["delta_s"])
        assert parameters["th_spike_decay"] == pytest.approx(expected["b_s"])
    if level >= 3:
        assert parameters["asc_decay"] == pytest.approx([expected["k_1"], expected["k_2"]])
        assert parameters["asc_amps"] == pytest.approx([expected["delta_1"], expected["delta_2"]])
        assert parameters["asc_r"] == [1.0, 0.8]
    if level == 5:
        assert parameters["th_voltage_index"] == pytest.approx(expected["a_v"])
        assert parameters["th_voltage_decay"] == pytest.approx(expected["b_v"])
    same(cell, allen.from_nest(parameters))


@pytest.mark.parametrize("level", LEVELS)
def test_our_values_are_those_of_nest(level):
    """NEST's own values, as its manual lists them, are the models' values."""
    same(getattr(ex.models, f"GLIF{level}"), allen.from_nest({}, level=level))
    flags = dict(zip(FLAGS, (s == "T" for s in SWITCHED[level]), strict=True))
    same(getattr(ex.models, f"GLIF{level}"), allen.from_nest(flags))


def test_a_rest_of_its_own_takes_the_threshold_and_the_reset_along():
    """NEST shifts what is relative to E_L and not given."""
    cell = allen.from_nest({"E_L": -70.0}, level=1)
    assert cell["V_T"].magnitude == pytest.approx(-70.0 + 27.17)
    assert cell["V_R"].magnitude == -70.0


@pytest.mark.parametrize("name", ["glif_psc", "glif_cond", "glif_psc_double_alpha"])
def test_names_of_nest(name):
    parameters = allen.to_nest(ex.models.GLIF3, name=name)
    assert parameters["model"] == name
    same(ex.models.GLIF3, allen.from_nest(parameters))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("ending", ["", "_psc", "_cond"])
def test_templates_of_bmtk_go_both_ways(level, ending):
    short = {1: "lif", 2: "lif_r", 3: "lif_asc", 4: "lif_r_asc", 5: "lif_r_asc_a"}[level]
    cell = getattr(ex.models, f"GLIF{level}")
    parameters = allen.to_nest(cell, name=f"nest:glif_{short}{ending}")
    assert not set(FLAGS) & set(parameters)
    assert ("a_reset" in parameters) == (level in (2, 4, 5))
    assert ("k" in parameters) == (level >= 3)
    assert ("b_voltage" in parameters) == (level == 5)
    same(cell, allen.from_nest(parameters))
    template = parameters.pop("model")
    same(cell, allen.from_nest(parameters, level=template))
    with pytest.raises(ParameterError, match="template of level"):
        allen.to_nest(ex.models.GLIF1 if level > 1 else ex.models.GLIF2, name=template)


def test_populations_are_lists(config):
    population = allen.read([config(5), config(4)])
    dictionaries = allen.to_nest(population)
    assert len(dictionaries) == 2
    same(population, allen.from_nest(dictionaries))


def test_a_file_of_bmtk(put):
    path = put("318808427_glif_lif_asc_psc.json", BMTK | {"tau_syn": [5.5, 8.5]})
    with pytest.warns(ExcitableWarning, match="tau_syn describes synapses"):
        cell = allen.from_nest(path)
    assert cell.name == "GLIF3 318808427_glif_lif_asc_psc"
    assert cell["delta_2"].magnitude == -200.0
    assert cell["f_1"].magnitude == 1.0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"colour": 3}, "unknown meaning were left out: colour"),
        ({"th_spike_add": 0.3}, "th_spike_add has no effect"),
        ({"V_m": -60.0}, 'initial=dict(v="-60 mV")'),
        ({"asc_init": [1.0, 0.0]}, "away from rest"),
    ],
)
def test_what_is_left_out_is_told(changes, words):
    with pytest.warns(ExcitableWarning) as caught:
        allen.from_nest(BMTK | changes)
    assert len(caught) == 1
    assert words in str(caught[0].message)


def test_a_status_of_nest_is_read_like_parameters():
    allen.from_nest(BMTK | {"model": "glif_psc", "global_id": 3, "recordables": ("V_m",)})


LIMITS = {
    "f_v": (2, {"f_v": 1.2, "delta_v": 9 * mV}, "f_v is 1.2"),
    "f_v below": (5, {"f_v": -0.1}, "f_v is -0.1"),
    "f_2": (3, {"f_2": 1.5}, "f_2 is 1.5"),
    "t_ref": (1, {"t_ref": 0 * ms}, "t_ref is 0 ms"),
    "V_R": (1, {"V_R": -40 * mV}, "V_R -40 mV is not below V_T"),
    "b_v": (5, {"b_v": "0/ms"}, "b_v is 0/ms"),
}


@pytest.mark.filterwarnings("ignore:GLIF1. a spike leaves:excitable.errors.ExcitableWarning")
@pytest.mark.parametrize("case", LIMITS)
def test_limits_of_nest_are_named(case):
    level, changes, words = LIMITS[case]
    model = getattr(ex.models, f"GLIF{level}")(**changes)
    with pytest.raises(ParameterError) as caught:
        allen.to_nest(model)
    assert words in str(caught.value)


def test_limits_are_named_cell_by_cell():
    model = ex.models.GLIF2(f_v=[0.5, 1.2, -1.0], delta_v=9 * mV)
    with pytest.raises(ParameterError, match=r"2 of 3 cells.*1 \(f_v is 1.2\), 2 \(f_v is -1\)"):
        allen.to_nest(model)


def test_other_combinations_are_not_in_nest():
    with pytest.raises(ParameterError, match="not those of a level"):
        allen.to_nest(ex.models.glif(adapting_threshold=True))
    with pytest.raises(ModelError, match="GLIF"):
        allen.to_nest(ex.AdEx)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"C_m": 6.8e-11}, "Write 68 if 6.8e-11 F is meant"),
        ({"g": 3.9e-9}, "Write 3.9 if"),
        ({"E_L": -0.076, "V_th": -0.04, "V_reset": -0.076, "V_m": -0.076}, "Write -76 if"),
        ({"asc_amps": [-1.3e-11, -2e-10]}, "Write -13 if"),
        ({"asc_amps": [-13.0]}, "one for each"),
        ({"C_m": "68"}, "a number is expected"),
        ({"C_m": 0.0}, "above zero"),
        ({"after_spike_currents": "yes"}, "true or false"),
    ],
)
def test_what_is_wrong_in_a_dictionary_is_named(changes, words):
    with pytest.raises(FileError) as caught:
        allen.from_nest(BMTK | changes)
    assert words in str(caught.value)


def test_other_things_are_refused(tmp_path):
    with pytest.raises(ParameterError, match="level 5 is asked for"):
        allen.from_nest(BMTK, level=5)
    with pytest.raises(ParameterError, match="glif_cond"):
        allen.to_nest(ex.models.GLIF1, name="iaf_psc_alpha")
    for given in (3, [], None, tmp_path / "none.json"):
        with pytest.raises(FileError):
            allen.from_nest(given)
