"""A curve in the phase plane, in units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from excitable import units

if TYPE_CHECKING:
    from excitable.units import Quantity


@dataclass(frozen=True, eq=False)
class Curve:
    """A curve in the phase plane.

    Parameters
    ----------
    x, y : Quantity, shape (points,)
        The two states along it.
    name : str
        What it is: the state that does not move on a nullcline, ``"stable"`` or ``"unstable"`` of
        a manifold or a limit cycle.
    t : Quantity [time] or None
        Times along it, of a trajectory or a cycle.
    states : dict of str to Quantity
        All states along it, of what was integrated.
    resets : ndarray of int or None
        Points before which the state was reset.
    knees : list of dict of str to Quantity
        Where a nullcline folds, so that with the other state held there two resting values of the
        state that does not move meet: local extrema of the usual nullcline of ``v`` over ``v``.
    """

    x: Quantity
    y: Quantity
    name: str = ""
    t: Quantity | None = None
    states: Mapping[str, Quantity] | None = None
    resets: np.ndarray | None = None
    knees: Sequence[Mapping[str, Quantity]] = ()

    def __repr__(self) -> str:
        spans = " and ".join(
            f"{float(np.nanmin(q.magnitude)):.4g} to {float(np.nanmax(q.magnitude)):.4g} "
            f"{units.unit_text(q)}".rstrip()
            for q in (self.x, self.y)
        )
        lasts = "" if self.period is None else f", {self.period:.6g~P}"
        return f"<Curve {self.name!r}: {self.x.size} points over {spans}{lasts}>"

    @property
    def period(self) -> Quantity | None:
        """How long it takes from its start to its end."""
        if self.t is None:
            return None
        return units.attach(float(self.t.magnitude[-1]), "ms")
