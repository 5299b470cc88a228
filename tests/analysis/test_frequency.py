"""Sinusoids: gain, phase and impedance against quadrature and runs."""

import mpmath
import numpy as np
import pytest

import excitable as ex
from excitable.units import Hz, MOhm, kHz, kOhm, ms, mV, pA

CELL = dict(R=100 * MOhm, tau_m=10 * ms)


@pytest.mark.parametrize("f", [0.0, 1.0, 50.0, 777.0])
def test_impedance_is_the_transform_of_the_kernel(f):
    """Equations 1.12 to 1.15: the kernel of the text, transformed by quadrature."""
    with mpmath.workdps(20):
        w = 2 * mpmath.pi * f / 1000
        nodes = mpmath.linspace(0, 300, 20 + int(f) // 2)
        exact = mpmath.quad(lambda s: 0.01 * mpmath.exp(-s / 10 - 1j * w * s), nodes)
    found = ex.theory.impedance(f * Hz, **CELL).m_as("GOhm")
    assert complex(found) == pytest.approx(complex(exact), rel=1e-12)
    assert ex.theory.gain(f * Hz, **CELL).m_as("GOhm") == pytest.approx(abs(exact), rel=1e-12)
    angle = ex.theory.phase(f * Hz, tau_m=10 * ms).magnitude
    assert angle == pytest.approx(float(mpmath.arg(exact)), rel=1e-11)


def test_the_lasting_response_is_what_a_run_settles_to():
    f = np.array([5.0, 50.0, 200.0])
    run = ex.simulate(
        ex.LIF(**CELL, E_L=-65 * mV, V_T=1e6 * mV), 260 * ms,
        I=ex.sine(100 * pA, f * Hz, phase=0.3), record_dt=0.25 * ms,
    )  # fmt: skip
    late = run.t_ms > 200.0
    v = ex.theory.sine_response(
        run.t[late][:, None], 100 * pA, frequency=f * Hz, E_L=-65 * mV, angle=0.3, **CELL
    )
    # A millionth of what the same constant current would do, 10 mV.
    assert np.abs(v.m_as("mV") - run.bare("v")[late]).max() < 1e-5


def test_units_of_the_resistance_are_kept_and_areas_allowed():
    assert ex.units.unit_text(ex.theory.gain(10 * Hz, **CELL)) == "MOhm"
    area = ex.units.cm**2
    dense = ex.theory.impedance(0.05 * kHz, R=2 * kOhm * area, tau_m="10 ms")
    assert abs(dense).m_as("kiloohm*cm**2") == pytest.approx(2 / np.hypot(1, np.pi), rel=1e-14)
