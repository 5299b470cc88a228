"""Messages of pictures."""

import numpy as np

from excitable.plotting import plot_run, plot_stimulus, save_figure
from excitable.plotting._figure import new_figure
from excitable.recording import Run, Scheme, Spikes
from excitable.stimuli import step
from excitable.units import mV, pA


def run():
    return Run(
        name="LIF",
        model=None,
        t=np.array([0.0, 50.0, 100.0]),
        values={"v": np.full((3, 1), -70.0)},
        units={"v": "mV"},
        neurons={"v": np.array([0])},
        spikes=Spikes(np.empty(0), np.array([0, 0]), start=0.0, stop=100.0),
        inputs={},
        scheme=Scheme("exact"),
        start="at rest",
        settings={"dt": 50.0, "duration": 100.0, "t_start": 0.0},
        single=True,
    )


CASES = [
    ("plot: state not recorded", lambda: plot_run(run(), states="w")),
    ("plot: no such neuron", lambda: plot_run(run(), neurons=[0, 3])),
    ("plot: no neuron at all", lambda: plot_run(run(), neurons=[])),
    ("plot: nothing to show", lambda: plot_run(run(), start="80 ms", stop="20 ms")),
    ("plot: start is a voltage", lambda: plot_run(run(), start=5 * mV)),
    ("plot: no duration", lambda: plot_stimulus(step(1 * pA), "0 ms")),
    ("plot: unknown format", lambda: save_figure(new_figure(1, 1), "out.bmp")),
    ("plot: name without an ending", lambda: save_figure(new_figure(1, 1), "out")),
    ("plot: folder is missing", lambda: save_figure(new_figure(1, 1), "no/such/folder/out.svg")),
]
