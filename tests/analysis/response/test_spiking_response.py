"""How spikes follow a sinusoidal drive: against counting by hand."""

import numpy as np
import pytest

import excitable as ex
from excitable.units import Hz, ms, pA

DRIVE = dict(at=200 * pA, amplitude=300 * pA)


def test_counted_by_hand():
    f = [30.0, 70.0, 145.0]
    response = ex.frequency_response(ex.LIF, f * Hz, method="spikes", cycles=40, **DRIVE)
    for k, each in enumerate(f):
        period = 1e3 / each
        wave = ex.sine(300 * pA, each * Hz)
        run = ex.simulate(ex.LIF, 50 * period * ms, I=wave + 200 * pA, record=False)
        times = run.spikes[0].times_ms
        times = times[times >= 10 * period]
        assert response.spikes_per_cycle[k] == times.size / 40
        assert response.rate[k].m_as("Hz") == pytest.approx(times.size / 40 * each)
        phases = 2 * np.pi * times / period
        mean = complex(np.cos(phases).mean(), np.sin(phases).mean())
        assert response.locking[k] == pytest.approx(abs(mean), abs=1e-9)
        modulation = response.modulation[k].m_as("Hz")
        assert modulation == pytest.approx(2 * response.rate[k].m_as("Hz") * abs(mean))
        assert response.gain[k].m_as("Hz/pA") == pytest.approx(modulation / 300)


def test_locking_of_one_to_one_and_one_to_two():
    response = ex.frequency_response(ex.LIF, [50, 70] * Hz, method="spikes", **DRIVE)
    assert response.spikes_per_cycle.tolist() == [1.0, 0.5]
    assert response.locking == pytest.approx(1.0, abs=1e-6)
    # One spike a cycle at one phase: what repeats solves the membrane's equation in between.
    phase = response.phase[0]
    omega, tau, R = 2 * np.pi * 0.05, 20.0, 0.1
    z = R * 300 / (1 + 1j * omega * tau)

    def v(t):
        return -65 + R * 200 + (z * np.exp(1j * omega * t)).imag

    start = phase / omega + 2.0  # held at the reset for the refractory time
    end = phase / omega + 20.0
    top = v(end) + (-65 - v(start)) * np.exp(-(end - start) / tau)
    assert top == pytest.approx(-50.0, abs=1e-5)


def test_weak_noise_free_modulation_of_a_fast_cell_follows_its_f_i_curve():
    slope = ex.fi_curve(ex.LIF, 300 * pA).sensitivity("I")[0].m_as("Hz/pA")
    response = ex.frequency_response(
        ex.LIF, [0.5] * Hz, method="spikes", at=300 * pA, amplitude=20 * pA, cycles=40
    )
    # Far slower than the cell, the rate follows the drive along the curve.
    assert response.gain[0].m_as("Hz/pA") == pytest.approx(slope, rel=0.02)


def test_a_neuron_that_stays_silent_locks_to_nothing():
    response = ex.frequency_response(
        ex.LIF, [50, 500] * Hz, method="spikes", amplitude=10 * pA, cycles=10
    )
    assert response.rate.magnitude.tolist() == [0.0, 0.0]
    assert response.locking.tolist() == response.phase.tolist() == [0.0, 0.0]
    assert "0 to 0 Hz" in repr(response)


def test_other_inputs_are_held_at_their_values():
    cell = ex.Model(
        "Two inputs", equations="tau*dv/dt = -v + R*(I + J)", spike="v >= V_T", reset="v = V_R",
        states={"v": "0 mV"}, inputs={"I": pA, "J": pA},
        parameters={"tau": "20 ms", "R": "100 MOhm", "V_T": "15 mV", "V_R": "0 mV"},
    )  # fmt: skip
    drive = dict(method="spikes", amplitude=100 * pA, cycles=20)
    one = ex.frequency_response(cell, [40] * Hz, at=200 * pA, **drive)
    other = ex.frequency_response(cell, [40] * Hz, J=200 * pA, **drive)
    assert one.rate == other.rate
    assert one.rate[0].magnitude > 0
