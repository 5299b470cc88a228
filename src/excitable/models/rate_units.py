"""Rate neurons: no spikes, a rate that follows its drive through an activation."""

from __future__ import annotations

from excitable.activation import Activation, logistic
from excitable.errors import ModelError
from excitable.model import Input, Model, Parameter, State
from excitable.model._names import what

_OWN_NAMES = ("tau", "gain", "bias", "r", "z", "f", "I")


def rate_neuron(activation: Activation | str) -> Model:
    """Return the rate neuron with an activation: tau*dr/dt = f(gain*I + bias) - r.

    Parameters
    ----------
    activation : Activation or str
        One of `excitable.activation`, or a formula in ``z``.

    Returns
    -------
    Model
        Parameters ``tau``, ``gain``, ``bias`` and those of the activation; the state ``r``, in Hz
        if the activation is a rate, else a plain number; the input ``I``, a plain number. It
        fires no spikes; ``f`` and ``z`` can be recorded.

    Raises
    ------
    ModelError
        If it is neither, or a parameter of the activation has a name that the neuron uses.
    EquationError, UnknownNameError, UnitError
        If a formula is wrong.

    Notes
    -----
    Under constant input r goes to f exponentially with the time constant tau. The neuron's f-I
    curve is the activation. With `excitable.activation.lif` it is that of the LIF, and a drive of
    1 just reaches its threshold.

    Examples
    --------
    >>> from excitable.activation import lif
    >>> cell = rate_neuron(lif(tau_m="10 ms"))(tau="5 ms")
    >>> print(cell.states["r"].unit, cell["tau_m"])
    Hz 10.0 ms
    >>> print(rate_neuron("maximum(z, 0)**2").equations.splitlines()[1])
    f = maximum(z, 0)**2
    """
    title = "Rate neuron"
    if isinstance(activation, str):
        activation = Activation("rate_neuron", activation)
    elif isinstance(activation, Activation):
        title = f"Rate neuron with the activation {activation.name}"
    if not isinstance(activation, Activation):
        raise ModelError(
            f"the activation is {what(activation)}",
            "an activation or a formula is expected",
            'Write rate_neuron(ex.activation.relu) or rate_neuron("maximum(z, 0)")',
            owner="rate_neuron",
        )
    for name in activation.parameters:
        if name in _OWN_NAMES:
            found = f"the activation has a parameter {name}"
            expected = f"{', '.join(_OWN_NAMES)} are names of the neuron's own"
            raise ModelError(found, expected, "Rename the parameter", owner="rate_neuron")
    # A formula may be written over several lines; an equation of a model is one.
    formula = " ".join(activation.formula.split())
    return Model(
        title,
        name="RateNeuron",
        description=activation.description,
        equations=f"tau*dr/dt = f - r\nf = {formula}\nz = gain*I + bias",
        states={"r": State(f"0 {activation.unit}".strip(), "rate")},
        inputs={"I": Input("1", "drive")},
        parameters={
            "tau": Parameter("10 ms", "time constant of the rate", above="0 ms"),
            "gain": Parameter(1.0, "effect of the input on the drive"),
            "bias": Parameter(0.0, "drive without input"),
            **activation.parameters,
        },
        source="WilsonCowan1972",
    )


RateNeuron = rate_neuron(logistic)
