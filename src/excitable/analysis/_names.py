"""What users name in a model: a state, or anything that can be pushed."""

from __future__ import annotations

from typing import Any

from excitable.errors import UnknownNameError
from excitable.model import Model


def place_of_state(
    model: Model, name: Any, *, owner: str, argument: str = "", write: str = "Write one of them"
) -> int:
    """Return which of a model's states has a name.

    Parameters
    ----------
    model : Model
        The model.
    name : str
        As the user wrote it.
    owner, argument : str
        What was called and with which argument, for the message.
    write : str
        What to write instead; `{}` stands for the first state.

    Returns
    -------
    int
        Its index.

    Raises
    ------
    UnknownNameError
        If no state has this name.
    """
    names = list(model.states)
    if name not in names:
        raise UnknownNameError(
            f"{name!r} is no state of {model.name}", f"there are: {', '.join(names)}",
            write.format(names[0]), owner=owner, name=argument,
        )  # fmt: skip
    return names.index(name)


def check_pushed(model: Model, name: Any, *, owner: str, argument: str) -> None:
    """Refuse a name that is neither a state nor an input."""
    known = [*model.states, *model.inputs]
    if name not in known:
        raise UnknownNameError(
            f"{str(name)[:40]!r} is neither a state nor an input of {model.name}",
            f"there are: {', '.join(known)}", "Write one of them", owner=owner, name=argument,
        )  # fmt: skip
