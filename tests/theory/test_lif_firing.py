"""The leaky integrate-and-fire neuron above threshold, against closed forms."""

import math

import mpmath
import numpy as np
import pytest

import excitable as ex
from excitable.units import MOhm, ms, mV, pA

TAU, R = 20.0, 100.0
CELL = ex.LIF(tau_m=TAU * ms, R=R * MOhm, E_L=-65 * mV, V_T=-50 * mV, V_R=-60 * mV, t_ref=2 * ms)


def climb(start, steady, threshold=-50.0, tau=TAU):
    """Time from `start` to the threshold when the steady potential is `steady`."""
    return tau * math.log1p((threshold - start) / (steady - threshold))


def times_of(model, duration, current, **options):
    return ex.simulate(model, duration * ms, I=current, record=False, **options).spikes[0].times_ms


@pytest.mark.parametrize("t_ref", [0.0, 2.0, 3.33])
@pytest.mark.parametrize("V_R", [-80.0, -65.0, -60.0, -51.0])
def test_spike_times_for_any_reset_and_refractory_time(V_R, t_ref):
    """The first climb begins at rest, the others at the reset."""
    for current in (151.0, 180.0, 400.0, 5000.0):
        steady = -65.0 + 0.1 * current
        first, period = climb(-65.0, steady), t_ref + climb(V_R, steady)
        times = times_of(CELL(V_R=V_R * mV, t_ref=t_ref * ms), 300.0, current * pA)
        expected = first + period * np.arange(int((300.0 - first) / period) + 1)
        assert times == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("t_ref", [0.0, 2.0])
def test_rate_against_current(t_ref):
    """A sweep in one call; rates from intervals, to the last digits."""
    v_in = np.array([1.0000001, 1.001, 1.1, 2.0, 10.0])
    cell = CELL(V_R=-65 * mV, t_ref=t_ref * ms)
    run = ex.simulate(cell, 2000 * ms, I=v_in * 150 * pA, record=False)
    rates = [1000.0 / np.diff(run.spikes[i].times_ms).mean() for i in range(v_in.size)]
    # The drive of each neuron as rounded, in 40 digits: near rheobase a rounding matters.
    expected = []
    with mpmath.workdps(40):
        for current in v_in * 150:
            steady = mpmath.mpf(float(current)) / 10
            expected.append(float(1000 / (t_ref - TAU * mpmath.log1p(-15 / steady))))
    assert rates == pytest.approx(expected, rel=1e-8)
    if t_ref == 2.0:
        assert rates == pytest.approx([3.083, 7.134, 20.017, 63.040, 243.474], abs=6e-4)


def test_no_spike_below_rheobase():
    run = ex.simulate(CELL, 5000 * ms, I=np.array([0.0, 100.0, 149.999999, 150.0]) * pA)
    assert run.spikes.counts().tolist() == [0, 0, 0, 0]


def test_potential_is_clamped_in_refractory_time():
    run = ex.simulate(CELL(t_ref=5 * ms), 100 * ms, dt=0.05 * ms, I=300 * pA)
    t, v = run.t_ms, run.bare("v")
    for spike in run.spikes[0].times_ms:
        inside = (t >= spike) & (t < spike + 5.0)
        assert np.all(v[inside] == -60.0)
        after = (t >= spike + 5.0) & (t < spike + 5.0 + climb(-60.0, -35.0) - 1e-9)
        free = -35.0 - 25.0 * np.exp(-(t[after] - spike - 5.0) / TAU)
        assert v[after] == pytest.approx(free, abs=1e-12)


def test_input_during_refractory_time_is_lost():
    """A pulse within it leaves no trace; one that reaches beyond counts from its end."""
    spike = climb(-65.0, -35.0)
    base = ex.step(300 * pA, stop=(spike + 0.5) * ms)
    quiet = CELL(t_ref=5 * ms)
    inside = ex.pulse(900 * pA, start=(spike + 1.0) * ms, width=2 * ms)
    one, two = (
        ex.simulate(quiet, 60 * ms, I=current, record="v") for current in (base, base + inside)
    )
    assert one.spikes.count == two.spikes.count == 1
    assert np.array_equal(one.bare("v"), two.bare("v"))
    across = ex.pulse(100 * pA, start=(spike + 3.0) * ms, width=4 * ms)
    run = ex.simulate(quiet, 60 * ms, I=base + across, record="v")
    t = run.t_ms
    after = t > spike + 7.0
    at_end = -65.0 + 5.0 * math.exp(-2.0 / TAU) - 10.0 * math.expm1(-2.0 / TAU)
    expected = -65.0 + (at_end + 65.0) * np.exp(-(t[after] - spike - 7.0) / TAU)
    assert run.bare("v")[after] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("rest", [0.01, 1.3, 4.99])
def test_run_that_ends_in_refractory_time(rest):
    spike = climb(-65.0, -35.0)
    run = ex.simulate(CELL(t_ref=5 * ms), (spike + rest) * ms, I=300 * pA)
    assert run.spikes[0].times_ms == pytest.approx([spike], abs=1e-12)
    assert run.bare("v").size == int((spike + rest) / 0.1) + 1


def test_run_that_ends_at_a_spike():
    spike = times_of(CELL, 100.0, 300 * pA)[0]
    assert times_of(CELL, spike * (1 + 1e-12), 300 * pA) == pytest.approx([spike], rel=1e-15)
    assert times_of(CELL, spike * (1 - 1e-12), 300 * pA).size == 0


def test_time_to_first_spike_under_a_ramp():
    """Root of the exact ramp response, in 40 digits."""
    for duration in (30.0, 300.0, 3000.0):
        slope = 400.0 / duration
        current = ex.ramp(0 * pA, 400 * pA, start=1.1 * ms, stop=(1.1 + duration) * ms)
        with mpmath.workdps(40):
            k = mpmath.mpf(400) / mpmath.mpf(duration) / 10
            root = mpmath.findroot(
                lambda s, k=k: k * (s - TAU * (1 - mpmath.exp(-s / TAU))) - 15,
                150.0 / slope + 15.0,
            )
        assert times_of(CELL, 2 + duration, current)[0] == pytest.approx(
            1.1 + float(root), abs=1e-9
        )


@pytest.mark.parametrize("dt", [0.01, 0.1, 1.0, 50.0])
def test_spikes_under_a_switched_current_do_not_depend_on_dt(dt):
    rng = np.random.default_rng(8)
    levels = rng.uniform(0.0, 500.0, 40)
    current = ex.trace(levels * pA, 7.77 * ms, start=0.123 * ms)
    times = times_of(CELL, 300.0, current, dt=dt * ms)
    # From event to event by hand.
    v, now, expected, free_from = -65.0, 0.0, [], 0.0
    changes = [(0.0, 0.0), *((0.123 + k * 7.77, level) for k, level in enumerate(levels))]
    ends = [begin for begin, _ in changes[1:]] + [300.0]
    for (_, level), change in zip(changes, ends, strict=True):
        steady, end = -65.0 + 0.1 * level, min(change, 300.0)
        while now < end:
            if free_from > now:
                now = min(free_from, end)
                continue
            wait = climb(v, steady) if steady > -50.0 else math.inf
            if now + wait <= end:
                now += wait
                expected.append(now)
                v, free_from = -60.0, now + 2.0
            else:
                v = steady + (v - steady) * math.exp(-(end - now) / TAU)
                now = end
    assert len(expected) > 10
    assert times == pytest.approx(expected, abs=1e-9)
