"""Phase responses without resets: reference numbers, two methods, and the two limiting shapes."""

import numpy as np
import pytest

import excitable as ex
from excitable.units import cm, ms, mV, uA

AXON = dict(I=10 * uA / cm**2)
CASES = {
    "prc/hh:modern I=10": (ex.HodgkinHuxley, "10 uA/cm2", 0 * mV),
    "prc/napk_high_threshold I=10": (ex.PersistentSodiumPotassium, "10 uA/cm2", -30 * mV),
    "prc/fhn_standard I=0.5": (ex.FitzHughNagumo, 0.5, 0),
}


@pytest.fixture(scope="module")
def axon():
    return ex.phase_response(ex.HodgkinHuxley, points=20, **AXON)


@pytest.mark.parametrize("name", sorted(CASES))
def test_reference_numbers(name, reference_entries):
    (entry,) = reference_entries(name)
    model, I, level = CASES[name]
    response = ex.phase_response(model, I=I, phase_zero=level)
    assert response.period.m_as("ms") == pytest.approx(entry["given"]["T"], rel=1e-9)
    phases = [float(phase) for phase in entry["value"]]
    found = response.at(phases)["v"].magnitude
    assert found == pytest.approx(list(entry["value"].values()), abs=1e-8 + 1e-8 * abs(found).max())
    assert abs(found - list(entry["value"].values())).max() < entry["tol"]
    assert response.accuracy < 1e-7


def test_every_reference_entry_is_compared(reference_entries):
    assert {entry["id"] for entry in reference_entries("prc/")} == set(CASES)


@pytest.mark.parametrize(
    ("model", "I"), [(ex.HodgkinHuxley, "10 uA/cm2"), (ex.FitzHughNagumo, 0.5)]
)
def test_pushes_of_the_simulated_neuron_agree_for_every_state_and_input(model, I):
    by_adjoint = ex.phase_response(model, I=I, points=12)
    measured = ex.phase_response(model, I=I, points=12, method="direct")
    assert measured.type == by_adjoint.type
    for name, value in by_adjoint.response.items():
        size = abs(value.magnitude).max()
        assert measured.response[name].units == value.units
        assert measured.response[name].magnitude == pytest.approx(value.magnitude, abs=3e-5 * size)


def test_an_integrator_that_shares_nothing_agrees(axon, reference):
    """Two runs of SciPy's DOP853 from either side of the cycle, and their spikes ten later."""
    phase, size, spikes = 0.55, 1e-3, 10
    (start,) = np.stack([v.magnitude for v in axon.states_at(phase).values()], axis=1)
    cell = reference.hodgkin_huxley()
    length = (spikes + 1.5) * axon.period.m_as("ms")
    last = []
    for sign in (1.0, -1.0):
        begin = start + sign * size * np.eye(4)[0]
        last.append(cell.run(begin, length, current=lambda t: 10.0)[0][spikes])
    expected = (last[1] - last[0]) / (2 * size)
    assert axon.at(phase)["v"].m_as("ms/mV")[0] == pytest.approx(expected, abs=1e-6)


def test_the_two_normalisations_and_units(axon):
    v = axon.response["v"]
    assert str(v.units) == "ms/mV"
    assert (axon.normalised["v"] * axon.period).m_as("ms/mV") == pytest.approx(v.m_as("ms/mV"))
    # One unit of charge into one unit of capacitance is one unit of potential.
    assert f"{axon.response['I'].units:~P}" == "cm²·ms/nC"
    charge = axon.response["I"].magnitude
    assert charge == pytest.approx(v.magnitude / ex.HodgkinHuxley.parameters["C"].value)
    assert axon.t[5] == 0.25 * axon.period


def test_the_product_with_the_drift_is_one(axon):
    """A state that is moved along the cycle is as much earlier as the way takes."""
    step = 1e-5
    there, here = axon.states_at(axon.phase + step), axon.states_at(axon.phase - step)
    span = 2 * step * axon.period
    product = sum(axon.response[n] * (there[n] - here[n]) / span for n in there)
    assert product.m_as("") == pytest.approx(np.ones(20), abs=1e-6)


def test_phase_zero(axon):
    assert axon.phase_zero == "spike"
    assert axon.states_at(0)["v"].magnitude == pytest.approx(0.0, abs=1e-7)
    assert list(axon.spikes) == [0.0]
    top = ex.phase_response(ex.HodgkinHuxley, phase_zero="maximum", **AXON)
    assert top.phase_zero == "maximum of v"
    fine = top.states_at(np.linspace(-0.01, 0.01, 2001))["v"].magnitude
    assert fine.argmax() == 1000
    level = ex.phase_response(ex.HodgkinHuxley, phase_zero="-70 mV", **AXON)
    assert level.phase_zero == "v rises through -70 mV"
    assert level.states_at(0)["v"].m_as("mV") == pytest.approx(-70, abs=1e-7)
    shift = level.spikes[0]
    assert level.at(0.3 + shift)["v"].magnitude == pytest.approx(axon.at(0.3)["v"].magnitude)


