"""Random numbers from a counter instead of a state, with NumPy: Philox4x32-10.

The number for a seed, a stream, a neuron and a step is a fixed function of these four: a noisy
stimulus is the same however it is cut into pieces. The generator is that of Salmon, Moraes, Dror
and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011), and the words are those that the
compiled kernels draw.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_KEY_STEP_0 = 0x9E3779B9  # the golden ratio
_KEY_STEP_1 = 0xBB67AE85  # the square root of 3, less one
_WORD = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_SIX = np.uint64(6)
_TWENTY_SIX = np.uint64(26)
_ROUNDS = 10

Words = NDArray[np.uint64]


def philox4x32(
    counter: Sequence[ArrayLike], key: tuple[int, int]
) -> tuple[Words, Words, Words, Words]:
    """Return the four random words that belong to each counter of four words.

    Parameters
    ----------
    counter : sequence of four arrays of int
        The words of the counter, each below 2^32; the arrays are broadcast.
    key : tuple of two int
        The words of the key, each below 2^32.

    Returns
    -------
    tuple of four arrays of uint64
        The random words, each below 2^32, in the broadcast shape.
    """
    words = np.broadcast_arrays(*(np.asarray(word, dtype=np.uint64) for word in counter))
    word_0, word_1, word_2, word_3 = words
    key_0, key_1 = key
    for _ in range(_ROUNDS):
        product_0 = _MULTIPLIER_0 * word_0
        product_1 = _MULTIPLIER_1 * word_2
        word_0 = (product_1 >> _HALF) ^ word_1 ^ np.uint64(key_0)
        word_1 = product_1 & _WORD
        word_2 = (product_0 >> _HALF) ^ word_3 ^ np.uint64(key_1)
        word_3 = product_0 & _WORD
        key_0 = (key_0 + _KEY_STEP_0) % 2**32
        key_1 = (key_1 + _KEY_STEP_1) % 2**32
    return word_0, word_1, word_2, word_3


def uniform53(high: Words, low: Words) -> NDArray[np.float64]:
    """Return floats in (0, 1), odd multiples of 2^-53, from 26 bits of each of two words."""
    bits = ((high >> _SIX) << _TWENTY_SIX) | (low >> _SIX)
    return (bits.astype(np.float64) + 0.5) * 2.0**-52


def uniform(seed: int, stream: int, neuron: ArrayLike, step: ArrayLike) -> NDArray[np.float64]:
    """Return the uniform number in (0, 1) that belongs to each seed, stream, neuron and step.

    Parameters
    ----------
    seed : int
        Any integer from 0 to 2^64 - 1.
    stream : int
        Which of the independent sources, from 0 to 2^32 - 1.
    neuron, step : int or array of int
        Broadcast against each other; a neuron is below 2^32, a step below 2^63.

    Returns
    -------
    array of float
        Never 0 and never 1.
    """
    words = _words(seed, stream, neuron, step)
    return uniform53(*(words[2:] if stream % 2 else words[:2]))


def standard_normal(
    seed: int, stream: int, neuron: ArrayLike, step: ArrayLike
) -> NDArray[np.float64]:
    """Return the standard normal that belongs to each seed, stream, neuron and step.

    Parameters
    ----------
    seed : int
        Any integer from 0 to 2^64 - 1.
    stream : int
        Which of the independent sources, from 0 to 2^32 - 1.
    neuron, step : int or array of int
        Broadcast against each other; a neuron is below 2^32, a step below 2^63.

    Returns
    -------
    array of float
        By the method of Box and Muller; no value is beyond 8.6 in size.
    """
    words = _words(seed, stream, neuron, step)
    radius = np.sqrt(-2.0 * np.log(uniform53(*words[:2])))
    angle = 2.0 * np.pi * uniform53(*words[2:])
    return radius * (np.sin(angle) if stream % 2 else np.cos(angle))


def _words(
    seed: int, stream: int, neuron: ArrayLike, step: ArrayLike
) -> tuple[Words, Words, Words, Words]:
    """Return the words of a pair of streams: streams 2k and 2k + 1 share them."""
    steps = np.asarray(step, dtype=np.uint64)
    counter = (steps & _WORD, steps >> _HALF, neuron, stream // 2)
    return philox4x32(counter, (seed % 2**32, seed // 2**32))
