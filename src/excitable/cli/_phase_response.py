"""``excitable response --method phase``: how pushes at each phase move the next spikes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from excitable.cli import _output

if TYPE_CHECKING:
    from excitable.analysis import PhaseResponse
    from excitable.model import Model

IDLE = {
    "frequencies": "a push has no frequency",
    "amplitude": "the response is that to small pushes",
}


def found(
    model: Model, name: str | None, level: Any, of: str | None, n: int, **given: Any
) -> tuple[PhaseResponse, list[str], list[list[float]]]:  # fmt: skip
    """Return a phase response, the heads of its table and the rows.

    Parameters
    ----------
    model : Model
        The neuron.
    name : str or None
        The input that is held, an input of the model if `level` is given.
    level : Quantity or None
        Its value.
    of : str or None
        What is pushed, in the table.
    n : int
        How many phases.
    **given : str or None
        Options that have no meaning here.

    Returns
    -------
    (PhaseResponse, list of str, list of list of float)
        The table holds phase, time, the first state and the response.
    """
    import numpy as np

    from excitable import units
    from excitable.analysis import phase_response
    from excitable.analysis._names import check_pushed
    from excitable.errors import ParameterError

    for option, value in given.items():
        if value is not None:
            raise ParameterError(
                f"--{option} {value}", IDLE[option], f"Leave --{option} out",
                owner="response", name=option,
            )  # fmt: skip
    held = {} if name is None or level is None else {name: level}
    response = phase_response(model, points=n, **held)
    first = next(iter(model.states))
    pushed = of or first
    check_pushed(model, pushed, owner="response", argument="output")
    values = response.states[first], response.response[pushed]
    head = ["phase", "t (ms)"]
    for label, value in zip((first, f"advance by {pushed}"), values, strict=True):
        unit = units.unit_text(value)
        head.append(f"{label} ({unit})" if unit else label)
    columns = (response.phase, response.t.magnitude, *(value.magnitude for value in values))
    return response, head, np.column_stack(columns).tolist()


def show(response: PhaseResponse, as_json: dict[str, Any] | None) -> None:
    """Print what a phase response is, or all of it as data.

    Parameters
    ----------
    response : PhaseResponse
        The response.
    as_json : dict or None
        Further data to print as JSON; None for text.
    """
    if as_json is not None:
        _output.write_json({
            "model": response.model.name, "method": "phase",
            "period_ms": float(response.period.magnitude), "type": response.type,
            "delay_share": response.delay_share, "phase_zero": response.phase_zero,
            "spikes": response.spikes.tolist(), **as_json,
        })  # fmt: skip
        return
    typer.echo(_output.facts([
        ("model", response.model.name), ("period", f"{response.period:.9g~P}"),
        ("type", f"{response.type}, {100 * response.delay_share:.3g} % delays"),
        ("phase zero", response.phase_zero),
    ]))  # fmt: skip
