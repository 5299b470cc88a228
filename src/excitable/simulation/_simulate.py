"""`simulate`: a model and a duration in, a `Run` out."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from excitable import units
from excitable.errors import ExcitableWarning, ModelError, SchemeError, SimulationError
from excitable.expression import evaluate
from excitable.model import Model
from excitable.numerics import _status as status
from excitable.numerics.choose import FIXED_STEP, GRIDDED, RECIPES, Choice, choose
from excitable.numerics.linear import LinearForm, linear_form
from excitable.recording import InputSignal, Run, Scheme, Spikes
from excitable.simulation import _arguments as arguments
from excitable.simulation._engines import Adaptive, ExactGeneral, ExactScalar, FixedStep
from excitable.simulation._loop import Outcome, run_loop
from excitable.simulation._problem import Problem
from excitable.simulation._published import Published
from excitable.simulation._start import rest
from excitable.simulation._static import Static

TOLERANCE = 2e-7
_DEFAULT_DT = 0.1


def simulate(
    model: Model,
    duration: Any,
    *,
    dt: Any = "0.1 ms",
    scheme: str = "auto",
    record: str | Iterable[str] | Mapping[str, Any] | bool | None = None,
    record_dt: Any = None,
    initial: Mapping[str, Any] | None = None,
    t_start: Any = "0 ms",
    seed: int = 0,
    progress: bool | None = None,
    threads: int | None = None,
    **inputs: Any,
) -> Run:
    """Simulate a model and return what it did.

    Parameters
    ----------
    model : Model
        The neuron; parameters given as arrays make one neuron per element.
    duration : Quantity [time] or str
        Length of the run; need not be a multiple of `dt`.
    dt : Quantity [time] or str
        Step of fixed-step schemes; interval of recording and of sampled noise for all.
    scheme : str
        `"auto"` analyses the equations and takes `exact` for those that are linear below threshold,
        `adaptive` for the others, `heun` with noise. Or one of `exact`, `adaptive`,
        `exponential_euler`, `exponential_strang`, `rk4`, `heun`, `milstein`, `euler_maruyama`.
        Or a published script by name: `allensdk`, `nest`, `izhikevich2003`, `izhikevich2004`.
    record : str, iterable of str, mapping of str to neurons, or bool, optional
        Quantities to record: states and intermediate quantities by name. None records all states
        (the named quantities of a model without states) of up to 100 neurons and 10 million values,
        else spikes alone; False records spikes alone. A mapping such as `dict(v=[0, 5])` picks
        neurons.
    record_dt : Quantity [time] or str, optional
        Interval of recording, if not `dt`.
    initial : mapping of str to Quantity, optional
        States to start from, arrays allowed; those left out start at rest.
    t_start : Quantity [time] or str
        Time at the start; stimuli are in this time.
    seed : int
        Key of all random numbers of the run.
    progress : bool, optional
        Show a progress bar; None shows one on a terminal or in a notebook after two seconds.
    threads : int, optional
        Number of threads, by default all cores; results do not depend on it.
    **inputs : Quantity, Stimulus or str
        The model's inputs by name: a constant, an array with one value per neuron, or a stimulus.
        An input not given is zero.

    Returns
    -------
    Run
        Recorded quantities, spikes, the scheme and why it was taken.

    Raises
    ------
    UnknownNameError
        If a keyword is no input, or something unknown is to be recorded.
    UnitError, ParameterError, StimulusError
        If a value has the wrong unit, sign or shape.
    SchemeError
        If the scheme does not serve the model.
    MemoryLimitError
        If the recording would not fit into the free memory.
    SimulationError
        If a state stops being finite or a neuron fires infinitely often; `.run` holds what was
        computed before.

    Notes
    -----
    Spike times are solved, not snapped to the grid. Under `exact` and `adaptive` they do not depend
    on `dt`; under a fixed step `run.check_step()` says how far they are from converged. Ctrl-C ends
    the run early and keeps what was computed; a second one raises.

    Examples
    --------
    >>> import excitable as ex
    >>> from excitable.units import ms, pA
    >>> run = ex.simulate(ex.LIF, 100*ms, I=300*pA)
    >>> run.spikes.counts()
    array([6])
    >>> run.scheme.name
    'exact'
    """
    if not isinstance(model, Model):
        raise ModelError(
            f"{type(model).__name__} is no model",
            "a Model is expected",
            "Write simulate(ex.LIF, 100*ms)",
            owner="simulate",
            name="model",
        )
    problem, choice, start = prepare(
        model, duration, dt=dt, scheme=scheme, record=record, record_dt=record_dt,
        initial=initial, t_start=t_start, seed=seed, threads=threads, inputs=inputs,
    )  # fmt: skip
    return carry_out(problem, choice, start, progress=progress)


def prepare(
    model: Model, duration: Any, *, dt: Any, scheme: str, record: Any, record_dt: Any,
    initial: Mapping[str, Any] | None, t_start: Any, seed: int, threads: int | None,
    inputs: Mapping[str, Any],
) -> tuple[Problem, Choice, str]:  # fmt: skip
    """Return the run in bare numbers, its scheme, and in words where it starts."""
    length = arguments.time_of(duration, "duration", positive=True)
    step = arguments.time_of(dt, "dt", positive=True)
    begin = arguments.time_of(t_start, "t_start", positive=False)
    arguments.check_input_names(model, inputs)
    key = arguments.seed_of(seed)
    given = arguments.initial_mapping(initial)
    size = arguments.neurons_of(model, inputs, given)
    n = 1 if size is None else size
    tables = arguments.lowered(
        model, inputs, n, duration=length, dt=step, t_start=begin, seed=key
    )  # fmt: skip
    smooth = tuple(
        name for name, table in zip(model.inputs, tables, strict=True) if table.is_smooth
    )
    choice = choose(model.system, scheme, smooth=smooth)
    if choice.name in FIXED_STEP:
        arguments.check_grid(length, step)
    samples = arguments.samples_of(
        model, n, record, record_dt,
        duration=length, dt=step, gridded=choice.name in GRIDDED,
    )  # fmt: skip
    values = model.values()
    declared = np.empty((len(model.states), n))
    for row, state in zip(declared, model.states.values(), strict=True):
        row[:] = state.value
    if set(given) >= set(model.states):
        resting, words = declared, "as given"
    else:
        resting, words = rest(model.system, values, declared)
    states = arguments.initial_states(model, given, resting.copy())
    if given and words != "as given":
        words = f"{words}; {', '.join(given)} as given"
    problem = Problem(
        model=model, n=n, single=size is None, values=values, start=states, calm=resting,
        inputs=tables,
        duration=length, dt=step, t_start=begin, seed=key, threads=arguments.threads_of(threads),
        tolerance=TOLERANCE, samples=samples,
    )  # fmt: skip
    return problem, choice, words


def carry_out(problem: Problem, choice: Choice, start: str, *, progress: bool | None) -> Run:
    """Run a problem and return the `Run`, also of a run that was cut short."""
    engine = engine_of(problem, choice)
    work = _guess(problem, choice)
    threads = problem.threads if work > 0.002 else 1
    outcome = run_loop(engine, problem.duration, threads=threads, work=work, progress=progress)
    run = _collect(problem, choice, start, engine, outcome)
    if isinstance(engine, Published) and (said := engine.notice()):
        warnings.warn(ExcitableWarning(f"{problem.model.name}: {said}."), stacklevel=3)
    if outcome.code != status.OK:
        raise _failure(problem, outcome, run)
    return run


def engine_of(problem: Problem, choice: Choice) -> Any:
    """Return the engine that carries out a scheme."""
    if not problem.system.states:
        return Static(problem)
    if choice.name == "exact":
        form = linear_form(problem.system)
        if not isinstance(form, LinearForm):
            raise SchemeError(form.why, "a linear model is expected", 'Write scheme="auto"')
        if len(problem.system.states) == 1:
            return ExactScalar(problem, form)
        return ExactGeneral(problem, form)
    if choice.name in RECIPES:
        return Published(problem, choice.name)
    if choice.name == "adaptive":
        return Adaptive(problem)
    return FixedStep(problem, choice.name)


def _guess(problem: Problem, choice: Choice) -> float:
    """Guess of the seconds of work, which only sets the length of the first slice."""
    per_ms = {"exact": 4e-9, "adaptive": 2e-6}.get(choice.name, 3e-8 / problem.dt)
    return problem.n * problem.duration * per_ms * len(problem.system.states)


def _collect(problem: Problem, choice: Choice, start: str, engine: Any, outcome: Outcome) -> Run:
    model, samples = problem.model, problem.samples
    reached = outcome.reached
    count = samples.count
    if reached < problem.duration:
        count = min(count, int(np.floor(reached / samples.dt * (1 + 1e-12))) + 1)
    local = np.arange(count) * samples.dt
    if count == samples.count:
        np.minimum(local, problem.duration, out=local)
    states = list(model.states)
    kept = {states[s]: engine.out[k][:count] for k, s in enumerate(samples.states)}
    values: dict[str, np.ndarray] = {}
    shown: dict[str, str] = {}
    definitions = dict(model.system.intermediates)
    for name in samples.names:
        if name in model.states:
            values[name] = kept[name]
            shown[name] = model.states[name].unit
        else:
            values[name] = _intermediate(problem, definitions[name], kept, local)
            shown[name] = units.default_unit(model.dimensions[name])
    return Run(
        name=model.name,
        model=model,
        t=problem.t_start + local,
        values=values,
        units=shown,
        neurons={name: samples.neurons for name in samples.names},
        spikes=_spikes(problem, engine, reached),
        inputs={
            name: InputSignal(table, declared.unit)
            for (name, declared), table in zip(model.inputs.items(), problem.inputs, strict=True)
        },
        scheme=Scheme(choice.name, choice.why),
        start=start,
        settings={
            "dt": problem.dt, "duration": problem.duration, "t_start": problem.t_start,
            "record_dt": samples.dt, "seed": problem.seed, "threads": problem.threads,
        },
        single=problem.single,
        stopped=_stopped(problem, outcome),
        origin=(problem, choice, start),
    )  # fmt: skip


def _intermediate(
    problem: Problem, expression: Any, kept: Mapping[str, np.ndarray], local: np.ndarray
) -> np.ndarray:
    neurons = problem.samples.neurons
    known: dict[str, Any] = {
        name: value[neurons] if np.ndim(value) else value for name, value in problem.values.items()
    }
    known |= kept
    for name, table in zip(problem.model.inputs, problem.inputs, strict=True):
        known[name] = table.value(local, neurons)
    found = evaluate(problem.system.expand(expression), known)
    return np.array(np.broadcast_to(found, (local.size, neurons.size)))


def _spikes(problem: Problem, engine: Any, reached: float) -> Spikes:
    """Spikes of all chunks, grouped by neuron."""
    times = [t for chunk in engine.chunks for t in chunk.times]
    ids = [i for chunk in engine.chunks for i in chunk.neurons]
    time = np.concatenate(times) if times else np.zeros(0)
    neuron = np.concatenate(ids) if ids else np.zeros(0, np.int64)
    if reached < problem.duration:
        inside = time <= reached
        time, neuron = time[inside], neuron[inside]
    # An engine that carries one neuron after the other leaves its spikes grouped in a single slice.
    grouped = engine.grouped and all(len(chunk.times) <= 1 for chunk in engine.chunks)
    if not grouped:
        # Within a neuron the times already ascend, so a stable sort by neuron is enough.
        order = np.argsort(neuron, kind="stable")
        time, neuron = time[order], neuron[order]
    offsets = np.zeros(problem.n + 1, np.int64)
    np.cumsum(np.bincount(neuron, minlength=problem.n), out=offsets[1:])
    return Spikes(
        time + problem.t_start if problem.t_start else time, offsets,
        start=problem.t_start, stop=problem.t_start + reached,
    )  # fmt: skip


def _stopped(problem: Problem, outcome: Outcome) -> str | None:
    if outcome.interrupted:
        return f"interrupted at {outcome.reached:g} ms of {problem.duration:g} ms"
    if outcome.code != status.OK:
        return str(_failure(problem, outcome, None))
    return None


def _failure(problem: Problem, outcome: Outcome, run: Run | None) -> SimulationError:
    model = problem.model
    at = problem.t_start + outcome.reached
    where = f"neuron {outcome.neuron} at {at:.6g} ms"
    state = list(model.states)[max(outcome.state, 0)]
    if outcome.code == status.FIRES_FOREVER:
        error = SimulationError(
            f"{where} fires infinitely often in finite time",
            "after a spike the state must be below threshold, or rest for a while",
            "Lower the reset, or give the model a refractory time",
            owner=model.name,
        )
    elif outcome.code == status.RUNS_AWAY:
        error = SimulationError(
            f"{where} fires ever faster: each of its last {status.AWAY_SPIKES} intervals is "
            f"shorter than the one before, and the last is below {status.AWAY_GAP} ms",
            "a reset that slows the next spike, or a rate that settles, is expected",
            "Check the signs of what the reset adds, or end the run earlier",
            owner=model.name,
        )
    elif outcome.code == status.STEP_TOO_SMALL:
        error = SimulationError(
            f"{state} of {where} changes faster than any step can follow",
            "a solution that stays finite is expected",
            "Check the equations and the start, or give a spike condition that ends the rise",
            owner=model.name,
            name=state,
        )
    else:
        error = SimulationError(
            f"{state} of {where} became infinite or undefined",
            "finite states are expected",
            'Write a smaller dt or scheme="auto", and check parameters and inputs',
            owner=model.name,
            name=state,
        )
    error.run = run  # type: ignore[attr-defined]
    return error
