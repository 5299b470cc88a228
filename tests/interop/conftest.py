"""Runs of every kind that can be kept."""

import numpy as np
import pytest

import excitable as ex
from excitable.units import Hz, ms, mV, pA


def one_neuron():
    noise = ex.ornstein_uhlenbeck(0 * pA, 50 * pA, 5 * ms, seed=1)
    drive = ex.step(600 * pA, start=10.0123 * ms) + ex.sine(80 * pA, 40 * Hz) + noise
    return ex.simulate(ex.AdEx, 80.05 * ms, I=drive, t_start=5 * ms, seed=7)


def several_neurons():
    model = ex.LIF(tau_m=[10, 20, 30] * ms)
    drive = ex.step([300, 600, 900] * pA, stop=60 * ms)
    return ex.simulate(model, 100 * ms, I=drive, record={"v": [0, 2]})


def spikes_only():
    return ex.simulate(ex.LIF, 100 * ms, I=900 * pA, record=False)


def silent():
    return ex.simulate(ex.HodgkinHuxley, 5 * ms, record=["v", "m"], initial={"v": -60 * mV})


KINDS = {
    "one neuron": one_neuron,
    "several neurons": several_neurons,
    "spikes only": spikes_only,
    "silent": silent,
}
_made = {}


@pytest.fixture(params=KINDS)
def run(request):
    """One run of each kind, made once."""
    if request.param not in _made:
        _made[request.param] = KINDS[request.param]()
    return _made[request.param]


@pytest.fixture
def cell():
    """The run of one neuron."""
    if "one neuron" not in _made:
        _made["one neuron"] = one_neuron()
    return _made["one neuron"]


@pytest.fixture
def population():
    """The run of several neurons, two of them recorded."""
    if "several neurons" not in _made:
        _made["several neurons"] = several_neurons()
    return _made["several neurons"]


@pytest.fixture
def same_inputs():
    """Compare what drove two runs, at times on the grid and between."""

    def check(a, b):
        assert list(a.inputs) == list(b.inputs)
        for name, signal in a.inputs.items():
            other = b.inputs[name]
            t = np.linspace(0.0, 100.0, 777)
            every = np.arange(len(a.spikes))
            assert signal.unit == other.unit
            assert np.array_equal(signal.value(t, every), other.value(t, every))

    return check
