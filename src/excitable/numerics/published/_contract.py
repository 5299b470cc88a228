"""What the loop over steps imports from a recipe: this file stands for each of them.

The import of `_grid.py` is turned towards a recipe's own file before it is compiled, so that the
loop is written once and each recipe's step is compiled into it.
"""

from typing import Any

from excitable.numerics.published._recipe import FloatArray, IntArray


def step(
    x: FloatArray, counters: IntArray, c: FloatArray, u: FloatArray, layout: tuple[int, ...]
) -> Any:
    """Take one neuron through one step; return 1 if it fires in it, else 0."""
    raise AssertionError
