"""Postsynaptic potentials for every ratio of time constants, equal ones included."""

import mpmath
import numpy as np
import pytest

import excitable as ex
from excitable.units import MOhm, ms, mV, pA

TAU_M = 10.0
EPSILONS = [0.0, *(sign * 10.0**k for k in range(-16, 0) for sign in (1, -1))]
FAR = [1e-3, 0.03, 0.3, 3.0, 30.0, 1e3]

EXPONENTIAL = ex.Model(
    "Membrane and an exponential current",
    equations="""
        tau_m*dv/dt = -v + R*s
        tau_s*ds/dt = -s
    """,
    states=dict(v=0 * mV, s=0 * pA),
    parameters=dict(tau_m=TAU_M * ms, tau_s=TAU_M * ms, R=100 * MOhm),
)
ALPHA = ex.Model(
    "Membrane and an alpha current",
    equations="""
        tau_m*dv/dt = -v + R*s
        tau_s*ds/dt = z - s
        tau_s*dz/dt = -z
    """,
    states=dict(v=0 * mV, s=0 * pA, z=0 * pA),
    parameters=dict(tau_m=TAU_M * ms, tau_s=TAU_M * ms, R=100 * MOhm),
)
DUAL = ex.Model(
    "Membrane and a current that rises and decays",
    equations="""
        tau_m*dv/dt = -v + R*s
        tau_d*ds/dt = z - s
        tau_r*dz/dt = -z
    """,
    states=dict(v=0 * mV, s=0 * pA, z=0 * pA),
    parameters=dict(tau_m=TAU_M * ms, tau_d=TAU_M * ms, tau_r=TAU_M * ms, R=100 * MOhm),
)


def chain(rates, t):
    """Response of the last of a chain of filters to a unit start of the first, in many digits.

    The divided difference of exp(-r t) over the rates, as an entry of the exponential of a
    bidiagonal matrix, which has no singular case.
    """
    with mpmath.workdps(60):
        n = len(rates)
        matrix = mpmath.zeros(n)
        for i, rate in enumerate(rates):
            matrix[i, i] = -mpmath.mpf(1) / mpmath.mpf(rate)
            if i + 1 < n:
                matrix[i, i + 1] = mpmath.mpf(1) / mpmath.mpf(rate)
        return float(mpmath.expm(matrix * mpmath.mpf(t), method="taylor")[0, n - 1])


def worst(model, start, constants, times=(0.1, 0.5, 2.0, 10.0, 40.0, 100.0), dt=0.1):
    """Largest relative error of the potential at some times."""
    changes = {name: value * ms for name, value in constants.items() if name != "tau_m"}
    initial = dict.fromkeys(model.states, 0 * pA) | {"v": 0 * mV, start: 1 * pA}
    run = ex.simulate(model(**changes), 100 * ms, dt=dt * ms, initial=initial, record="v")
    v, errors = run.bare("v"), []
    constants = [constants[name] for name in constants]
    for time in times:
        expected = 0.1 * chain(constants, time)  # 100 MOhm times 1 pA
        errors.append(abs(v[round(time / dt)] / expected - 1.0))
    return max(errors)


@pytest.mark.parametrize("epsilon", EPSILONS)
def test_c14_equal_time_constants(epsilon):
    tau = TAU_M * (1.0 + epsilon)
    assert worst(EXPONENTIAL, "s", dict(tau_m=TAU_M, tau_s=tau)) < 1e-13


@pytest.mark.parametrize("epsilon", EPSILONS)
def test_c14_equal_time_constants_of_an_alpha_current(epsilon):
    tau = TAU_M * (1.0 + epsilon)
    with_both = [TAU_M, tau, tau]
    initial = dict(v=0 * mV, s=0 * pA, z=1 * pA)
    run = ex.simulate(ALPHA(tau_s=tau * ms), 100 * ms, initial=initial, record="v")
    for time in (0.1, 0.5, 2.0, 10.0, 40.0, 100.0):
        expected = 0.1 * chain(with_both, time)
        assert run.bare("v")[round(time / 0.1)] == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("ratio", FAR)
def test_c14_far_time_constants(ratio):
    tau = TAU_M * ratio
    assert worst(EXPONENTIAL, "s", dict(tau_m=TAU_M, tau_s=tau)) < 1e-13


@pytest.mark.parametrize("step", [0.01, 0.1, 1.0, 10.0])
@pytest.mark.parametrize("epsilon", [0.0, 1e-12, -1e-7, 1e-4])
def test_c14_three_nearly_equal_time_constants(epsilon, step):
    constants = dict(tau_m=TAU_M, tau_d=TAU_M * (1 + epsilon), tau_r=TAU_M * (1 - 0.5 * epsilon))
    times = (10.0, 40.0, 100.0)
    assert worst(DUAL, "z", constants, times=times, dt=step) < 1e-13


@pytest.mark.parametrize("rise", [0.01, 0.5, 9.999999])
def test_c14_dual_exponential_currents(rise):
    assert worst(DUAL, "z", dict(tau_m=TAU_M, tau_d=5.0, tau_r=rise)) < 1e-13


def test_c14_potential_is_smooth_in_the_time_constant():
    """No jump where another formula would have to take over."""
    ratios = 1.0 + np.linspace(-1e-5, 1e-5, 401)
    run = ex.simulate(
        EXPONENTIAL(tau_s=TAU_M * ratios * ms), 10 * ms, record="v", record_dt=10 * ms,
        initial=dict(v=0 * mV, s=1 * pA),
    )  # fmt: skip
    v = run.bare("v")[1]
    fit = np.polynomial.Polynomial.fit(ratios, v, 2)
    assert np.abs(v / fit(ratios) - 1.0).max() < 1e-13


def test_c14_the_textbook_difference_would_fail():
    """The trap is real: the usual formula loses its digits where the engine keeps them."""
    tau_s = TAU_M * (1.0 + 1e-10)
    naive = (np.exp(-10.0 / TAU_M) - np.exp(-10.0 / tau_s)) / (1.0 / tau_s - 1.0 / TAU_M) / TAU_M
    assert abs(naive / chain([TAU_M, tau_s], 10.0) - 1.0) > 1e-8
