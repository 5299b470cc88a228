"""Leaky neurons in noise in closed form, and the rates of networks of them."""

import numpy as np
import pytest

import excitable as ex
from excitable import theory
from excitable.errors import ParameterError
from excitable.units import Hz, ms, mV

CELL = dict(tau_m=20 * ms, V_T=20 * mV, V_R=10 * mV, t_ref=2 * ms)
NETWORK = dict(CELL, J=0.1 * mV, C_E=1000, C_I=250)


def test_the_rate_and_variation_of_a_model_with_noise():
    cell = ex.NoisyLIF(
        tau_m="20 ms", E_L="0 mV", R="1 GOhm", V_T="20 mV", V_R="10 mV", t_ref="2 ms", sigma="3 mV"
    )
    curve = ex.fi_curve(cell, [5, 15, 25] * ex.units.pA)
    found = theory.noisy_lif_rate([5, 15, 25] * mV, 3 * mV, **CELL)
    assert found.m_as("Hz") == pytest.approx(curve.rate.m_as("Hz"), rel=1e-12)
    cv = theory.noisy_lif_cv([5, 15, 25] * mV, 3 * mV, **CELL)
    assert cv == pytest.approx(curve.cv, rel=1e-12)


def test_without_much_noise_it_fires_like_the_neuron_without():
    quiet = theory.noisy_lif_rate(30 * mV, 1e-4 * mV, **CELL)
    plain = 1.0 / (2.0 + 20.0 * np.log((30 - 10) / (30 - 20))) * 1e3
    assert quiet.m_as("Hz") == pytest.approx(plain, rel=1e-9)
    assert theory.noisy_lif_rate(0 * mV, 0.1 * mV, **CELL).m_as("Hz") == 0.0


def test_every_rate_of_a_network_reproduces_itself():
    for g, ratio in [(3.0, 2.0), (3.0, 0.9), (4.5, 0.9), (8.0, 4.0), (2.0, 0.9)]:
        outer = ratio * 10 * Hz
        rates = theory.brunel_rates(outer, g=g, **NETWORK)
        assert rates.size in {1, 3}
        assert np.all(np.diff(rates.magnitude) > 0)
        nu = rates.m_as("1/ms")
        mean = 20 * 0.1 * (1000 * ratio * 0.01 + (1000 - g * 250) * nu)
        noise = np.sqrt(20 * 0.01 * (1000 * ratio * 0.01 + (1000 + g**2 * 250) * nu))
        again = theory.noisy_lif_rate(mean * mV, noise * mV, **CELL)
        # Near saturation the map is steep: a rate is known as well as 1/t_ref - nu.
        assert again.m_as("1/ms") == pytest.approx(nu, rel=1e-9)


def test_strong_excitation_holds_the_network_near_the_greatest_rate_beside_rest():
    rates = theory.brunel_rates(8 * Hz, g=2.0, **NETWORK).m_as("Hz")
    assert rates.size == 3
    assert rates[0] < 0.01 < rates[1] < 2.0 < 400.0 < rates[-1] < 500.0
    # Far below threshold the lowest rate is there too, however small.
    rates = theory.brunel_rates(3 * Hz, g=2.0, **NETWORK).m_as("Hz")
    assert rates.size == 3
    assert 0.0 <= rates[0] < 1e-20
    silent = theory.brunel_rates(0 * Hz, g=5.0, **NETWORK).m_as("Hz")
    assert silent[0] == 0.0


def test_what_is_refused():
    for call, words in (
        (lambda: theory.noisy_lif_rate(1 * mV, 0 * mV, **CELL), "above zero"),
        (lambda: theory.noisy_lif_rate(1 * mV, 1 * mV, **CELL | {"V_R": 20 * mV}), "below the"),
        (lambda: theory.noisy_lif_cv(1 * mV, -1 * mV, **CELL), "above zero"),
        (lambda: theory.brunel_rates([1, 2] * Hz, g=5, **NETWORK), "one network"),
        (lambda: theory.brunel_rates(1 * Hz, g=5, **NETWORK | {"C_I": -1}), "zero or more"),
    ):
        with pytest.raises(ParameterError, match=words):
            call()
