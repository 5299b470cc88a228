"""Messages of generators of spike trains."""

import numpy as np

import excitable as ex
from excitable import theory, trains
from excitable.units import Hz, ms, second


def spike(t):
    return np.where(np.abs(t.magnitude - 500.03) < 0.02, 1e6, 1e3) * Hz


CASES = [
    ("poisson: no unit", lambda: trains.poisson(10, 1 * second)),
    ("poisson: a negative rate", lambda: trains.poisson(-1 * Hz, 1 * second)),
    ("poisson: a table of rates", lambda: trains.poisson([[1, 2]] * Hz, 1 * second)),
    ("poisson: more than fits", lambda: trains.poisson("1e15 Hz", 1 * second)),
    ("poisson: no time", lambda: trains.poisson(10 * Hz, 0 * ms)),
    ("poisson: a start that is not finite", lambda: trains.poisson(1 * Hz, "1 s", start="nan ms")),
    ("poisson: a seed that is no count", lambda: trains.poisson(10 * Hz, "1 s", seed=1.5)),
    ("poisson: no trains", lambda: trains.poisson(10 * Hz, "1 s", n=0)),
    ("poisson: rates for others", lambda: trains.poisson([1, 2] * Hz, "1 s", n=3)),
    ("poisson: no room", lambda: trains.poisson(100 * Hz, "1 s", dead_time=10 * ms)),
    ("poisson: a negative dead time", lambda: trains.poisson(9 * Hz, "1 s", dead_time=-1 * ms)),
    ("poisson: several dead times", lambda: trains.poisson(9 * Hz, "1 s", dead_time=[1, 2] * ms)),
    ("poisson: a maximum for nothing", lambda: trains.poisson(9 * Hz, "1 s", maximum=9 * Hz)),
    (
        "poisson: a maximum for a stimulus",
        lambda: trains.poisson(ex.step(9 * Hz), "1 s", maximum=9 * Hz),
    ),
    ("poisson: above the maximum", lambda: trains.poisson(spike, "1 s", maximum="2 kHz", n=400)),
    ("poisson: a function below zero", lambda: trains.poisson(lambda t: -9 * Hz, 1 * second)),
    ("poisson: another shape", lambda: trains.poisson(lambda t: [1, 2] * Hz, 1 * second)),
    ("poisson: a stimulus for two", lambda: trains.poisson(ex.step([1, 2] * Hz), 1 * second)),
    (
        "poisson: a histogram that ends before",
        lambda: trains.poisson(trains.regular(9 * Hz, "1 s").psth("0.1 s"), 2 * second),
    ),
    ("from_psth: no histogram", lambda: trains.from_psth([1, 2])),
    ("gamma: no shape", lambda: trains.gamma(10 * Hz, 1 * second, shape=0)),
    ("gamma: a word", lambda: trains.gamma(10 * Hz, 1 * second, shape="4")),
    ("regular: a phase beyond", lambda: trains.regular(10 * Hz, 1 * second, phase=2)),
    ("jittered: no duration", lambda: trains.jittered(10 * Hz, jitter=1 * ms)),
    (
        "jittered: a duration too many",
        lambda: trains.jittered(trains.regular(9 * Hz, "1 s"), "1 s", jitter="1 ms"),
    ),
    ("bernoulli: too likely", lambda: trains.bernoulli(1000 * Hz, 1 * second, 1 * ms)),
    ("bernoulli: likely", lambda: trains.bernoulli(200 * Hz, 1 * second, 1 * ms)),
    ("poisson_probability: no count", lambda: theory.poisson_probability(1.5, 9 * Hz, 1 * second)),
    ("dead_time_cv: no room", lambda: theory.dead_time_cv(100 * Hz, 10 * ms)),
]
