"""Rate neurons: the step response in closed form, any activation, and what is refused."""

import numpy as np
import pytest

import excitable as ex
from excitable.activation import Activation
from excitable.models import rate_neuron
from excitable.units import ms

EVERY = ("logistic", "arctan", "tanh", "threshold", "relu", "lif")


def activation_of(name):
    return getattr(ex.activation, name)


@pytest.mark.parametrize("name", EVERY)
def test_step_response_is_exponential(name):
    activation = activation_of(name)
    cell = rate_neuron(activation)(tau=7 * ms, gain=1.5, bias=-0.4)
    drive = ex.step(2.0, start=10.3 * ms, stop=40.7 * ms)
    low, high = (activation(1.5 * I - 0.4) for I in (0.0, 2.0))
    low, high = (getattr(f, "to", lambda _, f=f: f)("1/ms") for f in (low, high))
    low, high = (float(getattr(f, "magnitude", f)) for f in (low, high))
    scale = max(1e-3, abs(high))
    for scheme, accuracy in (("auto", 1e-6), ("exponential_euler", 1e-12)):
        on = {"start": 10 * ms, "stop": 40 * ms} if scheme != "auto" else {}
        I = ex.step(2.0, **on) if on else drive
        first, last = (10.0, 40.0) if on else (10.3, 40.7)
        run = ex.simulate(cell, 60 * ms, I=I, scheme=scheme, dt=0.1 * ms)
        t, r = run.t_ms, run.bare("r")
        risen = high + (low - high) * np.exp(-(t - first) / 7)
        top = high + (low - high) * np.exp(-(last - first) / 7)
        fallen = low + (top - low) * np.exp(-(t - last) / 7)
        expected = np.where(t <= first, low, np.where(t <= last, risen, fallen))
        assert np.abs(r - expected).max() < accuracy * scale


def test_the_steady_rate_is_the_activation():
    drive = np.array([-1.0, 0.5, 1.5, 3.0])
    for name in EVERY:
        run = ex.simulate(rate_neuron(activation_of(name)), 300 * ms, I=drive)
        assert run.spikes.count == 0
        expected = activation_of(name)(drive)
        found = run.r[-1]
        assert getattr(found, "magnitude", found) == pytest.approx(
            getattr(expected, "magnitude", expected), rel=1e-5, abs=1e-6
        )


def test_the_rate_of_the_lif_is_followed_in_hertz():
    cell = rate_neuron(ex.activation.lif(tau_m=10 * ms, t_ref=1 * ms))
    assert cell.states["r"].unit == "Hz"
    assert cell["tau_m"].magnitude == 10.0
    run = ex.simulate(cell, 400 * ms, I=2.0)
    assert str(run.r.units) in ("hertz", "Hz")
    assert run.r[-1].magnitude == pytest.approx(1000 / (1 + 10 * np.log(2)), rel=1e-6)
    # The constants of the activation are parameters of the neuron.
    slow = ex.simulate(cell(tau_m=[20, 40] * ms), 400 * ms, I=2.0)
    assert slow.r[-1].magnitude == pytest.approx(
        [1000 / (1 + 20 * np.log(2)), 1000 / (1 + 40 * np.log(2))], rel=1e-6
    )


def test_drive_and_activation_can_be_recorded():
    run = ex.simulate(ex.RateNeuron(gain=2.0, bias=-1.0), 20 * ms, I=1.5, record=["r", "f", "z"])
    assert run.bare("z")[-1] == 2.0
    assert run.bare("f")[-1] == pytest.approx(ex.activation.logistic(2.0), rel=1e-15)


def test_any_formula_will_do():
    softplus = Activation("softplus", "log(1 + exp(k*z))/k", parameters={"k": 3.0})
    for given in (softplus, "log(1 + exp(3*z))/3"):
        cell = rate_neuron(given)
        run = ex.simulate(cell, 300 * ms, I=0.4)
        assert run.bare("r")[-1] == pytest.approx(softplus(0.4), rel=1e-6)
    assert "softplus" in rate_neuron(softplus).title


def test_the_default_is_logistic_and_rests_at_its_value_of_the_bias():
    assert rate_neuron(ex.activation.logistic) == ex.RateNeuron
    run = ex.simulate(ex.RateNeuron(bias=-2.0), 100 * ms)
    assert run.start.startswith("at rest")
    assert run.bare("r") == pytest.approx(ex.activation.logistic(-2.0), rel=1e-12)


@pytest.mark.parametrize("name", ["relu", "lif", "threshold"])
def test_every_law_holds_for_other_activations(name):
    check = ex.check_model(rate_neuron(activation_of(name)), schemes=("exponential_euler",))
    assert check.passed, check.report


def test_what_is_no_activation_is_refused():
    with pytest.raises(ex.errors.ModelError, match="the activation is a number"):
        rate_neuron(3.0)
    with pytest.raises(ex.errors.ModelError, match="has a parameter gain"):
        rate_neuron(Activation("mine", "gain*z", parameters={"gain": 2.0}))
    with pytest.raises(ex.errors.UnknownNameError, match="x is not declared"):
        rate_neuron("x**2")
