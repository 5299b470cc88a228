"""`compose`: a membrane and its channels become one model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from excitable.model._joined import Joined
from excitable.model._model import Model
from excitable.model._names import what
from excitable.model._parts import (
    channel_part,
    check_apart,
    check_kind,
    check_membrane,
    membrane_part,
    refuse,
)


def compose(
    title: str,
    membrane: Model,
    *channels: Model,
    name: str | None = None,
    spike: str | None = None,
    presets: Mapping[str, Mapping[str, Any]] | tuple[()] = (),
    source: str = "",
    description: str = "",
    **named_channels: Model,
) -> Model:
    """Build a neuron from a membrane and the channels in it.

    Parameters
    ----------
    title : str
        What it is, in a few words.
    membrane : Model
        A model with the state ``v`` and an input ``I_ion``, the sum of the currents of the
        channels: ``C*dv/dt = I - I_ion``. Its spike condition, reset, refractory time and presets
        become those of the neuron.
    *channels : Model
        Models with an input ``v`` and one named outward current ``I_...``; their gates, if they
        have any, are states.
    name : str, optional
        A short name for messages and files; the title if not given.
    spike : str, optional
        When a spike is fired, if not as the membrane says; it may name anything in the channels.
    presets : mapping of str to mapping
        Named sets of values for parameters of the whole, beside those of the membrane.
    source : str
        Keys of the bibliography; those of the parts if not given.
    description : str
        More about it.
    **named_channels : Model
        Channels whose names are to end in the keyword: with ``slow=potassium`` its current is
        ``I_K_slow``, its gate ``n_slow``, its conductance ``g_K_slow``.

    Returns
    -------
    Model
        A model like any other. Its parameters stand as in the tables of papers: those of the
        membrane, then the first of every channel, then the second of every channel.

    Raises
    ------
    ModelError
        If a part is no membrane or no channel, or two parts use one name for different things.
    UnitError
        If the current of a channel is not of the kind that the membrane adds up.
    EquationError, ParameterError
        As for any model.

    Notes
    -----
    Equations are joined as text and read again, so that what is shown is what is computed. A
    parameter or a named quantity that several parts declare alike is shared. An input of a channel
    that another part has as a state or as a named quantity, such as a concentration, is that
    quantity. Presets of a channel are chosen before: ``compose(..., channel.preset("..."))``.

    Examples
    --------
    >>> from excitable.models import channels
    >>> membrane = Model(
    ...     "Membrane", equations="C*dv/dt = I - I_ion", spike="v >= 0*mV",
    ...     states=dict(v="-65 mV"), inputs=dict(I="uA/cm2", I_ion="uA/cm2"),
    ...     parameters=dict(C="1 uF/cm2"),
    ... )
    >>> axon = compose("Axon", membrane, channels.sodium, channels.potassium, channels.leak)
    >>> print(axon.equations.splitlines()[0])
    C*dv/dt = I - I_Na - I_K - I_L
    >>> list(axon.states)
    ['v', 'm', 'h', 'n']
    """
    if not isinstance(title, str):
        found = f"the title is {what(title)}"
        refuse(found, "a few words come first", 'Write compose("Cell", membrane, leak)')
    check_membrane(membrane)
    parts = [channel_part(channel, "") for channel in channels]
    parts += [channel_part(channel, f"_{suffix}") for suffix, channel in named_channels.items()]
    if not parts:
        refuse("no channels", "at least one channel is expected", "Write compose(..., leak)")
    body = membrane_part(membrane, parts)
    check_apart(parts)
    for part in parts:
        check_kind(part, membrane)
    joined = Joined([body, *parts])
    keys = [key.strip() for part in (body, *parts) for key in part.source.split(",")]
    text = membrane._blueprint.text
    own = {name: dict(values) for name, values in membrane.presets.items()}
    return Model(
        title,
        equations=joined.equations(),
        spike=text.spike if spike is None else spike,
        reset=text.reset,
        refractory=text.refractory,
        hold=text.hold,
        states=joined.states,
        inputs=joined.inputs(),
        parameters=joined.parameters,
        presets={**own, **dict(presets)},
        source=source or ", ".join(dict.fromkeys(key for key in keys if key)),
        name=name,
        description=description,
    )