def test_a_cycle_below_the_spike_condition():
    response = ex.phase_response(ex.HodgkinHuxley, I="150 uA/cm2", points=5)
    assert response.phase_zero == "maximum of v"
    assert response.spikes.size == 0
    direct = response.direct(1e-3 * mV, phases=5)
    assert direct.response.magnitude == pytest.approx(
        response.response["v"].magnitude, abs=1e-3 * abs(response.response["v"].magnitude).max()
    )


def test_beside_a_saddle_node_on_the_cycle_the_response_is_one_minus_cosine():
    """The reduction to the theta neuron leaves (1 - cos 2 pi phi) up to a factor."""
    distance = []
    for I in ("4.7 uA/cm2", "4.52 uA/cm2", "4.5131 uA/cm2"):
        response = ex.phase_response(ex.PersistentSodiumPotassium, I=I, points=50)
        assert response.type == "type I"
        shape = response.response["v"].magnitude
        theta = 0.5 * (1 - np.cos(2 * np.pi * response.phase))
        distance.append(abs(shape / shape.max() - theta).max())
    assert distance[0] > distance[1] > distance[2]
    assert distance[2] < 0.03


def test_beside_a_supercritical_hopf_point_the_response_is_a_sinusoid():
    model = ex.PersistentSodiumPotassium.preset("supercritical Hopf")
    response = ex.phase_response(model, I="14.7 uA/cm2", points=64)
    assert response.type == "type II"
    assert response.delay_share == pytest.approx(0.5, abs=0.02)
    harmonics = abs(np.fft.rfft(response.response["v"].magnitude))
    assert harmonics[[0, 2, 3]].max() < 0.1 * harmonics[1]


def test_types_and_shares():
    kinds = {
        "type I": [(ex.WangBuzsaki, "0.5 uA/cm2"), (ex.MorrisLecar.preset("saddle-node on cycle"),
                                                    "45 uA/cm2")],
        "type II": [(ex.HodgkinHuxley, "20 uA/cm2"), (ex.MorrisLecar, "150 uA/cm2")],
    }  # fmt: skip
    for kind, models in kinds.items():
        for model, I in models:
            response = ex.phase_response(model, I=I)
            assert response.type == kind, model.name
            v = ex.phase_response(model, I=I, points=5000).response["v"].magnitude
            assert response.delay_share == pytest.approx(-v[v < 0].sum() / abs(v).sum(), abs=1e-4)


def test_a_cycle_of_a_branch_stable_or_not():
    branch = ex.continuation(ex.HodgkinHuxley, "I", "5 uA/cm2", "12 uA/cm2")
    found = sorted(branch.cycles().at("9 uA/cm2"), key=lambda one: one.stable)
    unstable, stable = (ex.phase_response(one) for one in found)
    assert not unstable.stable
    assert unstable.accuracy < 1e-6
    simulated = ex.phase_response(ex.HodgkinHuxley, I="9 uA/cm2")
    assert stable.period.m_as("ms") == pytest.approx(simulated.period.m_as("ms"), rel=1e-9)
    assert stable.response["v"].magnitude == pytest.approx(
        simulated.response["v"].magnitude, abs=1e-6
    )
    with pytest.raises(ex.ExcitableError, match="unstable"):
        unstable.direct(1 * mV)


def test_a_cycle_in_closed_form_with_two_inputs():
    """r' = r (1 - r^2) while the angle turns by 2 + mu (1 - r^2): the phase is angle + mu ln r."""
    model = ex.Model(
        "Turning",
        equations="""
            tau*dx/dt = x*g - y*(2 + mu*g)
            tau*dy/dt = y*g + x*(2 + mu*g) + J
            g = 1 - x**2 - y**2
        """,
        states=dict(x=0.0, y=0.0), inputs=dict(mu="1", J="1"), parameters=dict(tau=1 * ms),
    )  # fmt: skip
    response = ex.phase_response(
        model, mu=0.5, initial=dict(x=0.5, y=0.1), phase_zero="maximum", points=8
    )
    assert response.period.m_as("ms") == pytest.approx(np.pi, abs=1e-10)
    angle = 2 * np.pi * response.phase
    expected = 0.5 * np.stack(
        [-np.sin(angle) - 0.5 * np.cos(angle), np.cos(angle) - 0.5 * np.sin(angle)]
    )
    for row, name in zip(expected, "xy", strict=True):
        assert response.response[name].m_as("ms") == pytest.approx(row, abs=1e-8)
    assert response.response["J"].magnitude == pytest.approx(expected[1], abs=1e-8)
    assert response.response["mu"].magnitude == pytest.approx(0.0, abs=1e-8)
    assert response.multipliers == pytest.approx(np.exp(-2 * np.pi), rel=1e-6)
    direct = response.direct("1e-4 ms", "J", phases=8)
    assert direct.response.magnitude == pytest.approx(expected[1], abs=1e-3)


def test_bursts_of_a_smooth_neuron_are_one_cycle():
    response = ex.phase_response(ex.HindmarshRose, I=2, points=8)
    assert response.spikes.size == 9
    assert response.spikes[0] == 0.0
    gaps = np.diff(np.append(response.spikes, 1.0))
    assert gaps.argmax() == 8
    assert response.accuracy < 1e-7
