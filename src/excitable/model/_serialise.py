"""Models as plain dicts, and back; text is read by the model language and never evaluated."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from excitable import units
from excitable.errors import ExcitableError, FileError
from excitable.model._names import suggestion, what
from excitable.model._parameter import Input, Parameter, State
from excitable.model._values import Value, exact_text

if TYPE_CHECKING:
    from excitable.model._model import Model
    from excitable.units import Dimension

FORMAT = "excitable model"
VERSION = 1
MOST_NAMES = 1000  # of one kind; far above any model that was written by hand

_LARGEST = int(sys.float_info.max)

_BOUNDS = ("above", "low", "below", "high")
_TEXTS = ("name", "description", "equations", "spike", "reset", "refractory", "source")
_GROUPS = ("states", "inputs", "parameters", "presets")
_FIELDS = ("format", "version", "title", *_TEXTS, "hold", *_GROUPS)


def to_dict(model: Model) -> dict[str, Any]:
    """Return the plain content of a model; what is empty is left out."""
    blueprint = model._blueprint
    text = blueprint.text
    content: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "title": blueprint.title,
        "name": blueprint.name if blueprint.name != blueprint.title else "",
        "description": blueprint.description,
        "source": blueprint.reference,
        "equations": text.equations,
        "spike": text.spike,
        "reset": text.reset,
        "refractory": text.refractory,
        "hold": None if text.hold is None else list(text.hold),
        "states": {name: _declaration(state) for name, state in model.states.items()},
        "inputs": {
            name: _filled({"unit": driven.unit or "1", "description": driven.description})
            for name, driven in model.inputs.items()
        },
        "parameters": {name: _declaration(p) for name, p in model.parameters.items()},
        "presets": {
            preset: {name: _stated(model, name, value) for name, value in values.items()}
            for preset, values in blueprint.presets.items()
        },
    }
    return _filled(content)


def _filled(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value not in ("", None, {})}


def _declaration(declared: Parameter | State) -> dict[str, Any]:
    content = {"value": _plain(declared.value, declared.dimension, declared.unit)}
    if isinstance(declared, Parameter):
        for bound in _BOUNDS:
            value = getattr(declared, bound)
            if value is not None:
                content[bound] = _plain(value, declared.dimension, declared.unit)
        content["advice"] = declared.advice
    return _filled(content | {"description": declared.description})


def _stated(model: Model, name: str, value: Value) -> Any:
    declared = model.parameters.get(name) or model.states[name]
    return _plain(value, declared.dimension, declared.unit)


def _plain(value: Value, dimension: Dimension, unit: str) -> Any:
    """Write a number with its unit as text; an array as numbers beside their unit."""
    if isinstance(value, np.ndarray):
        return {"values": value.tolist(), "unit": units.default_unit(dimension)}
    if dimension.is_dimensionless:
        return value
    return exact_text(value, dimension, unit)


def from_dict(content: Mapping[str, Any], on_bad_reset: str = "warn") -> Model:
    """Return the model that a plain mapping describes; a file holds no policy for its reset."""
    from excitable.model._model import Model

    if not isinstance(content, Mapping):
        write = 'Write {"title": ..., "equations": ..., "states": ...}'
        _refuse(f"{what(content)}", "a table of fields is expected", write)
    _check_header(content)
    title = content.get("title")
    if not isinstance(title, str):
        _refuse("no title", "a title is expected", 'Write title = "Leaky integrator"')
    place = content.get("name") if isinstance(content.get("name"), str) else title
    given: dict[str, Any] = {name: _text(content, name) for name in _TEXTS}
    given["name"] = given["name"] or None
    given["hold"] = content.get("hold")
    for group, read in (("states", _state), ("inputs", _input), ("parameters", _parameter)):
        given[group] = _group(content, group, read, str(place))
    given["presets"] = {
        preset: {name: _value(value) for name, value in _table(values, f"presets.{preset}").items()}
        for preset, values in _table(content.get("presets", {}), "presets").items()
    }
    return Model(title, **given, on_bad_reset=on_bad_reset)


def _check_header(content: Mapping[str, Any]) -> None:
    if content.get("format", FORMAT) != FORMAT:
        write = f'Write format = "{FORMAT}"'
        _refuse(f"the format {content['format']!r:.60}", f"{FORMAT!r} is expected", write)
    version = content.get("version", VERSION)
    if version != VERSION or isinstance(version, bool):
        write = "Write version = 1, or read it with a newer excitable"
        _refuse(f"version {version!r:.20}", f"version {VERSION} is expected", write)
    for field in content:
        if field not in _FIELDS:
            found = f"there is no field {field!r:.60}"
            expected = f"the fields are {', '.join(_FIELDS)}"
            own = content.keys() & {"title", "equations"}
            foreign = "Write ex.interop.read_model(path) if another program wrote the file"
            _refuse(found, expected, _hint(field, _FIELDS) if own else foreign)


def _hint(field: object, known: tuple[str, ...]) -> str:
    near = suggestion(str(field), known)
    return near if near.startswith("Did") else "Remove it"


def _text(content: Mapping[str, Any], name: str) -> str:
    text = content.get(name, "")
    if not isinstance(text, str):
        _refuse(f"{name} is {what(text)}", "text is expected", f'Write {name} = "..."')
    return text


def _table(given: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        found = f"{name:.80} is {what(given)}"
        _refuse(found, "names with values are expected", "Write a table or object")
    if len(given) > MOST_NAMES:
        found = f"{name:.80} holds {len(given)} names"
        _refuse(found, f"at most {MOST_NAMES} are read", "Write populations as arrays of values")
    return given


def _group(
    content: Mapping[str, Any], group: str, read: Callable[[Any, str], Any], owner: str
) -> dict[str, Any]:
    declared = {}
    for name, given in _table(content.get(group, {}), group).items():
        try:
            declared[name] = read(given, f"{group}.{name}")
        except FileError:
            raise
        except ExcitableError as error:
            error.owner = f"{owner:.200}.{name:.64}"
            raise
    return declared


def _state(given: Any, place: str) -> State:
    fields = _fields(given, place, ("value", "description"))
    return State(_value(fields["value"]), fields.get("description", ""))


def _parameter(given: Any, place: str) -> Parameter:
    fields = _fields(given, place, ("value", "description", "advice", *_BOUNDS))
    bounds = {bound: _value(fields[bound]) for bound in _BOUNDS if bound in fields}
    return Parameter(
        _value(fields["value"]),
        fields.get("description", ""),
        advice=fields.get("advice", ""),
        **bounds,
    )


def _input(given: Any, place: str) -> Input:
    fields = {"unit": given} if isinstance(given, str) else given
    fields = _fields(fields, place, ("unit", "description"))
    unit = fields["unit"]
    if not isinstance(unit, str):
        _refuse(f"{place}: the unit is {what(unit)}", "text is expected", 'Write "pA"')
    return Input("" if unit == "1" else unit, fields.get("description", ""))


def _fields(given: Any, place: str, known: tuple[str, ...]) -> Mapping[str, Any]:
    """Return the fields of one declaration; a value alone is a declaration too."""
    if not isinstance(given, Mapping) or "values" in given:
        return {known[0]: given}
    for field in given:
        if field not in known:
            found = f"{place}: there is no field {field!r:.60}"
            _refuse(found, f"the fields are {', '.join(known)}", _hint(field, known))
    if known[0] not in given:
        _refuse(
            f"{place} has no {known[0]}", f"a {known[0]} is expected", f"Write {known[0]} = ..."
        )
    return given


def _value(given: Any) -> Any:
    """Return text and numbers as they are, and numbers beside a unit as an array."""
    if isinstance(given, Mapping):
        unit, numbers = given.get("unit", ""), given.get("values")
        if set(given) - {"unit", "values"} or not isinstance(unit, str):
            write = 'Write {"values": [20, 21], "unit": "ms"}'
            _refuse("an array with other fields", "values and their unit are expected", write)
        if not isinstance(numbers, list) or not all(_is_number(x) for x in numbers):
            write = 'Write {"values": [20, 21], "unit": "ms"}'
            _refuse("values that are not numbers", "a list of numbers is expected", write)
        return units.attach(np.array(numbers, dtype=np.float64) * units.factor(unit), unit)
    if isinstance(given, str) or _is_number(given):
        return given
    if isinstance(given, list) and all(isinstance(x, str) or _is_number(x) for x in given):
        return given
    write = 'Write "20 ms"'
    _refuse(f"a value is {what(given)}", "a number with its unit is expected", write)


def _is_number(given: object) -> bool:
    if isinstance(given, bool) or not isinstance(given, int | float):
        return False
    return isinstance(given, float) or abs(given) <= _LARGEST  # an int may have any size


def _refuse(found: str, expected: str, write: str) -> NoReturn:
    raise FileError(found, expected, write, owner="model file")
