"""The map from one reset to the next in bare numbers, for many starts and parameters at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from excitable.analysis.hybrid._flight import Flight
from excitable.analysis.hybrid._search import TOLERANCE, passages
from excitable.analysis.hybrid._section import reach, section
from excitable.model import Model

Lanes = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Step:
    """One step of the map.

    Parameters
    ----------
    w : ndarray, shape (lanes,)
        Next value of the coordinate; nan where the neuron falls silent.
    interval : ndarray, shape (lanes,)
        Time to the next spike in ms; nan there.
    slope : ndarray, shape (lanes,) or None
        Derivative of `w` by the start.
    unclear : ndarray of bool, shape (lanes,)
        Where it could not be told whether there is a next spike.
    """

    w: np.ndarray
    interval: np.ndarray
    slope: np.ndarray | None
    unclear: np.ndarray


class ReturnMap:
    """The adaptation map of a neuron.

    Parameters
    ----------
    model : Model
        A neuron of two states with a reset.
    known : mapping of str to float
        Parameters and inputs in internal units.
    varied : tuple of str
        Parameters or inputs that differ from lane to lane; `known` gives a typical value.
    """

    def __init__(
        self, model: Model, known: Mapping[str, float], varied: tuple[str, ...] = ()
    ) -> None:
        self.section = section(model.system, known, varied)
        self.reach = reach(model, known, self.section)
        self.flight = Flight(model.system, known, self.section.first, self.reach, varied)
        self.scale = float(self.reach[model.system.states.index(self.section.second)])

    def __call__(
        self, w: np.ndarray, lanes: Lanes | None = None, *,
        slope: bool = False, tolerance: float = TOLERANCE,
    ) -> Step:  # fmt: skip
        """Return where the map takes values of the coordinate."""
        lanes = dict(lanes or {})
        starts, change = self.section.begin(np.asarray(w, float), lanes)
        found = passages(
            self.flight, starts, lanes, tangents=change if slope else None, tolerance=tolerance
        )
        after, by_state = self.section.arrive(found.before, lanes)
        after = np.where(np.isfinite(found.time), after, np.nan)
        rate = None if found.tangent is None else (by_state * found.tangent).sum(axis=0)
        return Step(after, found.time, rate, found.unclear)

    def first(
        self, states: np.ndarray, lanes: Lanes | None = None, *, tolerance: float = TOLERANCE
    ) -> Step:
        """Return the coordinate at the first spike from any states, shape (2, lanes)."""
        lanes = dict(lanes or {})
        found = passages(self.flight, states, lanes, after_reset=False, tolerance=tolerance)
        after, _ = self.section.arrive(found.before, lanes)
        after = np.where(np.isfinite(found.time), after, np.nan)
        return Step(after, found.time, None, found.unclear)
