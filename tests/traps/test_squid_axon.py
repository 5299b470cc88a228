"""Hodgkin and Huxley's axon: singular rates, one event for each action potential, two frames."""

import math

import mpmath
import numpy as np
import pytest

import excitable as ex
from excitable.expression import evaluate
from excitable.units import ms, mV

REST = [-65.0, 0.053, 0.596, 0.318]
START = {"v": -65 * mV, "m": 0.053, "h": 0.596, "n": 0.318}
DRIVE = "10 uA/cm2"
ORDERS = {
    "rk4": 4,
    "exponential_strang": 2,
    "heun": 2,
    "exponential_euler": 1,
    "euler_maruyama": 1,
}


def printed(name, x):
    """alpha_m or alpha_n of 1952 at the depolarisation x, in 50 digits."""
    with mpmath.workdps(50):
        place, scale = (25, 1) if name == "alpha_m" else (10, mpmath.mpf("0.1"))
        y = (place - mpmath.mpf(x)) / 10
        return float(scale * (y / mpmath.expm1(y) if y else 1))


@pytest.mark.parametrize(("name", "place"), [("alpha_m", 25.0), ("alpha_n", 10.0)])
def test_c4_rates_of_a_run_at_their_singularities(name, place):
    """Recorded rates of compiled runs that start at and around the singular potentials."""
    offsets = np.array([0.0, *(s * 10.0**k for k in range(-16, 1) for s in (-1, 1))])
    depolarised = place + offsets
    run = ex.simulate(
        ex.HodgkinHuxley.preset("1952"), 0.2 * ms, record=[name, "v"],
        initial={"v": depolarised * mV, "m": 0.1, "h": 0.5, "n": 0.4},
    )  # fmt: skip
    rates = run.bare(name)[0]
    assert rates == pytest.approx([printed(name, x) for x in depolarised], rel=1e-14)
    order = np.argsort(depolarised)
    assert np.all(np.diff(rates[order]) >= 0.0)
    assert np.isfinite(run.bare("v")).all()


@pytest.mark.parametrize("v", [-40.0, -55.0])
@pytest.mark.parametrize("scheme", ["adaptive", *ORDERS])
def test_c4_start_at_a_singular_potential(v, scheme, reference):
    """Through every compiled kernel: no nan, no warning, and the right course."""
    initial = {"v": v * mV, "m": 0.1, "h": 0.5, "n": 0.4}
    times = np.arange(501) * 0.01
    _, exact = reference.hodgkin_huxley().run([v, 0.1, 0.5, 0.4], 5.0, at=times)
    errors = []
    for dt in (0.01, 0.005):
        run = ex.simulate(
            ex.HodgkinHuxley, 5 * ms, dt=dt * ms, record_dt=0.01 * ms, scheme=scheme,
            initial=initial,
        )  # fmt: skip
        for state in ex.HodgkinHuxley.states:
            assert np.isfinite(run.bare(state)).all()
        errors.append(np.abs(run.bare("v") - exact[:, 0]).max())
    if scheme == "adaptive":
        assert errors[0] < 1e-4
    else:
        assert math.log2(errors[0] / errors[1]) == pytest.approx(ORDERS[scheme], abs=0.2)


def test_c4_derivatives_at_the_singularities():
    system = ex.HodgkinHuxley.system
    known = {**ex.HodgkinHuxley.values(), "m": 0.0, "h": 0.5, "n": 0.0, "I": 0.0}
    states = list(system.states)
    # With m = 0 (n = 0) the rate of the gate is alpha itself.
    for gate, v, slope in (("m", -40.0, 0.05), ("n", -55.0, 0.005)):
        entry = system.jacobian()[states.index(gate)][states.index("v")]
        assert evaluate(entry, {**known, "v": v}) == pytest.approx(slope, rel=1e-14)


@pytest.fixture(scope="module")
def exact_spikes(reference):
    spikes, _ = reference.hodgkin_huxley().run(REST, 80.0, lambda t: 10.0)
    return spikes


STABLE = ["adaptive", "exponential_strang", "exponential_euler"]


