"""The model under examination: one neuron of it, its rest, states around it, and a drive."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from excitable import units
from excitable.errors import ExcitableWarning, SimulationError
from excitable.expression import evaluate
from excitable.model import Model
from excitable.numerics.choose import FIXED_STEP, choose, refusal
from excitable.recording import Run
from excitable.simulation import simulate
from excitable.simulation._start import AT_REST, fastest_rates, rest

LEAST_SPIKES = 3
MOST_SPIKES = 5
_LONGER = 5.0
_FAR = 30.0


@dataclass(frozen=True)
class Drive:
    """Constant inputs under which the model fires, and for how long to look.

    Parameters
    ----------
    inputs : dict of str to float
        Internal values.
    duration : float
        In ms; ends between two spikes.
    spikes : int
        Number of spikes in it.
    """

    inputs: dict[str, float]
    duration: float
    spikes: int


class Subject:
    """A model with what the laws need to know of it, computed when first asked for.

    Parameters
    ----------
    model : Model
        Any model; of a population the first neuron is taken.
    schemes : tuple of str
        Schemes whose compiled steps are examined.
    inputs : mapping of str to float or None
        Constant inputs at which it fires, in internal units; None has them found.
    seed : int
        Key of all random numbers.
    """

    def __init__(
        self,
        model: Model,
        schemes: tuple[str, ...],
        inputs: Mapping[str, float] | None = None,
        seed: int = 0,
    ) -> None:
        self.given = model
        self.model = first_neuron(model)
        self.schemes = schemes
        self.seed = seed
        self.system = self.model.system
        self.values = {name: float(value) for name, value in self.model.values().items()}
        self._inputs = inputs
        self.scheme = choose(self.system).name

    @cached_property
    def declared(self) -> np.ndarray:
        """Declared states, shape (states,)."""
        return np.array([float(s.value) for s in self.model.states.values()])

    @cached_property
    def _rest(self) -> tuple[np.ndarray, str]:
        found, words = rest(self.system, self.values, self.declared[:, None])
        return found[:, 0], words

    @property
    def start(self) -> np.ndarray:
        """Where runs start: at rest if there is one."""
        return self._rest[0]

    @property
    def rests(self) -> bool:
        """Whether there is a stable equilibrium at zero input."""
        return self._rest[1] == AT_REST

    @cached_property
    def scale(self) -> np.ndarray:
        """Small changes of each state: a twentieth of its value, at least a twentieth unit."""
        least = [0.1 if s.dimension.is_dimensionless else 1.0 for s in self.model.states.values()]
        return 0.05 * np.maximum(np.abs(self.start), least)

    @cached_property
    def rate(self) -> float:
        """Fastest rate at the start, 1/ms."""
        found = float(fastest_rates(self.system, self.values, self.start[:, None])[0])
        return found if 0.0 < found < np.inf else 1.0

    @cached_property
    def random(self) -> np.random.Generator:
        """Generator of states to try."""
        return np.random.default_rng(self.seed)

    def states(self, count: int) -> np.ndarray:
        """Return silent random states around the start, shape (states, count)."""
        found = np.repeat(self.start[:, None], count, axis=1)
        for k in range(count):
            for _ in range(50):
                trial = self.start + self.scale * self.random.uniform(-1.0, 1.0, self.scale.size)
                if self.silent(trial):
                    found[:, k] = trial
                    break
        return found

    def silent(self, x: np.ndarray) -> bool:
        """Whether a state is clearly below threshold, at zero input."""
        threshold = self.system.expanded_threshold()
        if threshold is None:
            return True
        here = float(evaluate(threshold, self.known(x)))
        return here < -1e-3 * max(abs(x[0]), 1e-3)

    def known(self, x: np.ndarray, inputs: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return every name with its value: parameters, states, inputs (zero if not given)."""
        names: dict[str, Any] = dict(self.values)
        names |= {name: 0.0 for name in self.system.inputs}
        names |= dict(inputs or {})
        return names | dict(zip(self.system.states, x, strict=True))

    def quantity(self, name: str, value: Any) -> Any:
        """Return a state or an input with its unit."""
        declared = self.model.inputs.get(name) or self.model.states[name]
        return units.attach(value, declared.unit)

    def run(self, duration: float, *, inputs: Mapping[str, Any] | None = None,
            initial: np.ndarray | None = None, **options: Any) -> Run:  # fmt: skip
        """Simulate in bare numbers, quietly."""
        given = {
            name: value if hasattr(value, "dimension") else self.quantity(name, value)
            for name, value in (inputs or {}).items()
        }
        if initial is not None:
            options["initial"] = {
                name: self.quantity(name, value)
                for name, value in zip(self.system.states, initial, strict=True)
            }
        if "dt" in options:
            options["dt"] = units.attach(options["dt"], "ms")
        if "record_dt" in options:
            options["record_dt"] = units.attach(options["record_dt"], "ms")
        options = {"scheme": self.scheme, "progress": False, "threads": 1} | options
        # As plain Python, without the compiler, kernels would let NumPy warn of what they handle.
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore", ExcitableWarning)
            return simulate(self.model, units.attach(duration, "ms"), **options, **given)

    @cached_property
    def window(self) -> float:
        """How long to wait for spikes, ms: some of the slowest time constants."""
        slow = 1.0 / max(self.slowest, 1e-3)
        return float(min(max(10.0 * slow, 50.0), 500.0))

    @cached_property
    def slowest(self) -> float:
        """Slowest rate at the start, 1/ms."""
        names = self.known(self.start)
        J = np.array([[float(evaluate(e, names)) for e in row] for row in self.system.jacobian()])
        if not np.isfinite(J).all():
            return self.rate
        decay = np.abs(np.linalg.eigvals(J).real)
        return float(decay[decay > 1e-9].min(initial=self.rate))

    @cached_property
    def drive(self) -> Drive | None:
        """Weak constant inputs at which the model fires some spikes, or None."""
        if self.system.threshold is None:
            return None
        if self._inputs is not None:
            return self._driven(dict(self._inputs), self.window)
        found = self._stronger({}, self.window)
        for name in self.system.inputs:
            for sign in (1.0, -1.0):
                # A slow model fires too few spikes in the usual time.
                for window in (self.window, _LONGER * self.window):
                    found = found or self._search(name, sign, window)
        return found

    def _search(self, name: str, sign: float, window: float) -> Drive | None:
        first = np.inf
        for size in np.geomspace(1e-2, 1e5, 57):
            # Far beyond what gives a first spike, a model that lies still is blocked.
            if size > _FAR * first:
                return None
            trial = {name: sign * float(size)}
            count = self._spikes(trial, window).size
            if count:
                first = min(first, size)
            found = self._stronger(trial, window) if count >= LEAST_SPIKES else None
            if found is not None:
                return found
        return None

    def _stronger(self, trial: dict[str, float], window: float) -> Drive | None:
        """Return a multiple of a drive that fires: a spike time magnifies errors at the weakest."""
        if self._driven(trial, window) is None:
            return None
        multiples = ({n: share * v for n, v in trial.items()} for share in (3.0, 2.0, 1.5, 1.0))
        found = (self._driven(multiple, window) for multiple in multiples)
        return next((drive for drive in found if drive is not None), None)

    def _spikes(self, inputs: dict[str, float], window: float) -> np.ndarray:
        try:
            run = self.run(window, inputs=inputs, record=False, seed=self.seed)
        except SimulationError:
            return np.empty(0)
        return run.spikes.grouped_ms

    def _driven(self, inputs: dict[str, float], window: float) -> Drive | None:
        times = self._spikes(inputs, window)
        if times.size < LEAST_SPIKES:
            return None
        if times.size <= MOST_SPIKES:
            return Drive(inputs, window, times.size)
        return Drive(inputs, float(0.5 * (times[MOST_SPIKES - 1] + times[MOST_SPIKES])),
                     MOST_SPIKES)  # fmt: skip


def serving(model: Model) -> tuple[str, ...]:
    """Return every scheme that serves a model."""
    every = ("exact", "adaptive", *FIXED_STEP)
    return tuple(name for name in every if refusal(model.system, name) is None)


def first_neuron(model: Model) -> Model:
    """Return the model with the first element of every array."""
    if model.size is None:
        return model
    content = model.to_dict()
    for group in ("states", "parameters"):
        for declared in content.get(group, {}).values():
            value = declared["value"]
            if isinstance(value, dict):
                declared["value"] = f"{value['values'][0]!r} {value['unit']}".strip()
    return Model.from_dict(content)
