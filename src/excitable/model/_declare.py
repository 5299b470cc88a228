"""From what an author passes to `Model` to checked declarations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from inspect import cleandoc
from typing import Any, TypeVar

from excitable import units
from excitable.errors import ExcitableError, ModelError
from excitable.model._names import check_name, suggestion, what
from excitable.model._parameter import Input, Parameter, State, changed
from excitable.model._text import Text
from excitable.model._values import Value

Kind = TypeVar("Kind", Parameter, State, Input)

LONGEST_TITLE = 200

_NUMBER_AND_UNIT = re.compile(r"\s*((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*([A-Za-z]+)\s*")


def declare(kind: type[Kind], given: Any, word: str, owner: str) -> dict[str, Kind]:
    """Wrap plain values in `Parameter`, `State` or `Input`, and check the names."""
    declared = {}
    for name, value in pairs(given, f"{word}s", owner).items():
        check_name(name, word, owner)
        if isinstance(value, kind):
            declared[name] = value
            continue
        try:
            declared[name] = kind(value)
        except ExcitableError as error:
            error.owner = f"{owner}.{name}"
            raise
    return declared


def pairs(given: Any, name: str, owner: str) -> dict[Any, Any]:
    """Return a mapping, or nothing, as a dict."""
    if isinstance(given, Mapping):
        return dict(given)
    if given is None or given == ():
        return {}
    found = f"{name} is {what(given)}"
    write = f"Write {name}=dict(...)"
    raise ModelError(found, "names with values are expected", write, owner=owner)


def check_apart(
    states: Mapping[str, State],
    inputs: Mapping[str, Input],
    parameters: Mapping[str, Parameter],
    owner: str,
    *,
    spikes: bool,
) -> None:
    """Refuse a neuron without states and a name declared twice."""
    if not states and spikes:  # without either, named quantities follow from the inputs
        found, expected = "no states", "at least one state is expected"
        raise ModelError(found, expected, "Write states=dict(v=-65*mV)", owner=owner)
    seen: dict[str, str] = {}
    for kind, names in (("state", states), ("input", inputs), ("parameter", parameters)):
        for name in names:
            if name in seen:
                found = f"{name} is declared as a {seen[name]} and as a {kind}".replace(
                    "a input", "an input"
                )
                raise ModelError(found, "one meaning for each name", "Rename one", owner=owner)
            seen[name] = kind


def read_presets(
    given: Any, states: Mapping[str, State], parameters: Mapping[str, Parameter], owner: str
) -> dict[str, dict[str, Value]]:
    """Check every value of every preset; return them as internal values."""
    presets: dict[str, dict[str, Value]] = {}
    for preset, values in pairs(given, "presets", owner).items():
        if not isinstance(preset, str) or not preset.strip() or not preset.isprintable():
            found = f"a preset named {preset!r:.60}"
            write = "Write presets={'name': {...}}"
            raise ModelError(found, "a readable name is expected", write, owner=owner)
        place = f"{owner} preset {preset!r}"
        presets[preset] = {}
        for name, value in pairs(values, "presets", owner).items():
            declared = parameters.get(name) or states.get(name)
            if declared is None:
                write = suggestion(str(name), [*parameters, *states])
                found = f"{name!r:.60} is not a parameter"
                raise ModelError(found, "a preset sets parameters", write, owner=place)
            presets[preset][name] = changed(declared, value, f"{place}, {name}").value
    return presets


def read_model_text(given: Mapping[str, Any], owner: str) -> Text:
    """Return the pieces of text of a model, tidied; only their kind is checked here."""
    equations = words(given["equations"], "equations", owner)
    if not equations.strip():
        found, expected = "no equations", "at least one equation is expected"
        raise ModelError(found, expected, "Write equations='tau_m*dv/dt = ...'", owner=owner)
    return Text(
        equations=cleandoc(equations),
        spike=words(given["spike"], "spike", owner).strip(),
        reset=cleandoc(words(given["reset"], "reset", owner)),
        refractory=_refractory(given["refractory"], owner),
        hold=_hold(given["hold"], owner),
    )


def check_owner(name: str) -> None:
    """Refuse a name of a model that messages and files could not show."""
    if not name or not name.isprintable() or len(name) > LONGEST_TITLE:
        raise ModelError(
            f"a model named {name!r:.60}",
            f"one line of at most {LONGEST_TITLE} characters is expected",
            "Write Model('Leaky integrator', name='LIF', ...)",
            owner="Model",
        )


def words(text: Any, name: str, owner: str) -> str:
    """Refuse anything that is not text; None means empty."""
    if text is None:
        return ""
    if not isinstance(text, str):
        found = f"{name} is {what(text)}"
        raise ModelError(found, "text is expected", f"Write {name}='...'", owner=owner)
    return text


def _refractory(given: Any, owner: str) -> str:
    """Accept an expression, or a time such as ``2*ms`` or ``"2 ms"``."""
    if units.is_quantity(given):
        units.strip(given, units.TIME, f"{owner}.refractory")
        return f"{float(given.magnitude)!r}*{units.unit_text(given)}"
    if isinstance(given, int | float):
        units.strip(given, units.TIME, f"{owner}.refractory")  # refuses it and says why
    text = words(given, "refractory", owner).strip()
    match = _NUMBER_AND_UNIT.fullmatch(text)
    return f"{match[1]}*{match[2]}" if match else text


def _hold(given: Any, owner: str) -> tuple[str, ...] | None:
    if given is None:
        return None
    if isinstance(given, str):
        return (given,)
    if isinstance(given, Iterable):
        names = list(given)
        if all(isinstance(name, str) for name in names):
            return tuple(names)
    found = "hold is not a list of names"
    raise ModelError(found, "names of states are expected", "Write hold=['v']", owner=owner)
