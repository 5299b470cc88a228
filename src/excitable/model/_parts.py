"""A membrane and its channels, checked, under the names that they have in the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from excitable.errors import ModelError, UnitError
from excitable.expression import Expression, Symbol, free_symbols, substitute
from excitable.model._joined_text import renamed, with_sum
from excitable.model._model import Model
from excitable.model._names import what
from excitable.model._parameter import Input, Parameter, State
from excitable.units import Dimension, default_unit

POTENTIAL = "v"
TOTAL = "I_ion"


@dataclass(frozen=True)
class Part:
    """A membrane or a channel under the names that it has in the whole."""

    name: str
    current: str
    text: str
    states: dict[str, State]
    inputs: dict[str, Input]
    parameters: dict[str, Parameter]
    definitions: dict[str, Expression]
    lines: dict[str, int]
    dimensions: dict[str, Dimension]
    noises: tuple[str, ...]
    source: str

    def declared(self) -> Iterator[tuple[str, str]]:
        """Yield every name of its own with the word for what it is."""
        for word, names in (
            ("state", self.states),
            ("parameter", self.parameters),
            ("named quantity", self.definitions),
        ):
            for name in names:
                yield name, word


def channel_part(channel: Any, suffix: str) -> Part:
    """Check that something is a channel and return it under its names in the whole."""
    write = "Write a Model with inputs=dict(v=mV) and an equation I_... = ..."
    if not isinstance(channel, Model):
        place = suffix[1:] or "a channel"
        if suffix:
            write = f"Write compose(...)({place}=...) to change a parameter"
        refuse(f"{place} is {what(channel)}", "a channel is a model", write)
    reading = channel._blueprint.reading
    currents = [line.name for line in reading.definitions if line.name.startswith("I_")]
    if POTENTIAL not in channel.inputs:
        found, expected = f"{channel.name} has no input v", "a channel follows the potential v"
        refuse(found, expected, write)
    if not currents:
        found = f"{channel.name} has no named quantity I_..."
        refuse(found, "a channel names its outward current", write)
    if len(currents) > 1:
        found = f"{channel.name} names the currents {' and '.join(currents)}"
        refuse(found, "a channel has one", "Write each as a channel of its own")
    if reading.spike is not None:
        found = f"{channel.name} has a spike condition"
        refuse(found, "the membrane fires, not a channel", "Write spike= in the membrane")
    return _part(channel, suffix, currents[0], channel.equations)


def _part(model: Model, suffix: str, current: str, text: str) -> Part:
    reading = model._blueprint.reading
    own = [*model.states, *model.parameters, *(line.name for line in reading.definitions)]
    names = {name: name + suffix for name in (*own, *model.system.noises)} if suffix else {}
    symbols: dict[str, Expression] = {old: Symbol(new) for old, new in names.items()}
    return Part(
        name=model.name,
        current=names.get(current, current),
        text=renamed(text, names, model.states) if names else text,
        states={names.get(name, name): state for name, state in model.states.items()},
        inputs=dict(model.inputs),
        parameters={names.get(name, name): p for name, p in model.parameters.items()},
        definitions={
            names.get(line.name, line.name): substitute(line.right, symbols)
            for line in reading.definitions
        },
        lines={names.get(line.name, line.name): line.line for line in reading.definitions},
        dimensions={names.get(name, name): d for name, d in model.dimensions.items()},
        noises=tuple(names.get(noise, noise) for noise in model.system.noises),
        source=model.reference,
    )


def check_membrane(membrane: Any) -> None:
    write = "Write Model(..., equations='C*dv/dt = I - I_ion', inputs=dict(I=pA, I_ion=pA))"
    if not isinstance(membrane, Model):
        found = f"the membrane is {what(membrane)}"
        refuse(found, "a model of a membrane is expected", write)
    if POTENTIAL not in membrane.states:
        refuse(f"{membrane.name} has no state v", "a membrane has the potential v", write)
    if TOTAL not in membrane.inputs:
        expected = "a membrane adds up the currents of its channels as I_ion"
        refuse(f"{membrane.name} has no input I_ion", expected, write)
    reading = membrane._blueprint.reading
    lines = (*reading.differentials, *reading.definitions)
    if not any(TOTAL in free_symbols(line.right) for line in lines):
        found = f"I_ion stands in no equation of {membrane.name}"
        refuse(found, "a membrane adds up the currents of its channels as I_ion", write)


def membrane_part(membrane: Model, channels: list[Part]) -> Part:
    """Return the membrane with the sum of the currents in its equations."""
    currents = [part.current for part in channels]
    part = _part(membrane, "", "", with_sum(membrane.equations, TOTAL, currents))
    del part.inputs[TOTAL]
    return part


def check_apart(channels: list[Part]) -> None:
    """Refuse two channels under one name."""
    seen: dict[str, str] = {}
    for part in channels:
        if part.current in seen:
            other = seen[part.current]
            pair = f"{other} twice" if other == part.name else f"{other} and {part.name}"
            refuse(
                f"{part.current} comes from {pair}",
                "each current has one name",
                f"Write slow={part.name}, so that the second has names of its own",
            )
        seen[part.current] = part.name


def check_kind(channel: Part, membrane: Model) -> None:
    """Refuse a current or a potential of another dimension than those of the membrane."""
    for name, expected in (
        (channel.current, membrane.inputs[TOTAL].dimension),
        (POTENTIAL, membrane.states[POTENTIAL].dimension),
    ):
        found = channel.dimensions[name]
        if found == expected:
            continue
        units = default_unit(found) or "1", default_unit(expected) or "1"
        raise UnitError(
            f"{name} of {channel.name} is {found.phrase} [{units[0]}]",
            f"{expected.phrase} [{units[1]}] is what the membrane expects",
            f"Write a membrane in {units[0]}, or a channel with {name} in {units[1]}",
            owner="compose",
        )


def refuse(found: str, expected: str, write: str) -> NoReturn:
    """Raise an error of `compose`."""
    raise ModelError(found, expected, write, owner="compose")
