"""Steps at zero, ties and overflow in rate units; the soft reset of leaky neurons."""

import warnings

import numpy as np
import pytest

import excitable as ex
from excitable.units import MOhm, ms, mV, pA


def test_c33_the_step_is_one_at_zero():
    for zero in (0.0, -0.0, np.float64(0.0), np.zeros(3), "0"):
        assert np.all(ex.activation.threshold(zero) == 1.0)
    assert ex.activation.threshold([-1e-300, 1e-300]).tolist() == [0.0, 1.0]


def test_c33_of_equal_greatest_drives_the_first_wins():
    assert ex.activation.one_hot([1.0, 3.0, 3.0, 2.0]).tolist() == [0.0, 1.0, 0.0, 0.0]
    assert ex.activation.one_hot(np.zeros(4)).tolist() == [1.0, 0.0, 0.0, 0.0]
    assert "first" in ex.activation.one_hot.__doc__


def test_c33_softmax_does_not_overflow():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for drive in ([1000.0, 0.0], [-1000.0, -1001.0], [1e308, -1e308], [0.0] * 7):
            share = ex.activation.softmax(drive)
            assert np.isfinite(share).all()
            assert share.sum() == pytest.approx(1.0, abs=1e-15)
    assert ex.activation.softmax([1000.0, 0.0]).tolist() == [1.0, 0.0]


def test_c33_far_tails_give_no_warning():
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for name in ("logistic", "arctan", "tanh", "threshold", "relu", "lif"):
            activation = getattr(ex.activation, name)
            for drive in (1000.0, -1000.0, np.array([-1e300, -1000.0, 1000.0, 1e300])):
                for values in (activation(drive), activation.derivative(drive)):
                    assert np.isfinite(getattr(values, "magnitude", values)).all()
        assert ex.activation.logistic(1000.0) == 1.0
        assert ex.activation.logistic(-1000.0) == 0.0


def test_c33_far_tails_in_a_run():
    run = ex.simulate(ex.RateNeuron, 100 * ms, I=np.array([-1000.0, 1000.0]))
    assert run.bare("r")[-1] == pytest.approx([0.0, 1.0], abs=1e-4)


SOFT = {
    "equations": "tau_m*dv/dt = E_L - v + R*I",
    "spike": "v >= V_T",
    "reset": "v = v - (V_T - V_R)",
    "states": {"v": -65 * mV},
    "inputs": {"I": pA},
    "parameters": {
        "tau_m": 20 * ms,
        "R": 100 * MOhm,
        "E_L": -65 * mV,
        "V_T": -50 * mV,
        "V_R": -62 * mV,
    },
}


@pytest.mark.parametrize("scheme", ["exact", "rk4", "exponential_euler", "adaptive"])
def test_c34_a_soft_reset_subtracts_threshold_less_reset(scheme):
    """V+ = V- - (threshold - reset), with no factor of decay: what overshoots stays."""
    cell = ex.Model("Soft reset", **SOFT)
    before = np.array([-50.0, -49.0, -45.5, -38.5])
    run = ex.simulate(cell, 1 * ms, initial={"v": before * mV}, scheme=scheme, dt=0.1 * ms)
    assert run.spikes.counts().tolist() == [1, 1, 1, 1]
    after = before - 12.0
    decayed = -65.0 + (after + 65.0) * np.exp(-0.1 / 20.0)
    assert run.bare("v")[1] == pytest.approx(decayed, abs=1e-6)


def test_c34_at_an_exact_crossing_a_soft_reset_is_a_hard_one():
    soft, hard = (
        ex.simulate(ex.Model("Cell", **(SOFT | {"reset": reset})), 300 * ms, I=300 * pA)
        for reset in ("v = v - (V_T - V_R)", "v = V_R")
    )
    assert soft.spikes.count == hard.spikes.count > 5
    assert soft.spikes[0].times_ms == pytest.approx(hard.spikes[0].times_ms, rel=1e-13)
    assert soft.bare("v") == pytest.approx(hard.bare("v"), rel=1e-12)


def test_c34_a_noisy_spike_and_its_reset_are_one_draw():
    """In every step there is a fall by the reset exactly if there is a spike, in each neuron."""
    noisy = SOFT | {
        "equations": "tau_m*dv/dt = E_L - v + R*I + sigma*sqrt(tau_m)*xi",
        "parameters": {**SOFT["parameters"], "sigma": 4 * mV},
    }
    start = {"v": np.full(20, -65.0) * mV}
    run = ex.simulate(ex.Model("Noisy soft reset", **noisy), 200 * ms, dt=0.05 * ms,
                      I=160 * pA, initial=start, seed=5)  # fmt: skip
    v, steps = run.bare("v"), run.t_ms.size - 1
    fell = np.diff(v, axis=0) < -6.0
    fired = np.zeros_like(fell)
    for neuron in range(20):
        times = run.spikes[neuron].times_ms
        fired[np.minimum((times / 0.05).astype(int), steps - 1), neuron] = True
    assert run.spikes.count > 60
    assert np.array_equal(fell, fired)
