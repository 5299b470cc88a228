"""The bench on which a membrane is clamped: commands, sample times, and the states under them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from excitable import units
from excitable.errors import ParameterError
from excitable.model import Model, as_input
from excitable.simulation._field import Field
from excitable.stimuli import PiecewiseInput, lower, size_of


def positive_time(value: Any, name: str) -> float:
    """Return a time in ms that must be above zero and finite."""
    bare = units.strip(value, units.TIME, f"voltage_clamp.{name}")
    if np.ndim(bare) or not 0.0 < float(bare) < math.inf:
        raise ParameterError(
            f"{bare:g} ms" if not np.ndim(bare) else f"an array of shape {np.shape(bare)}",
            "one time above zero is expected",
            f"Write {name}=20*ms" if name == "duration" else f"Write {name}=0.02*ms",
            owner="voltage_clamp",
            name=name,
        )
    return float(bare)


class Bench:
    """A model whose potential is commanded, in bare numbers."""

    def __init__(
        self,
        model: Model,
        voltage: str,
        given: Mapping[str, Any],
        *,
        duration: float,
        dt: float,
        seed: int,
    ) -> None:
        self.model = model
        self.voltage = voltage
        self.given = dict(given)
        self.duration = duration
        self.dt = dt
        self.seed = seed
        sizes = {size for size in (model.size, *map(size_of, given.values())) if size is not None}
        if len(sizes) > 1:
            raise ParameterError(
                f"arrays of {' and '.join(map(str, sorted(sizes)))} elements",
                "one length for all, the number of commands or of neurons, is expected",
                "Write arrays of one length, or single values",
                owner="voltage_clamp",
            )
        self.single = not sizes
        self.n = sizes.pop() if sizes else 1
        count = math.floor(duration / dt * (1.0 + 1e-12) + 1e-9) + 1
        self.t = np.minimum(np.arange(count) * dt, duration)

    @cached_property
    def tables(self) -> dict[str, PiecewiseInput]:
        """The command and the other inputs as tables; the ones not given are zero."""
        declared = {**self.model.states, **self.model.inputs}
        return {
            name: lower(
                self.given.get(name, 0), declared[name].dimension, self.n,
                duration=self.duration, dt=self.dt, seed=self.seed,
                owner=f"{self.model.name}.{name}",
            )
            for name in (self.voltage, *self.model.inputs)
        }  # fmt: skip

    def sampled(self) -> dict[str, np.ndarray]:
        """Return the command and the other inputs at the sample times."""
        everyone = np.arange(self.n)
        return {name: table.value(self.t, everyone) for name, table in self.tables.items()}

    def states(self) -> tuple[dict[str, np.ndarray], str, str]:
        """Return the courses of the other states, how they were solved, and where they began."""
        if set(self.model.states) <= {self.voltage}:
            return {}, "none needed: no states but the potential", "no states"
        from excitable.simulation import simulate

        clamped = as_input(self.model, self.voltage)
        initial, words = self._steady(clamped)
        run = simulate(
            clamped, f"{self.duration!r} ms", dt=f"{self.dt!r} ms", record=list(clamped.states),
            seed=self.seed, initial=initial,
            **{name: self.given[name] for name in clamped.inputs if name in self.given},
        )  # fmt: skip
        shape = (self.t.size, self.n)
        courses = {name: np.broadcast_to(run.values[name], shape) for name in clamped.states}
        return courses, str(run.scheme), words

    def _steady(self, clamped: Model) -> tuple[dict[str, Any], str]:
        """Return the steady states at the first value of the inputs, and what they are in words."""
        everyone = np.arange(self.n)
        first = {name: self.tables[name].value(np.zeros(1), everyone)[0] for name in clamped.inputs}
        declared = np.empty((len(clamped.states), self.n))
        for row, state in zip(declared, clamped.states.values(), strict=True):
            row[:] = state.value
        field = Field(clamped.system, clamped.values(), self.n, drive=first)
        with np.errstate(all="ignore"):
            found = field.newton(declared)
            settled = field.settled(found)
        begin = np.where(settled, found, declared)
        words = "in the steady state of the command's first value"
        if not settled.all():
            count = int((~settled).sum())
            words = f"{count} of {self.n} as declared, having no steady state; else {words}"
        initial = {
            name: units.attach(
                float(row[0]) if self.single else row, units.default_unit(state.dimension)
            )
            for (name, state), row in zip(clamped.states.items(), begin, strict=True)
        }
        return initial, words
