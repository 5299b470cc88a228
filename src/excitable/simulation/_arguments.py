"""What `simulate` was given, checked and in bare numbers."""

from __future__ import annotations

import difflib
import math
import os
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from excitable import units
from excitable.errors import MemoryLimitError, ParameterError, UnknownNameError
from excitable.expression import free_symbols
from excitable.model import Model
from excitable.simulation._problem import Samples
from excitable.stimuli import PiecewiseInput, lower, size_of

MOST_NEURONS = 100  # that are recorded without being asked for
MOST_VALUES = 10_000_000
ASK_BEYOND = 200_000_000  # bytes above which the free memory is looked at


def time_of(value: Any, name: str, *, positive: bool) -> float:
    """Return a time in ms, checked.

    Parameters
    ----------
    value : Quantity or str
        As the user wrote it.
    name : str
        Argument, for messages.
    positive : bool
        Whether zero is refused.
    """
    found = units.strip(value, units.TIME, f"simulate.{name}")
    if np.ndim(found) != 0:
        raise ParameterError(
            f"an array of shape {np.shape(found)}", "one time is expected",
            f"Write {name}=100*ms", owner="simulate", name=name,
        )  # fmt: skip
    number = float(found)
    if not math.isfinite(number) or (number <= 0.0 if positive else False):
        raise ParameterError(
            f"{number:g} ms",
            "a positive, finite time is expected" if positive else "a finite time is expected",
            f"Write {name}=100*ms" if name == "duration" else f"Write {name}=0.1*ms",
            owner="simulate",
            name=name,
        )
    return number


def neurons_of(model: Model, inputs: Mapping[str, Any], initial: Mapping[str, Any]) -> int | None:
    """Return the number of neurons that model, inputs and initial states are for, or None.

    All arrays must agree.
    """
    sizes: dict[str, int] = {}
    if model.size is not None:
        sizes[f"the parameters of {model.name}"] = model.size
    for name, value in inputs.items():
        size = size_of(value)
        if size is not None:
            sizes[f"the input {name}"] = size
    for name, value in initial.items():
        shape = np.shape(getattr(value, "magnitude", 0.0 if isinstance(value, str) else value))
        if len(shape) > 1:
            raise ParameterError(
                f"an array of shape {shape}",
                "one value, or one for each neuron, is expected",
                f"Write initial=dict({name}=[...]) with one axis",
                owner="simulate",
                name="initial",
            )
        if shape and shape != (1,):
            sizes[f"initial {name}"] = int(shape[0])
    if 0 in sizes.values():
        raise ParameterError(
            "an empty array", "one value for each neuron is expected",
            "Write an array of one value or more", owner="simulate",
        )  # fmt: skip
    if len(set(sizes.values())) > 1:
        listed = ", ".join(f"{what}: {size}" for what, size in sizes.items())
        raise ParameterError(
            f"arrays of different lengths ({listed})",
            "one length for all, the number of neurons, is expected",
            "Write arrays of one length, or single values",
            owner="simulate",
        )
    if not sizes and _single_element(*inputs.values(), *initial.values()):
        return 1
    return next(iter(sizes.values()), None)


def _single_element(*values: Any) -> bool:
    """Whether any value is an array of one element, which means a population of one."""
    return any(
        np.shape(getattr(value, "magnitude", 0.0 if isinstance(value, str) else value)) == (1,)
        for value in values
        if not hasattr(value, "terms")
    )


def check_input_names(model: Model, inputs: Iterable[str], *, owner: str = "simulate") -> None:
    """Refuse a keyword that is no input of the model."""
    for name in inputs:
        if name in model.inputs:
            continue
        known = ", ".join(model.inputs) or "none"
        near = difflib.get_close_matches(name, list(model.inputs), 1, 0.5)
        if name in model.parameters:
            write = f"Write {model.name}({name}=...) to change the parameter"
        elif near:
            write = f"Write {near[0]}=..."
        elif model.inputs:
            first = "model, duration" if owner == "simulate" else model.name
            write = f"Write {owner}({first}, {next(iter(model.inputs))}=...)"
        else:
            write = f"Leave {name}=... out"
        raise UnknownNameError(
            f"{owner} has no argument {name!r}",
            f"{model.name} has the inputs: {known}",
            write,
            owner=owner,
            name=name,
        )


