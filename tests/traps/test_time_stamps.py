"""When things happen: samples, switching, phases, decay, rest."""

import math

import numpy as np
import pytest

import excitable as ex
from excitable.units import Hz, MOhm, ms, mV, pA

# 0 mV at rest, no spikes: the membrane alone.
MEMBRANE = ex.LIF(R=100 * MOhm, E_L=0 * mV, V_T=1e6 * mV, V_R=0 * mV)


def response(t, on, off, tau=20.0):
    """Potential under 100 pA (10 mV) on [on, off), in closed form."""

    def charge(since):
        return -10.0 * np.expm1(-np.maximum(since, 0.0) / tau)

    return charge(t - on) - charge(t - off)


@pytest.mark.parametrize("dt", [0.1, 0.3, 7.0])
@pytest.mark.parametrize("t_start", [0.0, -3.7, 1234.5])
def test_c11_samples_carry_their_own_time(dt, t_start):
    run = ex.simulate(MEMBRANE, 50 * ms, dt=dt * ms, t_start=t_start * ms, I=100 * pA, record="v")
    local = run.t_ms - t_start
    assert local == pytest.approx(np.arange(int(50.0 / dt + 1e-9) + 1) * dt, abs=1e-12)
    assert run.bare("v") == pytest.approx(response(local, 0.0, np.inf), rel=1e-12, abs=1e-13)


@pytest.mark.parametrize("scheme", ["adaptive", "rk4", "exponential_euler", "exponential_strang"])
def test_c11_samples_carry_their_own_time_in_every_scheme(scheme):
    run = ex.simulate(MEMBRANE, 50 * ms, dt=0.1 * ms, scheme=scheme, I=100 * pA, record="v")
    # One step late or early would be 0.05 mV.
    assert run.bare("v") == pytest.approx(response(run.t_ms, 0.0, np.inf), abs=1e-5)


def test_c11_the_sample_at_a_spike_is_the_state_after_it():
    model = MEMBRANE(V_T=10 * mV, V_R=-3 * mV, t_ref=1 * ms)
    at = -20.0 * math.log1p(-1.0 / 2.0)
    run = ex.simulate(model, 2 * at * ms, record_dt=at * ms, I=200 * pA)
    spike = run.spikes[0].times_ms[0]
    v = ex.simulate(model, 2 * spike * ms, record_dt=spike * ms, I=200 * pA).bare("v")
    assert v[:2].tolist() == [0.0, -3.0]


SWITCHES = [(0.0, 5.0), (0.05, 0.06), (3.14159, 17.77), (1e-9, 30.0), (12.3, 12.3 + 1e-7)]


@pytest.mark.parametrize("dt", [0.01, 0.1, 1.0, 100.0])
@pytest.mark.parametrize(("on", "off"), SWITCHES)
def test_c17_currents_are_switched_when_told(on, off, dt):
    run = ex.simulate(
        MEMBRANE, 40 * ms, dt=dt * ms, record_dt=0.37 * ms, record="v",
        I=ex.step(100 * pA, start=on * ms, stop=off * ms),
    )  # fmt: skip
    expected = response(run.t_ms, on, off)
    assert np.abs(run.bare("v") - expected).max() < 1e-12


@pytest.mark.parametrize("scheme", ["adaptive", "rk4", "exponential_strang", "exponential_euler"])
def test_c17_currents_are_switched_when_told_in_every_scheme(scheme):
    run = ex.simulate(
        MEMBRANE, 40 * ms, dt=0.1 * ms, record="v", scheme=scheme,
        I=ex.step(100 * pA, start=3.14159 * ms, stop=17.77 * ms),
    )  # fmt: skip
    # A switch a tenth of a step late would be 5e-3 mV.
    assert np.abs(run.bare("v") - response(run.t_ms, 3.14159, 17.77)).max() < 1e-5


def sine_response(t, amplitude, omega, phase, start, tau=20.0):
    """Potential under amplitude*sin(omega s + phase), s = t - start, from zero at s = 0."""
    s = np.maximum(t - start, 0.0)
    z = 1.0 + 1j * omega * tau
    steady = np.imag(amplitude * np.exp(1j * (omega * s + phase)) / z)
    begin = np.imag(amplitude * np.exp(1j * phase) / z)
    return np.where(t < start, 0.0, steady - begin * np.exp(-s / tau))


