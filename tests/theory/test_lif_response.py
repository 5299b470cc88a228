"""The leaky membrane below threshold, against closed forms: steps, pulses, ramps, traces."""

import math

import mpmath
import numpy as np
import pytest

import excitable as ex
from excitable.units import MOhm, ms, mV, pA

TAU = 20.0
# 100 pA are 10 mV; rest at 0 mV makes relative errors meaningful.
MEMBRANE = ex.LIF(R=100 * MOhm, E_L=0 * mV, V_T=1e6 * mV, V_R=0 * mV)


def filtered(t, pieces):
    """Potential at t under a piecewise-linear current, in 40 digits.

    `pieces` are (begin, end, current at begin in pA, slope in pA/ms).
    """
    with mpmath.workdps(40):
        tau, total = mpmath.mpf(TAU), mpmath.mpf(0)
        t = mpmath.mpf(t)
        for begin, end, level, slope in pieces:
            stop = min(mpmath.mpf(end), t)
            length = stop - mpmath.mpf(begin)
            if length <= 0:
                continue
            # Particular solution b + s (u - tau) with what decays from the beginning of the piece.
            kept = mpmath.exp(-length / tau)
            flat = mpmath.mpf(level) * (1 - kept)
            rising = mpmath.mpf(slope) * (length - tau * (1 - kept))
            total += (flat + rising) / 10 * mpmath.exp(-(t - stop) / tau)
        return float(total)


def compare(current, pieces, *, duration=60.0, dt=0.1, record_dt=0.73, **options):
    """Largest deviation of a run from the closed form in mV."""
    run = ex.simulate(
        MEMBRANE, duration * ms, dt=dt * ms, record_dt=record_dt * ms, I=current, record="v",
        **options,
    )  # fmt: skip
    expected = np.array([filtered(t, pieces) for t in run.t_ms])
    return np.abs(run.bare("v") - expected).max()


def test_charging_by_a_step():
    run = ex.simulate(MEMBRANE, 200 * ms, I=150 * pA, record="v")
    expected = -15.0 * np.expm1(-run.t_ms / TAU)
    assert run.bare("v") == pytest.approx(expected, rel=1e-14)


def test_discharge_of_a_start():
    run = ex.simulate(MEMBRANE, 200 * ms, initial=dict(v=7 * mV), record="v")
    assert run.bare("v") == pytest.approx(7.0 * np.exp(-run.t_ms / TAU), rel=1e-14)


def test_discharge_to_another_rest():
    model = MEMBRANE(E_L=-65 * mV)
    run = ex.simulate(model, 200 * ms, initial=dict(v=-40 * mV), record="v")
    assert run.bare("v") == pytest.approx(-65.0 + 25.0 * np.exp(-run.t_ms / TAU), rel=1e-14)


@pytest.mark.parametrize("width", [0.01, 0.1, 1.0])
def test_short_pulse_to_first_order(width):
    """The peak is q/C, short of it by the share Delta/(2 tau); the tail's error is second order."""
    charge = 100.0  # pA ms: 10 mV ms of drive, q/C = 0.5 mV
    run = ex.simulate(
        MEMBRANE, 10 * ms, dt=width * ms, record="v",
        I=ex.pulse(charge / width * pA, start=0 * ms, width=width * ms),
    )  # fmt: skip
    z = width / TAU
    peak = run.bare("v")[1]
    assert peak == pytest.approx(0.5 * -math.expm1(-z) / z, rel=1e-14)
    # As in a text book: v = (q/C)(Delta/tau)/(Delta/tau) (1 - z/2 + ...): R I z minus R I z^2/2.
    drive = charge / width / 10.0
    assert abs(peak - drive * z) <= drive * 0.5 * z**2
    assert abs(peak - drive * z) == pytest.approx(drive * 0.5 * z**2, rel=z)


def test_delta_limit_of_a_pulse():
    """A pulse of fixed charge that becomes shorter tends to a jump by q/C and its decay."""
    errors = []
    for width in (1.0, 1e-2, 1e-4, 1e-6, 1e-9):
        pulse = ex.pulse(100.0 / width * pA, start=1 * ms, width=width * ms)
        run = ex.simulate(MEMBRANE, 20 * ms, record_dt=20 * ms, record="v", I=pulse)
        errors.append(abs(run.bare("v")[1] / (0.5 * math.exp(-19.0 / TAU)) - 1.0))
    for width, error in zip((1.0, 1e-2, 1e-4, 1e-6), errors, strict=False):
        assert error == pytest.approx(width / (2 * TAU), rel=0.05)
    # 1 + 1e-9 ms is rounded to 2e-16 ms, which is 2e-7 of the width.
    assert errors[-1] < 1e-6


@pytest.mark.parametrize("dt", [0.01, 0.1, 1.0, 60.0])
@pytest.mark.parametrize(
    ("on", "off"), [(0.0, 60.0), (math.pi, 17.77), (1e-9, 2e-9), (59.99, 61.0), (20.05, 20.051)]
)
def test_steps_on_and_off_at_any_time(on, off, dt):
    current = ex.step(100 * pA, start=on * ms, stop=off * ms)
    assert compare(current, [(on, off, 100.0, 0.0)], dt=dt) < 1e-12


def test_many_overlapping_steps():
    rng = np.random.default_rng(5)
    edges = rng.uniform(0.0, 60.0, (40, 2))
    edges.sort(axis=1)
    levels = rng.normal(0.0, 100.0, 40)
    current = ex.step(0 * pA)
    for (on, off), level in zip(edges, levels, strict=True):
        current = current + ex.step(level * pA, start=on * ms, stop=off * ms)
    pieces = [(on, off, level, 0.0) for (on, off), level in zip(edges, levels, strict=True)]
    assert compare(current, pieces) < 1e-12


