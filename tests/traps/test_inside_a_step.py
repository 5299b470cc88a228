"""What happens inside one step: grazing peaks and several spikes."""

import math

import mpmath
import numpy as np
import pytest

import excitable as ex
from excitable.errors import ExcitableWarning, SimulationError
from excitable.units import MOhm, ms, mV, nS, pA, pF

TAU_M, TAU_S = 20.0, 0.3
STEPS = [0.1, 1.0, 2.0]


def peak_time(tau_m=TAU_M, tau_s=TAU_S):
    """When a potential driven by exp(-t/tau_s) is largest."""
    return math.log(tau_m / tau_s) * tau_m * tau_s / (tau_m - tau_s)


def shape(t, tau_m=TAU_M, tau_s=TAU_S):
    """The potential of that drive with unit area: a difference of exponentials."""
    return (math.exp(-t / tau_m) - math.exp(-t / tau_s)) / (tau_m - tau_s) * tau_s


GRAZING = ex.Model(
    "Leaky neuron and one postsynaptic current",
    equations="""
        tau_m*dv/dt = -v + R*(s + I)
        tau_s*ds/dt = -s
    """,
    spike="v >= V_T",
    reset="v = V_R",
    refractory="t_ref",
    states=dict(v=0 * mV, s=0 * pA),
    inputs=dict(I=pA),
    parameters=dict(
        tau_m=TAU_M * ms, tau_s=TAU_S * ms, R=100 * MOhm, V_T=10 * mV, V_R=0 * mV, t_ref=2 * ms
    ),
)


def charge_for(peak):
    """Initial current in pA whose response peaks at `peak` thresholds."""
    return peak * 100.0 / shape(peak_time())


@pytest.mark.parametrize("dt", STEPS)
@pytest.mark.parametrize("over", [1.0005, 1 + 1e-6, 1 + 1e-9, 1 + 1e-12])
def test_c5_a_peak_that_returns_inside_a_step_fires_once(over, dt):
    assert peak_time() == pytest.approx(1.279, abs=5e-4)
    assert shape(2.0) / shape(peak_time()) == pytest.approx(0.978, abs=5e-4)
    run = ex.simulate(GRAZING, 30 * ms, dt=dt * ms, initial=dict(s=charge_for(over) * pA))
    assert run.spikes.count == 1
    # The crossing before the peak, in 40 digits.
    with mpmath.workdps(40):
        drive = mpmath.mpf(charge_for(over)) / 100
        tau_m, tau_s = mpmath.mpf(TAU_M), mpmath.mpf(TAU_S)

        def excess(t):
            rise = mpmath.exp(-t / tau_m) - mpmath.exp(-t / tau_s)
            return drive * tau_s / (tau_m - tau_s) * rise - 1

        crossing = float(mpmath.findroot(excess, (0.3, peak_time()), solver="bisect", maxsteps=200))
    # Near the peak v is flat, so that one rounding of v moves the crossing by sqrt(eps/(over-1)).
    sharpness = 1e-15 / math.sqrt(over - 1.0)
    assert run.spikes[0].times_ms[0] == pytest.approx(crossing, abs=max(1e-13, 4 * sharpness))


@pytest.mark.parametrize("dt", STEPS)
@pytest.mark.parametrize("under", [0.9995, 1 - 1e-6, 1 - 1e-9, 1 - 1e-12])
def test_c5_a_peak_below_threshold_stays_silent(under, dt):
    run = ex.simulate(GRAZING, 30 * ms, dt=dt * ms, initial=dict(s=charge_for(under) * pA))
    assert run.spikes.count == 0


@pytest.mark.parametrize("shift", [0.0, 0.0317, 0.77, 1.9])
def test_c5_wherever_the_peak_lies_in_the_step(shift):
    """The same response started off the grid by a brief pulse of given area."""
    width = 1e-6
    current = charge_for(1.0005) * TAU_S / width
    for dt in STEPS:
        kick = ex.pulse(current * pA, start=shift * ms, width=width * ms)
        run = ex.simulate(KICKED, 30 * ms, dt=dt * ms, I=kick, record=False)
        assert run.spikes.count == 1