@pytest.mark.parametrize(
    ("scheme", "dt"),
    [
        *((scheme, dt) for scheme in ["adaptive", *ORDERS] for dt in (0.005, 0.01, 0.02, 0.05)),
        *((scheme, 0.1) for scheme in STABLE),
    ],
)
def test_c7_one_event_for_each_action_potential(scheme, dt, exact_spikes):
    run = ex.simulate(ex.HodgkinHuxley, 80 * ms, dt=dt * ms, scheme=scheme, initial=START, I=DRIVE)
    v, times = run.bare("v"), run.spikes[0].times_ms
    rises = np.flatnonzero((v[:-1] < 0.0) & (v[1:] >= 0.0))
    assert times.size == rises.size == exact_spikes.size
    # Each event lies in the step where v rises through the threshold.
    assert np.array_equal(np.searchsorted(run.t_ms, times) - 1, rises)


def test_c7_explicit_schemes_cannot_follow_at_the_largest_step(reference):
    """Why they are left out at 0.1 ms: the fastest mode of an action potential is too fast."""
    _, course = reference.hodgkin_huxley().run(REST, 10.0, lambda t: 10.0, at=np.arange(400) * 0.02)
    system = ex.HodgkinHuxley.system
    known = {**ex.HodgkinHuxley.values(), "I": 10.0}
    fastest = 0.0
    for state in course:
        here = {**known, **dict(zip(system.states, state, strict=True))}
        jacobian = [[evaluate(entry, here) for entry in row] for row in system.jacobian()]
        fastest = min(fastest, np.linalg.eigvals(jacobian).real.min())
    limit_of_rk4, limit_of_heun = 2.785, 2.0
    assert -fastest * 0.05 < limit_of_heun
    assert -fastest * 0.1 > limit_of_rk4


@pytest.mark.parametrize("scheme", ORDERS)
def test_c7_event_times_converge_with_the_order_of_the_scheme(scheme, exact_spikes):
    errors = []
    for dt in (0.02, 0.01, 0.005):
        run = ex.simulate(
            ex.HodgkinHuxley,
            80 * ms,
            dt=dt * ms,
            scheme=scheme,
            initial=START,
            I=DRIVE,
            record=False,
        )
        errors.append(np.abs(run.spikes[0].times_ms - exact_spikes).max())
    order = math.log2(errors[0] / errors[2]) / 2
    assert order == pytest.approx(ORDERS[scheme], abs=0.15)


def test_c7_adaptive_event_times(exact_spikes):
    run = ex.simulate(ex.HodgkinHuxley, 80 * ms, initial=START, I=DRIVE, record=False)
    assert np.abs(run.spikes[0].times_ms - exact_spikes).max() < 1e-4


@pytest.mark.parametrize(("scheme", "agree"), [("adaptive", 1e-5), ("rk4", 1e-10)])
def test_c32_shifted_frames_are_one_model(scheme, agree):
    shifted = {**START, "v": 0 * mV}
    new, old = (
        ex.simulate(model, 80 * ms, dt=0.02 * ms, scheme=scheme, initial=initial, I=DRIVE)
        for model, initial in (
            (ex.HodgkinHuxley, START), (ex.HodgkinHuxley.preset("1952"), shifted),
        )
    )  # fmt: skip
    assert new.spikes.count == old.spikes.count == 6
    assert np.abs(new.spikes[0].times_ms - old.spikes[0].times_ms).max() < agree
    for gate in "mhn":
        assert np.abs(new.bare(gate) - old.bare(gate)).max() < 10 * agree


def test_c32_rest_and_gates_in_both_frames():
    new, old = (
        ex.simulate(ex.HodgkinHuxley, 1 * ms),
        ex.simulate(ex.HodgkinHuxley.preset("1952"), 1 * ms),
    )
    assert old.bare("v")[0] - new.bare("v")[0] == pytest.approx(65.0, abs=1e-11)
    assert old.bare("v")[0] == pytest.approx(0.0036, abs=5e-5)
    for gate in "mhn":
        assert old.bare(gate)[0] == pytest.approx(new.bare(gate)[0], rel=1e-12)
    right = dict(ex.HodgkinHuxley.system.intermediates)
    at_40 = {"v": -40.0, "V_0": -65.0}
    alpha_m, beta_m, alpha_h, beta_h = (
        evaluate(ex.HodgkinHuxley.system.expand(right[name]), at_40)
        for name in ("alpha_m", "beta_m", "alpha_h", "beta_h")
    )
    assert alpha_m / (alpha_m + beta_m) == pytest.approx(0.501, abs=5e-4)
    assert alpha_h / (alpha_h + beta_h) == pytest.approx(0.050, abs=5e-4)
