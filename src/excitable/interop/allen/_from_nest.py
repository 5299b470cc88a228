"""`from_nest`: a parameter dictionary of NEST as a cell."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from excitable.errors import ExcitableWarning, FileError, ParameterError
from excitable.interop.allen._cell import Adaptation, Cell, Current, Reset
from excitable.interop.allen._fields import Fields, word
from excitable.interop.allen._levels import FLAGS, PARTS, Parts, flags_of, read_level
from excitable.interop.allen._nest_names import OLD, POTENTIALS, SIZES, STATUS, SYNAPSES, TEMPLATE
from excitable.interop.allen._population import build, cells_of, template, tidy
from excitable.interop.allen._sources import read_json
from excitable.interop.allen._to_nest import parameters_of

if TYPE_CHECKING:
    from excitable.model import Model


def from_nest(
    parameters: Any, *, level: int | str | None = None, on_bad_reset: str = "warn"
) -> Model:
    """Read a cell from a parameter dictionary of NEST's GLIF models.

    Parameters
    ----------
    parameters : mapping, path, or list of these
        Parameters as ``nest.Create`` takes them or as NEST returns them, a JSON file of them, or a
        list: one population. The older names of bmtk's templates are understood.
    level : int or str, optional
        1 to 5, or the template: ``"nest:glif_lif_asc_psc"``. By default the dictionary's switches
        (`spike_dependent_threshold`, `after_spike_currents`, `adapting_threshold`) decide.
    on_bad_reset : str
        `"warn"` or `"raise"` where a reset lands above threshold.

    Returns
    -------
    Model
        The cell; what is not given has NEST's default, as in NEST.

    Raises
    ------
    FileError
        If a value is of the wrong type, or in SI units.
    ParameterError
        If `level` contradicts the switches.

    Warns
    -----
    ExcitableWarning
        If something was left out: synapses, names that NEST does not have, parts that are
        switched off, a start away from rest.

    Examples
    --------
    >>> import excitable as ex
    >>> cell = from_nest({"C_m": 80.0, "t_ref": 2.0}, level=1)
    >>> str(cell["C"]), str(cell["g"])
    ('80.0 pF', '9.43 nS')
    """
    wanted = read_level(level)
    many = isinstance(parameters, list | tuple)
    items = list(parameters) if many else [parameters]
    cells, left = [], {}
    for number, item in enumerate(items):
        name, content = _content(item, str(number) if many else "")
        cell, remarks = _read(content, name, wanted)
        cells.append(cell)
        left |= dict.fromkeys(remarks)
    if not cells:
        raise FileError(
            "the list is empty", "parameters of NEST are expected", "Write one dictionary at least"
        )
    for remark in left:
        warnings.warn(f"interop.allen.from_nest: {remark}.", ExcitableWarning, stacklevel=2)
    return build(cells, on_bad_reset=on_bad_reset, single=not many)


def is_nest(content: Any) -> bool:
    """Whether a table looks like parameters of one of NEST's GLIF models."""
    if not isinstance(content, Mapping):
        return False
    return sum(name in content for name in ("C_m", "V_th", "g", "E_L", "t_ref", *FLAGS)) >= 3


def _content(item: Any, name: str) -> tuple[str, Mapping[str, Any]]:
    owner = "interop.allen.from_nest"
    if isinstance(item, str | os.PathLike):
        place = Path(item).expanduser()
        name, owner, item = tidy(place.stem), str(place), read_json(place)
    if not isinstance(item, Mapping):
        raise FileError(
            f"it is {word(item)}",
            "parameters of NEST are expected",
            'Write {"C_m": 58.72, "E_L": -78.85, ...}',
            owner=owner,
        )
    return name or tidy(str(item.get("model", "cell"))), item


def _read(content: Mapping[str, Any], name: str, wanted: int | None) -> tuple[Cell, list[str]]:
    new = {old: today for today, old in OLD.items() if old in content and today not in content}
    fields = Fields({new.get(key, key): value for key, value in content.items()}, name, SIZES)
    fields.ignore(*STATUS)
    parts = _parts(fields, content, wanted)
    _check_potentials(fields)
    E_L = fields.number("E_L", _defaults()["E_L"])
    cell = Cell(
        name=name,
        C=fields.positive("C_m", _defaults()["C_m"]),
        g=fields.positive("g", _defaults()["g"]),
        E_L=E_L,
        V_T=fields.number("V_th", E_L + (_defaults()["V_th"] - _defaults()["E_L"])),
        t_ref=fields.number("t_ref", _defaults()["t_ref"]),
        # With reset rules NEST keeps a reset potential but does not use it.
        V_R=E_L if parts.reset_rules and fields.has("V_reset") else fields.number("V_reset", E_L),
        reset=_reset(fields) if parts.reset_rules else None,
        currents=_currents(fields) if parts.currents else None,
        adaptation=_adaptation(fields) if parts.adapting else None,
    )
    return cell, _remarks(fields, parts, cell)


