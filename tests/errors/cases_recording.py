"""Messages of spike trains and runs."""

import numpy as np

import excitable as ex
from excitable.recording import Run, Scheme, Spikes, SpikeTrain
from excitable.units import ms, mV


def run(**values):
    return Run(
        name="LIF",
        model=None,
        t=np.zeros(1),
        values={name: np.zeros((1, 1)) for name in values},
        units=values,
        neurons={name: np.zeros(1, dtype=int) for name in values},
        spikes=Spikes(np.empty(0), np.array([0, 0]), start=0.0, stop=1.0),
        inputs={},
        scheme=Scheme("exact"),
        start="at rest",
        settings={},
        single=True,
    )


TRAIN = SpikeTrain([1, 2] * ms, 0 * ms, 10 * ms)
CASES = [
    ("spike train: no unit", lambda: SpikeTrain([1, 2])),
    ("spike train: a voltage", lambda: SpikeTrain([1, 2] * mV)),
    ("spike train: compared with times", lambda: TRAIN.victor_purpura([1, 2] * ms, "40 Hz")),
    ("spike train: distance to a number", lambda: TRAIN.van_rossum(3, 10 * ms)),
    ("spike train: explained by times", lambda: TRAIN.explained_variance([1, 2] * ms)),
    ("spike train: NaN", lambda: SpikeTrain([1, np.nan] * ms)),
    ("spike train: two axes", lambda: SpikeTrain(np.ones((2, 2)) * ms)),
    ("spike train: a spike outside", lambda: SpikeTrain([1, 20] * ms, stop=10 * ms)),
    ("spike train: stop before start", lambda: SpikeTrain([] * ms, start=5 * ms, stop=1 * ms)),
    ("spike train: endless window", lambda: SpikeTrain([1] * ms, stop=np.inf * ms)),
    ("spikes: no such neuron", lambda: run().spikes[3]),
    ("spikes: offsets", lambda: Spikes(np.ones(3), np.array([0, 2]), start=0.0, stop=2.0)),
    (
        "spikes: offsets descend",
        lambda: Spikes(np.ones(2), np.array([0, 2, 1, 2]), start=0, stop=2),
    ),
    ("run: not recorded", lambda: run(v="mV").w),
    ("run: nearly the name", lambda: run(I_M="pA").I_m),
    ("run: spikes only", lambda: run()["v"]),
    ("run: an input as if recorded", lambda: ex.simulate(ex.LIF, "1 ms", I="1 pA").I),
    (
        "run: a state that was not recorded",
        lambda: ex.simulate(ex.LIF, "1 ms", I="1 pA", record=False).v,
    ),
    ("run: no such input", lambda: run().input("I")),
]
