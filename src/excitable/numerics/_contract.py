"""What a generated module gives an engine: the agreement between the code printer and the loops.

An engine (`_fixed_step.py`, `_adaptive.py`) is ordinary Python that imports the names below. The
code generator replaces that import by literal constants and by functions printed from a model, so
every engine is written, read and linted once, and compiled for each model with constants in place.

Neurons lie in tiles. A tile is one flat array `w` of `ROWS` rows of `LANES` lanes, element
`w[row*LANES + lane]`; distances inside it are literal, so a compiler can prove that the rows do not
overlap and turns a loop over lanes into vector instructions. `c` holds the shared constants.
"""

from typing import Any

import numpy as np

Array = np.ndarray

LANES = 64
N_STATES = 1
N_INPUTS = 0
N_NOISES = 0
N_OSCILLATIONS = 0
OSCILLATION_INPUT: tuple[int, ...] = (0,)
HAS_SPIKE = True
HAS_RESET = True
HAS_REFRACTORY = True
NOISE_STREAM = 0
ROWS = 1

# First row of each block.
X = 0  # states at the start of the step; in the adaptive engine the accepted state
PREVIOUS = 0  # states before the step
Y = 0  # stage states, which `derivative` and `threshold` read
F = 0  # derivatives, which `derivative` writes
U = 0  # inputs at the start (fixed step) or at the stage (adaptive)
U_HALF = 0
U_END = 0
LEVEL = 0  # the running segment of each input: level + slope*(t - since)
SLOPE = 0
SINCE = 0
OSCILLATION = 0  # 7 rows each: amplitude, phase, omega, rate, growth, start, on
ACTIVE = 0  # 1, or 0 while the held states are clamped
UNTIL = 0  # end of refractoriness
CROSS = 0  # a step writes here: negative if nothing happened
NOISE = 0  # standard normal increments times sqrt(h)
PARAMETER = 0  # parameters that differ from neuron to neuron
CLOCK = 0  # time of each lane, ms from the run's start
LAG = 0  # step of each lane (adaptive)
ENGINE = 0  # rows of the engine's own


def step(w: Array, c: Array, low: Any, high: Any, h: float) -> None:
    """Advance the lanes low..high-1 by h: X -> X, old X -> PREVIOUS, and write CROSS."""


def derivative(w: Array, c: Array, high: Any) -> None:
    """Write the time derivatives of the states Y of the lanes 0..high-1 to F.

    Written in place of the call: a function of its own would be optimised twice.
    """


def threshold(w: Array, c: Array, i: int, row: Any) -> float:
    """Distance of lane i's state, in rows from `row` on, beyond its threshold: >= 0 fires."""
    raise AssertionError


def reset(w: Array, c: Array, i: int) -> None:
    """Apply the reset program to lane i's state Y."""


def refractory_time(w: Array, c: Array, i: int) -> float:
    """Refractory time of lane i in ms, from its state Y."""
    raise AssertionError
