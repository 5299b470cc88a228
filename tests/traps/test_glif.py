"""Where implementations of GLIF part: which V the reset sees, its sign, bad resets, rates, cuts."""

import json
import warnings

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import excitable as ex
from excitable.errors import ExcitableWarning, ParameterError
from excitable.models import glif
from excitable.units import ms, mV, nS, pA, pF

STEP = ex.step(400 * pA, start=5 * ms)


def bare(model):
    return {name: float(value) for name, value in model.values().items()}


def after_spikes(model, scheme="exact", duration=100 * ms, dt=0.05 * ms, **how):
    """States in the middle of each refractory time, before each spike, and the spike times."""
    run = ex.simulate(model, duration, dt=dt, scheme=scheme, I=STEP, **how)
    times = run.spikes[0].times_ms
    times = times[times + bare(model)["t_ref"] < run.t[-1].magnitude]
    middle = np.rint((times + 0.5 * bare(model)["t_ref"]) / dt.magnitude).astype(int)
    return times, {name: run.bare(name)[middle] for name in model.states}


@pytest.mark.parametrize("dt", [0.01, 0.05, 0.25, 1.25])
def test_c23_the_reset_sees_the_threshold(dt):
    """V at the crossing, so that what follows does not depend on the step."""
    values = bare(ex.GLIF2)
    times, states = after_spikes(ex.GLIF2, dt=dt * ms)
    assert times.size > 10
    theta = values["V_T"]
    for k, time in enumerate(times):
        if k:
            gap = time - times[k - 1] - values["t_ref"]
            theta = values["V_T"] + states["theta_s"][k - 1] * np.exp(-values["b_s"] * gap)
        v = values["E_L"] + values["f_v"] * (theta - values["E_L"]) - values["delta_v"]
        assert states["v"][k] == pytest.approx(v, abs=1e-9)


def test_c23_the_recipes_see_other_potentials():
    """After the crossing step, and before it: above and below the threshold by part of a step."""
    values = bare(ex.GLIF2)
    first = values["f_v"] * (values["V_T"] - values["E_L"]) - values["delta_v"] + values["E_L"]
    landing = {s: after_spikes(ex.GLIF2, s)[1]["v"][0] for s in ("exact", "allensdk", "nest")}
    assert landing["exact"] == pytest.approx(first, abs=1e-9)
    assert first < landing["allensdk"] < first + 0.1
    assert first - 0.1 < landing["nest"] < first


def test_c24_the_offset_is_subtracted():
    start = {name: after_spikes(m)[1]["v"][0] for name, m in (
        ("none", ex.GLIF2(delta_v=0 * mV)), ("five", ex.GLIF2(delta_v=5 * mV)),
    )}  # fmt: skip
    assert start["five"] == pytest.approx(start["none"] - 5.0, abs=1e-9)


def test_c24_files_that_add_are_turned():
    model = ex.GLIF2(delta_v=5 * mV)
    method = ex.interop.allen.to_config(model)["voltage_reset_method"]
    assert method["params"]["b"] == pytest.approx(-5e-3, rel=1e-12)
    assert method["params"]["a"] == pytest.approx(0.2, rel=1e-12)
    again = ex.interop.allen.read(ex.interop.allen.to_config(model))
    assert bare(again)["delta_v"] == pytest.approx(5.0, rel=1e-12)
    assert bare(again)["f_v"] == pytest.approx(0.2, rel=1e-12)
    nest = ex.interop.allen.to_nest(model)
    assert nest["voltage_reset_add"] == pytest.approx(-5.0, rel=1e-12)
    assert bare(ex.interop.allen.from_nest(nest))["delta_v"] == pytest.approx(5.0, rel=1e-12)


LOCKED = dict(f_v=1.2, delta_v=-10 * mV)


@pytest.mark.parametrize("t_ref", [3.75, 1.0, 0.3])
def test_c25_a_bad_reset_fires_once_every_refractory_time(t_ref):
    with pytest.warns(ExcitableWarning, match="GLIF5: a spike leaves v at") as given:
        model = ex.GLIF5(**LOCKED, a_v=0 / ms, t_ref=t_ref * ms)
    assert len(given) == 1
    run = ex.simulate(model, 30 * ms, I=STEP, record=False)
    times = run.spikes[0].times_ms
    assert times.size == int((30 - times[0]) / t_ref) + 1
    assert np.diff(times) == pytest.approx(t_ref, abs=1e-9)


