"""Activations against other ways to compute them, their slopes against differences."""

import json

import mpmath
import numpy as np
import pytest

from excitable.activation import (
    Activation,
    arctan,
    lif,
    logistic,
    one_hot,
    relu,
    softmax,
    tanh,
    threshold,
)
from excitable.errors import (
    EquationError,
    ModelError,
    ParameterError,
    UnitError,
    UnknownNameError,
)
from excitable.units import ms, mV

SMOOTH = (logistic, arctan, tanh)
GRID = np.linspace(-6.0, 6.0, 121)


@pytest.mark.parametrize(
    ("activation", "exact"),
    [
        (logistic, lambda z: 1 / (1 + mpmath.exp(-z))),
        (arctan, mpmath.atan),
        (tanh, mpmath.tanh),
        (threshold, lambda z: mpmath.mpf(z >= 0)),
        (relu, lambda z: max(z, mpmath.mpf(0))),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_values_against_fifty_digits(activation, exact):
    with mpmath.workdps(50):
        expected = [float(exact(mpmath.mpf(float(z)))) for z in GRID]
    assert activation(GRID) == pytest.approx(expected, rel=4e-16, abs=1e-300)
    assert [activation(float(z)) for z in GRID] == pytest.approx(expected, rel=4e-16, abs=1e-300)


def printed_rate(v_in, tau_m=20, t_ref=2, reset=0):
    """The printed form in 50 digits, in Hz."""
    with mpmath.workdps(50):
        z = mpmath.mpf(float(v_in))
        if z <= 1:
            return 0.0
        share = 1 - (1 - mpmath.mpf(reset)) / (z - mpmath.mpf(reset))
        return float(1000 / (t_ref - tau_m * mpmath.log(share)))


@pytest.mark.parametrize("reset", [0.0, -0.7, 0.5])
def test_rate_of_the_lif_keeps_its_digits_everywhere(reset):
    above = np.concatenate([1.0 + 10.0 ** np.arange(-15.0, 3.0), 10.0 ** np.arange(4.0, 300.0, 37)])
    drive = np.concatenate([[-1e300, -2.0, 0.0, 1 - 1e-16, 1.0, 1 + 2.3e-16], above])
    found = lif(drive, v_R=reset).to("Hz").magnitude
    expected = np.array([printed_rate(v, reset=reset) for v in drive])
    assert found == pytest.approx(expected, rel=2e-15)
    assert lif(1.0).magnitude == 0.0
    assert found[5] > 0.0


def test_published_rates_of_the_lif(shared):
    path = shared / "reference" / "dynamics.json"
    entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
    chosen = [entry["value"] for entry in entries if entry["id"].startswith("lif/dimensionless")]
    assert len(chosen) == 5
    for value in chosen:
        found = lif(float(value["v_in"])).to("Hz").magnitude
        assert found == pytest.approx(float(value["rate_Hz"]), rel=1e-14)
    assert lif(np.inf).to("Hz").magnitude == 500.0
    assert [round(float(lif(v).magnitude), 3) for v in (1.0000001, 1.001, 1.1, 2, 10)] == [
        3.083, 7.134, 20.017, 63.040, 243.474,
    ]  # fmt: skip


def test_the_rate_of_the_lif_is_that_of_a_run():
    import excitable as ex

    cell = ex.LIFNormalised(tau_m=12 * ms, t_ref=1.5 * ms, v_R=0.3)
    drive = np.array([1.01, 1.3, 2.0, 9.0])
    run = ex.simulate(cell, 1000 * ms, v_in=drive, record=False)
    rates = [1000 / np.diff(run.spikes[k].times_ms)[-1] for k in range(drive.size)]
    expected = lif(drive, tau_m=12 * ms, t_ref=1.5 * ms, v_R=0.3).to("Hz").magnitude
    assert rates == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("activation", SMOOTH, ids=lambda a: a.name)
def test_slopes_against_differences(activation):
    step = 1e-5
    difference = (activation(GRID + step) - activation(GRID - step)) / (2 * step)
    assert activation.derivative(GRID) == pytest.approx(difference, abs=1e-9)


def test_slope_of_the_lif_against_differences_and_fifty_digits():
    drive = np.array([1.01, 1.2, 2.0, 7.0, 100.0])
    step = 1e-6 * (drive - 1)
    difference = (lif(drive + step) - lif(drive - step)) / (2 * step)
    assert lif.derivative(drive).magnitude == pytest.approx(difference.magnitude, rel=1e-8)
    with mpmath.workdps(40):
        for z in (1 + 1e-12, 1.5, 1e6):
            exact = mpmath.diff(
                lambda v: 1000 / (2 + 20 * mpmath.log1p(1 / (v - 1))), mpmath.mpf(z),
                h=mpmath.mpf(z - 1) * mpmath.mpf("1e-12"),
            )  # fmt: skip
            assert lif.derivative(z).magnitude == pytest.approx(float(exact), rel=1e-10)
    assert lif.derivative([0.5, 1.0]).magnitude.tolist() == [0.0, 0.0]


def test_slopes_at_the_corners():
    assert relu.derivative([-1.0, 0.0, 1.0]).tolist() == [0.0, 1.0, 1.0]
    assert threshold.derivative([-1.0, 0.0, 1.0]).tolist() == [0.0, 0.0, 0.0]
    # In the tails slopes are small, not lost.
    assert logistic.derivative(-700.0) == pytest.approx(np.exp(-700.0), rel=1e-13)
    assert tanh.derivative(20.0) == pytest.approx(4 * np.exp(-40.0), rel=1e-13)


def test_learning_with_the_slope_of_a_formula():
    """Gradient descent finds the bias of a unit; the gradient is the derived slope."""
    drive, wanted = np.linspace(-2, 2, 41), logistic(np.linspace(-2, 2, 41) + 0.7)
    bias = 0.0
    for _ in range(400):
        error = logistic(drive + bias) - wanted
        bias -= 0.5 * np.sum(error * logistic.derivative(drive + bias)) / 4
    assert bias == pytest.approx(0.7, abs=1e-6)


def test_shapes_follow_the_drive():
    for activation in (*SMOOTH, threshold, relu, lif):
        for shape in ((), (3,), (2, 3), (2, 1, 4)):
            assert np.shape(activation(np.zeros(shape))) == shape
            assert np.shape(activation.derivative(np.zeros(shape))) == shape
    assert lif([2.0, 3.0], tau_m=[10, 20] * ms).shape == (2,)
    assert isinstance(relu(2.0), float)
    assert relu(3) == 3.0


def test_arctan_and_tanh_are_no_rates_and_the_others_are():
    for activation in (arctan, tanh):
        assert activation(-1.0) < 0
        assert "no rate" in activation.description
    for activation in (logistic, threshold, relu):
        assert np.all(activation(GRID) >= 0)


def test_a_copy_with_other_parameters():
    fast = lif(tau_m=10 * ms, t_ref=0 * ms)
    assert fast(2.0).to("Hz").magnitude == pytest.approx(100 / np.log(2))
    assert fast(2.0) == lif(2.0, tau_m=10 * ms, t_ref=0 * ms)
    assert lif.parameters["tau_m"].value == 20.0
    assert fast != lif
    assert fast == lif(tau_m="10 ms", t_ref="0 ms")


def test_text_and_latex():
    assert repr(relu) == "relu(z) = maximum(z, 0)"
    assert repr(lif).endswith("tau_m = 20 ms, t_ref = 2 ms, v_R = 0")
    assert relu.latex() == r"f(z) = \max\left(z, 0\right)"
    assert r"\begin{cases}" in lif.latex()
    assert logistic.formula == "logistic(z)"
    assert lif.unit == "Hz"
    assert relu.unit == ""


def test_a_formula_of_ones_own():
    power = Activation("power", "k*maximum(z, 0)**n", parameters={"k": "3 Hz", "n": 2.0})
    assert power(2.0).to("Hz").magnitude == pytest.approx(12.0)
    assert power.derivative(2.0).to("Hz").magnitude == pytest.approx(12.0)
    with pytest.raises(UnknownNameError, match="x is not declared"):
        Activation("odd", "x**2")
    with pytest.raises(EquationError, match=r"write \*\*|Write z\*\*2|\*\*"):
        Activation("odd", "z^2")
    with pytest.raises(UnitError):
        Activation("odd", "z + k", parameters={"k": "3 Hz"})
    with pytest.raises(ModelError, match="z is the drive"):
        Activation("odd", "z", parameters={"z": 1.0})


def test_wrong_calls_are_answered():
    with pytest.raises(ModelError, match="no drive is given"):
        relu()
    with pytest.raises(UnknownNameError, match="Did you mean tau_m"):
        lif(tau="3 ms")
    with pytest.raises(ParameterError, match="out of bounds"):
        lif(2.0, tau_m=-1 * ms)
    with pytest.raises(ParameterError, match="out of bounds"):
        lif(2.0, v_R=1.0)
    with pytest.raises(UnitError):
        relu(3 * mV)
    with pytest.raises(ParameterError, match="element 1 of the drive is not a number"):
        lif([1.0, np.nan])
    with pytest.raises(UnknownNameError, match="never changes"):
        relu.name = "other"


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_softmax_against_its_definition(axis):
    z = np.random.default_rng(0).normal(0, 3, (4, 5))
    expected = np.exp(z) / np.exp(z).sum(axis=axis, keepdims=True)
    assert softmax(z, axis) == pytest.approx(expected, rel=1e-14)
    assert softmax(z + 1e6, axis) == pytest.approx(expected, rel=1e-9)


def test_softmax_of_infinite_drives():
    assert softmax([np.inf, 0.0, np.inf]).tolist() == [0.5, 0.0, 0.5]
    assert softmax([-np.inf, 0.0]).tolist() == [0.0, 1.0]
    assert softmax(3.0).tolist() == [1.0]


def test_one_hot_along_an_axis():
    z = [[1.0, 5.0, 2.0], [4.0, 4.0, -1.0]]
    assert one_hot(z).tolist() == [[0, 1, 0], [1, 0, 0]]
    assert one_hot(z, axis=0).tolist() == [[0, 1, 1], [1, 0, 0]]
    with pytest.raises(ParameterError, match="an axis of the array is expected"):
        one_hot(z, axis=2)
    with pytest.raises(ParameterError, match="at least one is expected"):
        softmax([])
    with pytest.raises(ParameterError, match="not a number"):
        one_hot([1.0, np.nan])
