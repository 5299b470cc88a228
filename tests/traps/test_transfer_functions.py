"""Transfer functions with slips of 2 or pi, and a form for high frequencies where it fails."""

import numpy as np
import pytest

import excitable as ex
from excitable.units import Hz, MOhm, ms

# With tau = 10 ms, omega tau is pi at 50 Hz.
CELL = ex.LIF(R=1 * MOhm, tau_m=10 * ms)


@pytest.mark.parametrize("method", ["linear", "sine", "chirp"])
def test_c41_gain_and_phase_of_a_membrane(method):
    f = np.array([10.0, 50.0, 400.0])
    response = ex.frequency_response(CELL, f * Hz, method=method)
    x = 2 * np.pi * f * 1e-3 * 10
    tolerance = 1e-13 if method == "linear" else 1e-6
    assert response.gain.m_as("MOhm") == pytest.approx(1 / np.sqrt(1 + x**2), rel=tolerance)
    assert response.phase == pytest.approx(-np.arctan(x), rel=tolerance)


def test_c41_the_form_for_high_frequencies_is_not_the_gain():
    gain = ex.frequency_response(CELL, [10, 50] * Hz).gain.m_as("MOhm")
    form = 1 / (2 * np.pi * np.array([0.01, 0.05]) * 10)
    assert np.round([gain[1], form[1]], 4).tolist() == [0.3033, 0.3183]
    assert np.round(form / gain - 1, 2).tolist() == [0.88, 0.05]
