"""The counter-based random numbers: published words, the NumPy twin, and their statistics."""

import numpy as np
import pytest
from numba import njit
from scipy import stats

from excitable.numerics import _random as compiled
from excitable.stimuli import _random as plain

ALL = 0xFFFFFFFF
# Counter, key and words of philox4x32x10 as published with Random123 (kat_vectors).
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ALL,) * 4, (ALL,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@njit
def fill_words(counter, key, words):
    for i in range(counter.shape[1]):
        a, b, c, d = compiled.philox4x32(
            counter[0, i], counter[1, i], counter[2, i], counter[3, i], key[0], key[1]
        )
        words[0, i], words[1, i], words[2, i], words[3, i] = a, b, c, d


@njit(fastmath={"contract"}, error_model="numpy")
def fill_normals(seed, stream, neurons, steps, values):
    for i in range(values.size):
        values[i] = compiled.standard_normal(seed, stream, neurons[i], steps[i])


@njit(fastmath={"contract"}, error_model="numpy")
def fill_pairs(words, values):
    for i in range(words.shape[1]):
        a, b = compiled.normal_pair(words[0, i], words[1, i], words[2, i], words[3, i])
        values[0, i], values[1, i] = a, b


def normals(seed, stream, neurons, steps):
    neurons, steps = np.broadcast_arrays(np.int64(neurons), np.int64(steps))
    values = np.empty(steps.size)
    fill_normals(np.uint64(seed), stream, neurons.copy(), steps.copy(), values)
    return values


@pytest.mark.parametrize(("counter", "key", "expected"), KNOWN)
def test_known_words(counter, key, expected):
    words = np.empty((4, 1), dtype=np.uint64)
    fill_words(np.array(counter, dtype=np.uint64)[:, None], np.array(key, dtype=np.uint64), words)
    assert tuple(words[:, 0]) == expected
    assert tuple(int(word) for word in plain.philox4x32(counter, key)) == expected


def test_both_generators_draw_the_same_words():
    generator = np.random.default_rng(3)
    counter = generator.integers(0, 2**32, size=(4, 500), dtype=np.uint64)
    key = generator.integers(0, 2**32, size=2, dtype=np.uint64)
    words = np.empty_like(counter)
    fill_words(counter, key, words)
    np.testing.assert_array_equal(plain.philox4x32(counter, (int(key[0]), int(key[1]))), words)


@pytest.mark.parametrize("stream", [0, 1, 6, 7])
def test_both_generators_draw_the_same_normals(stream):
    seed = 0x0123456789ABCDEF
    steps = np.array([0, 1, 2, 999, 2**32 - 1, 2**32, 2**40 + 17] * 40)
    neurons = np.arange(steps.size)
    expected = plain.standard_normal(seed, stream, neurons, steps)
    np.testing.assert_allclose(normals(seed, stream, neurons, steps), expected, rtol=0, atol=1e-12)


def test_a_pair_is_two_neighbouring_streams():
    words = np.array(plain._words(5, 4, np.arange(300), 8))
    values = np.empty((2, 300))
    fill_pairs(words, values)
    for parity in (0, 1):
        expected = plain.standard_normal(5, 4 + parity, np.arange(300), 8)
        np.testing.assert_allclose(values[parity], expected, rtol=0, atol=1e-12)


def test_uniform_is_never_zero_or_one():
    ends = np.array([0, ALL], dtype=np.uint64)
    assert plain.uniform53(ends, ends).tolist() == [2.0**-53, 1.0 - 2.0**-53]
    fractions = [float(compiled.uniform53(word, word)) for word in ends]
    assert fractions == [2.0**-53, 1.0 - 2.0**-53]


def test_uniform_is_uniform_and_its_streams_differ():
    steps = np.arange(20000)
    first, second = plain.uniform(11, 0, 0, steps), plain.uniform(11, 1, 0, steps)
    for values in (first, second):
        assert stats.kstest(values, "uniform").pvalue > 1e-3
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.03


def test_a_number_does_not_depend_on_its_neighbours():
    together = plain.standard_normal(1, 2, np.arange(5)[:, None], np.arange(7))
    assert together.shape == (5, 7)
    assert together[3, 4] == plain.standard_normal(1, 2, 3, 4)


def test_moments_and_distribution():
    values = normals(2024, 0, 17, np.arange(4000))
    count = values.size
    assert abs(values.mean()) < 4 / np.sqrt(count)
    assert abs(values.var() - 1.0) < 4 * np.sqrt(2 / count)
    assert abs(stats.kurtosis(values)) < 4 * np.sqrt(24 / count)
    assert abs(stats.skew(values)) < 4 * np.sqrt(6 / count)
    assert stats.kstest(values, "norm").pvalue > 1e-3


def test_large_sample_has_normal_tails():
    values = plain.standard_normal(9, 1, np.arange(100)[:, None], np.arange(10000)).ravel()
    assert stats.kstest(values, "norm").pvalue > 1e-3
    expected = 2 * stats.norm.sf(4.0) * values.size
    assert abs((np.abs(values) > 4.0).sum() - expected) < 5 * np.sqrt(expected)


def test_streams_neurons_steps_and_seeds_are_independent():
    steps = np.arange(20000)
    base = plain.standard_normal(5, 0, 0, steps)
    others = {
        "the other stream of the pair": plain.standard_normal(5, 1, 0, steps),
        "another pair": plain.standard_normal(5, 2, 0, steps),
        "another neuron": plain.standard_normal(5, 0, 1, steps),
        "a later step": plain.standard_normal(5, 0, 0, steps + 1),
        "another seed": plain.standard_normal(6, 0, 0, steps),
        "a seed that differs above 32 bits": plain.standard_normal(5 + 2**32, 0, 0, steps),
    }
    for name, other in others.items():
        assert abs(np.corrcoef(base, other)[0, 1]) < 0.03, name
        assert abs(np.corrcoef(base**2, other**2)[0, 1]) < 0.03, name
