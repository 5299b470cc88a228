"""What ``--input`` says: read by `excitable.interop`, checked against the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from excitable.model import Model


def read_inputs(model: Model, texts: Sequence[str]) -> tuple[dict[str, Any], str | None]:
    """Read inputs; return them by name, and when the last recording among them ends.

    Raises
    ------
    ParameterError
        If an input is given twice.
    ExcitableError
        If one cannot be read, or the model has no such input.
    """
    driven: dict[str, Any] = {}
    ends = []
    if not texts:
        return driven, None
    from excitable.errors import ParameterError
    from excitable.interop import parse_input

    for text in texts:
        name, value = parse_input(text)
        if name in driven:
            raise ParameterError(
                f"input {name} is given twice",
                "one --input for each is expected",
                f"Write them as a sum: --input '{name}=step(...) + sine(...)'",
                owner=model.name,
            )
        driven[name] = value
        ends += recording_ends(value)
    return driven, f"{max(ends):.12g} ms" if ends else None


def recording_ends(value: Any) -> list[float]:
    """When each recording in a stimulus ends, in ms; nothing for what was made by formula."""
    parts = [part for _, part in getattr(value, "terms", ())]
    traces = [part for part in parts if part.function == "trace"]
    return [part.start.greatest() + len(part.values) * part.dt.greatest() for part in traces]
