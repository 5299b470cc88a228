"""The squid axon: rates as printed in 1952, both frames, and the removable singularities."""

import mpmath
import numpy as np
import pytest

from excitable.expression import differentiate, evaluate
from excitable.models import HodgkinHuxley

SYSTEM = HodgkinHuxley.system


def rate(name, depolarisation, V_0=0.0):
    """A rate of the model in 1/ms, from a depolarisation in the frame of 1952."""
    right = SYSTEM.expand(dict(SYSTEM.intermediates)[name])
    return evaluate(right, {"v": V_0 + depolarisation, "V_0": V_0})


def printed(name, x):
    """The formula of the paper (with today's sign of the potential) in 50 digits."""
    with mpmath.workdps(50):
        x, exp = mpmath.mpf(x), mpmath.exp
        if name == "alpha_m":
            y = (25 - x) / 10
            return y / (exp(y) - 1) if y else mpmath.mpf(1)
        if name == "alpha_n":
            y = (10 - x) / 10
            return (y / (exp(y) - 1) if y else mpmath.mpf(1)) / 10
        return {
            "beta_m": lambda: 4 * exp(-x / 18),
            "alpha_h": lambda: mpmath.mpf("0.07") * exp(-x / 20),
            "beta_h": lambda: 1 / (exp((30 - x) / 10) + 1),
            "beta_n": lambda: exp(-x / 80) / 8,
        }[name]()


RATES = ("alpha_m", "beta_m", "alpha_h", "beta_h", "alpha_n", "beta_n")


@pytest.mark.parametrize("name", RATES)
@pytest.mark.parametrize("x", [*range(-60, 141, 5), 0.1, 24.9, 25.0625, 9.9375])
def test_rates_are_the_printed_formulas(name, x):
    assert rate(name, x) == pytest.approx(float(printed(name, x)), rel=1e-14)


@pytest.mark.parametrize(("name", "place", "value"), [("alpha_m", 25, 1.0), ("alpha_n", 10, 0.1)])
def test_removable_singularities(name, place, value):
    assert rate(name, place) == pytest.approx(value, rel=1e-15)
    for sign in (-1, 1):
        for k in range(-16, 1):
            x = place + sign * 10.0**k
            assert rate(name, x) == pytest.approx(float(printed(name, x)), rel=1e-14)
    around = np.array(sorted(place + s * 10.0**k for k in range(-16, 1) for s in (-1, 1)))
    assert np.all(np.diff([rate(name, x) for x in around]) >= 0)


@pytest.mark.parametrize(
    ("name", "place", "slope"), [("alpha_m", 25, 0.05), ("alpha_n", 10, 0.005)]
)
def test_slopes_at_the_removable_singularities(name, place, slope):
    right = SYSTEM.expand(dict(SYSTEM.intermediates)[name])
    found = evaluate(differentiate(right, "v"), {"v": float(place), "V_0": 0.0})
    assert found == pytest.approx(slope, rel=1e-14)


@pytest.mark.parametrize("place", [-40.0, -55.0])
def test_the_jacobian_is_finite_at_the_singular_potentials(place):
    values = {**HodgkinHuxley.values(), "v": place, "m": 0.1, "h": 0.5, "n": 0.4, "I": 0.0}
    jacobian = [[evaluate(e, values) for e in row] for row in SYSTEM.jacobian()]
    assert np.all(np.isfinite(jacobian))


@pytest.mark.parametrize("name", RATES)
@pytest.mark.parametrize("v", [-100.0, -65.0, -40.0, -55.0, 0.0, 40.0])
def test_both_frames_have_the_same_rates(name, v):
    assert rate(name, v + 65, V_0=-65.0) == pytest.approx(rate(name, v + 65, V_0=0.0), rel=1e-13)


def test_gates_at_minus_40():
    m = rate("alpha_m", 25) / (rate("alpha_m", 25) + rate("beta_m", 25))
    h = rate("alpha_h", 25) / (rate("alpha_h", 25) + rate("beta_h", 25))
    assert m == pytest.approx(0.501, abs=5e-4)
    assert h == pytest.approx(0.050, abs=5e-4)


def test_the_frame_of_1952_differs_by_the_shift_only(integrate):
    old = HodgkinHuxley.preset("1952")
    assert old.states["v"].value == 0.0
    new_rest = integrate(HodgkinHuxley, 50.0, (-65.0, 0.053, 0.596, 0.318)).final
    old_rest = integrate(old, 50.0, (0.0, 0.053, 0.596, 0.318)).final
    assert old_rest[0] == pytest.approx(new_rest[0] + 65.0, abs=1e-6)
    assert old_rest[0] == pytest.approx(0.0036, abs=5e-3)


def test_one_event_for_each_action_potential(integrate):
    run = integrate(HodgkinHuxley, 100.0, (-65.0, 0.053, 0.596, 0.318), I=10.0)
    v = np.concatenate([states[0] for states in run.states])
    rises = np.count_nonzero((v[:-1] < -20.0) & (v[1:] >= -20.0))
    assert len(run.spikes) == rises == 7


def test_start_at_a_singular_potential(integrate):
    for v in (-40.0, -55.0):
        assert np.all(np.isfinite(integrate(HodgkinHuxley, 5.0, (v, 0.05, 0.6, 0.3)).final))


def test_parameters_of_the_contract():
    assert HodgkinHuxley.values() == {
        "C": 1.0,
        "g_Na": 120.0,
        "g_K": 36.0,
        "g_L": 0.3,
        "E_Na": 50.0,
        "E_K": -77.0,
        "E_L": -54.387,
        "V_0": -65.0,
        "phi": 1.0,
    }
    assert list(HodgkinHuxley.states) == ["v", "m", "h", "n"]
    assert HodgkinHuxley.inputs["I"].unit == "uA/cm2"
