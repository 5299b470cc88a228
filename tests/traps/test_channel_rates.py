"""Rates of conductance-based cells: factors lost, frames mixed, quotients that are 0/0."""

import json

import numpy as np
import pytest
from scipy.optimize import brentq

import excitable as ex
from excitable.expression import evaluate
from excitable.models import ConnorStevens, TraubMiles, WangBuzsaki
from excitable.units import ms, mV

OFFSETS = np.array([0.0, *(s * 10.0**k for k in range(-16, 1) for s in (-1, 1))])


def rate(model, name, v):
    right = model.system.expand(dict(model.system.intermediates)[name])
    return evaluate(right, {**model.values(), "v": v})


def test_c30_the_factor_of_the_potassium_gate():
    """0.0209, where a rewritten quotient that lost the printed 0.01 gives ten times as much."""
    assert rate(WangBuzsaki, "alpha_n", -60.0) == pytest.approx(0.0209, abs=5e-5)
    v = np.linspace(-100.0, 50.0, 1502)  # -34 is not among them
    printed = -0.01 * (v + 34) / (np.exp(-0.1 * (v + 34)) - 1)
    assert rate(WangBuzsaki, "alpha_n", v) == pytest.approx(printed, rel=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["adaptive", "rk4", "heun"])
def test_c30_one_spike_for_each_action_potential(scheme):
    """A test that compares the new potential with itself never sees a spike."""
    run = ex.simulate(WangBuzsaki, 100 * ms, dt=0.01 * ms, scheme=scheme, I="1 uA/cm2")
    v = run.bare("v")
    rises = np.flatnonzero((v[:-1] < 0.0) & (v[1:] >= 0.0))
    assert rises.size == run.spikes.count > 4
    assert np.array_equal(np.searchsorted(run.t_ms, run.spikes[0].times_ms) - 1, rises)