def _reset(fields: Fields) -> Reset:
    f_v, add, delta_s = (
        fields.number(name, _defaults()[name])
        for name in ("voltage_reset_fraction", "voltage_reset_add", "th_spike_add")
    )
    b_s = fields.number("th_spike_decay", _defaults()["th_spike_decay"])
    return Reset(f_v, -add, delta_s, b_s)


def _adaptation(fields: Fields) -> Adaptation:
    names = ("th_voltage_index", "th_voltage_decay")
    return Adaptation(*(fields.number(name, _defaults()[name]) for name in names))


def _currents(fields: Fields) -> tuple[Current, ...]:
    default = _defaults()
    decays = fields.numbers("asc_decay") if fields.has("asc_decay") else default["asc_decay"]
    size = len(decays)
    if fields.has("asc_amps") or size != len(default["asc_amps"]):
        amplitudes = fields.numbers("asc_amps", size)
    else:
        amplitudes = default["asc_amps"]
    fractions = fields.numbers("asc_r", size) if fields.has("asc_r") else [1.0] * size
    starts = fields.numbers("asc_init", size) if fields.has("asc_init") else [0.0] * size
    rows = zip(decays, amplitudes, fractions, starts, strict=True)
    return tuple(Current(*row) for row in rows)


def _parts(fields: Fields, content: Mapping[str, Any], wanted: int | None) -> Parts:
    """Which parts are switched on: by the switches, the level asked for, or the template's name."""
    model = content.get("model")
    template = TEMPLATE.fullmatch(model) if isinstance(model, str) else None
    if wanted is None and template is not None:
        wanted = read_level(template[0])
    given = {flag: fields.truth(flag) for flag in FLAGS if fields.has(flag)}
    if wanted is None:
        return Parts(*(given.get(flag, False) for flag in FLAGS))
    expected = flags_of(wanted)
    for flag, value in given.items():
        if value != expected[flag]:
            raise ParameterError(
                f"{flag} is {str(value).lower()} and level {wanted} is asked for",
                "switches of that level are expected",
                "Leave out level=, or the switches",
                owner=fields.owner,
                name="level",
            )
    return PARTS[wanted]


def _check_potentials(fields: Fields) -> None:
    """Refuse potentials in volts: each of them could be one in mV, all of them could not."""
    given = {name: fields.number(name) for name in POTENTIALS if fields.has(name)}
    low, th = given.get("E_L", 0.0), given.get("V_th", 0.0)
    if low and th and all(abs(value) < 1.0 for value in given.values()):
        fields.refuse(
            "E_L",
            f"{low:g} mV, with a threshold of {th:g} mV, is no resting potential of a cell",
            "numbers in mV are expected",
            f"Write {low * 1e3:.12g} if {low:g} V is meant, and all potentials so",
        )


def _remarks(fields: Fields, parts: Parts, cell: Cell) -> list[str]:
    """What was left out, in words."""
    remarks = []
    synapses = [name for name in SYNAPSES if fields.has(name)]
    if synapses:
        remarks.append(f"{', '.join(synapses)} describes synapses and was left out of the cell")
    off = [
        name
        for name, on in (
            *((n, parts.reset_rules) for n in ("th_spike_add", "voltage_reset_fraction")),
            *((n, parts.currents) for n in ("asc_amps", "asc_decay")),
            ("th_voltage_index", parts.adapting),
        )
        if not on and name in fields.content
    ]
    fields.ignore(*_defaults())
    if off:
        remarks.append(
            f"{', '.join(off)} has no effect, for its part is switched off. "
            f"Write level=5, or switch it on, if that is not meant"
        )
    begun = fields.number("V_m", cell.E_L)
    states = [each.start for each in cell.currents or ()]
    for name in ("ASCurrents", "threshold_spike", "threshold_voltage"):
        states += fields.numbers(name) if fields.has(name) else []
    if begun != cell.E_L or any(states):
        remarks.append(
            "the dictionary starts away from rest, and a run starts at rest. "
            f'Write simulate(..., initial=dict(v="{begun:.12g} mV")) for another start'
        )
    if unknown := fields.unknown():
        remarks.append(f"fields of unknown meaning were left out: {', '.join(unknown[:12])}")
    return remarks


@cache
def _defaults() -> dict[str, Any]:
    """NEST's own values, which are those of the models here."""
    return parameters_of(cells_of(template(PARTS[5], 2))[0])
