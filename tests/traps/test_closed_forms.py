"""Closed forms where text-book formulas lose digits, are printed wrong, or are misread."""

import math

import mpmath
import numpy as np
import pytest

import excitable as ex
from excitable.units import Hz, MOhm, fC, ms, mV, pA

TAU_M = 10.0
EPSILONS = [0.0, *(s * 10.0**-k for k in range(1, 17) for s in (1, -1)), 1e-6 / 3]


def potential(tau_s, t, n):
    """The answer to 1 pA ms with R = 1 GOhm, by a series that nowhere divides by a difference."""
    with mpmath.workdps(60):
        m, s, t = mpmath.mpf(TAU_M), mpmath.mpf(float(tau_s)), mpmath.mpf(float(t))
        d = t / m - t / s
        series = mpmath.nsum(
            lambda k: d**k / mpmath.factorial(k) / (n + 1 + k), [0, mpmath.inf], method="d"
        )
        shape = (t / s) ** (n + 1) / mpmath.factorial(n) / m
        return float(shape * mpmath.exp(-t / m) * series)


@pytest.mark.parametrize("form", ["psp_exponential", "psp_alpha"])
@pytest.mark.parametrize("epsilon", EPSILONS)
def test_c14_equal_time_constants_in_closed_form(form, epsilon):
    tau_s = TAU_M * (1.0 + epsilon)
    times = np.array([0.1, 1.0, 10.0, 50.0, 200.0])
    v = getattr(ex.theory, form)(
        times * ms, 1 * fC, tau_s=tau_s * ms, R=1000 * MOhm, tau_m=TAU_M * ms
    ).m_as("mV")
    n = 0 if form == "psp_exponential" else 1
    assert v == pytest.approx([potential(tau_s, t, n) for t in times], rel=1e-13)


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_c14_smooth_in_the_ratio(n):
    ratios = 1.0 + np.linspace(-1e-5, 1e-5, 401)
    v = ex.theory.psp_gamma(
        15 * ms, 1 * fC, n=n, tau_s=TAU_M * ratios * ms, R=1000 * MOhm, tau_m=TAU_M * ms
    ).m_as("mV")
    fit = np.polynomial.Polynomial.fit(ratios, v, 2)
    assert np.abs(v / fit(ratios) - 1.0).max() < 1e-13


@pytest.mark.parametrize("n", range(6))
def test_c15_the_kernel_has_the_area_one(n):
    tau = 5.0
    with mpmath.workdps(20):
        points = mpmath.linspace(0, 400, 41)

        def moment(power):
            def f(t):
                h = t**n * mpmath.exp(-t / tau) / (mpmath.factorial(n) * mpmath.mpf(tau) ** (n + 1))
                return h * t**power

            return float(mpmath.quad(f, points))

        area, mean, square = (moment(k) for k in range(3))
    assert area == pytest.approx(1.0, rel=1e-12)
    assert mean == pytest.approx((n + 1) * tau, rel=1e-12)
    assert square - mean**2 == pytest.approx((n + 1) * tau**2, rel=1e-11)
    t = np.linspace(0.0, 400.0, 400_001)
    h = ex.theory.synaptic_kernel(t * ms, tau_s=tau * ms, n=n).m_as("1/ms")
    weights = np.full(t.size, 1e-3)
    weights[[0, -1]] /= 2
    assert (h * weights).sum() == pytest.approx(1.0, rel=1e-7)
    assert (h * t * weights).sum() == pytest.approx(mean, rel=1e-7)
    assert t[np.argmax(h)] == pytest.approx(n * tau, abs=1e-3)
    if n == 1:  # from a peak to an area and back
        assert h.max() * math.e * tau == pytest.approx(1.0, rel=1e-12)


def test_c17_steps_at_any_time():
    t = np.linspace(0.0, 60.0, 601)
    cell = dict(R=100 * MOhm, tau_m=20 * ms, E_L=-65 * mV)
    for on, off in ((math.pi, 17.77), (20.05, 20.051), (1e-9, 2e-9)):
        current = ex.step(100 * pA, start=on * ms, stop=off * ms)
        run = ex.simulate(ex.LIF(**cell, V_T=1e6 * mV), 60 * ms, I=current, record="v")
        closed = ex.theory.square_pulse(
            t * ms, 100 * pA, start=on * ms, width=(off - on) * ms, **cell
        ).m_as("mV")
        assert np.abs(closed - run.bare("v")).max() < 1e-12