def lowered(
    model: Model, given: Mapping[str, Any], n: int, *, duration: float, dt: float,
    t_start: float, seed: int,
) -> list[PiecewiseInput]:  # fmt: skip
    """Return the tables of every input of the model; one not given is zero."""
    return [
        lower(
            given.get(name, 0),
            declared.dimension,
            n,
            duration=duration,
            dt=dt,
            t_start=t_start,
            seed=seed,
            owner=f"{model.name}.{name}",
        )
        for name, declared in model.inputs.items()
    ]


def initial_states(
    model: Model, given: Mapping[str, Any] | None, resting: np.ndarray
) -> np.ndarray:
    """Return the resting states with those replaced that the user gave."""
    states = resting
    for name, value in (given or {}).items():
        if name not in model.states:
            raise UnknownNameError(
                f"{model.name} has no state {name!r}",
                f"its states are: {', '.join(model.states)}",
                f"Write initial=dict({next(iter(model.states))}=...)",
                owner="simulate",
                name="initial",
            )
        bare = units.strip(value, model.states[name].dimension, f"{model.name}.{name}")
        if not np.isfinite(bare).all():
            raise ParameterError(
                f"an initial value of {bare}", "finite numbers are expected",
                f"Write initial=dict({name}=...) with finite values", owner="simulate",
                name="initial",
            )  # fmt: skip
        states[list(model.states).index(name)] = bare
    return states


def samples_of(
    model: Model, n: int, record: Any, record_dt: Any, *, duration: float, dt: float, gridded: bool
) -> Samples:
    """Return what is recorded, and when.

    `gridded` is true for fixed-step schemes, whose samples lie on steps.
    """
    interval = dt if record_dt is None else time_of(record_dt, "record_dt", positive=True)
    if gridded and abs(interval / dt - round(interval / dt)) > 1e-9 * max(interval / dt, 1.0):
        raise ParameterError(
            f"{interval:g} ms with steps of {dt:g} ms",
            "a fixed step records at multiples of its step",
            f"Write record_dt={max(round(interval / dt), 1) * dt:g}*ms",
            owner="simulate",
            name="record_dt",
        )
    count = math.floor(min(duration / interval * (1.0 + 1e-12) + 1e-9, 1e18)) + 1
    everyone = np.arange(n)
    small = n <= MOST_NEURONS and n * count * len(model.states) <= MOST_VALUES
    names: list[str] = []
    neurons = everyone
    if record is True or (record is None and small):
        # Of a model without states, what follows from the inputs is all there is.
        names = list(model.states) or [name for name, _ in model.system.intermediates]
    elif isinstance(record, Mapping):
        names, neurons = _mapped(record, n)
    elif record is not None and record is not False:
        names = [record] if isinstance(record, str) else _listed(record)
    needed = _states_for(model, names)
    order = list(model.states)
    states = tuple(sorted(order.index(name) for name in needed))
    if names and not states and order:
        states = (0,)  # a quantity of inputs alone still needs its sample times
    if not names:
        count = 0  # no sample is taken, so no sample times are kept
    _check_memory((len(states) * neurons.size + 2) * count * 8, names, count, neurons.size)
    return Samples(tuple(names), states, neurons.astype(np.int64), interval, count)


def _states_for(model: Model, names: list[str]) -> set[str]:
    """Return the states that the recorded quantities are computed from."""
    needed: set[str] = set()
    definitions = dict(model.system.intermediates)
    for name in names:
        if name in model.states:
            needed.add(name)
        elif name in definitions:
            expanded = model.system.expand(definitions[name])
            needed |= free_symbols(expanded) & set(model.states)
        else:
            _unknown_record(model, name, set(definitions))
    return needed


