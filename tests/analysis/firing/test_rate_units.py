"""The f-I curves of rate units: their activations."""

import numpy as np
import pytest

import excitable as ex
from excitable.errors import ModelError, ParameterError

LEVELS = np.linspace(-4.0, 4.0, 17)


@pytest.mark.parametrize("name", ["logistic", "tanh", "arctan", "relu", "lif"])
def test_the_curve_of_a_rate_unit_is_its_activation(name):
    activation = getattr(ex.activation, name)
    curve = ex.fi_curve(ex.models.rate_neuron(activation), LEVELS)
    expected = activation(LEVELS)
    if name == "lif":
        assert curve.rate.m_as("Hz") == pytest.approx(expected.m_as("Hz"))
    else:
        assert curve.rate.magnitude == pytest.approx(np.asarray(getattr(expected, "m", expected)))
    assert curve.method == "closed form"
    assert curve.settled.all()


def test_runs_end_at_the_curve():
    cell = ex.RateNeuron(gain=2.0, bias=-1.0)
    curve = ex.fi_curve(cell, [0.3, 1.2])
    run = ex.simulate(cell, "600 ms", I=np.array([0.3, 1.2]))
    assert run.r[-1].magnitude == pytest.approx(curve.rate.magnitude, rel=1e-7)


def test_slopes_and_inverse_of_a_rate_unit():
    curve = ex.fi_curve(ex.RateNeuron, LEVELS)
    r = curve.rate.magnitude
    assert curve.sensitivity("I").magnitude == pytest.approx(r * (1 - r))
    assert curve.sensitivity("bias").magnitude == pytest.approx(r * (1 - r))
    assert curve.inverse(0.75).magnitude == pytest.approx(np.log(3.0), rel=1e-12)
    with pytest.raises(ParameterError, match=r"gives 1.5; its rates go from 0.0179862 to"):
        curve.inverse(1.5)
    assert "0.01799 to 0.982, closed form" in repr(curve)


def test_a_sweep_and_a_picture_of_a_rate_unit():
    curve = ex.fi_curve(ex.models.rate_neuron(ex.activation.tanh), ex.sweep(-3.0, 3.0))
    (axes,) = curve.plot().axes
    assert axes.get_ylabel() == "rate"
    assert axes.get_ylim()[0] < -0.9


def test_what_is_no_rate_unit_is_refused():
    passive = ex.Model(
        "Passive", equations="tau*dv/dt = -v + R*I", states={"v": "0 mV"}, inputs={"I": "pA"},
        parameters={"tau": "20 ms", "R": "100 MOhm"},
    )  # fmt: skip
    growing = ex.Model(
        "Growing", equations="tau*dr/dt = r + I", states={"r": 0.0}, inputs={"I": "1"},
        parameters={"tau": "20 ms"},
    )  # fmt: skip
    for model, level in ((passive, "1 pA"), (growing, 1.0)):
        with pytest.raises(ModelError, match="when it fires"):
            ex.fi_curve(model, level)
    with pytest.raises(ModelError, match="when it fires"):
        assert ex.fi_curve(ex.RateNeuron, 1.0).rheobase
