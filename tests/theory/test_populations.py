"""A population is its members: arrays of parameters, inputs and starts against single runs."""

import numpy as np
import pytest

import excitable as ex
from excitable.units import MOhm, cm, ms, mV, nS, pA, uA

CURRENTS = np.linspace(100.0, 900.0, 67)  # more than one tile, not a multiple of one


@pytest.mark.parametrize("scheme", ["exact", "adaptive", "rk4", "exponential_euler"])
def test_a_sweep_of_currents_is_its_members(scheme):
    everyone = ex.simulate(ex.LIF, 80 * ms, I=CURRENTS * pA, scheme=scheme)
    chosen = [0, 1, 40, 63, 64, 66]
    for i in chosen:
        alone = ex.simulate(ex.LIF, 80 * ms, I=CURRENTS[i] * pA, scheme=scheme)
        assert np.array_equal(everyone.spikes[i].times_ms, alone.spikes[0].times_ms)
        assert np.array_equal(everyone.bare("v")[:, i], alone.bare("v"))


@pytest.mark.parametrize("scheme", ["adaptive", "exponential_strang"])
def test_a_sweep_of_squid_axons_is_its_members(scheme):
    drives = np.linspace(0.0, 30.0, 67)
    everyone = ex.simulate(
        ex.HodgkinHuxley, 40 * ms, dt=0.05 * ms, I=_density(drives),
        scheme=scheme,
    )  # fmt: skip
    for i in (0, 13, 64, 66):
        alone = ex.simulate(
            ex.HodgkinHuxley, 40 * ms, dt=0.05 * ms, I=_density(drives[i]), scheme=scheme
        )
        assert np.array_equal(everyone.spikes[i].times_ms, alone.spikes[0].times_ms)
        for state in "vmhn":
            assert np.array_equal(everyone.bare(state)[:, i], alone.bare(state))


def _density(values):
    return values * (uA / cm**2)


@pytest.mark.parametrize("scheme", ["exact", "adaptive", "rk4"])
def test_arrays_of_parameters_are_loops(scheme):
    tau = np.array([5.0, 10.0, 20.0, 40.0])
    threshold = np.array([-55.0, -52.0, -50.0, -54.0])
    delay = np.array([0.0, 1.0, 2.0, 3.3])
    model = ex.LIF(tau_m=tau * ms, V_T=threshold * mV, t_ref=delay * ms)
    everyone = ex.simulate(model, 100 * ms, I=400 * pA, scheme=scheme)
    for i in range(4):
        one = ex.LIF(tau_m=tau[i] * ms, V_T=threshold[i] * mV, t_ref=delay[i] * ms)
        alone = ex.simulate(one, 100 * ms, I=400 * pA, scheme=scheme)
        assert everyone.spikes[i].times_ms.size == alone.spikes[0].times_ms.size > 3
        assert everyone.spikes[i].times_ms == pytest.approx(alone.spikes[0].times_ms, abs=1e-12)
        assert everyone.bare("v")[:, i] == pytest.approx(alone.bare("v"), rel=1e-12)


def test_arrays_of_parameters_of_adex_are_loops():
    a, tau_w = np.array([0.0, 4.0, 20.0]), np.array([30.0, 144.0, 300.0])
    everyone = ex.simulate(ex.AdEx(a=a * nS, tau_w=tau_w * ms), 100 * ms, I=1000 * pA)
    for i in range(3):
        alone = ex.simulate(ex.AdEx(a=a[i] * nS, tau_w=tau_w[i] * ms), 100 * ms, I=1000 * pA)
        assert alone.spikes.count > 2
        # Not bit by bit: a parameter of all is folded into the formulas, one of each is not.
        assert everyone.spikes[i].times_ms == pytest.approx(alone.spikes[0].times_ms, abs=1e-9)


def test_two_linear_states_with_arrays_are_loops():
    def model(tau_s):
        return ex.Model(
            "Filtered",
            equations="""
                tau_m*dv/dt = -v + R*s
                tau_s*ds/dt = I - s
            """,
            spike="v >= V_T", reset="v = V_R", refractory="t_ref",
            states=dict(v=0 * mV, s=0 * pA), inputs=dict(I=pA),
            parameters=dict(
                tau_m=20 * ms, tau_s=tau_s * ms, R=100 * MOhm, V_T=10 * mV, V_R=0 * mV, t_ref=2 * ms
            ),
        )  # fmt: skip

    taus = np.array([0.5, 5.0, 20.0, 50.0])
    everyone = ex.simulate(model(taus), 200 * ms, I=300 * pA)
    for i, tau in enumerate(taus):
        alone = ex.simulate(model(tau), 200 * ms, I=300 * pA)
        assert alone.spikes.count > 3
        assert everyone.spikes[i].times_ms == pytest.approx(alone.spikes[0].times_ms, abs=1e-12)


def test_arrays_of_starts_and_of_switching_times():
    starts = np.array([-65.0, -60.0, -51.0])
    on = np.array([1.0, 2.22, 30.03])
    everyone = ex.simulate(
        ex.LIF, 60 * ms, initial=dict(v=starts * mV), I=ex.step(300 * pA, start=on * ms)
    )
    for i in range(3):
        alone = ex.simulate(
            ex.LIF, 60 * ms, initial=dict(v=starts[i] * mV), I=ex.step(300 * pA, start=on[i] * ms)
        )
        assert np.array_equal(everyone.bare("v")[:, i], alone.bare("v"))
        assert np.array_equal(everyone.spikes[i].times_ms, alone.spikes[0].times_ms)


@pytest.mark.parametrize("scheme", ["exact", "adaptive", "rk4"])
def test_order_of_neurons_and_number_of_threads_change_nothing(scheme):
    currents = np.linspace(100.0, 900.0, 300)
    forward = ex.simulate(ex.LIF, 60 * ms, I=currents * pA, scheme=scheme, threads=1)
    backward = ex.simulate(ex.LIF, 60 * ms, I=currents[::-1] * pA, scheme=scheme, threads=2)
    for i in range(0, 300, 17):
        assert np.array_equal(forward.spikes[i].times_ms, backward.spikes[299 - i].times_ms)
