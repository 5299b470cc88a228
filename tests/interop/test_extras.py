"""Optional packages: what importing them must not change."""

import numpy as np

from excitable.interop._extra import extra


def test_a_package_does_not_change_how_numbers_are_printed():
    before = np.get_printoptions()
    extra("pyabf", "abf", "reading Axon files")
    assert np.get_printoptions() == before