def test_c25_raised_where_asked_and_named_in_a_population():
    for make in (ex.GLIF5, ex.GLIF4, ex.GLIF2):
        with pytest.raises(ParameterError, match=make.name):
            make(**LOCKED, on_bad_reset="raise")
    with pytest.raises(ParameterError, match="GLIF2"):
        glif(2, on_bad_reset="raise")(**LOCKED)
    with pytest.warns(ExcitableWarning, match="of neuron 2 at"):
        ex.GLIF2(f_v=[0.1, 0.2, 1.7])
    with pytest.raises(ParameterError, match="LIF"):
        ex.LIF(V_R=-50 * mV, on_bad_reset="raise")


def test_c25_the_condition_is_the_one_of_the_first_spike():
    """E_L + f_v (V_T - E_L) - delta_v >= V_T + delta_s, to the last place."""
    values = bare(ex.GLIF2)
    edge = values["V_T"] + values["delta_s"]
    edge -= values["E_L"] + values["f_v"] * (values["V_T"] - values["E_L"])
    with warnings.catch_warnings(record=True) as given:
        warnings.simplefilter("always")
        ex.GLIF2(delta_v=-(edge - 1e-9) * mV)
        assert not given
        ex.GLIF2(delta_v=-(edge + 1e-9) * mV)
        assert len(given) == 1


def bad_by_hand(config):
    """What the files say, in their own numbers: a theta + b >= theta + the jump."""
    theta = config["th_inf"] * config["coeffs"]["th_inf"]
    line = config["voltage_reset_method"]["params"]
    jump = config["threshold_dynamics_method"]["params"]["a_spike"]
    return line["a"] * theta + line["b"] >= theta + jump


@pytest.mark.parametrize(("level", "bad", "total"), [(2, 0, 133), (4, 0, 133), (5, 4, 132)])
def test_c25_the_real_cells_that_have_one(shared, level, bad, total):
    path = shared / "reference" / "glif" / "teeter2018_mouse_configs.json"
    cells = [
        c[f"GLIF{level}"] for c in json.loads(path.read_text()).values() if f"GLIF{level}" in c
    ]
    found = []
    for cell in cells:
        with warnings.catch_warnings(record=True) as given:
            warnings.simplefilter("always")
            ex.interop.allen.read(cell["neuron_config"])
        found.append(any("still holds" in str(g.message) for g in given))
    assert found == [bad_by_hand(cell["neuron_config"]) for cell in cells]
    assert (sum(found), len(found)) == (bad, total)


def by_hand(values, current, duration):
    """Spike times of GLIF5 by DOP853, piece by piece; everything stands still in t_ref."""
    E_L, V_T = values["E_L"], values["V_T"]

    def rate(t, y):
        u, theta_s, theta_v, one, two = y
        return [
            (-values["g"] * u + current + one + two) / values["C"],
            -values["b_s"] * theta_s,
            values["a_v"] * u - values["b_v"] * theta_v,
            -values["k_1"] * one,
            -values["k_2"] * two,
        ]

    def distance(t, y):
        return y[0] + E_L - V_T - y[1] - y[2]

    distance.terminal, distance.direction = True, 1
    t, y, times = 0.0, np.zeros(5), []
    t_ref = values["t_ref"]
    while t < duration:
        piece = solve_ivp(
            rate, (t, duration), y, method="DOP853", rtol=1e-13, atol=1e-13, events=distance,
            dense_output=True, max_step=1.0,
        )  # fmt: skip
        if not piece.t_events[0].size:
            return np.array(times), piece.y[:, -1]
        t, y = piece.t_events[0][0], piece.y_events[0][0]
        times.append(t)
        y = np.array([
            values["f_v"] * y[0] - values["delta_v"],
            y[1] * np.exp(-values["b_s"] * t_ref) + values["delta_s"],
            y[2],
            values["f_1"] * y[3] * np.exp(-values["k_1"] * t_ref) + values["delta_1"],
            values["f_2"] * y[4] * np.exp(-values["k_2"] * t_ref) + values["delta_2"],
        ])  # fmt: skip
        t += t_ref
    return np.array(times), y


EPSILONS = [0.0, *(sign * 10.0**k for k in (-14, -11, -8, -5, -2) for sign in (1, -1))]
RATES = {"g/C": [9.43 / 58.72 * (1.0 + e) for e in EPSILONS], "zero": [0.0, 1e-16, 1e-12, 1e-6]}


