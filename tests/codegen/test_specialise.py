"""An engine's text with constants put in: same results, no dead branches, nothing unused."""

import ast

import pytest

from excitable.codegen._specialise import specialise

TEXT = """
WIDTH = 2*COLUMNS

def helper(x):
    return x + WIDTH

def unused(x):
    return x

def f(x):
    if HAS_RESET and x > 0:
        x = helper(x)
    elif not HAS_SPIKE:
        x = -x
    else:
        x = 10*x
    for k in range(N_NOISES):
        x = x + k
    while x < 0 and HAS_SPIKE:
        x = x + 1
    return x*(3 if N_NOISES > 0 else 5) + 0
"""


def program(text, **constants):
    """Run a text with its constants as globals."""
    space = dict(constants)
    exec(compile(text, "text", "exec"), space)  # noqa: S102
    return space["f"]


@pytest.mark.parametrize("has_reset", [False, True])
@pytest.mark.parametrize("has_spike", [False, True])
@pytest.mark.parametrize("n_noises", [0, 3])
def test_it_is_the_same_program(has_reset, has_spike, n_noises):
    constants = dict(HAS_RESET=has_reset, HAS_SPIKE=has_spike, N_NOISES=n_noises, COLUMNS=4)
    special = specialise(TEXT, constants, "f")
    original, other = program(TEXT, **constants), program(special)
    for x in (-3, 0, 2, 7):
        assert original(x) == other(x)
    tree = ast.parse(special)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not names & set(constants)
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert "unused" not in defined
    assert ("helper" in defined) == has_reset
    loops = sum(isinstance(node, ast.For) for node in ast.walk(tree))
    assert loops == (1 if n_noises else 0)


def test_indices_fold_to_one_literal():
    text = "def f(w, i):\n    return w[(X + 2)*LANES + i] + w[X*LANES + i]\n"
    assert "w[192 + i] + w[64 + i]" in specialise(text, {"X": 1, "LANES": 64}, "f")


def test_a_block_left_empty_stays_valid():
    text = "def f(x):\n    if x > 0:\n        if HAS_RESET:\n            x = 1\n    return x\n"
    assert program(specialise(text, {"HAS_RESET": False}, "f"))(3) == 3


def test_docstrings_stay():
    text = 'def f(x):\n    """Return x."""\n    return x\n'
    assert "Return x." in specialise(text, {}, "f")