@pytest.mark.parametrize(
    ("model", "name", "place"),
    [
        (WangBuzsaki, "alpha_m", -35.0), (WangBuzsaki, "alpha_n", -34.0),
        (ConnorStevens, "alpha_m", -29.7), (ConnorStevens, "alpha_n", -45.7),
        (TraubMiles, "alpha_m", -50.0), (TraubMiles, "beta_m", -23.0),
        (TraubMiles, "alpha_n", -48.0),
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)  # fmt: skip
def test_c4_runs_that_start_at_and_around_the_singular_potentials(model, name, place):
    initial = {"v": (place + OFFSETS) * mV} | dict.fromkeys(list(model.states)[1:], 0.3)
    run = ex.simulate(model, 0.2 * ms, record=[name, "v"], initial=initial)
    order = np.argsort(place + OFFSETS)
    slopes = np.diff(run.bare(name)[0][order])
    assert np.all(slopes >= 0.0) or np.all(slopes <= 0.0)
    assert np.isfinite(run.bare("v")).all()
    names = {**model.values(), **dict.fromkeys(model.states, 0.3), "v": place, "I": 0.0}
    jacobian = [[evaluate(entry, names) for entry in row] for row in model.system.jacobian()]
    assert np.isfinite(jacobian).all()


@pytest.mark.parametrize(("E_L", "rest"), [("10.6 mV", 0.0003), ("10.613 mV", 0.0036)])
def test_c31_rest_of_the_squid_axon_for_both_leaks(E_L, rest):
    run = ex.simulate(ex.HodgkinHuxley.preset("1952")(E_L=E_L), 1 * ms)
    assert run.bare("v")[0] == pytest.approx(rest, abs=5e-5)


def test_c31_the_eighteenth_is_not_rounded():
    """exp(-V/18), not exp(-0.0556 V): 0.08 % apart at 100 mV."""
    x = np.linspace(-60.0, 140.0, 201)
    found = rate(ex.HodgkinHuxley, "beta_m", x - 65.0)
    assert found == pytest.approx(4.0 * np.exp(-x / 18.0), rel=1e-14)


@pytest.mark.parametrize("name", ["alpha_m", "beta_m", "alpha_h", "beta_h", "alpha_n", "beta_n"])
def test_c32_channels_have_the_same_rates_in_both_frames(name):
    from excitable.models import channels

    x = np.linspace(-60.0, 140.0, 401)
    channel = channels.potassium if name.endswith("n") else channels.sodium
    absolute = rate(channel, name, x - 65.0)
    assert absolute == pytest.approx(rate(channel(V_0=0 * mV), name, x), rel=1e-13)
    assert np.all(np.diff(absolute) > 0.0) or np.all(np.diff(absolute) < 0.0)


@pytest.fixture(scope="module")
def squid(shared):
    """Reference entries of the squid axon by kind, each with the model that it is about."""
    entries = json.loads((shared / "reference" / "dynamics.json").read_text())["entries"]
    found = {}
    for entry in entries:
        if not entry["id"].startswith("hh/") or "params" not in entry:
            continue
        p = {name: float(value) for name, value in entry["params"].items()}
        model = ex.HodgkinHuxley(
            C=f"{p['C']} uF/cm2", g_Na=f"{p['gNa']} mS/cm2", g_K=f"{p['gK']} mS/cm2",
            g_L=f"{p['gL']} mS/cm2", E_Na=p["ENa"] * mV, E_K=p["EK"] * mV, E_L=p["EL"] * mV,
            V_0=p["V0"] * mV, phi=p["phi"],
        )  # fmt: skip
        found.setdefault(entry["quantity"], []).append((entry, model))
    return found


def spectrum(model, state, I):
    names = {**model.values(), **state, "I": I}
    drift = [evaluate(e, names) for e in model.system.expanded_derivatives()]
    jacobian = [[evaluate(e, names) for e in row] for row in model.system.jacobian()]
    return np.array(drift), np.sort_complex(np.linalg.eigvals(np.array(jacobian, dtype=float)))


def test_c38_equilibria_of_the_squid_axon(squid):
    checked = 0
    for entry, model in squid["equilibrium"]:
        value = entry["value"]
        state = {"v": float(value["V"]), **{k: float(value[k]) for k in "mhn"}}
        drift, found = spectrum(model, state, entry["given"]["I"])
        assert np.abs(drift).max() < 1e-12
        expected = np.array(value["eig_re"], float) + 1j * np.array(value["eig_im"], float)
        assert found == pytest.approx(np.sort_complex(expected), abs=entry["tol"]["eig"])
        if entry["given"]["I"] == 0.0:
            rest = ex.simulate(model, 1 * ms)
            for name, at in state.items():
                assert rest.bare(name)[0] == pytest.approx(at, abs=entry["tol"]["state"])
        checked += 1
    assert checked >= 18


def test_c38_hopf_points_of_the_squid_axon(squid):
    currents = []
    for entry, axon in squid["hopf"]:
        value = entry["value"]
        factor = entry["given"].get("phi=3^((T-6.3)/10)")  # of a warmer axon
        model = axon if factor is None else axon(phi=float(factor))
        state = {"v": float(value["V"])}
        for gate in "mhn":
            opening, closing = (
                rate(model, f"{kind}_{gate}", state["v"]) for kind in ("alpha", "beta")
            )
            state[gate] = opening / (opening + closing)
        drift, found = spectrum(model, state, float(value["I"]))
        assert np.abs(drift).max() < 1e-11
        pair = found[np.abs(found.imag) > 0]
        assert np.abs(pair.real).max() < 1e-9
        assert np.abs(pair.imag) == pytest.approx(float(value["omega_rad_per_ms"]), abs=1e-9)
        currents.append(float(value["I"]))
    assert {9.7793, 9.7754} <= {round(I, 4) for I in currents}


def test_c38_the_upper_hopf_point_of_the_squid_axon():
    """154.526 uA/cm2 at 21.942 mV, where the axon of 1952 stops to oscillate."""
    model = ex.HodgkinHuxley.preset("1952")(E_L="10.6 mV")

    def at(v):
        state = {"v": v}
        for gate in "mhn":
            opening, closing = (rate(model, f"{kind}_{gate}", v) for kind in ("alpha", "beta"))
            state[gate] = opening / (opening + closing)
        drift, _ = spectrum(model, state, 0.0)
        return -drift[0], spectrum(model, state, -drift[0])[1]

    v = brentq(lambda v: at(v)[1].real.max(), 20.0, 24.0, xtol=1e-12)
    I, found = at(v)
    assert v == pytest.approx(21.942, abs=5e-4)
    assert I == pytest.approx(154.526, abs=5e-4)
    assert np.abs(found.imag).max() * 1000.0 / (2.0 * np.pi) == pytest.approx(169.0, abs=0.5)


@pytest.mark.slow
def test_c38_periods_of_the_squid_axon(squid):
    """Where the axon fires steadily from rest; the last interval of a run."""
    for entry, model in squid["stable_cycle"]:
        I = entry["given"]["I"]
        if not 8.0 <= I <= 50.0 or model.values()["phi"] != 1.0:
            continue
        run = ex.simulate(model, 150 * ms, dt=0.005 * ms, scheme="rk4", I=f"{I} uA/cm2")
        v = run.bare("v")
        times = run.spikes[0].times_ms
        assert times[-1] - times[-2] == pytest.approx(entry["value"]["T_ms"], abs=2e-6)
        late = run.t_ms > 100.0
        assert v[late].max() == pytest.approx(entry["value"]["Vmax"], abs=entry["tol"]["V"])
        assert v[late].min() == pytest.approx(entry["value"]["Vmin"], abs=entry["tol"]["V"])


@pytest.mark.slow
def test_c38_steps_from_rest(squid):
    for entry, model in squid["spike_train_for_step"]:
        run = ex.simulate(model, 200 * ms, I=f"{entry['given']['I']} uA/cm2", record=False)
        times = run.spikes[0].times_ms
        first = np.array(entry["value"]["first_spikes_ms"])
        assert times.size == entry["value"]["counts"][1]
        assert times[: first.size] == pytest.approx(first, abs=entry["tol"]["spike_time"])