@pytest.mark.parametrize("dt", [0.1, 7.0])
def test_pulse_trains(dt):
    current = ex.pulses(200 * pA, start=1.234 * ms, width=0.777 * ms, period=4.321 * ms, n=9)
    pieces = [(1.234 + k * 4.321, 1.234 + k * 4.321 + 0.777, 200.0, 0.0) for k in range(9)]
    assert compare(current, pieces, dt=dt) < 1e-12


@pytest.mark.parametrize("dt", [0.01, 0.1, 1.0, 60.0])
def test_ramps_are_exact(dt):
    current = ex.ramp(-50 * pA, 250 * pA, start=3.3 * ms, stop=44.4 * ms)
    slope = 300.0 / 41.1
    assert compare(current, [(3.3, 44.4, -50.0, slope)], dt=dt) < 1e-12


def test_very_slow_and_very_steep_ramps():
    for start, stop in ((0.0, 1e9), (10.0, 10.0 + 1e-6), (0.0, 1e-3)):
        current = ex.ramp(0 * pA, 100 * pA, start=start * ms, stop=stop * ms)
        pieces = [(start, stop, 0.0, 100.0 / (stop - start))]
        assert compare(current, pieces) < 1e-12


SAMPLES = np.random.default_rng(3).normal(50.0, 100.0, 57)


@pytest.mark.parametrize("dt", [0.1, 0.25, 10.0])
@pytest.mark.parametrize(("interval", "start"), [(1.0, 0.0), (0.37, 2.22)])
def test_traces_that_hold_their_samples(interval, start, dt):
    current = ex.trace(SAMPLES * pA, interval * ms, start=start * ms, after=30 * pA)
    begins = start + np.arange(SAMPLES.size) * interval
    pieces = [(b, b + interval, level, 0.0) for b, level in zip(begins, SAMPLES, strict=True)]
    pieces.append((start + SAMPLES.size * interval, 1e9, 30.0, 0.0))
    assert compare(current, pieces, dt=dt) < 1e-12


@pytest.mark.parametrize("dt", [0.1, 0.25, 10.0])
@pytest.mark.parametrize(("interval", "start"), [(1.0, 0.0), (0.37, 2.22)])
def test_traces_that_join_their_samples(interval, start, dt):
    current = ex.trace(SAMPLES * pA, interval * ms, start=start * ms, hold="linear")
    begins = start + np.arange(SAMPLES.size) * interval
    slopes = np.append(np.diff(SAMPLES), 0.0) / interval
    pieces = [
        (b, b + interval, level, slope)
        for b, level, slope in zip(begins, SAMPLES, slopes, strict=True)
    ]
    assert compare(current, pieces, dt=dt) < 1e-12


def test_different_kinds_of_input_add_up():
    current = (
        ex.ramp(0 * pA, 100 * pA, start=5.5 * ms, stop=25.25 * ms)
        + 2 * ex.step(40 * pA, start=1.01 * ms)
        - ex.trace(SAMPLES * pA, 1 * ms, hold="linear")
    )
    slopes = np.append(np.diff(SAMPLES), 0.0)
    pieces = [(5.5, 25.25, 0.0, 100.0 / 19.75), (1.01, 1e9, 80.0, 0.0)]
    pieces += [(float(k), k + 1.0, -SAMPLES[k], -slopes[k]) for k in range(SAMPLES.size)]
    assert compare(current, pieces) < 1e-12


def test_several_inputs_of_one_model():
    model = ex.Model(
        "Two electrodes",
        equations="tau_m*dv/dt = -v + R*I_1 + k*R*I_2",
        states=dict(v=0 * mV),
        inputs=dict(I_1=pA, I_2=pA),
        parameters=dict(tau_m=TAU * ms, R=100 * MOhm, k=0.25),
    )
    run = ex.simulate(
        model, 60 * ms, record_dt=0.73 * ms,
        I_1=ex.step(100 * pA, start=3.21 * ms, stop=33.3 * ms),
        I_2=ex.ramp(0 * pA, 400 * pA, start=10.1 * ms, stop=50.5 * ms),
    )  # fmt: skip
    pieces = [(3.21, 33.3, 100.0, 0.0), (10.1, 50.5, 0.0, 100.0 / 40.4)]
    expected = np.array([filtered(t, pieces) for t in run.t_ms])
    assert np.abs(run.bare("v") - expected).max() < 1e-12


def test_two_states_see_the_same_exact_input():
    """A filtered membrane: the general engine under ramps and off-grid steps, by superposition."""
    model = ex.Model(
        "Membrane behind a filter",
        equations="""
            tau_m*dv/dt = -v + R*I + s
            tau_s*ds/dt = -s
        """,
        states=dict(v=0 * mV, s=0 * mV),
        inputs=dict(I=pA),
        parameters=dict(tau_m=TAU * ms, tau_s=3 * ms, R=100 * MOhm),
    )
    current = ex.ramp(-50 * pA, 250 * pA, start=3.3 * ms, stop=44.4 * ms) + ex.step(
        80 * pA, start=math.pi * ms, stop=17.77 * ms
    )
    pieces = [(3.3, 44.4, -50.0, 300.0 / 41.1), (math.pi, 17.77, 80.0, 0.0)]
    for dt in (0.1, 1.0, 60.0):
        run = ex.simulate(model, 60 * ms, dt=dt * ms, record_dt=0.73 * ms, I=current, record="v")
        expected = np.array([filtered(t, pieces) for t in run.t_ms])
        assert np.abs(run.bare("v") - expected).max() < 1e-12
