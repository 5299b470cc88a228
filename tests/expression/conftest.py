"""What the tests of this part share."""

import pytest

from excitable.expression import _functions


@pytest.fixture(autouse=True)
def registry():
    """Forget the functions that a test registers."""
    kept = dict(_functions._registry)
    yield
    _functions._registry.clear()
    _functions._registry.update(kept)