def _listed(record: Any) -> list[str]:
    names = list(record) if isinstance(record, Iterable) else [record]
    for name in names:
        if not isinstance(name, str):
            raise ParameterError(
                f"{name!r} in record",
                "names of quantities, a mapping of names to neurons, True or False are expected",
                'Write record="v" or record=["v", "w"]',
                owner="simulate",
                name="record",
            )
    return names


def _mapped(record: Mapping[str, Any], n: int) -> tuple[list[str], np.ndarray]:
    chosen: set[int] = set()
    for name, which in record.items():
        index = np.arange(n)
        try:
            picked = np.atleast_1d(index[which])
        except (IndexError, TypeError):
            raise ParameterError(
                f"neurons {which!r} of {n}",
                f"numbers from 0 to {n - 1} or a slice are expected",
                f"Write record=dict({name}=[0, 1])",
                owner="simulate",
                name="record",
            ) from None
        chosen |= set(picked.tolist())
    return list(record), np.array(sorted(chosen), np.int64)


def _unknown_record(model: Model, name: str, known: set[str]) -> None:
    options = [*model.states, *sorted(known)]
    near = difflib.get_close_matches(str(name), options, 1, 0.5)
    raise UnknownNameError(
        f"{name!r} cannot be recorded",
        f"{model.name} has: {', '.join(options)}",
        f'Write record="{near[0] if near else options[0]}"',
        owner="simulate",
        name="record",
    )


def _check_memory(size: int, names: list[str], count: int, neurons: int) -> None:
    if size < ASK_BEYOND:
        return
    import psutil

    free = psutil.virtual_memory().available
    if size < 0.9 * free:
        return
    raise MemoryLimitError(
        f"recording {', '.join(names)} of {neurons} neurons at {count} times takes "
        f"{size / 2**30:.1f} GiB",
        f"{free / 2**30:.1f} GiB are free",
        "Write record_dt=1*ms, record=dict(v=[0, 1]) for a few neurons, or record=False",
        owner="simulate",
        name="record",
    )


def check_grid(duration: float, dt: float) -> None:
    """Refuse a fixed step whose grid would not fit into the free memory."""
    steps = duration / dt
    if steps * 16 < ASK_BEYOND:
        return
    import psutil

    free = psutil.virtual_memory().available
    if steps * 16 > 0.5 * free:
        raise MemoryLimitError(
            f"{steps:.3g} steps of {dt:g} ms",
            f"a grid that fits into {free / 2**30:.1f} GiB is expected",
            "Write a longer dt or a shorter duration",
            owner="simulate",
            name="dt",
        )


def initial_mapping(initial: Any) -> dict[str, Any]:
    """Return the initial states as a dictionary."""
    if initial is None:
        return {}
    if isinstance(initial, Mapping):
        return dict(initial)
    raise ParameterError(
        f"{type(initial).__name__}", "a mapping of states to values is expected",
        "Write initial=dict(v=-65*mV)", owner="simulate", name="initial",
    )  # fmt: skip


def seed_of(seed: Any) -> int:
    """Return the seed, a whole number of up to 64 bits."""
    if isinstance(seed, int | np.integer) and not isinstance(seed, bool) and 0 <= seed < 2**63:
        return int(seed)
    raise ParameterError(
        f"{seed!r}", "a whole number from 0 to 2**63 - 1 is expected", "Write seed=1",
        owner="simulate", name="seed",
    )  # fmt: skip


def threads_of(threads: Any) -> int:
    """Return the number of threads; None takes all cores this process may use."""
    if threads is None:
        affinity = getattr(os, "sched_getaffinity", None)
        return max(len(affinity(0)) if affinity else os.cpu_count() or 1, 1)
    if isinstance(threads, int | np.integer) and not isinstance(threads, bool) and threads >= 1:
        return int(threads)
    raise ParameterError(
        f"{threads!r}", "a whole number from 1 on is expected", "Write threads=2",
        owner="simulate", name="threads",
    )  # fmt: skip