def test_c29_steady_interval_of_an_adapting_threshold():
    cell = dict(R=100 * MOhm, tau_m=10 * ms, E_L=0 * mV, V_T=15 * mV, V_R=0 * mV)
    T = ex.theory.alif_period(300 * pA, **cell, d_1=2 * mV, tau_1=100 * ms).m_as("ms")
    assert T == pytest.approx(18.0905, abs=5e-5)
    level = 15.0 + 2.0 / math.expm1(T / 100.0)
    assert 30.0 - 30.0 * math.exp(-T / 10.0) == pytest.approx(level, rel=1e-14)


def test_c32_gating_curves_in_the_frame_of_minus_65():
    """Read off the figure of a text: about a half and a twentieth at -40 mV."""
    gates = ex.gates(ex.HodgkinHuxley, -40 * mV)
    assert gates["m"].inf.magnitude == pytest.approx(0.501, abs=5e-4)
    assert gates["h"].inf.magnitude == pytest.approx(0.050, abs=5e-4)
    shifted = ex.gates(ex.HodgkinHuxley.preset("1952"), 25 * mV)
    assert shifted["m"].inf.magnitude == pytest.approx(gates["m"].inf.magnitude, rel=1e-14)


def test_c39_rate_near_the_rheobase():
    """v_in from a ten-millionth above threshold on, 20 ms and 2 ms; 0.1 mV for each pA."""
    cell = dict(R=100 * MOhm, tau_m=20 * ms, E_L=0 * mV, V_R=0 * mV, t_ref=2 * ms)
    known = {1 + 1e-7: 3.083, 1.001: 7.134, 1.1: 20.017, 2.0: 63.040, 10.0: 243.474}
    for v_in, rate in known.items():
        with mpmath.workdps(30):
            exact = 1000 / (2 - 20 * mpmath.log(1 - 1 / mpmath.mpf(v_in)))
        # The threshold is 1 mV and R 0.1 mV/pA, so that v_in stays the number it is.
        found = ex.theory.lif_rate(10 * v_in * pA, V_T=1 * mV, **cell).m_as("Hz")
        assert found == pytest.approx(rate, abs=6e-4)
        assert found == pytest.approx(float(exact), rel=1e-9)


def test_c41_gain_and_phase_without_slips():
    known = dict(R=100 * MOhm, tau_m=10 * ms)
    share = (ex.theory.gain([50, 10] * Hz, **known) / (100 * MOhm)).to("").magnitude
    assert share[0] == pytest.approx(0.3033, abs=5e-5)
    approximate = 1 / (2 * math.pi * np.array([0.05, 0.01]) * 10)
    assert approximate[0] == pytest.approx(0.3183, abs=5e-5)
    assert approximate / share == pytest.approx([1.05, 1.88], abs=0.005)
    lag = ex.theory.phase([0, 1e6] * Hz, tau_m=10 * ms).magnitude
    assert lag == pytest.approx([0.0, -math.pi / 2], abs=1e-4)


@pytest.mark.parametrize("f", [1.0, 10.0, 50.0, 300.0])
def test_c41_a_simulated_sine_agrees_after_transients(f):
    known = dict(R=100 * MOhm, tau_m=10 * ms)
    run = ex.simulate(
        ex.LIF(**known, E_L=0 * mV, V_T=1e6 * mV, V_R=0 * mV), 600 * ms,
        dt=0.02 * ms, record_dt=0.1 * ms, scheme="rk4", I=ex.sine(100 * pA, f * Hz),
    )  # fmt: skip
    late = run.t_ms >= 300.0
    v = ex.theory.sine_response(run.t[late], 100 * pA, frequency=f * Hz, **known).m_as("mV")
    height = 10.0 / math.hypot(1.0, 2 * math.pi * f / 100)
    assert np.abs(run.bare("v")[late] - v).max() < 1e-6 * height


def test_c41_a_simulated_chirp_agrees_with_the_convolution():
    known = dict(R=100 * MOhm, tau_m=10 * ms)
    current = ex.chirp(100 * pA, 1 * Hz, 200 * Hz, 0 * ms, 400 * ms)
    run = ex.simulate(
        ex.LIF(**known, E_L=0 * mV, V_T=1e6 * mV, V_R=0 * mV), 400 * ms,
        dt=0.02 * ms, record_dt=0.5 * ms, scheme="rk4", I=current,
    )  # fmt: skip
    v = ex.theory.convolution(run.t, current, **known).m_as("mV")
    assert np.abs(run.bare("v") - v).max() < 1e-6
