"""Neurons whose spike is a blow-up: Izhikevich, EIF, AdEx; against quadrature and DOP853."""

import itertools
import math

import numpy as np
import pytest
from scipy.integrate import quad

import excitable as ex
from excitable.errors import ParameterError
from excitable.units import GOhm, ms, mV, nS, pA, pF


@pytest.mark.parametrize(
    ("drive", "count", "first"),
    [(4, 8, 12.2358), (5, 11, 7.1094), (10, 23, 3.1271), (20, 46, 1.8030)],
)
def test_c19_counts_and_first_spikes_of_izhikevich(drive, count, first, reference):
    initial = {"v": -65 * mV, "u": "-13 mV/ms"}
    run = ex.simulate(ex.Izhikevich, 1000 * ms, I=f"{drive} mV/ms", initial=initial, record=False)
    times = run.spikes[0].times_ms
    assert times.size == count
    assert times[0] == pytest.approx(first, abs=5e-5)
    spikes, _ = reference.izhikevich().run([-65.0, -13.0], 1000.0, lambda t: float(drive))
    assert np.abs(times - spikes).max() < 1e-3


@pytest.mark.parametrize(("drive", "exact", "published"), [(10, 23, 20), (20, 46, 38)])
def test_c19_published_half_steps_are_offered_by_name_and_miss_spikes(drive, exact, published):
    options = dict(I=f"{drive} mV/ms", initial={"v": -65 * mV, "u": "-13 mV/ms"}, record=False)
    script = ex.simulate(ex.Izhikevich, 1000 * ms, dt=1 * ms, scheme="izhikevich2003", **options)
    assert script.spikes.counts() == [published]
    for dt in (1 * ms, 0.1 * ms):  # by default the step is not what a spike depends on
        run = ex.simulate(ex.Izhikevich, 1000 * ms, dt=dt, **options)
        assert run.scheme.name == "adaptive"
        assert run.spikes.counts() == [exact]


def test_c19_drive_is_not_clipped_and_recovery_sees_the_potential_before_the_reset():
    # Inhibition below -30 mV/ms moves the neuron further, without a floor.
    deep = [
        ex.simulate(ex.Izhikevich, 300 * ms, I=f"{drive} mV/ms", record="v").bare("v")[-1]
        for drive in (-20, -30, -40, -50)
    ]
    assert np.all(np.diff(deep) < -1.0)
    # u jumps by d and by nothing else: its slope is a (b v - u) on both sides of the spike.
    run = ex.simulate(
        ex.Izhikevich, 10 * ms, dt="0.001 ms", I="10 mV/ms",
        initial={"v": -65 * mV, "u": "-13 mV/ms"},
    )  # fmt: skip
    k = np.searchsorted(run.t_ms, run.spikes[0].times_ms[0])
    assert run.bare("u")[k] - run.bare("u")[k - 1] == pytest.approx(8.0, abs=2e-3)


# C/g_L = 10 ms; threshold of the limit 15 mV above rest.
SHARP = ex.EIF(
    C=100 * pF, g_L=10 * nS, E_L=-65 * mV, V_T=-50 * mV, V_R=-65 * mV, V_peak=0 * mV, t_ref=0 * ms
)
CURRENT = 300.0  # pA: 30 mV above rest


def time_to_peak(Delta_T, V_peak=0.0, start=-65.0, current=CURRENT, V_T=-50.0, E_L=-65.0):
    """Quadrature of dv/(dv/dt) from the start to the peak."""

    def slowness(v):
        push = Delta_T * math.exp(min((v - V_T) / Delta_T, 700.0))
        return 100.0 / (10.0 * (E_L - v + push) + current)

    edges = [V_T + k * Delta_T for k in (-40, -10, -4, -1, 0, 1, 3, 6, 10, 16, 25, 40)]
    edges = [start, *(v for v in edges if start < v < V_peak), V_peak]
    return sum(
        quad(slowness, a, b, epsabs=1e-15, epsrel=1e-13)[0] for a, b in itertools.pairwise(edges)
    )


SHARPNESS = [1.0, 0.3, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6]