@pytest.mark.parametrize("near", RATES)
def test_c26_no_singular_threshold(near):
    rates = np.array(RATES[near])
    model = ex.GLIF5(b_v=rates / ms, a_v=0.01 / ms)
    start = {name: s.value * getattr(ex.units, s.unit) for name, s in model.states.items()}
    run = ex.simulate(model, 120 * ms, I=450 * pA, initial=start)
    for k, rate in enumerate(rates):
        values = {n: float(v if np.ndim(v) == 0 else v[k]) for n, v in model.values().items()}
        assert values["b_v"] == rate
        times, end = by_hand(values, 450.0, 120.0)
        assert times.size >= 2
        assert run.spikes[k].times_ms == pytest.approx(times, abs=1e-10)
        found = [run.bare(name)[-1, k] for name in model.states]
        found[0] -= values["E_L"]
        assert found == pytest.approx(end, abs=1e-9)


def test_c26_without_decay_the_threshold_integrates():
    """b_v = 0 and v held by hand: theta_v = a_v times the area under v - E_L."""
    model = ex.GLIF5(b_v=0 / ms, a_v=0.01 / ms, V_T=1e6 * mV)
    start = {name: s.value * getattr(ex.units, s.unit) for name, s in model.states.items()}
    run = ex.simulate(model, 50 * ms, I=100 * pA, initial=start)
    t, tau = run.t.magnitude, 58.72 / 9.43
    area = 100.0 / 9.43 * (t + tau * np.expm1(-t / tau))
    assert np.abs(run.bare("theta_v") - 0.01 * area).max() < 1e-12


def test_c26_the_usual_formula_would_fail():
    """The trap is real: a_v/(b_v - g/C) loses what the engine keeps."""
    g, C, t = 9.43, 58.72, 5.0
    b = g / C * (1.0 + 1e-11)
    usual = (np.exp(-g / C * t) - np.exp(-b * t)) / (b - g / C)
    assert abs(usual / (t * np.exp(-b * t)) - 1.0) > 1e-7


@pytest.mark.parametrize("f", [1.0, 0.4])
def test_c27_amplitudes_at_the_end_of_the_cut(f):
    model = ex.GLIF4(f_1=f, f_2=0.5 * f)
    values = bare(model)
    times, states = after_spikes(model, duration=200 * ms)
    assert times.size > 4
    for j in (1, 2):
        k, delta, share = values[f"k_{j}"], values[f"delta_{j}"], values[f"f_{j}"]
        amplitude = 0.0
        for n, time in enumerate(times):
            if n:
                amplitude *= np.exp(-k * (time - times[n - 1] - values["t_ref"]))
            amplitude = share * amplitude * np.exp(-k * values["t_ref"]) + delta
            assert states[f"I_{j}"][n] == pytest.approx(amplitude, rel=1e-11)


@pytest.mark.parametrize("f", [1.0, 0.4])
def test_c27_or_jumps_that_decay_through_it(f):
    model = glif(4, cut="spike")(f_1=f, f_2=0.5 * f)
    values = bare(model)
    run = ex.simulate(model, 200 * ms, dt=0.05 * ms, I=STEP)
    times, t = run.spikes[0].times_ms, run.t.magnitude
    assert times.size > 4
    for j in (1, 2):
        k, delta, share = values[f"k_{j}"], values[f"delta_{j}"], values[f"f_{j}"]
        expected, amplitude = np.zeros(t.size), 0.0
        for n, time in enumerate(times):
            before = amplitude * np.exp(-k * (time - times[n - 1])) if n else 0.0
            amplitude = share * before + delta
            on = t >= time
            expected[on] = amplitude * np.exp(-k * (t[on] - time))
        assert np.abs(run.bare(f"I_{j}") - expected).max() < 1e-9


def test_c27_one_is_the_other_with_amplitudes_carried_back():
    """With every share 1 the two differ by what an amplitude loses through the cut."""
    end = ex.GLIF4(C=70 * pF, g=8 * nS)
    values = bare(end)
    grown = {
        f"delta_{j}": values[f"delta_{j}"] * np.exp(values[f"k_{j}"] * values["t_ref"]) * pA
        for j in (1, 2)
    }
    grown["delta_s"] = values["delta_s"] * np.exp(values["b_s"] * values["t_ref"]) * mV
    spike = glif(4, cut="spike")(C=70 * pF, g=8 * nS, **grown)
    times = [ex.simulate(m, 300 * ms, I=STEP).spikes[0].times_ms for m in (end, spike)]
    assert times[0].size > 5
    assert times[1] == pytest.approx(times[0], abs=1e-9)
