"""Nernst, Goldman, Q10."""

import math

import numpy as np
import pytest

import excitable as ex
from excitable.units import mM, mV, uM

RT_F_20 = 25.26171  # mV at 20 degrees Celsius


def test_nernst_potentials_of_a_text_book():
    """Mammalian muscle at 37 degrees: Hille, table 1.3, in whole millivolts."""
    for out, inside, z, volt in ((145, 12, 1, 67), (4, 155, 1, -98), (123, 4.2, -1, -90)):
        assert ex.nernst(out * mM, inside * mM, z).m_as("mV") == pytest.approx(volt, abs=0.6)
    calcium = ex.nernst(1.5 * mM, 0.1 * uM, 2)
    assert calcium.m_as("mV") == pytest.approx(128, abs=0.6)


def test_nernst_scales():
    tenfold = ex.nernst([10, 1] * mM, [1, 10] * mM, valence=1, temperature=20).m_as("mV")
    assert tenfold == pytest.approx([RT_F_20 * math.log(10), -RT_F_20 * math.log(10)], rel=1e-5)
    twice = ex.nernst("10 mM", "1 mM", valence=[2, -1], temperature=20)
    assert (tenfold[0] / twice.m_as("mV")).tolist() == pytest.approx([2.0, -1.0])
    kelvin = ex.nernst(10 * mM, 1 * mM, 1, temperature=293.15 * ex.units.kelvin)
    assert kelvin.m_as("mV") == pytest.approx(tenfold[0], rel=1e-14)
    assert ex.nernst(3 * mM, 3 * mM, 1) == 0 * mV


def test_goldman_between_its_ions():
    """With one permeable ion it is Nernst's potential; between two it lies between theirs."""
    c_out, c_in = [20, 440, 560] * mM, [400, 50, 52] * mM
    each = [
        ex.nernst(o, i, z, 6.3).m_as("mV") for o, i, z in zip(c_out, c_in, (1, 1, -1), strict=True)
    ]
    for k in range(3):
        P = np.eye(3)[k]
        alone = ex.goldman(P, c_out, c_in, [1, 1, -1], temperature=6.3).m_as("mV")
        assert alone == pytest.approx(each[k], rel=1e-13)
    shares = np.linspace(0, 1, 5)[:, None] * np.array([-1, 1, 0]) + [1, 0, 0]
    between = ex.goldman(shares, c_out, c_in, [1, 1, -1], temperature=6.3).m_as("mV")
    assert between.shape == (5,)
    assert np.all(np.diff(between) > 0)
    assert between[[0, -1]] == pytest.approx(each[:2])


def test_goldman_is_where_the_constant_field_currents_cancel():
    P, z = np.array([1.0, 0.05, 0.45]), np.array([1, 1, -1])
    out, inside = np.array([5.0, 145.0, 110.0]), np.array([140.0, 12.0, 10.0])
    v = ex.goldman(P, out * mM, inside * mM, z, temperature=37).m_as("mV")
    u = z * v / ex.nernst(math.e * mM, 1 * mM, 1, temperature=37).m_as("mV")
    flux = P * z * u * (inside - out * np.exp(-u)) / (1 - np.exp(-u))
    assert abs(flux.sum()) < 1e-10 * np.abs(flux).sum()


def test_rate_factor():
    assert ex.q10(3, 16.3, 6.3).magnitude == pytest.approx(3.0, rel=1e-13)
    assert ex.q10(2.3, 37, 37).magnitude == 1.0
    several = ex.q10(3, [6.3, 18.5], "279.45 kelvin").magnitude
    assert several == pytest.approx([1.0, 3**1.22], rel=1e-12)


def test_a_warm_axon_fires_a_shorter_spike():
    """Its gates are faster by the factor; the action potential is narrower."""
    widths = []
    for celsius in (6.3, 18.5):
        cell = ex.HodgkinHuxley(phi=ex.q10(3, celsius, 6.3))
        run = ex.simulate(cell, "40 ms", dt="0.01 ms", I=ex.pulse("40 uA/cm2", "5 ms", "1 ms"))
        assert run.spikes.count == 1
        widths.append((run.bare("v") > -30).sum() * 0.01)
    assert widths[1] < 0.5 * widths[0]
