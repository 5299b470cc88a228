"""What the examples say of integrators and resonators, by an independent integrator."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import excitable as ex

WIDTH = 0.1
INTEGRATOR = ("saddle-node on cycle", 0.0)
RESONATOR = ("subcritical Hopf", 40.0)


def membrane(preset):
    """The equations of Izhikevich (2007), written out, with one preset's values."""
    model = ex.PersistentSodiumPotassium.preset(preset)
    p = {name: float(model[name].magnitude) for name in model.parameters}

    def drift(t, x, I):
        v, n = x
        m_inf = 1 / (1 + np.exp((p["V_m"] - v) / p["k_m"]))
        n_inf = 1 / (1 + np.exp((p["V_n"] - v) / p["k_n"]))
        currents = (
            p["g_L"] * (v - p["E_L"]) + p["g_Na"] * m_inf * (v - p["E_Na"])
            + p["g_K"] * n * (v - p["E_K"])
        )  # fmt: skip
        return [(I - currents) / p["C"], (n_inf - n) / p["tau_n"]]

    return model, drift


def fires(neuron, strength, starts):
    """Whether pulses at these times, from rest, make v pass -20 mV."""
    preset, held = neuron
    model, drift = membrane(preset)
    rest = ex.equilibria(model, I=f"{held} uA/cm2").resting[0]
    state = [value.magnitude for value in rest.state.values()]
    edges = [edge for start in starts for edge in (start, start + WIDTH)]
    for k, (start, stop) in enumerate(zip(edges, [*edges[1:], edges[-1] + 8], strict=True)):
        I = held + (strength if k % 2 == 0 else 0.0)
        part = solve_ivp(
            drift, (start, stop), state, "DOP853", args=(I,), rtol=1e-9, atol=1e-10, max_step=0.1
        )
        if (part.y[0] >= -20.0).any():
            return True
        state = part.y[:, -1]
    return False


def threshold(neuron):
    """Bisect the threshold of one pulse."""
    low, high = 0.0, 400.0
    while high - low > 0.01:
        middle = (low + high) / 2
        low, high = (low, middle) if fires(neuron, middle, [0.0]) else (middle, high)
    return high


@pytest.mark.parametrize(
    ("neuron", "answered"), [(INTEGRATOR, [0.2]), (RESONATOR, [0.2, 2.9])], ids=["int", "res"]
)
def test_pairs_of_three_quarters_fire_together_or_one_period_apart(neuron, answered):
    strength = 0.75 * threshold(neuron)
    intervals = [0.2, 1.5, 2.9]
    assert [d for d in intervals if fires(neuron, strength, [0.0, d])] == answered


def test_the_resonator_is_easiest_to_fire_again_after_one_period_and_two():
    alone = threshold(RESONATOR)
    for interval, least in ((2.9, 0.589), (5.9, 0.687)):
        weak, strong = (
            fires(RESONATOR, ratio * alone, [0.0, interval])
            for ratio in (least - 0.01, least + 0.01)
        )
        assert (weak, strong) == (False, True)


@pytest.mark.parametrize(("sign", "best", "strength"), [(1, 3.0, 40.0), (-1, 3.6, 100.0)])
def test_triplets_fire_the_resonator_at_its_period_alone(sign, best, strength):
    answers = {d: fires(RESONATOR, sign * strength, [0.0, d, 2 * d]) for d in (2.0, best, 5.0)}
    assert answers == {2.0: False, best: True, 5.0: False}


def test_inhibition_never_fires_the_integrator():
    for d in (0.5, 1.5, 3.0, 6.0):
        assert not fires(INTEGRATOR, -400.0, [0.0, d, 2 * d])


def test_the_resonator_rings_with_the_period_of_its_focus():
    model, _ = membrane(RESONATOR[0])
    rest = ex.equilibria(model, I="40 uA/cm2").resting[0]
    assert rest.kind == "stable focus"
    omega = float(abs(rest.eigenvalues.magnitude.imag).max())
    assert 2 * np.pi / omega == pytest.approx(2.953, abs=1e-3)
