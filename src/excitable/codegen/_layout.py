"""Where each value of a neuron stands in its tile: the literal constants of a generated module."""

from __future__ import annotations

from dataclasses import dataclass

from excitable.model import System

FIXED_LANES = 64
ADAPTIVE_LANES = 16


@dataclass(frozen=True)
class Layout:
    """Row numbers of a tile.

    Parameters
    ----------
    lanes : int
        Neurons in a tile.
    rows : mapping of str to int
        First row of each block, named as in `numerics._contract`.
    total : int
        Number of rows.
    """

    lanes: int
    rows: dict[str, int]
    total: int

    def index(self, block: str, offset: int, lane: str) -> str:
        """Return the text of an element's index, with the row folded into one literal."""
        start = (self.rows[block] + offset) * self.lanes
        return f"{lane} + {start}" if start else lane


def layout(system: System, *, adaptive: bool, varying: int, oscillations: int) -> Layout:
    """Return the layout for one engine.

    Parameters
    ----------
    system : System
        The model's equations.
    adaptive : bool
        Whether the adaptive engine is meant.
    varying : int
        Number of parameters that differ between neurons.
    oscillations : int
        Number of sinusoids in the inputs.

    Returns
    -------
    Layout
        The rows.
    """
    n, m = len(system.states), len(system.inputs)
    sizes: dict[str, int] = {"X": n}
    if adaptive:
        sizes |= {"Y": n, "F": n, "U": m}
    else:
        sizes |= {"PREVIOUS": n, "U": m, "U_HALF": m, "U_END": m}
    sizes |= {"LEVEL": m, "SLOPE": m, "SINCE": m, "OSCILLATION": 7 * oscillations, "ACTIVE": 1}
    if adaptive:
        sizes |= {"CLOCK": 1, "LAG": 1, "PARAMETER": varying, "ENGINE": 12 * n + 13}
    else:
        sizes |= {
            "CLOCK": 1,
            "UNTIL": 1,
            "CROSS": 1,
            "NOISE": len(system.noises),
            "PARAMETER": varying,
        }
    rows: dict[str, int] = {}
    total = 0
    for block, size in sizes.items():
        rows[block] = total
        total += size
    if not adaptive:
        rows["Y"] = rows["X"]
    return Layout(ADAPTIVE_LANES if adaptive else FIXED_LANES, rows, total)
