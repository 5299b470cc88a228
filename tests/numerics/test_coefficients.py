"""The coefficients in the compiled functions are those that their derivation gives."""

import importlib.util
import inspect
import re
from pathlib import Path

import pytest

from excitable.numerics import _exponential, _exponential_slopes, _logarithm, _trigonometric

TOOL = Path(__file__).parents[2] / "tools" / "elementary_coefficients.py"
SOURCES = {
    "exponential": _exponential,
    "logarithm": _logarithm,
    "sine": _trigonometric,
    "arc tangent": _trigonometric,
}


@pytest.fixture(scope="module")
def tables():
    specification = importlib.util.spec_from_file_location("elementary_coefficients", TOOL)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module.tables()


def test_every_table_is_in_its_source(tables):
    assert len(tables) == 10
    for name, (coefficients, _) in tables.items():
        source = inspect.getsource(SOURCES.get(name, _exponential_slopes))
        written = {float(number) for number in re.findall(r"-?\d+\.\d+(?:e-?\d+)?", source)}
        missing = [number for number in coefficients if number not in written]
        assert not missing, f"{name}: {missing}"


def test_the_fits_are_finer_than_rounding(tables):
    # Every error enters its result times the square, or the first power, of a number below one.
    for name, (_, error) in tables.items():
        assert error < 4e-16, name
