"""Random numbers for kernels, from a counter instead of a state: Philox4x32-10.

The number for a seed, a stream, a neuron and a step is a fixed function of these four, so it does
not depend on how many neurons run, in which order, or on how many threads. The generator is that of
Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011). Everything
is branch-free, so that loops over neurons vectorise. `excitable.stimuli._random` computes the same
words with NumPy.

Words are 32 bits wide and travel as unsigned 64-bit integers.
"""

import numpy as np
from numba import njit

from excitable.numerics._bits import FLAGS
from excitable.numerics._elementary import log, sine_of_turns

_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_KEY_STEP_0 = np.uint64(0x9E3779B9)  # the golden ratio
_KEY_STEP_1 = np.uint64(0xBB67AE85)  # the square root of 3, less one
_WORD = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_SIX = np.uint64(6)
_TWENTY_SIX = np.uint64(26)
_ONE = np.uint64(1)
_TWO_TO_MINUS_52 = 2.220446049250313e-16


@njit(**FLAGS)
def philox4x32(counter_0, counter_1, counter_2, counter_3, key_0, key_1):
    """Return the four random words that belong to a counter of four words and a key of two.

    All arguments are np.uint64 below 2^32, and so are the words returned.
    """
    for _ in range(10):
        # Bits above the 32nd are cleared where they are multiplied: there it costs nothing, as
        # processors multiply the low halves of 64-bit lanes.
        product_0 = _MULTIPLIER_0 * (counter_0 & _WORD)
        product_1 = _MULTIPLIER_1 * (counter_2 & _WORD)
        counter_0 = (product_1 >> _HALF) ^ counter_1 ^ key_0
        counter_1 = product_1
        counter_2 = (product_0 >> _HALF) ^ counter_3 ^ key_1
        counter_3 = product_0
        key_0 += _KEY_STEP_0
        key_1 += _KEY_STEP_1
    return counter_0 & _WORD, counter_1 & _WORD, counter_2 & _WORD, counter_3 & _WORD


@njit(**FLAGS)
def uniform53(high, low):
    """Return a float in (0, 1), an odd multiple of 2^-53, from 26 bits of each of two words."""
    bits = ((high >> _SIX) << _TWENTY_SIX) | (low >> _SIX)
    return (np.float64(bits) + 0.5) * _TWO_TO_MINUS_52


@njit(**FLAGS)
def normal_pair(word_0, word_1, word_2, word_3):
    """Return two independent standard normals, by the method of Box and Muller."""
    radius = np.sqrt(-2.0 * log(uniform53(word_0, word_1)))
    turn = uniform53(word_2, word_3)
    return radius * sine_of_turns(turn + 0.25), radius * sine_of_turns(turn)


@njit(**FLAGS)
def standard_normal(seed, stream, neuron, step):
    """Return the standard normal that belongs to a seed, a stream, a neuron and a step.

    Streams 2k and 2k + 1 are the two numbers of one pair, so two noise sources share the words.
    All arguments are non-negative integers; `neuron` and `stream` are below 2^32.
    """
    seed, stream, step = np.uint64(seed), np.uint64(stream), np.uint64(step)
    word_0, word_1, word_2, word_3 = philox4x32(
        step & _WORD,
        step >> _HALF,
        np.uint64(neuron),
        stream >> _ONE,
        seed & _WORD,
        seed >> _HALF,
    )
    radius = np.sqrt(-2.0 * log(uniform53(word_0, word_1)))
    quarter = 0.25 - 0.25 * np.float64(stream & _ONE)  # a quarter turn on: the cosine
    return radius * sine_of_turns(uniform53(word_2, word_3) + quarter)
