"""Phase responses through resets: closed forms, quadrature, and pushed simulations."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq

import excitable as ex
from excitable.units import fC, ms, mV, pA


def test_leaky_neuron_in_closed_form():
    """Z = tau/(R I + E_L - V), nothing in the refractory time."""
    response = ex.phase_response(ex.LIF, I=300 * pA)
    t = response.t.m_as("ms")
    assert response.period.m_as("ms") == pytest.approx(2 + 20 * np.log(30 / 15), rel=1e-12)
    V = -65 + 30 * (1 - np.exp(-(t - 2) / 20))
    expected = np.where(t < 2, 0.0, 20 / (30 - 65 - V))
    assert response.response["v"].m_as("ms/mV") == pytest.approx(expected, abs=1e-10)
    # A charge q lifts the potential by R q/tau.
    assert response.response["I"].magnitude == pytest.approx(expected * 0.1 / 20, abs=1e-12)
    assert str(response.response["I"].units) == "ms/fC"
    assert response.type == "type I"
    assert response.delay_share == 0.0
    assert response.jumps == pytest.approx([0.0, 2 / response.period.m_as("ms")])


def test_quadratic_neuron_in_closed_form(reference_entries):
    """x = sqrt(I) tan: with reset and peak far away the response is (1 - cos 2 pi phi)/(2 I)."""
    (entry,) = reference_entries("qif/prc")
    far = ex.phase_response(ex.QIF(x_peak=1e9, x_reset=-1e9), I=1)
    assert far.period.m_as("ms") == pytest.approx(float(entry["value"]["T"]), abs=1e-8)
    values = entry["value"]["Z(phi)=(1-cos(2 pi phi))/(2I)"]
    found = far.at([float(phase) for phase in values])["x"].m_as("ms")
    assert found == pytest.approx([float(v) for v in values.values()], abs=1e-8)
    near = ex.phase_response(ex.QIF, I=4)
    t = near.t.m_as("ms")
    x = 2 * np.tan(2 * t + np.arctan(-5))
    assert near.response["x"].m_as("ms") == pytest.approx(1 / (x**2 + 4), abs=1e-10)


def test_exponential_neuron_by_quadrature():
    response = ex.phase_response(ex.EIF, I=800 * pA, points=10)
    p = {name: value.value for name, value in ex.EIF.parameters.items()}

    def speed(v):
        push = p["g_L"] * p["Delta_T"] * np.exp((v - p["V_T"]) / p["Delta_T"])
        return (p["g_L"] * (p["E_L"] - v) + push + 800) / p["C"]

    def time(v):
        return quad(lambda u: 1 / speed(u), p["V_R"], v, epsabs=0, epsrel=1e-12, limit=200)[0]

    after = response.t.m_as("ms") - p["t_ref"]
    for t, Z in zip(after, response.response["v"].m_as("ms/mV"), strict=True):
        if t >= 0:
            v = brentq(lambda v, t=t: time(v) - t, p["V_R"], p["V_T"] + 8 * p["Delta_T"])
            assert Z == pytest.approx(1 / speed(v), rel=1e-8)
        else:
            assert Z == 0.0


HYBRIDS = {
    "AdEx": (ex.AdEx, "800 pA"),
    "AdEx, refractory": (ex.AdEx(t_ref=5 * ms), "800 pA"),
    "AdEx, bursting": (ex.AdEx.preset("regular bursting"), "500 pA"),
    "Izhikevich": (ex.Izhikevich, "10 mV/ms"),
    "Izhikevich, chattering": (ex.Izhikevich.preset("chattering"), "10 mV/ms"),
    "ALIF": (ex.ALIF, "300 pA"),
    "GLIF2": (ex.GLIF2, "300 pA"),
    "GLIF5": (ex.GLIF5, "300 pA"),
}


@pytest.mark.parametrize("name", sorted(HYBRIDS))
def test_pushes_of_the_simulated_neuron_agree(name):
    """Every state and the input, off the resets; bursts with several spikes in a period."""
    model, I = HYBRIDS[name]
    where = (np.arange(9) + 0.37) / 9
    found = ex.phase_response(model, I=I).at(where)
    measured = ex.phase_response(model, I=I, method="direct").at(where)
    for key, value in found.items():
        size = abs(value.magnitude).max()
        assert size > 0.0
        assert measured[key].magnitude == pytest.approx(value.magnitude, abs=3e-4 * size), key


def test_an_integrator_that_shares_nothing_agrees(reference):
    """Pushes of the adaptation current of AdEx, by SciPy's DOP853, and the spikes ten later."""
    response = ex.phase_response(ex.AdEx, I=800 * pA)
    p = {name: value.value for name, value in ex.AdEx.parameters.items()}
    cell = reference.adex(**p)
    state = response.states_at(0.4)
    start = np.array([state[name].magnitude[0] for name in "vw"])
    length = 11.5 * response.period.m_as("ms")
    for k, (name, size) in enumerate((("v", 1e-3), ("w", 1e-2))):
        late, early = (
            cell.run(start + sign * size * np.eye(2)[k], length, current=lambda t: 800.0)[0][10]
            for sign in (-1.0, 1.0)
        )
        expected = (late - early) / (2 * size)
        assert response.at(0.4)[name].magnitude[0] == pytest.approx(expected, abs=1e-6)