@pytest.mark.parametrize("Delta_T", SHARPNESS)
def test_c20_time_to_peak_is_the_quadrature(Delta_T):
    run = ex.simulate(
        SHARP(Delta_T=Delta_T * mV), 40 * ms, I=CURRENT * pA, record="v", initial=dict(v=-65 * mV)
    )
    period = time_to_peak(Delta_T)
    times = run.spikes[0].times_ms
    assert times.size == int(40.0 / period)
    assert np.abs(times - period * np.arange(1, times.size + 1)).max() < 1e-5 * times.size
    assert np.isfinite(run.bare("v")).all()


def test_c20_sharp_limit_is_the_leaky_neuron():
    leaky = ex.LIF(tau_m=10 * ms, R=0.1 * GOhm, E_L=-65 * mV, V_T=-50 * mV, V_R=-65 * mV)
    limit = ex.simulate(leaky, 40 * ms, I=CURRENT * pA, record=False).spikes[0].times_ms[0]
    assert limit == pytest.approx(10.0 * math.log(2.0), rel=1e-14)
    shifts = []
    for Delta_T in SHARPNESS:
        run = ex.simulate(
            SHARP(Delta_T=Delta_T * mV),
            40 * ms,
            I=CURRENT * pA,
            record=False,
            initial=dict(v=-65 * mV),
        )
        shifts.append(abs(run.spikes[0].times_ms[0] - limit))
    # The spike comes within a few Delta_T of V_T, which v crosses at 1.5 mV/ms.
    for Delta_T, shift in zip(SHARPNESS, shifts, strict=True):
        assert shift < Delta_T / 1.5 * (2.0 + abs(math.log(Delta_T / 15.0))) + 1e-5
    assert all(later < earlier for earlier, later in itertools.pairwise(shifts[:5]))


def test_c20_no_width_is_refused():
    for model in (ex.EIF, ex.AdEx):
        with pytest.raises(ParameterError, match="use LIF"):
            model(Delta_T=0 * mV)


@pytest.mark.parametrize("name", ["EIF", "AdEx"])
@pytest.mark.parametrize("Delta_T", [1e-3, 1e-2])
def test_c20_far_beyond_threshold_spikes_without_overflow(name, Delta_T):
    model = getattr(ex, name)(Delta_T=Delta_T * mV, V_T=-50 * mV)
    v = -50.0 + 1000.0 * Delta_T
    initial = {state: (v * mV if state == "v" else 0 * pA) for state in model.states}
    run = ex.simulate(model, 1 * ms, initial=initial)
    assert run.spikes[0].times_ms[0] < 1e-9
    for state in model.states:
        assert np.isfinite(run.bare(state)).all()


@pytest.mark.parametrize("low", [-45.0, -40.0, -30.0, 0.0])
def test_c22_peak_shifts_a_spike_by_the_tail_of_the_blow_up(low):
    """First spikes for V_peak from `low` to 30 mV: the difference is the time between the two."""
    model = ex.EIF(t_ref=0 * ms, V_T=-59.9 * mV, Delta_T=3.48 * mV)
    peaks = np.array([low, low + 10.0, 30.0])
    run = ex.simulate(
        model(V_peak=peaks * mV), 30 * ms, I=400 * pA, record=False, initial=dict(v=-65 * mV)
    )
    first = np.array([run.spikes[i].times_ms[0] for i in range(3)])
    expected = [time_to_peak(3.48, peak, start=-65.0, current=400.0, V_T=-59.9) for peak in peaks]
    assert first == pytest.approx(expected, abs=1e-5)
    # Beyond `low` the leak takes at most half of (Delta_T/tau) exp((v - V_T)/Delta_T).
    bound = 2.0 * 10.0 * math.exp(-(low + 59.9) / 3.48)
    assert 0.0 <= first[2] - first[0] <= bound + 1e-12


def test_c22_adaptation_decays_in_refractory_time():
    model = ex.AdEx(t_ref=8 * ms)
    run = ex.simulate(model, 60 * ms, I=900 * pA)
    spike = run.spikes[0].times_ms[0]
    inside = (run.t_ms > spike) & (run.t_ms < spike + 8.0)
    t, w, v = run.t_ms[inside], run.bare("w")[inside], run.bare("v")[inside]
    assert inside.sum() >= 79
    assert np.all(v == -70.6)
    # a (V_R - E_L) = 0: a plain decay with tau_w from the first sample on.
    assert w == pytest.approx(w[0] * np.exp(-(t - t[0]) / 144.0), rel=1e-9)
    assert w[0] > 80.5 * math.exp(-0.1 / 144.0)
