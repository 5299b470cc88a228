"""One cell in the names and the internal units of the models, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from excitable.interop.allen._levels import Parts, containing

if TYPE_CHECKING:
    from collections.abc import Mapping


class Current(NamedTuple):
    """One after-spike current: rate [1/ms], amplitude [pA], fraction kept, start [pA]."""

    k: float
    delta: float
    f: float = 1.0
    start: float = 0.0


class Reset(NamedTuple):
    """Reset rules: ``v = E_L + f_v*(v - E_L) - delta_v``, ``theta_s += delta_s``."""

    f_v: float
    delta_v: float
    delta_s: float
    b_s: float


class Adaptation(NamedTuple):
    """Threshold that follows the potential: ``dtheta_v/dt = a_v*(v - E_L) - b_v*theta_v``."""

    a_v: float
    b_v: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: ms, mV, pA, nS, pF. A part that the cell lacks is None, or no currents."""

    name: str
    C: float
    g: float
    E_L: float
    V_T: float
    t_ref: float
    V_R: float
    reset: Reset | None = None
    currents: tuple[Current, ...] | None = None
    adaptation: Adaptation | None = None
    start: dict[str, float] = field(default_factory=dict)

    @property
    def parts(self) -> Parts:
        """Which parts the cell has."""
        return Parts(self.reset is not None, self.currents is not None, self.adaptation is not None)

    @property
    def level(self) -> int:
        """The smallest level that has its parts."""
        return containing(self.parts)

    def values(self, parts: Parts, currents: int, defaults: Mapping[str, Any]) -> dict[str, float]:
        """Give the parameters of a model that has at least the cell's parts; others are idle.

        Parameters
        ----------
        parts : Parts
            The parts of the model to fill.
        currents : int
            How many after-spike currents that model has.
        defaults : mapping of str to float
            Its own values: the rates of parts that are idle, which must not be zero.
        """
        values = {name: getattr(self, name) for name in ("C", "g", "E_L", "V_T", "t_ref")}
        if not parts.reset_rules:
            values["V_R"] = self.V_R
        else:
            # A reset to one potential is the rule that forgets where the potential was.
            plain = Reset(0.0, self.E_L - self.V_R, 0.0, defaults["b_s"])
            values |= (self.reset or plain)._asdict()
        if parts.currents:
            values |= self._current_values(currents, defaults)
        if parts.adapting:
            values |= (self.adaptation or Adaptation(0.0, defaults["b_v"]))._asdict()
        return values

    def _current_values(self, count: int, defaults: Mapping[str, Any]) -> dict[str, float]:
        given = list(self.currents or ())
        values = {}
        for j in range(1, count + 1):
            current = given[j - 1] if j <= len(given) else Current(defaults[f"k_{j}"], 0.0)
            values |= {f"k_{j}": current.k, f"delta_{j}": current.delta, f"f_{j}": current.f}
        return values
