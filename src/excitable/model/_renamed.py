"""A model under a name of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from excitable.errors import UnknownNameError
from excitable.model import _declare
from excitable.model._model import Model
from excitable.model._names import suggestion
from excitable.model._parameter import changed

if TYPE_CHECKING:
    from collections.abc import Mapping


def renamed(
    model: Model,
    name: str,
    *,
    title: str | None = None,
    description: str | None = None,
    states: Mapping[str, Any] | tuple[()] = (),
) -> Model:
    """Return a copy of a model with other words: one cell of many that share its equations.

    Parameters
    ----------
    model : Model
        What to copy.
    name : str
        The short name, for messages, runs and files.
    title, description : str, optional
        Other words; those of the model if not given.
    states : mapping of str to Quantity or str
        Other values where the search for rest begins.

    Returns
    -------
    Model
        The copy; the equations are shared, not read again, and so are compiled kernels.

    Raises
    ------
    UnknownNameError
        If there is no such state.
    ModelError, ParameterError, UnitError
        If the words or the values are none.

    Examples
    --------
    >>> from excitable.models import LIF
    >>> renamed(LIF, "cell 7").name
    'cell 7'
    """
    title = model.title if title is None else _declare.words(title, "title", "Model").strip()
    _declare.check_owner(name)
    description = model.description if description is None else description
    begun = dict(model.states)
    for key, value in dict(states).items():
        if key not in begun:
            write = suggestion(str(key), begun)
            raise UnknownNameError(f"no state is called {key!r:.66}", "", write, owner=name)
        begun[key] = changed(begun[key], value, f"{name}.{key}")
    blueprint = replace(
        model._blueprint,
        name=name,
        title=title,
        description=_declare.words(description, "description", name),
    )
    copy = object.__new__(Model)
    copy._fill(blueprint, begun, dict(model.parameters), model._on_bad_reset)
    return copy
