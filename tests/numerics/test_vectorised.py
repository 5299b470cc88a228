"""Loops over the elementary functions become vector instructions, without calls and branches."""

import math
import re

import numpy as np
import pytest
from llvmlite import binding
from numba import config, njit

from excitable.numerics import _elementary, _random

pytestmark = pytest.mark.skipif(config.DISABLE_JIT, reason="nothing is compiled")

# Of two arguments, or no function of numbers at all.
OTHERS = {"exprel_pair", "pow", "prefer_wide_vectors", "select"}
NAMES = sorted(set(_elementary.__all__) - OTHERS)
OPTIONS = {"fastmath": {"contract"}, "error_model": "numpy", "nogil": True}


def over_lanes(function):
    @njit(**OPTIONS)
    def kernel(tile):
        for i in range(64):
            tile[64 + i] = function(tile[i])

    return kernel


def over_lanes_widely(function):
    @njit(**OPTIONS)
    def kernel(tile):
        _elementary.prefer_wide_vectors()
        for i in range(64):
            tile[64 + i] = function(tile[i])

    return kernel


def tile():
    values = np.zeros(128)
    values[:64] = np.linspace(0.1, 3.0, 64)
    return values


def body(kernel):
    """Return the optimised LLVM code of the kernel itself, without its entry from Python."""
    code = kernel.inspect_llvm(kernel.signatures[0])
    functions = re.findall(r"^define .*?^}", code, flags=re.MULTILINE | re.DOTALL)
    return next(function for function in functions if "cpython" not in function.split("(")[0])


def is_vectorised(code):
    calls = re.findall(r"call .*?@([\w.]+)", code)
    foreign = [name for name in calls if not name.startswith("llvm.")]
    arithmetic = re.search(r"f(add|mul|div) contract <\d+ x double>", code)
    scalar = re.search(r"f(add|mul|div) contract double", code)
    return bool(arithmetic) and not scalar and not foreign


@pytest.mark.parametrize("name", NAMES)
def test_elementary_functions(name):
    kernel = over_lanes(getattr(_elementary, name))
    kernel(tile())
    assert is_vectorised(body(kernel))


def test_two_relaxations_at_once():
    @njit(**OPTIONS)
    def kernel(tile):
        for i in range(64):
            first, second = _elementary.exprel_pair(tile[i], tile[64 + i])
            tile[128 + i] = first + second

    values = np.zeros(192)
    values[:128] = np.linspace(0.1, 3.0, 128)
    kernel(values)
    assert is_vectorised(body(kernel))


def test_power():
    @njit(**OPTIONS)
    def kernel(tile):
        for i in range(64):
            tile[64 + i] = _elementary.pow(tile[i], 1.5)

    values = tile()
    kernel(values)
    assert is_vectorised(body(kernel))
    np.testing.assert_allclose(values[64:], values[:64] ** 1.5, rtol=1e-15)


def test_normal_numbers():
    @njit(**OPTIONS)
    def kernel(tile, seed, step):
        for i in range(64):
            tile[64 + i] = _random.standard_normal(seed, 0, i, step)

    kernel(tile(), np.uint64(1), 5)
    assert is_vectorised(body(kernel))


def test_the_check_notices_a_call():
    kernel = over_lanes(math.exp)
    kernel(tile())
    assert not is_vectorised(body(kernel))


def test_wide_vectors_change_the_width_only():
    narrow, wide = over_lanes(_elementary.exp), over_lanes_widely(_elementary.exp)
    first, second = tile(), tile()
    narrow(first)
    wide(second)
    np.testing.assert_array_equal(first, second)
    code = wide.inspect_llvm(wide.signatures[0])
    assert '"prefer-vector-width"="512"' in code
    assert is_vectorised(body(wide))
    assert '"prefer-vector-width"' not in narrow.inspect_llvm(narrow.signatures[0])


@pytest.mark.skipif(
    not binding.get_host_cpu_features().get("avx512f", False), reason="no AVX-512 here"
)
def test_wide_vectors_reach_the_machine_code():
    wide = over_lanes_widely(_elementary.exp)
    wide(tile())
    assert "zmm" in wide.inspect_asm(wide.signatures[0])