@pytest.mark.parametrize("start", [0.0, 12.34])
@pytest.mark.parametrize("phase", [0.0, 1.0])
def test_c17_phase_of_a_sine(start, phase):
    for phase_at in ("start", "zero"):
        wave = ex.sine(100 * pA, 50 * Hz, phase, start=start * ms, phase_at=phase_at)
        run = ex.simulate(MEMBRANE, 100 * ms, record="v", I=wave)
        omega = 2 * np.pi * 0.05
        origin = phase + (omega * start if phase_at == "zero" else 0.0)
        expected = sine_response(run.t_ms, 10.0, omega, origin, start)
        assert np.abs(run.bare("v") - expected).max() < 1e-5


def test_c17_phase_of_a_sine_follows_the_clock_of_the_run():
    wave = ex.sine(100 * pA, 50 * Hz, phase_at="zero", start=1000 * ms)
    run = ex.simulate(MEMBRANE, 60 * ms, t_start=990 * ms, record="v", I=wave)
    expected = sine_response(run.t_ms, 10.0, 2 * np.pi * 0.05, 0.0, 1000.0)  # 50 whole cycles
    assert np.abs(run.bare("v") - expected).max() < 1e-5


RATIOS = [0.005, 0.1, 0.5, 1.0, 3.0, 10.0, 30.0, 100.0]


def decay(model, ratio, scheme="auto"):
    """What is left of 1 mV after one step of `ratio` time constants, and what should be."""
    dt = ratio * 20.0
    start = dict(v=1 * mV, s=0 * pA) if "s" in model.states else dict(v=1 * mV)
    run = ex.simulate(model, dt * ms, dt=dt * ms, scheme=scheme, initial=start, record="v")
    return run.bare("v")[1], math.exp(-dt / 20.0)


@pytest.mark.parametrize("ratio", RATIOS)
def test_c18_decay_over_one_step(ratio):
    """Never 1 - dt/tau, which is 0 at dt = tau."""
    left, expected = decay(MEMBRANE, ratio)
    assert abs(left - expected) <= 2 * math.ulp(expected)


@pytest.mark.parametrize("ratio", RATIOS)
def test_c18_decay_over_one_step_beside_another_state(ratio, adapting):
    left, expected = decay(adapting, ratio)
    # k squarings of a propagator that is right to one rounding leave 2^k of them.
    squarings = max(math.ceil(math.log2(ratio * 4 / 0.5)), 0)
    assert abs(left - expected) <= (2 + 2**squarings) * math.ulp(expected)


@pytest.mark.parametrize("ratio", RATIOS)
def test_c18_decay_over_one_step_of_exponential_euler(ratio):
    """It adds a change to the start, so its rounding is that of the start."""
    left, expected = decay(MEMBRANE, ratio, "exponential_euler")
    assert abs(left - expected) <= 2 * math.ulp(1.0)


MODELS = ["LIF", "EIF", "AdEx", "Izhikevich", "HodgkinHuxley"]


@pytest.mark.parametrize("name", MODELS)
def test_c13_a_run_starts_at_rest_and_stays_there(name):
    model = getattr(ex, name)
    run = ex.simulate(model, 10_000 * ms, record_dt=10 * ms)
    assert "rest" in run.start
    assert run.spikes.count == 0
    for state in model.states:
        values = run.bare(state)
        assert np.abs(values - values[0]).max() < 1e-10


@pytest.mark.parametrize("preset", ["tonic spiking", "initial burst", "regular bursting"])
def test_c13_presets_start_at_their_rest(preset):
    run = ex.simulate(ex.AdEx.preset(preset), 10_000 * ms, record_dt=10 * ms)
    assert np.abs(run.bare("v") - run.bare("v")[0]).max() < 1e-10


def test_c13_gates_start_at_their_steady_values():
    run = ex.simulate(ex.HodgkinHuxley, 1 * ms)
    x = run.bare("v")[0] + 65.0
    alpha_m, beta_m = 0.1 * (25 - x) / math.expm1((25 - x) / 10), 4 * math.exp(-x / 18)
    alpha_h, beta_h = 0.07 * math.exp(-x / 20), 1 / (math.exp((30 - x) / 10) + 1)
    alpha_n, beta_n = 0.01 * (10 - x) / math.expm1((10 - x) / 10), math.exp(-x / 80) / 8
    for gate, alpha, beta in (
        ("m", alpha_m, beta_m), ("h", alpha_h, beta_h), ("n", alpha_n, beta_n),
    ):  # fmt: skip
        assert run.bare(gate)[0] == pytest.approx(alpha / (alpha + beta), rel=1e-12)
