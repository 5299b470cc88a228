"""Postsynaptic potentials: against quadrature in many digits, and against runs."""

import mpmath
import numpy as np
import pytest

import excitable as ex
from excitable.analysis.theory._exponentials import mean_exponential
from excitable.units import MOhm, fC, ms, mV, pA

TIMES = [1e-3, 0.5, 3.0, 20.0, 100.0, 1000.0]
RATIOS = [1e-9, 1e-3, 0.2, 0.999999, 1.0, 1.0 + 1e-12, 1.5, 30.0, 1e4]


def reference(n, a, b, t):
    """The mean in 40 digits, from its integral's closed form with as many digits as it takes."""
    with mpmath.workdps(120):
        a, b, t = (mpmath.mpf(float(x)) for x in (a, b, t))
        d = (a - b) * t
        # The integral of x**n exp(d x) is 1F1(n + 1; n + 2; d)/(n + 1).
        return float(mpmath.exp(-a * t) * mpmath.hyp1f1(n + 1, n + 2, d) / (n + 1))


@pytest.mark.parametrize("n", [0, 1, 2, 3, 5, 12])
def test_the_divided_difference_for_any_ratio_of_rates(n):
    a = 0.05
    for ratio in RATIOS:
        for t in TIMES:
            b = a / ratio
            expected = reference(n, a, b, t)
            if expected > 1e-250:
                assert float(mean_exponential(n, a, b, t)) == pytest.approx(expected, rel=2e-13)


def test_the_reference_itself_is_the_integral():
    for n, a, b, t in ((0, 0.05, 0.2, 20.0), (3, 0.05, 0.051, 40.0), (2, 2.0, 0.05, 30.0)):
        with mpmath.workdps(30):
            integral = mpmath.quad(
                lambda x, n=n, a=a, b=b, t=t: x**n * mpmath.exp(-b * t * x - a * t * (1 - x)),
                [0, 0.5, 1],
            )
        assert reference(n, a, b, t) == pytest.approx(float(integral), rel=1e-14)


CHAINS = {
    0: "",
    1: "tau_s*dx_1/dt = -x_1",
    2: "tau_s*dx_1/dt = -x_1 + x_2\n tau_s*dx_2/dt = -x_2",
}


@pytest.mark.parametrize("tau_s", [0.5, 5.0, 19.999999, 20.0, 60.0])
@pytest.mark.parametrize("n", [0, 1, 2])
def test_runs_of_the_chain_of_filters(n, tau_s):
    """A current of charge q through n further filters is q times the kernel of power n."""
    feed = " + x_1" if n else ""
    model = ex.Model(
        "Membrane behind filters",
        equations=f"""
            tau_m*dv/dt = E_L - v + R*s
            tau_s*ds/dt = -s{feed}
            {CHAINS[n]}
        """,
        states={"v": -65 * mV, "s": 0 * pA, **{f"x_{k}": 0 * pA for k in range(1, n + 1)}},
        parameters=dict(tau_m=20 * ms, tau_s=tau_s * ms, R=100 * MOhm, E_L=-65 * mV),
    )
    first = f"x_{n}" if n else "s"
    run = ex.simulate(model, 100 * ms, initial={first: 100 / tau_s * pA}, record=["v", "s"])
    known = dict(tau_s=tau_s * ms, R=100 * MOhm, tau_m=20 * ms, E_L=-65 * mV)
    v = ex.theory.psp_gamma(run.t, 100 * fC, n=n, **known)
    assert np.abs((v - run.v).m_as("mV")).max() < 1e-12
    current = 100 * fC * ex.theory.synaptic_kernel(run.t, tau_s=tau_s * ms, n=n)
    assert np.abs((current - run.s).m_as("pA")).max() < 1e-11
    by_name = {0: ex.theory.psp_exponential, 1: ex.theory.psp_alpha}.get(n)
    if by_name:
        assert np.array_equal(by_name(run.t, 100 * fC, **known).magnitude, v.magnitude)


def test_a_fast_current_is_a_charge_at_an_instant():
    known = dict(R=100 * MOhm, tau_m=20 * ms)
    t = np.linspace(1, 100, 50) * ms
    limit = ex.theory.psp_delta(t, 100 * fC, **known)
    for tau_s in (1e-3, 1e-6, 1e-12):
        v = ex.theory.psp_exponential(t, 100 * fC, tau_s=tau_s * ms, **known)
        assert np.abs((v / limit).magnitude - 1.0).max() < 1.1 * tau_s / 20 + 1e-14


@pytest.mark.parametrize("n", [0, 1, 2, 5])
def test_the_peak_is_where_the_potential_turns(n):
    tau_s = np.array([1e-3, 0.5, 9.999999, 10.0, 10.1, 80.0])
    peak = ex.theory.psp_peak_time(tau_s=tau_s * ms, tau_m=10 * ms, n=n).m_as("ms")
    for tau, at in zip(tau_s, peak, strict=True):
        with mpmath.workdps(30):

            def turning(t, tau=tau):
                # At the peak the leak equals the current.
                s, m, t = mpmath.mpf(float(tau)), mpmath.mpf(10), mpmath.mpf(t)
                filtered = mpmath.exp(-t / m) * t ** (n + 1) / (n + 1)
                filtered *= mpmath.hyp1f1(n + 1, n + 2, t / m - t / s) / m
                return filtered - t**n * mpmath.exp(-t / s)

            assert float(mpmath.findroot(turning, at)) == pytest.approx(at, rel=1e-12)


def test_the_peak_of_an_exponential_current_in_closed_form():
    assert ex.theory.psp_peak_time(tau_s=5 * ms, tau_m=20 * ms).m_as("ms") == pytest.approx(
        100 / 15 * np.log(4), rel=1e-15
    )
    near = ex.theory.psp_peak_time(tau_s=10 * (1 + 1e-13) * ms, tau_m=10 * ms).m_as("ms")
    assert near == pytest.approx(10.0, rel=1e-12)
