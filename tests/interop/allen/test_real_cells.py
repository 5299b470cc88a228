"""The published cells: all of them are read, written, run, and do what other programs say."""

import json
import warnings

import numpy as np
import pytest

import excitable as ex
from excitable.errors import ExcitableWarning, ParameterError
from excitable.units import ms, pA

allen = ex.interop.allen
LEVELS = (1, 2, 3, 4, 5)
COUNTS = {1: 395, 2: 147, 3: 395, 4: 147, 5: 146}
SHORT = {1: "lif", 2: "lif_r", 3: "lif_asc", 4: "lif_r_asc", 5: "lif_r_asc_a"}


@pytest.fixture(scope="module")
def folder(shared):
    return shared / "reference" / "glif"


@pytest.fixture(scope="module")
def published(folder):
    """Every cell's tables by the name of the cell."""
    tables = {}
    for species in ("mouse", "human"):
        text = (folder / f"teeter2018_{species}_configs.json").read_text(encoding="utf-8")
        tables |= json.loads(text)
    return tables


def read(given, level):
    """Some published resets land above threshold; that is warned of, and tested elsewhere."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*a spike leaves v", ExcitableWarning)
        return allen.read(given, level=level)


@pytest.mark.parametrize("level", LEVELS)
def test_every_cell_is_read_and_survives_writing(level, published):
    model = read(published, level)
    names = [name for name, cell in published.items() if f"GLIF{level}" in cell]
    assert model.size == len(names) == COUNTS[level]
    assert allen.specimens(model) == tuple(allen.Specimen(name, level) for name in names)
    assert model.system == getattr(ex.models, f"GLIF{level}").system
    # Independent of the reader: the files' own numbers, by GLIF's definitions.
    files = [published[name][f"GLIF{level}"]["neuron_config"] for name in names]
    wanted = {
        "C": [1e12 * c["C"] for c in files],
        "g": [1e9 / c["R_input"] for c in files],
        "E_L": [1e3 * c["El_reference"] for c in files],
        "V_T": [1e3 * (c["El_reference"] + c["th_inf"] * c["coeffs"]["th_inf"]) for c in files],
        "t_ref": [0.05 * c["spike_cut_length"] for c in files],
    }
    for name, values in wanted.items():
        assert model.values()[name] == pytest.approx(np.array(values), rel=1e-12), name
    again = read(allen.to_config(model), None)
    for name, value in model.values().items():
        assert again.values()[name] == pytest.approx(value, rel=1e-12, abs=0), name


@pytest.mark.parametrize("level", LEVELS)
def test_every_cell_runs_and_alone_as_in_the_population(level, published):
    model = read(published, level)
    drive = ex.step(300 * pA, start=20 * ms, stop=180 * ms)
    run = ex.simulate(model, 200 * ms, I=drive, record=False)
    assert run.stopped is None
    counts = run.spikes.counts()
    assert np.mean(counts > 0) > 0.7
    assert run.spikes.times_ms.min() > 20.0
    names = [each.name for each in allen.specimens(model)]
    compared = 0
    for number in range(0, model.size, model.size // 6):
        cell = published[names[number]][f"GLIF{level}"]["neuron_config"]
        alone = ex.simulate(allen.read(cell), 200 * ms, I=drive, record=False)
        assert alone.spikes[0].times_ms == pytest.approx(run.spikes[number].times_ms, abs=1e-10)
        compared += counts[number]
    assert compared > 10


@pytest.mark.parametrize("level", LEVELS)
def test_no_time_between_spikes_is_shorter_than_the_refractory_time(level, published):
    model = read(published, level)
    run = ex.simulate(model, 100 * ms, I=2000 * pA, record=False)
    shortest = [np.diff(run.spikes[i].times_ms).min(initial=np.inf) for i in range(model.size)]
    assert np.all(np.array(shortest) >= model.values()["t_ref"] - 1e-9)
    assert np.isfinite(shortest).mean() > 0.9


@pytest.mark.parametrize("level", LEVELS)
def test_the_cell_of_bmtk_fires_where_bmtk_and_nest_say(level, folder):
    """Six alpha-shaped currents of 100 pA, tau 5.5 ms, that arrive at 6, 8, 9, 10, 11 and 13 ms."""
    said = json.loads((folder / "bmtk_637930677_reference.json").read_text(encoding="utf-8"))
    name = f"637930677_{SHORT[level]}.json"
    cell = allen.read(folder / "configs" / "bmtk_637930677" / name)
    t = np.arange(0.0, 40.0, 0.001)
    s = np.clip(t[:, None] - [6.0, 8.0, 9.0, 10.0, 11.0, 13.0], 0.0, None)
    current = np.sum(100.0 * np.e * s / 5.5 * np.exp(-s / 5.5), axis=1)
    run = ex.simulate(
        cell, 40 * ms, I=ex.trace(current * pA, 0.001 * ms, hold="linear"), record=False
    )
    times = run.spikes[0].times_ms
    bmtk = said["expected_in_bmtk (tolerance 1 ms)"][f"GLIF{level}"]
    nest = said["nest_3_10_0"][f"GLIF{level}"]
    assert len(times) == len(bmtk) == len(nest)
    assert times == pytest.approx(bmtk, abs=1.0)
    # NEST stamps the end of a step of 0.001 ms.
    assert times[:1] == pytest.approx(nest[:1], abs=1.1e-3)
    assert times == pytest.approx(nest, abs=3e-3)


def test_files_of_neuroml_and_bmtk(folder):
    configs = folder / "configs"
    model = allen.read(configs / "neuroml_celltypes")
    assert [each.name for each in allen.specimens(model)] == [
        path.name.split("_")[0] for path in sorted((configs / "neuroml_celltypes").iterdir())
    ]
    assert {each.level for each in allen.specimens(model)} == {1, 3, 4}
    assert model.system == ex.models.GLIF4.system
    for path in sorted((configs / "neuroml_celltypes").iterdir()):
        single = allen.read(path)
        assert single.size is None
        assert single.name.endswith(path.name.split("_")[0])
    for path in sorted((configs / "bmtk_glif_psc_params").iterdir()):
        with pytest.warns(ExcitableWarning, match="tau_syn"):
            cell = allen.from_nest(path)
        given = json.loads(path.read_text(encoding="utf-8"))
        again = allen.to_nest(cell)
        assert set(given) - set(again) == {"tau_syn"}
        assert {key: again[key] for key in again if key in given} == {
            key: value for key, value in given.items() if key != "tau_syn"
        }


@pytest.mark.parametrize("level", LEVELS)
def test_nest_takes_what_it_can_hold(level, published):
    """Cells with a reset slope outside 0 and 1 are refused, and no others."""
    model = read(published, level)
    inside = np.full(model.size, True)
    if level in (2, 4, 5):
        inside = (model.values()["f_v"] >= 0.0) & (model.values()["f_v"] <= 1.0)
        with pytest.raises(ParameterError, match=f"{np.sum(~inside)} of {COUNTS[level]} cells"):
            allen.to_nest(model)
        assert np.sum(~inside) > 5
    names = [each.name for each in allen.specimens(model)]
    kept = read([{names[i]: published[names[i]]} for i in np.flatnonzero(inside)], level)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*a spike leaves v", ExcitableWarning)
        back = allen.from_nest(allen.to_nest(kept))
    for name, value in kept.values().items():
        assert back.values()[name] == pytest.approx(value, rel=1e-12, abs=0)


def test_resets_above_threshold_are_named(published):
    """They fire once every refractory time; asked to, the reader refuses them."""
    with pytest.warns(ExcitableWarning, match="a spike leaves v of neurons") as caught:
        model = allen.read(published, level=5)
    assert len(caught) == 1
    with pytest.raises(ParameterError, match="a spike leaves v"):
        allen.read(published, level=5, on_bad_reset="raise")
    # Independent of the check: the reset from threshold by GLIF's definition.
    values = model.values()
    landing = values["f_v"] * (values["V_T"] - values["E_L"]) - values["delta_v"]
    bad = np.flatnonzero(landing >= values["V_T"] - values["E_L"] + values["delta_s"])
    assert 0 < bad.size < 10
    assert str(bad[0]) in str(caught[0].message)
    run = ex.simulate(model, 100 * ms, I=2000 * pA, record=False)
    for number in bad:
        assert np.diff(run.spikes[number].times_ms).min() == pytest.approx(
            values["t_ref"][number], abs=1e-9
        )


@pytest.mark.slow
@pytest.mark.parametrize("stimulus", ["step1.3", "step3", "ramp4", "noise"])
@pytest.mark.parametrize("level", LEVELS)
def test_event_driven_trains_of_ten_cells(level, stimulus, folder, published):
    """Trains that another event-driven program gave for 0.8 s of samples of 0.05 ms."""
    spikes = 0
    for path in sorted((folder / "oracle").glob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        values = np.zeros(16000)
        if stimulus == "noise":
            values = np.load(path.with_suffix(".npz"))["stim_noise"]
        elif stimulus == "ramp4":
            top = round(4 * said["rheobase_GLIF1_pA"])
            values[1000:13000] = np.linspace(0, top, 12000, endpoint=False)
        else:
            times = float(stimulus.removeprefix("step"))
            values[1000:13000] = round(times * said["rheobase_GLIF1_pA"])
        bmtk = folder / "configs" / f"bmtk_{said['specimen']}"
        cell = read(bmtk if bmtk.is_dir() else published[said["specimen"]], level)
        drive = ex.trace(values * pA, 0.05 * ms)
        run = ex.simulate(cell, 800 * ms, I=drive, record=False)
        exact = said["levels"][f"GLIF{level}"][stimulus]["event_exact_spike_times_ms"]
        assert run.spikes[0].times_ms == pytest.approx(exact, abs=1e-9), said["tag"]
        spikes += len(exact)
    assert spikes > 40
