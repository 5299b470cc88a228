"""The leaky integrate-and-fire neuron in plain numbers: rest 0, threshold 1."""

from __future__ import annotations

from typing import Any

from excitable import units
from excitable.model import Input, Model, Parameter, State
from excitable.models._lif_forms import drive_of
from excitable.units import CURRENT

LIFNormalised = Model(
    "Leaky integrate-and-fire neuron, normalised",
    name="LIFNormalised",
    description=(
        "LIF with v = (V - E_L)/(V_T - E_L), so that rest is 0 and the threshold is 1, driven by "
        "v_in = R*I/(V_T - E_L). It fires for v_in > 1, every "
        "t_ref + tau_m*ln((v_in - v_R)/(v_in - 1))."
    ),
    equations="tau_m*dv/dt = v_in - v",
    spike="v >= 1",
    reset="v = v_R",
    refractory="t_ref",
    states={"v": State(0.0, "potential, 0 at rest and 1 at the threshold")},
    inputs={"v_in": Input("1", "drive, 1 where it just suffices")},
    parameters={
        "tau_m": Parameter("20 ms", "membrane time constant", above="0 ms"),
        "v_R": Parameter(0.0, "reset"),
        "t_ref": Parameter("2 ms", "refractory time", low="0 ms"),
    },
    presets={"cortical": {"tau_m": "20 ms", "t_ref": "2 ms"}},
    source="EliasmithAnderson2003",
)


def normalised_drive(model: Model, I: Any) -> Any:
    """Return the drive that an injected current is for the normalised neuron.

    Parameters
    ----------
    model : Model
        A leaky integrate-and-fire neuron in any form with potentials.
    I : Quantity [current] or str, scalar or shape (n,)
        Injected current.

    Returns
    -------
    float or ndarray
        v_in = R*I/(V_T - E_L); a current that just reaches the threshold gives 1.

    Raises
    ------
    ModelError
        If the model is none of the forms.
    ParameterError
        If its threshold is not above its rest.
    UnitError
        If the current has another unit.

    Examples
    --------
    >>> from excitable.models import LIF
    >>> normalised_drive(LIF, "300 pA")
    2.0
    """
    return drive_of(model, units.strip(I, CURRENT, "normalised_drive.I"))
