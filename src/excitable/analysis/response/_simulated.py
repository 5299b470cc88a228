"""Transfer functions measured on the simulated neuron: by sines, and by one chirp."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from excitable import units
from excitable.analysis.response._operating_point import OperatingPoint, amplitude_given
from excitable.errors import ModelError, ParameterError, SimulationError
from excitable.simulation._simulate import carry_out, prepare
from excitable.stimuli import chirp, sine

_DECAY = 40.0  # slowest time constants until a transient is below rounding
_CYCLES = 8
_PER_CYCLE = 64
_TOLERANCE = 1e-12
_MOST = 10_000_000  # samples of a chirp
_FINE = 0.04  # step of Simpson's rule, as an angle at the highest frequency


def by_sines(point: OperatingPoint, frequencies: np.ndarray, amplitude: float) -> np.ndarray:
    """Return the transfer function measured with one sine for each frequency.

    Parameters
    ----------
    point : OperatingPoint
        Where the neuron sits.
    frequencies : ndarray, shape (n,)
        In 1/ms.
    amplitude : float
        Of the sines, in internal units.

    Returns
    -------
    ndarray of complex, shape (n,)
        First harmonic of the output over the input, in the steady state.
    """
    found = np.empty(frequencies.size, complex)
    for k, f in enumerate(frequencies):
        # Whole cycles, so that the sums of sines and cosines are orthogonal.
        wait = np.ceil(_DECAY * point.slowest * f) / f
        step = 1.0 / (f * _PER_CYCLE)
        length = wait + _CYCLES / f
        drive = sine(_current(point, amplitude), units.attach(f, "kHz"))
        y = _output(point, drive, length, step)[round(wait / step) :][: _CYCLES * _PER_CYCLE]
        phase = 2.0 * np.pi * np.arange(y.size) / _PER_CYCLE
        # sin(w t) is the imaginary part of e^(i w t): divide its coefficient out.
        found[k] = 2j * np.mean(y * np.exp(-1j * phase)) / amplitude
    return found


def by_chirp(point: OperatingPoint, frequencies: np.ndarray, amplitude: float) -> np.ndarray:
    """Return the transfer function measured with one chirp for each decade of frequencies.

    Parameters
    ----------
    point : OperatingPoint
        Where the neuron sits.
    frequencies : ndarray, shape (n,)
        In 1/ms.
    amplitude : float
        Of the chirp, in internal units.

    Returns
    -------
    ndarray of complex, shape (n,)
        Fourier integral of the output over that of the input.

    Notes
    -----
    The neuron comes back to rest after the chirp, so both integrals are over all that there is;
    they are taken with Simpson's rule.
    """
    found = np.empty(frequencies.size, complex)
    decade = np.floor(np.log10(frequencies / frequencies.min()))
    for each in np.unique(decade):
        chosen = decade == each
        found[chosen] = _by_one_chirp(point, frequencies[chosen], amplitude)
    return found


def _by_one_chirp(point: OperatingPoint, frequencies: np.ndarray, amplitude: float) -> np.ndarray:
    low, high = 0.5 * frequencies.min(), 1.5 * frequencies.max()
    span = max(20.0 / frequencies.min(), 4.0 * _DECAY * point.slowest)
    # Fine for the chirp, and for the way back to rest after a slow one.
    step = min(_FINE / (2.0 * np.pi * high), _FINE * point.slowest)
    count = 2 * int(np.ceil((span + _DECAY * point.slowest) / step / 2.0))
    if count > _MOST:
        raise ParameterError(
            f"{frequencies.max() * 1e3:.4g} Hz beside a time constant of {point.slowest:.4g} ms",
            f"a chirp of at most {_MOST:.0e} samples is expected", 'Write method="sine"',
            owner="frequency_response", name="frequencies",
        )  # fmt: skip
    span = step * 2 * int(span / step / 2.0)
    y = np.zeros(count + 1)
    for sign in (0.5, -0.5):
        # Half the difference of both signs: what is even in the drive drops out.
        drive = chirp(
            _current(point, 2.0 * sign * amplitude), units.attach(low, "kHz"),
            units.attach(high, "kHz"), start="0 ms", stop=units.attach(span, "ms"),
        )  # fmt: skip
        y += sign * _output(point, drive, count * step, step)
    t = np.arange(count + 1) * step
    inside = round(span / step)
    angle = 2.0 * np.pi * (low + 0.5 * (high - low) / span * t[: inside + 1]) * t[: inside + 1]
    u = amplitude * np.sin(angle)
    found = np.empty(frequencies.size, complex)
    for k, f in enumerate(frequencies):
        wave = np.exp(-2j * np.pi * f * t)
        # The output has a kink where the chirp ends: each part by itself.
        parts = _simpson((y * wave)[: inside + 1], step) + _simpson((y * wave)[inside:], step)
        found[k] = parts / _simpson(u * wave[: inside + 1], step)
    return found


def _simpson(values: np.ndarray, step: float) -> complex:
    return complex(
        step
        / 3.0
        * (values[0] + values[-1] + 4.0 * values[1:-1:2].sum() + 2.0 * values[2:-1:2].sum())
    )


def _current(point: OperatingPoint, amplitude: float) -> Any:
    unit = units.default_unit(point.model.inputs[point.input].dimension)
    return units.attach(amplitude, unit)


def _output(point: OperatingPoint, drive: Any, length: float, step: float) -> np.ndarray:
    """Deviation of the output from its operating value, sampled at every step."""
    model = point.model
    initial = {
        name: units.attach(value, units.default_unit(model.dimensions[name]))
        for name, value in zip(model.states, point.state, strict=True)
    }
    inputs: dict[str, Any] = {
        name: units.attach(float(value[0]), units.default_unit(model.inputs[name].dimension))
        for name, value in point.others.items()
    }
    inputs[point.input] = drive + _current(point, point.level)
    problem, choice, start = prepare(
        model, units.attach(length, "ms"), dt=units.attach(step, "ms"), scheme="auto",
        record=point.output, record_dt=None, initial=initial, t_start="0 ms", seed=0,
        threads=None, inputs=inputs,
    )  # fmt: skip
    # What is looked at is a small part of the state, so the state is followed more closely.
    run = carry_out(replace(problem, tolerance=_TOLERANCE), choice, start, progress=False)
    if run.spikes.count:
        raise SimulationError(
            f"{model.name} fires under this drive",
            "deviations that stay below threshold are expected",
            'Write a smaller amplitude=..., or method="spikes"',
            owner="frequency_response",
            name="amplitude",
        )
    return run.values[point.output][:, 0] - _value_at(point)


def _value_at(point: OperatingPoint) -> float:
    from excitable.expression import evaluate

    model = point.model
    if point.output in model.states:
        return float(point.state[list(model.states).index(point.output)])
    known: dict[str, Any] = {name: 0.0 for name in model.inputs}
    known |= model.values()
    known |= dict(zip(model.states, point.state, strict=True))
    known |= {point.input: point.level}
    definition = dict(model.system.intermediates)[point.output]
    return float(np.ravel(evaluate(model.system.expand(definition), known))[0])


def amplitude_of(point: OperatingPoint, given: Any, *, owner: str) -> float:
    """Return the amplitude asked for, or one that moves the output by about a thousandth."""
    if point.model.system.noises:
        raise ModelError(
            f"{point.model.name} carries noise", "a response that one run shows is expected",
            'Write method="linear", or simulate it and average', owner=owner, name="method",
        )  # fmt: skip
    if given is not None:
        return amplitude_given(point.model, given, point.input, owner)
    # Small enough for the square of the deviation to be lost beside the deviation.
    still = abs(complex(point.transfer(np.zeros(1))[0]))
    return 1e-3 / still if still > 0.0 else 1e-3
