"""Noise in the equations: stationary laws and firing rates, at fixed seeds."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import erfcx

import excitable as ex
from excitable.units import ms, mV

TAU, SIGMA = 5.0, 3.0
FLUCTUATING = ex.Model(
    "Ornstein-Uhlenbeck process",
    equations="tau*dx/dt = mu - x + sigma*sqrt(2*tau)*xi",
    states=dict(x=0 * mV),
    parameters=dict(tau=TAU * ms, mu=2 * mV, sigma=np.full(400, SIGMA) * mV),
)


def law(scheme, z):
    """Decay of one step and stationary variance of the discrete process, in units of sigma^2.

    One step is x <- D x + G N(0, 1) with z = dt/tau; its variance is G^2/(1 - D^2).
    """
    kept = {"euler_maruyama": 1 - z, "heun": 1 - z + z * z / 2}[scheme]
    gain = {"euler_maruyama": 1.0, "heun": 1 - z / 2}[scheme]
    return kept, 2 * z * gain**2 / (1 - kept**2)


@pytest.mark.parametrize("dt", [0.05, 1.0])
@pytest.mark.parametrize("scheme", ["heun", "euler_maruyama"])
def test_stationary_law_of_a_fluctuating_state(scheme, dt):
    """400 processes, 50 ms of warming up left out; errors of means of correlated samples."""
    run = ex.simulate(
        FLUCTUATING, 450 * ms, dt=dt * ms, record_dt=5 * ms, scheme=scheme, seed=11, record="x"
    )
    x = run.bare("x")[run.t_ms >= 50.0] - 2.0
    kept, variance = law(scheme, dt / TAU)
    # Samples lie one time constant apart: their effective number follows from the decay between.
    between = kept ** round(5.0 / dt)
    number = x.size * (1 - between) / (1 + between)
    number_of_squares = x.size * (1 - between**2) / (1 + between**2)
    spread = SIGMA * math.sqrt(variance)
    assert abs(x.mean()) < 4 * spread / math.sqrt(number)
    assert x.var() == pytest.approx(spread**2, rel=4 * math.sqrt(2 / number_of_squares))
    correlation = np.mean(x[1:] * x[:-1]) / x.var()
    assert correlation == pytest.approx(between, abs=4 / math.sqrt(x.size))
    # The discrete law tends to the continuous one: within its own order here.
    assert variance == pytest.approx(
        1.0, abs={"heun": (dt / TAU) ** 2, "euler_maruyama": dt / TAU}[scheme]
    )
    kurtosis = np.mean(x**4) / x.var() ** 2
    assert kurtosis == pytest.approx(3.0, abs=4 * math.sqrt(96 / number_of_squares))


def test_processes_are_independent_of_each_other():
    run = ex.simulate(FLUCTUATING, 300 * ms, dt=0.5 * ms, record_dt=5 * ms, seed=4, record="x")
    x = run.bare("x")[10:] - 2.0
    matrix = np.corrcoef(x[:, :60].T)[np.triu_indices(60, 1)]
    number = x.shape[0] * math.tanh(1.0)
    assert abs(matrix.mean()) < 4 / math.sqrt(number * matrix.size)


def test_same_seed_same_path_for_any_recording_and_threads():
    options = dict(dt=0.5 * ms, scheme="heun")
    one = ex.simulate(FLUCTUATING, 50 * ms, seed=7, threads=1, record="x", **options)
    two = ex.simulate(
        FLUCTUATING,
        50 * ms,
        seed=7,
        threads=2,
        record=dict(x=[3, 399]),
        record_dt=5 * ms,
        **options,
    )
    other = ex.simulate(FLUCTUATING, 50 * ms, seed=8, record="x", **options)
    assert np.array_equal(one.bare("x")[::10][:, [3, 399]], two.bare("x"))
    assert not np.array_equal(one.bare("x"), other.bare("x"))


def siegert(mu, sigma, *, threshold, reset, tau, t_ref):
    """Mean rate in Hz of the leaky neuron with white noise (Siegert 1951)."""
    low, high = (reset - mu) / sigma, (threshold - mu) / sigma
    # exp(u^2)(1 + erf(u)) = erfcx(-u)
    area = quad(lambda u: erfcx(-u), low, high, epsabs=1e-12, epsrel=1e-12)[0]
    return 1000.0 / (t_ref + tau * math.sqrt(math.pi) * area)


NOISY = ex.Model(
    "Noisy leaky neuron",
    equations="tau*dv/dt = mu - v + sigma*sqrt(tau)*xi",
    spike="v >= V_T",
    reset="v = V_R",
    refractory="t_ref",
    states=dict(v=0 * mV),
    parameters=dict(
        tau=20 * ms,
        mu=np.full(200, 14.0) * mV,
        sigma=5 * mV,
        V_T=15 * mV,
        V_R=0 * mV,
        t_ref=2 * ms,
    ),
)


@pytest.mark.parametrize("dt", [0.02, 0.1])
def test_rate_of_a_noisy_neuron(dt):
    """Crossings between steps go unseen, which acts as a threshold raised by 0.5826 sigma_step."""
    run = ex.simulate(NOISY, 1200 * ms, dt=dt * ms, scheme="euler_maruyama", seed=3, record=False)
    times = run.spikes.times_ms
    count = np.count_nonzero(times > 200.0)
    rate = count / 200.0
    unseen = 0.5826 * 5.0 * math.sqrt(dt / 20.0)  # -zeta(1/2)/sqrt(2 pi)
    expected = siegert(14.0, 5.0, threshold=15.0 + unseen, reset=0.0, tau=20.0, t_ref=2.0)
    plain = siegert(14.0, 5.0, threshold=15.0, reset=0.0, tau=20.0, t_ref=2.0)
    # The count of a renewal process varies less than Poisson; 4 standard errors of Poisson.
    assert rate == pytest.approx(expected, abs=4 * math.sqrt(count) / 200.0)
    assert rate == pytest.approx(plain, rel=0.1)


def test_rate_of_a_noisy_neuron_under_heun():
    run = ex.simulate(NOISY, 700 * ms, dt=0.1 * ms, seed=5, record=False)
    assert run.scheme.name == "heun"
    count = np.count_nonzero(run.spikes.times_ms > 200.0)
    unseen = 0.5826 * 5.0 * math.sqrt(0.1 / 20.0)
    expected = siegert(14.0, 5.0, threshold=15.0 + unseen, reset=0.0, tau=20.0, t_ref=2.0)
    assert count / 100.0 == pytest.approx(expected, abs=4 * math.sqrt(count) / 100.0)


def test_refractory_time_is_kept_under_noise():
    """Reset close to threshold, so that many neurons fire again as soon as they may."""
    near = NOISY(t_ref=5.05 * ms, V_R=14.5 * mV)
    run = ex.simulate(near, 200 * ms, dt=0.1 * ms, seed=5, record=False)
    intervals = np.concatenate([np.diff(run.spikes[i].times_ms) for i in range(200)])
    assert 5.05 <= intervals.min() < 5.15
