"""The four forms of the leaky integrate-and-fire neuron: one neuron, whichever is written."""

import itertools

import mpmath
import numpy as np
import pytest

import excitable as ex
from excitable.expression import dimension_of, evaluate, parse
from excitable.models import _lif_forms, normalised_drive
from excitable.units import MOhm, ms, mV, nA, nF, nS, pA, pF, uS

FORMS = ("as_resistance", "as_conductance", "as_capacitance")
CELL = ex.LIF(tau_m=13.7 * ms, R=87 * MOhm, E_L=-68.3 * mV, V_T=-51.1 * mV, V_R=-60.2 * mV,
              t_ref=1.9 * ms)  # fmt: skip


def random_cells(count, seed=1):
    draw = np.random.default_rng(seed).uniform
    return ex.LIF(
        tau_m=draw(1, 60, count) * ms,
        R=10 ** draw(0, 3, count) * MOhm,
        E_L=draw(-80, -60, count) * mV,
        V_T=draw(-55, -40, count) * mV,
        V_R=draw(-80, -56, count) * mV,
        t_ref=draw(0, 5, count) * ms,
    )


def last_places(found, expected):
    """Difference in units in the last place of the expected value."""
    return np.max(np.abs(np.asarray(found) - expected) / np.spacing(np.abs(expected)))


def times_of(model, **inputs):
    return ex.simulate(model, 200 * ms, record=False, **inputs).spikes[0].times_ms


@pytest.mark.parametrize("current", [210.0, 300.0, 2500.0])
def test_spike_times_are_the_same_in_all_forms(current):
    expected = times_of(CELL, I=current * pA)
    assert expected.size >= 4
    for form in FORMS:
        assert times_of(getattr(CELL, form)(), I=current * pA) == pytest.approx(expected, rel=1e-12)
    drive = normalised_drive(CELL, current * pA)
    plain = CELL.normalised()
    assert times_of(plain, v_in=drive) == pytest.approx(expected, rel=1e-12)
    back = plain.denormalised(R=87 * MOhm, E_L=-68.3 * mV, V_T=-51.1 * mV)
    assert times_of(back, I=current * pA) == pytest.approx(expected, rel=1e-12)


def test_potentials_are_the_same_in_all_forms():
    expected = ex.simulate(CELL, 100 * ms, I=250 * pA).bare("v")
    for form in FORMS:
        found = ex.simulate(getattr(CELL, form)(), 100 * ms, I=250 * pA).bare("v")
        assert found == pytest.approx(expected, rel=1e-12)
    share = ex.simulate(CELL.normalised(), 100 * ms, v_in=normalised_drive(CELL, 250 * pA))
    assert -68.3 + 17.2 * share.bare("v") == pytest.approx(expected, rel=1e-12)


def test_populations_fire_alike_in_all_forms():
    cells = random_cells(40)
    current = 3 * 20 * mV / cells["R"]
    runs = [ex.simulate(getattr(cells, form)(), 150 * ms, I=current, record=False)
            for form in FORMS]  # fmt: skip
    drive = normalised_drive(cells, current)
    runs.append(ex.simulate(cells.normalised(), 150 * ms, v_in=drive, record=False))
    assert runs[0].spikes.count > 100
    for run in runs[1:]:
        assert run.spikes.counts().tolist() == runs[0].spikes.counts().tolist()
        found, expected = run.spikes.grouped_ms, runs[0].spikes.grouped_ms
        assert found == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(FORMS, 2)))
def test_conversions_round_trip_to_the_last_place(first, second):
    cells = getattr(random_cells(20_000), first)()
    back = getattr(getattr(cells, second)(), first)()
    for name, value in cells.values().items():
        if name in ("tau_m", "R", "g_L", "C"):
            assert last_places(back.values()[name], value) <= 1.0
        else:
            assert np.array_equal(back.values()[name], value)


def test_round_trip_through_plain_numbers():
    cells = random_cells(20_000)
    values = cells.values()
    back = cells.normalised().denormalised(R=cells["R"], E_L=cells["E_L"], V_T=cells["V_T"])
    for name in ("tau_m", "t_ref"):
        assert np.array_equal(back.values()[name], values[name])
    for name in ("R", "E_L", "V_T"):  # these have passed through their units
        assert last_places(back.values()[name], values[name]) <= 1.0
    # V_R is a small difference: its error is counted in the last place of the potentials.
    assert np.abs(back.values()["V_R"] - values["V_R"]).max() <= 2 * np.spacing(80.0)


def test_conversions_against_fifty_digits():
    values = CELL.values()
    with mpmath.workdps(50):
        tau_m, R = mpmath.mpf(values["tau_m"]), mpmath.mpf(values["R"])
        E_L, V_T, V_R = (mpmath.mpf(values[name]) for name in ("E_L", "V_T", "V_R"))
        expected = {"C": tau_m / R, "g_L": 1 / R, "v_R": (V_R - E_L) / (V_T - E_L)}
        expected = {name: float(value) for name, value in expected.items()}
    conductance = CELL.as_conductance().values()
    assert conductance["g_L"] == pytest.approx(expected["g_L"], rel=2e-16)
    assert conductance["C"] == pytest.approx(expected["C"], rel=4e-16)
    assert CELL.as_capacitance().values()["C"] == expected["C"]
    assert CELL.normalised().values()["v_R"] == pytest.approx(expected["v_R"], rel=1e-14)


