"""A model with one of its states turned into an input, as a voltage clamp does it."""

from __future__ import annotations

from excitable.errors import ModelError
from excitable.expression import free_symbols
from excitable.model._joined_text import without
from excitable.model._model import Model
from excitable.model._parameter import Input


def as_input(model: Model, state: str) -> Model:
    """Return a model in which a state is an input, so that something outside decides its course.

    Parameters
    ----------
    model : Model
        Any model.
    state : str
        The state whose equation is left out.

    Returns
    -------
    Model
        The other states and all named quantities, with the parameters and inputs that they need;
        no spike condition. Where nothing depends on the state it is left out altogether. A model
        that already has the input is returned as it is.

    Raises
    ------
    ModelError
        If there is neither a state nor an input of that name.

    Examples
    --------
    >>> from excitable.models import HodgkinHuxley
    >>> clamped = as_input(HodgkinHuxley, "v")
    >>> list(clamped.states), list(clamped.inputs)
    (['m', 'h', 'n'], ['v'])
    """
    if state in model.inputs:
        return model
    reading = model._blueprint.reading
    lines = {line.state: line for line in reading.differentials}
    if state not in lines:
        names = ", ".join((*model.states, *model.inputs))
        raise ModelError(
            f"{model.name} has no state {state!r:.66}",
            f"one of its states and inputs is expected: {names}",
            "Write one of these names",
            owner=model.name,
            name="state",
        )
    left_out = lines.pop(state)
    used: set[str] = set()
    for line in (*lines.values(), *reading.definitions):
        used |= free_symbols(line.right)
        coefficient = getattr(line, "coefficient", None)
        used |= free_symbols(coefficient) if coefficient is not None else set()
    driven = model.states[state]
    inputs = {state: Input(driven.unit or "1", driven.description), **model.inputs}
    return Model(
        model.title,
        name=model.name,
        equations=without(model.equations, {left_out.line}),
        states={name: kept for name, kept in model.states.items() if name != state},
        inputs={name: given for name, given in inputs.items() if name in used},
        parameters={name: kept for name, kept in model.parameters.items() if name in used},
        source=model.reference,
        description=model.description,
    )
