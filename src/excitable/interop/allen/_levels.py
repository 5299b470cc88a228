"""The five levels: what each one has, and the names that simulators and papers give them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from excitable.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Parts:
    """What a cell has beyond a leaky membrane with a threshold."""

    reset_rules: bool = False
    currents: bool = False
    adapting: bool = False


PARTS = {
    1: Parts(),
    2: Parts(reset_rules=True),
    3: Parts(currents=True),
    4: Parts(reset_rules=True, currents=True),
    5: Parts(reset_rules=True, currents=True, adapting=True),
}
"""The parts of each level of Teeter et al. (2018)."""

SHORT = {1: "lif", 2: "lif_r", 3: "lif_asc", 4: "lif_r_asc", 5: "lif_r_asc_a"}
"""The paper's name of each level, as bmtk writes it."""

FLAGS = ("spike_dependent_threshold", "after_spike_currents", "adapting_threshold")
"""NEST's names of the three parts, in the order of `Parts`."""

_NUMBERED = re.compile(r"(?:glif)?[ _-]?([1-5])")
_TEMPLATE = re.compile(r"(?:nest:)?(?:glif_)?(lif(?:_r)?(?:_asc)?(?:_a)?)(?:_(?:psc|cond))?")
_BY_SHORT = {name: level for level, name in SHORT.items()}


def flags_of(level: int) -> dict[str, bool]:
    """NEST's switches of a level."""
    parts = PARTS[level]
    values = (parts.reset_rules, parts.currents, parts.adapting)
    return dict(zip(FLAGS, values, strict=True))


def containing(wanted: Parts) -> int:
    """The smallest level that has every part asked for."""
    return next(level for level, parts in PARTS.items() if _within(wanted, parts))


def union(every: Iterable[Parts]) -> Parts:
    """All parts that any of some cells has; of published levels this is a level again."""
    every = list(every)
    return Parts(
        any(each.reset_rules for each in every),
        any(each.currents for each in every),
        any(each.adapting for each in every),
    )


def _within(less: Parts, more: Parts) -> bool:
    return (
        less.reset_rules <= more.reset_rules
        and less.currents <= more.currents
        and less.adapting <= more.adapting
    )


def read_level(level: Any) -> int | None:
    """Give a level by its number or by one of its names; None for no choice.

    Raises
    ------
    ParameterError
        If nobody calls a level so.
    """
    if level is None or (isinstance(level, int) and not isinstance(level, bool) and level in PARTS):
        return level
    text = str(level).strip().lower() if isinstance(level, str) else ""
    if found := _NUMBERED.fullmatch(text):
        return int(found[1])
    if (found := _TEMPLATE.fullmatch(text.replace("-", "_"))) and found[1] in _BY_SHORT:
        return _BY_SHORT[found[1]]
    raise ParameterError(
        f"the level is {level!r:.60}",
        "1 to 5 is expected, or a name such as LIF-R-ASC or nest:glif_lif_r_asc_psc",
        "Write level=3",
        owner="interop.allen",
    )