def test_nanoampere_times_megohm_is_millivolt():
    assert (2 * nA * 10 * MOhm).to("mV").magnitude == pytest.approx(20.0, rel=1e-15)
    assert (20 * ms / (10 * MOhm)).to("nF").magnitude == pytest.approx(2.0, rel=1e-15)
    assert (1 / (10 * MOhm)).to("uS").magnitude == pytest.approx(0.1, rel=1e-15)
    cell = ex.LIF(tau_m=20 * ms, R=10 * MOhm)
    assert cell.as_conductance()["C"].to("nF").magnitude == pytest.approx(2.0, rel=1e-15)
    assert cell.as_conductance()["g_L"].to("uS").magnitude == pytest.approx(0.1, rel=1e-15)
    same = ex.LIFConductance(C=2 * nF, g_L=0.1 * uS)
    assert same.as_resistance().values() == pytest.approx(cell.values(), rel=1e-15)
    # 2 nA through 10 MOhm end 20 mV above rest.
    held = ex.simulate(cell(V_T=0 * mV), 2000 * ms, I=2 * nA).bare("v")[-1]
    assert held == pytest.approx(-45.0, rel=1e-13)


def test_the_rules_are_right_in_their_units():
    dimensions = {**ex.LIF.dimensions, **ex.LIFConductance.dimensions}
    for name, rule in _lif_forms.RULES:
        assert dimension_of(parse(rule), dimensions) == dimensions[name]
    known = {**dimensions, "V": dimensions["v"], "v": ex.LIFNormalised.dimensions["v"]}
    assert dimension_of(parse(_lif_forms.SHARE), known) == known["v"]
    assert dimension_of(parse(_lif_forms.POTENTIAL), known) == known["V"]
    assert dimension_of(parse(_lif_forms.DRIVE), known) == known["v"]


def test_the_defaults_of_the_forms_are_one_neuron():
    assert ex.LIF.as_conductance() == ex.LIFConductance
    assert ex.LIF.as_capacitance() == ex.LIFCapacitance
    assert ex.LIF.normalised() == ex.LIFNormalised
    assert ex.LIF.as_resistance() is ex.LIF


def test_the_cortical_preset():
    for model in (ex.LIF, ex.LIFNormalised):
        values = model.preset("cortical").values()
        assert (values["tau_m"], values["t_ref"]) == (20.0, 2.0)
    # At most one spike for each refractory time.
    times = times_of(ex.LIFNormalised, v_in=1e9)
    assert np.diff(times) == pytest.approx(2.0, abs=1e-6)


def test_the_closed_form_of_the_interval_in_every_form():
    v_in, reset = 1.6, CELL.normalised().values()["v_R"]
    expected = 1.9 + 13.7 * np.log((v_in - reset) / (v_in - 1.0))
    assert np.diff(times_of(CELL.normalised(), v_in=v_in)) == pytest.approx(expected, rel=1e-12)
    current = v_in * 17.2 / 0.087
    for form in FORMS:
        found = np.diff(times_of(getattr(CELL, form)(), I=current * pA))
        assert found == pytest.approx(expected, rel=1e-11)


def test_start_and_presets_travel():
    cell = ex.Model.from_dict(ex.LIF.to_dict() | {"states": {"v": "-57 mV"}, "name": "Mine"})
    assert cell.as_conductance().states["v"].value == -57.0
    assert cell.normalised().states["v"].value == pytest.approx(8 / 15)
    assert evaluate(cell.system.threshold, {"v": -50.0, "V_T": -50.0}) == 0.0


def test_arrays_stay_arrays():
    cells = ex.LIF(tau_m=[10, 20] * ms, V_R=[-65, -55] * mV)
    assert cells.as_conductance()["C"].to("pF").magnitude == pytest.approx([100.0, 200.0])
    assert cells.normalised().size == 2
    assert cells.normalised().values()["v_R"] == pytest.approx([0.0, 2 / 3])
    back = cells.normalised().denormalised(
        R=[50, 100] * MOhm, E_L=[-70, -65] * mV, V_T=[-50, -50] * mV
    )
    assert back.values()["V_R"] == pytest.approx([-70.0, -55.0])


def test_what_is_no_form_is_refused():
    with pytest.raises(ex.errors.ModelError, match="AdEx is no leaky integrate-and-fire neuron"):
        ex.AdEx.as_conductance()
    with pytest.raises(ex.errors.ModelError, match="neither a resistance nor potentials"):
        ex.LIFNormalised.as_conductance()
    with pytest.raises(ex.errors.ModelError, match="has potentials"):
        ex.LIF.denormalised(R=1 * MOhm, E_L=-65 * mV, V_T=-50 * mV)
    with pytest.raises(ex.errors.ParameterError, match="threshold of neuron 1 is not above rest"):
        ex.LIF(V_T=[-50, -65] * mV, V_R=-70 * mV).normalised()
    with pytest.raises(ex.errors.UnitError, match="voltage"):
        ex.LIFNormalised.denormalised(R=1 * MOhm, E_L=-65, V_T=-50 * mV)
    assert ex.LIFConductance(C=100 * pF, g_L=5 * nS).as_resistance()["R"].to(
        "MOhm"
    ).magnitude == pytest.approx(200.0)
