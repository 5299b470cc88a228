"""Runs made by hand, so that pictures are tested without an engine."""

import numpy as np
import pytest

from excitable import units
from excitable.recording import InputSignal, Run, Scheme, Spikes
from excitable.stimuli import lower, step

DT = 0.1


@pytest.fixture
def make_run():
    """A factory of runs: sawtooth voltages, one spike at each fall."""

    def make(
        n=1, *, duration=100.0, period=20.0, record=True, t_start=0.0, model=None, amplitude=300.0
    ):
        t = np.arange(int(duration / DT) + 1) * DT
        phase = np.mod(t[:, None] / period - np.linspace(0, 0.5, n)[None, :], 1.0)
        v = -70.0 + 20.0 * phase
        falls = [t[1:][np.diff(v[:, i]) < 0] - DT / 2 + t_start for i in range(n)]
        stimulus = step(
            np.linspace(amplitude, 2 * amplitude, n) * units.pA, start=f"{t_start + 10} ms"
        )
        lowered = lower(
            stimulus, units.CURRENT, n, duration=duration, dt=DT, t_start=t_start, owner="LIF.I"
        )
        return Run(
            name="LIF",
            model=model,
            t=t + t_start,
            values={"v": v, "z": phase} if record else {},
            units={"v": "mV", "z": ""} if record else {},
            neurons={"v": np.arange(n), "z": np.arange(n)} if record else {},
            spikes=Spikes(
                np.concatenate(falls),
                np.cumsum([0, *map(len, falls)]),
                start=t_start,
                stop=t_start + duration,
            ),
            inputs={"I": InputSignal(lowered, "pA")},
            scheme=Scheme("exact"),
            start="at rest",
            settings={"dt": DT, "duration": duration, "t_start": t_start},
            single=n == 1,
        )

    return make