def test_what_survives_the_reset_answers_in_the_refractory_time():
    """The held potential takes no push; the adapting threshold does."""
    response = ex.phase_response(ex.ALIF, I=300 * pA)
    resting = response.t < 2 * ms
    assert not response.response["v"].magnitude[resting].any()
    assert not response.response["I"].magnitude[resting].any()
    theta = response.response["theta_1"].magnitude
    assert (theta[resting] < -0.1).all()
    # It decays freely meanwhile, so a push early in it is a smaller one at its end.
    tau = ex.ALIF.parameters["tau_1"].value
    T = response.period.m_as("ms")
    early, late = response.at([0.0, 1.5 / T])["theta_1"].magnitude
    assert early / late == pytest.approx(np.exp(-1.5 / tau), rel=1e-9)
    # A clamped state has lost what came in: nothing changes later either.
    assert response.direct(1 * mV, phases=[0.01, 0.05]).advance.m_as("ms") == pytest.approx(
        [0, 0], abs=1e-9
    )


def test_large_pushes_of_a_leaky_neuron():
    """A jump over the threshold fires at once; less than that is the way it saves."""
    response = ex.phase_response(ex.LIF(t_ref=0 * ms), I=300 * pA)
    T = response.period.m_as("ms")
    jumps = response.direct(6 * mV, phases=[0.25, 0.9])
    V = -35 - 30 * np.exp(-0.25 * T / 20)
    saved = 20 * np.log((-35 - V) / (-35 - V - 6))
    assert jumps.advance.m_as("ms") == pytest.approx([saved, 0.1 * T], abs=1e-8)
    assert jumps.response.m_as("ms/mV") == pytest.approx(jumps.advance.m_as("ms") / 6)
    assert jumps.normalised.m_as("1/mV") == pytest.approx(jumps.advance.m_as("ms") / 6 / T)
    pulse = response.direct(-20 * fC, "I", width=2 * ms, phases=[0.5])
    # The mean of the infinitesimal response over the pulse, to first order in its size.
    around = response.at(0.5 + np.linspace(-1, 1, 201) / T)["I"].magnitude
    assert pulse.response.magnitude == pytest.approx(np.mean(around), rel=0.01)
    assert pulse.width == 2 * ms


def test_a_multiplier_from_spike_to_spike():
    """The adapting threshold forgets as far as the next spike is later: by the slope of its map."""
    response = ex.phase_response(ex.ALIF, I=300 * pA)
    T = response.period.m_as("ms")
    p = {name: value.value for name, value in ex.ALIF.parameters.items()}

    def after(theta):
        """Threshold after the next spike, from that after the last one."""
        top = p["E_L"] + p["R"] * 300

        def gap(t):
            v = top + (p["V_R"] - top) * np.exp(-(t - p["t_ref"]) / p["tau_m"])
            return v - p["V_T"] - theta * np.exp(-t / p["tau_1"])

        t = brentq(gap, p["t_ref"], 5 * T, xtol=1e-14)
        return theta * np.exp(-t / p["tau_1"]) + p["d_1"]

    theta = response.states_at(0)["theta_1"].magnitude[0]
    assert after(theta) == pytest.approx(theta, rel=1e-9)
    slope = (after(theta + 1e-4) - after(theta - 1e-4)) / 2e-4
    assert abs(response.multipliers).max() == pytest.approx(abs(slope), rel=1e-5)


def test_an_inductive_drive_delays_after_the_spike():
    """Recovery that grows with the potential turns early pushes into delays."""
    kinds = {
        name: ex.phase_response(ex.Izhikevich.preset(name), I="10 mV/ms").type
        for name in ("regular spiking", "fast spiking")
    }
    assert kinds == {"regular spiking": "type II", "fast spiking": "type I"}
