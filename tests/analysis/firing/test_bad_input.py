"""What is asked wrongly is answered clearly."""

import pytest

import excitable as ex
from excitable.errors import (
    ModelError,
    ParameterError,
    SimulationError,
    UnitError,
    UnknownNameError,
)
from excitable.units import ms, mV, nS, pA


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: ex.fi_curve(3, [1] * pA), ModelError, "no model"),
        (lambda: ex.fi_curve(ex.LIF), ParameterError, "no values"),
        (lambda: ex.fi_curve(ex.LIF, [1] * mV), UnitError, "current"),
        (lambda: ex.fi_curve(ex.LIF, [float("nan")] * pA), ParameterError, "not finite"),
        (lambda: ex.fi_curve(ex.LIF, [[1, 2]] * pA), ParameterError, "shape"),
        (lambda: ex.fi_curve(ex.LIF, [1] * pA, input="J"), UnknownNameError, "its inputs: I"),
        (lambda: ex.fi_curve(ex.LIF, [1] * pA, start="left"), ParameterError, "no way to start"),
        (lambda: ex.fi_curve(ex.LIF, [1] * pA, J=3 * pA), UnknownNameError, "no argument"),
        (lambda: ex.fi_curve(ex.LIF, "200 pA").inverse("0 Hz"), ParameterError, "above 0"),
        (lambda: ex.fi_curve(ex.LIF, "200 pA").inverse("600 Hz"), ParameterError, "no input"),
        (lambda: ex.fi_curve(ex.LIF, "200 pA").sensitivity("C"), UnknownNameError, "no parameter"),
        (lambda: ex.rheobase(ex.LIF, "often"), ParameterError, "no criterion"),
        (lambda: ex.rheobase(ex.LIF(R=["1 MOhm", "2 MOhm"])), ParameterError, "one neuron"),
        (lambda: ex.strength_duration(ex.LIF, [0] * ms), ParameterError, "not positive"),
        (lambda: ex.threshold_crossing(ex.LIF, I=ex.step(1 * pA)), ParameterError, "duration"),
        (lambda: ex.sweep("0 pA", "1 mV"), UnitError, "one unit"),
        (lambda: ex.sweep("1 pA", "1 pA"), ParameterError, "different"),
        (lambda: ex.sweep("0 pA", "1 pA", n=1), ParameterError, "two or more"),
        (lambda: ex.rheobase(ex.RateNeuron), ModelError, "when it fires"),
    ],
)  # fmt: skip
def test_the_message_says_what_is_wrong(call, error, words):
    with pytest.raises(error, match=words):
        call()


@pytest.mark.slow
def test_a_membrane_that_cannot_fire_has_no_rheobase():
    passive = ex.HodgkinHuxley(g_Na="0 mS/cm2", g_K="300 mS/cm2")
    with pytest.raises(SimulationError, match="fires at no input"):
        ex.rheobase(passive, "repetitive")


def test_noise_without_a_formula_is_refused():
    cell = ex.Model(
        "Noisy exponential neuron",
        equations="C*dv/dt = g_L*(E_L - v) + g_L*D*exp((v - V_T)/D) + I + s*xi",
        spike="v >= V_p", reset="v = E_L", states={"v": -65 * mV}, inputs={"I": "pA"},
        parameters={
            "C": "100 pF", "g_L": 10 * nS, "E_L": -65 * mV, "D": 2 * mV, "V_T": -50 * mV,
            "V_p": 0 * mV, "s": "20 pA*ms**0.5",
        },
    )  # fmt: skip
    with pytest.raises(ModelError, match="carries noise"):
        ex.fi_curve(cell, 100 * pA)
