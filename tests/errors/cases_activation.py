"""Messages of activations, rate neurons and the forms of the leaky neuron."""

import excitable as ex
from excitable.activation import Activation, lif, one_hot, relu, softmax
from excitable.models import normalised_drive, rate_neuron
from excitable.plotting import plot_activations
from excitable.units import MOhm, ms, mV


def assign():
    relu.name = "other"


CASES = [
    ("activation without a drive", relu),
    ("drive with a unit", lambda: relu(3 * mV)),
    ("drive is NaN", lambda: relu(float("nan"))),
    ("one drive is NaN", lambda: lif([1.0, float("nan")])),
    ("activation is changed", assign),
    ("unknown parameter of an activation", lambda: lif(tau="10 ms")),
    ("activation without parameters", lambda: relu(slope=2.0)),
    ("parameter of an activation out of bounds", lambda: lif(2.0, tau_m=-1 * ms)),
    ("reset above threshold", lambda: lif(2.0, v_R=1.5)),
    ("name that is not declared", lambda: Activation("mine", "x**2")),
    ("parameter called z", lambda: Activation("mine", "z", parameters={"z": 1.0})),
    ("units that do not fit", lambda: Activation("mine", "z + k", parameters={"k": "3 Hz"})),
    ("power as in other languages", lambda: Activation("mine", "z^2")),
    ("no such axis", lambda: one_hot([1.0, 2.0], axis=1)),
    ("nothing to share", lambda: softmax([])),
    ("no activations to draw", plot_activations),
    ("empty range to draw", lambda: plot_activations(relu, start=1, stop=1)),
    ("no activation", lambda: rate_neuron(3.0)),
    (
        "parameter called as one of the neuron's",
        lambda: rate_neuron(Activation("mine", "gain*z", parameters={"gain": 2.0})),
    ),
    ("formula with an unknown name", lambda: rate_neuron("x**2")),
    ("form of another model", ex.AdEx.as_conductance),
    ("normalised form of another model", ex.HodgkinHuxley.normalised),
    ("normalised neuron by its conductance", ex.LIFNormalised.as_conductance),
    (
        "potentials of a neuron that has them",
        lambda: ex.LIF.denormalised(R=100 * MOhm, E_L=-65 * mV, V_T=-50 * mV),
    ),
    ("threshold below rest", lambda: ex.LIF(V_T=-70 * mV, V_R=-75 * mV).normalised()),
    (
        "threshold of one neuron below rest",
        lambda: ex.LIF(V_T=[-50, -70] * mV, V_R=-75 * mV).normalised(),
    ),
    (
        "potential without a unit",
        lambda: ex.LIFNormalised.denormalised(R=100 * MOhm, E_L=-65, V_T=-50 * mV),
    ),
    ("drive of a normalised neuron", lambda: normalised_drive(ex.LIFNormalised, "300 pA")),
]