KICKED = ex.Model(
    "Leaky neuron and a filtered current",
    equations="""
        tau_m*dv/dt = -v + R*s
        tau_s*ds/dt = I - s
    """,
    spike="v >= V_T",
    reset="v = V_R",
    refractory="t_ref",
    states=dict(v=0 * mV, s=0 * pA),
    inputs=dict(I=pA),
    parameters=dict(
        tau_m=TAU_M * ms, tau_s=TAU_S * ms, R=100 * MOhm, V_T=10 * mV, V_R=0 * mV, t_ref=2 * ms
    ),
)

RAPID = ex.LIF(R=100 * MOhm, E_L=0 * mV, V_T=10 * mV, V_R=0 * mV, t_ref=0 * ms)


@pytest.mark.parametrize("dt", [0.1, 5.0])
@pytest.mark.parametrize("v_in", [50.0, 5000.0])
def test_c6_many_spikes_in_one_step_are_all_found(v_in, dt):
    interval = -20.0 * math.log1p(-1.0 / v_in)
    run = ex.simulate(RAPID, 50 * ms, dt=dt * ms, I=v_in * 100 * pA, record=False)
    expected = np.arange(1, int(50.0 / interval) + 1) * interval
    assert run.spikes.count == expected.size
    assert np.abs(run.spikes[0].times_ms - expected).max() < 1e-11


def test_c6_many_spikes_in_one_step_with_two_states():
    model = GRAZING(t_ref=0 * ms)
    run = ex.simulate(model, 50 * ms, dt=5 * ms, I=5000 * pA, record=False)
    interval = -20.0 * math.log1p(-1.0 / 50.0)
    expected = np.arange(1, int(50.0 / interval) + 1) * interval
    assert run.spikes.count == expected.size
    assert np.abs(run.spikes[0].times_ms - expected).max() < 1e-10


@pytest.mark.parametrize("scheme", ["adaptive", "rk4", "exponential_euler"])
def test_c6_many_spikes_in_one_step_of_other_schemes(scheme):
    interval = -20.0 * math.log1p(-1.0 / 50.0)
    run = ex.simulate(RAPID, 50 * ms, dt=1 * ms, scheme=scheme, I=5000 * pA, record=False)
    assert run.spikes.count == int(50.0 / interval)


def test_c6_a_reset_beyond_the_soft_threshold_stays_bounded(reference):
    """AdEx thrown back above V_T: each spike is a short upstroke, found one by one."""
    changed = dict(V_R=-40 * mV, b=20 * pA, tau_w=50 * ms)
    run = ex.simulate(ex.AdEx(**changed), 30 * ms, I=800 * pA, dt=1 * ms)
    by_hand = reference.adex(281, 30, -70.6, -50.4, 2, 20, -40, 0, 4, 20, 50)
    spikes, _ = by_hand.run([-70.6, 0.0], 30.0, lambda t: 800.0)
    assert run.spikes.count == spikes.size > 20
    assert np.abs(run.spikes[0].times_ms - spikes).max() < 1e-4
    assert run.bare("v").max() <= 20.0


def test_c6_a_reset_beyond_the_peak_is_refused_in_words():
    for base, reset in ((ex.AdEx, 25), (RAPID, 11), (ex.AdEx, 20)):
        with pytest.warns(ExcitableWarning, match="still holds"):
            model = base(V_R=reset * mV)
        with pytest.raises(SimulationError, match="fires infinitely often in finite time"):
            ex.simulate(model, 100 * ms, I=2000 * pA)


def test_c6_a_refractory_time_bounds_a_reset_beyond_threshold():
    with pytest.warns(ExcitableWarning, match="once every refractory time"):
        model = RAPID(V_R=11 * mV, t_ref=2 * ms)
    run = ex.simulate(model, 21 * ms, I=2000 * pA)
    first = -20.0 * math.log1p(-1.0 / 20.0)
    assert run.spikes[0].times_ms == pytest.approx(first + 2.0 * np.arange(10), abs=1e-12)


def test_c6_a_small_cell_and_a_large_current_stay_finite():
    model = ex.AdEx(C=1 * pF, g_L=1 * nS, t_ref=0.5 * ms)
    run = ex.simulate(model, 20 * ms, I=1e6 * pA, record="v")
    assert np.isfinite(run.bare("v")).all()
    assert run.spikes.count == pytest.approx(40, abs=1)
