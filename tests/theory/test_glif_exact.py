"""GLIF against its flow in 40 digits, event-driven trains and itself at coinciding rates."""

import json

import mpmath
import numpy as np
import pytest

import excitable as ex
from excitable.models import glif
from excitable.units import ms, mV, nS, pA, pF

REST = -78.85
GAPS = [0.0, *(sign * 10.0**k for k in range(-12, -2) for sign in (1, -1))]


@pytest.fixture(scope="module")
def golden(shared):
    folder = shared / "reference" / "glif"
    return lambda name: json.loads((folder / f"{name}_golden.json").read_text())


def start_of(model, u, theta_s, theta_v, currents, rest):
    start = dict(v=(rest + u) * mV, theta_s=theta_s * mV, theta_v=theta_v * mV)
    start |= {f"I_{j}": value * pA for j, value in enumerate(currents, 1)}
    return {name: start[name] for name in model.states}


@pytest.mark.parametrize("rest", [0.0, -70.0])
def test_single_steps_of_the_flow(golden, rest):
    """Below 1e-11 mV relative to rest; the digits of a number near -70 mV end at 7e-15 mV."""
    worst = 0.0
    for case in golden("flow")["cases"]:
        given = case["params"]
        model = ex.GLIF5(
            C=given["C_pF"] * pF, g=given["g_nS"] * nS,
            E_L=rest * mV, V_T=1e9 * mV, delta_v=1e9 * mV,
            **{f"k_{j}": k / ms for j, k in enumerate(given["k_per_ms"], 1)},
            **{name: given[f"{name}_per_ms"] / ms for name in ("a_v", "b_v", "b_s")},
        )  # fmt: skip
        names = ("u_mV", "theta_s_mV", "theta_v_mV", "asc_pA")
        before, after = ([case[k][n] for n in names] for k in ("state0", "state_t"))
        run = ex.simulate(
            model, case["t_ms"] * ms, dt=case["t_ms"] * ms, I=case["I_pA"] * pA,
            initial=start_of(model, *before, rest),
        )  # fmt: skip
        assert run.scheme == "exact"
        found = [run.bare(name)[-1] for name in model.states]
        expected = [rest + after[0], after[1], after[2], *after[3]]
        worst = max(worst, np.abs(np.array(found) - expected).max())
    assert worst < 1e-11


@pytest.mark.parametrize("level", range(1, 6))
@pytest.mark.parametrize("current", [280, 400])
@pytest.mark.parametrize("dt", [0.1, 0.37])
def test_trains_driven_by_events(golden, current, level, dt):
    expected = golden("event")["spike_times_ms"][f"{current}pA_GLIF{level}"]
    drive = ex.step(current * pA, start=20 * ms, stop=520 * ms)
    run = ex.simulate(glif(level), 600 * ms, dt=dt * ms, I=drive, record=False)
    times = run.spikes[0].times_ms
    assert times.size == len(expected)
    assert np.abs(times - expected).max() < 1e-9


def states_at_end(model, scheme="exact"):
    initial = start_of(model, 9.0, 3.0, 2.0, (-40.0, 120.0), REST)
    run = ex.simulate(
        model, 20 * ms, dt=20 * ms, I=150 * pA, scheme=scheme, initial=initial
    )  # fmt: skip
    return np.stack([run.bare(name)[-1] for name in model.states])


def in_many_digits(values, duration):
    """v and theta_v after a time, by a matrix exponential in 50 digits."""
    with mpmath.workdps(50):
        m = {name: mpmath.mpf(float(value)) for name, value in values.items()}
        A = mpmath.zeros(5)  # u, theta_v, I_1, I_2, constant
        A[0, 0] = -m["g"] / m["C"]
        A[0, 2] = A[0, 3] = 1 / m["C"]
        A[0, 4] = 150 / m["C"]
        A[1, 0], A[1, 1] = m["a_v"], -m["b_v"]
        A[2, 2], A[3, 3] = -m["k_1"], -m["k_2"]
        start = mpmath.matrix([9, 2, -40, 120, 1])
        end = mpmath.expm(A * duration, method="taylor") * start
        return float(end[0] + mpmath.mpf(REST)), float(end[1])


@pytest.mark.parametrize("which", ["b_v", "k_1", "both", "all three"])
def test_no_digit_is_lost_where_rates_coincide(which):
    quiet = ex.GLIF5(V_T=1e6 * mV)
    rate = float(quiet.values()["g"]) / float(quiet.values()["C"])
    near = rate * (1.0 + np.array(GAPS)) / ms
    changes = {
        "b_v": dict(b_v=near),
        "k_1": dict(k_1=near),
        "both": dict(b_v=near, k_1=rate / ms),
        "all three": dict(b_v=near, k_1=rate / ms, k_2=near),
    }[which]
    model = quiet(**changes, a_v=0.02 / ms)
    end = states_at_end(model)
    for k in range(len(GAPS)):
        values = {n: v if np.ndim(v) == 0 else v[k] for n, v in model.values().items()}
        v, theta_v = in_many_digits(values, 20)
        assert abs(end[0, k] - v) < 1e-11
        assert abs(end[2, k] - theta_v) < 1e-11


@pytest.mark.parametrize("name", ["b_v", "k_1"])
def test_spike_times_pass_smoothly_through_coinciding_rates(name):
    """Times of many spikes as a function of the rate: a parabola, with no jump anywhere."""
    values = ex.GLIF5.values()
    rate = float(values["g"]) / float(values["C"])
    gaps = np.array(sorted(GAPS + list(np.linspace(-1e-4, 1e-4, 41))))
    gaps = gaps[np.abs(gaps) <= 1e-4]
    run = ex.simulate(
        ex.GLIF5(**{name: rate * (1.0 + gaps) / ms}), 200 * ms, I=500 * pA, record=False
    )  # fmt: skip
    times = np.stack([run.spikes[k].times_ms for k in range(gaps.size)])
    assert times.shape[1] > 3
    for column in times.T:
        fit = np.polynomial.Polynomial.fit(gaps, column, 3)
        assert np.abs(column - fit(gaps)).max() < 1e-11 * max(column.max(), 1.0)
