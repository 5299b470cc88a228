"""Firing under constant current: closed forms against quadrature and runs."""

import numpy as np
import pytest
from scipy.integrate import quad

import excitable as ex
from excitable.units import Hz, MOhm, ms, mV, pA

CELLS = {
    "reset to rest": dict(E_L=-65 * mV, V_R=-65 * mV, V_T=-50 * mV, t_ref=2 * ms),
    "reset below rest": dict(E_L=-65 * mV, V_R=-80 * mV, V_T=-50 * mV, t_ref=0 * ms),
    "reset above rest": dict(E_L=-70 * mV, V_R=-55 * mV, V_T=-52 * mV, t_ref=5 * ms),
}
for cell in CELLS.values():
    cell |= dict(R=80 * MOhm, tau_m=15 * ms)


@pytest.mark.parametrize("name", CELLS)
def test_rate_of_a_run(name):
    cell = CELLS[name]
    I = np.array([1.001, 1.2, 2.0, 8.0]) * ex.theory.lif_rheobase(
        **{key: cell[key] for key in ("R", "V_T", "E_L")}
    )
    run = ex.simulate(ex.LIF(**cell), 800 * ms, I=I)
    last = [run.spikes.isi(i).m_as("ms")[-1] for i in range(4)]
    period = ex.theory.lif_period(I, **cell).m_as("ms")
    assert period == pytest.approx(last, rel=1e-11)
    rate = ex.theory.lif_rate(I, **cell)
    assert rate.m_as("Hz") == pytest.approx(1e3 / period, rel=1e-14)
    back = ex.theory.lif_current_for_rate(rate, **cell)
    assert back.m_as("pA") == pytest.approx(I.m_as("pA"), rel=1e-12)


def test_the_way_from_any_potential():
    known = dict(R=100 * MOhm, tau_m=20 * ms, V_T=-50 * mV, E_L=-65 * mV)
    for v_0 in (-90.0, -65.0, -50.001):
        exact, _ = quad(lambda v: 20.0 / (-35.0 - v), v_0, -50.0, epsabs=0, epsrel=1e-13)
        found = ex.theory.lif_first_passage(300 * pA, v_0=v_0 * mV, **known)
        assert found.m_as("ms") == pytest.approx(exact, rel=1e-11)
    assert ex.theory.lif_first_passage(300 * pA, v_0=-50 * mV, **known).magnitude == 0.0
    never = ex.theory.lif_first_passage([100, 150] * pA, v_0=-65 * mV, **known)
    assert np.isinf(never.magnitude).all()


def test_at_the_rheobase_itself_it_never_fires():
    cell = CELLS["reset to rest"]
    least = ex.theory.lif_rheobase(**{key: cell[key] for key in ("R", "V_T", "E_L")})
    assert ex.theory.lif_rate([0.5, 1.0] * least, **cell).m_as("Hz").tolist() == [0.0, 0.0]
    assert ex.theory.lif_rate(least * (1 + 1e-9), **cell).magnitude > 0.0
    v = ex.theory.lif_steady_potential(least, R=cell["R"], E_L=cell["E_L"])
    assert v.m_as("mV") == pytest.approx(-50.0, abs=1e-12)


def test_no_current_reaches_the_inverse_of_the_refractory_time():
    cell = CELLS["reset to rest"]
    I = ex.theory.lif_current_for_rate([1e-9, 499.0, 500.0, 600.0] * Hz, **cell).m_as("pA")
    assert I[0] == pytest.approx(15 / 0.08)
    assert I[1] > 50_000
    assert np.isnan(I[2:]).all()


@pytest.mark.parametrize(
    ("I", "low", "high"),
    [
        (2.0, -5.0, 30.0),
        (1e-6, -10.0, 10.0),
        (0.0, 0.5, 50.0),
        (-1.0, 1.001, 40.0),
        (-4.0, 3.0, 9.0),
    ],
)
def test_period_of_the_quadratic_neuron(I, low, high):
    points = [x for x in (-0.01, 0.0, 0.01) if low < x < high]
    exact, _ = quad(lambda x: 10.0 / (x * x + I), low, high, points=points, limit=500, epsrel=1e-12)
    found = ex.theory.qif_period(I, tau=10 * ms, x_reset=low, x_peak=high)
    assert found.m_as("ms") == pytest.approx(exact, rel=1e-8)


def test_period_of_the_quadratic_neuron_in_a_run():
    cell = ex.QIF(x_peak=20.0, x_reset=-15.0, tau=10 * ms)
    run = ex.simulate(cell, 300 * ms, I=1.5, initial=dict(x=-15.0))
    known = {name: cell[name] for name in cell.parameters}
    period = ex.theory.qif_period(1.5, **known)
    assert run.spikes.isi(0).m_as("ms")[-1] == pytest.approx(period.m_as("ms"), rel=1e-5)


def test_the_quadratic_neuron_that_does_not_get_there():
    period = ex.theory.qif_period([-1.0, -1.0, 0.0], tau=1 * ms, x_reset=[-5.0, 1.0, -0.5])
    assert np.isinf(period.magnitude).all()
    infinite = ex.theory.qif_period(4.0, tau=1 * ms).m_as("ms")
    assert infinite == pytest.approx(np.pi / 2, rel=1e-15)


def test_steady_interval_of_several_adapting_thresholds():
    cell = ex.models.alif(2)(d_1=3 * mV, tau_1=50 * ms, d_2=1 * mV, tau_2=400 * ms, t_ref=3 * ms)
    run = ex.simulate(cell, 6000 * ms, I=400 * pA, record=False)
    known = {name: cell[name] for name in cell.parameters}
    period = ex.theory.alif_period(400 * pA, **known).m_as("ms")
    assert run.spikes.isi(0).m_as("ms")[-1] == pytest.approx(period, rel=1e-6)


def test_adapting_threshold_limits():
    cell = dict(R=100 * MOhm, tau_m=10 * ms, E_L=0 * mV, V_T=15 * mV, V_R=0 * mV, t_ref=1 * ms)
    plain = ex.theory.lif_period(300 * pA, **cell).m_as("ms")
    none = ex.theory.alif_period(300 * pA, **cell, d_1=0 * mV, tau_1=100 * ms).m_as("ms")
    assert none == pytest.approx(plain, rel=1e-14)
    without = ex.theory.alif_period([100, 300] * pA, **cell).m_as("ms")
    assert np.isinf(without[0])
    assert without[1] == pytest.approx(plain, rel=1e-14)
    strong = ex.theory.alif_period(151 * pA, **cell, d_1=1000 * mV, tau_1=1000 * ms).m_as("ms")
    level = 15.0 + 1000.0 / np.expm1(strong / 1000.0)
    assert 15.1 * -np.expm1(-(strong - 1.0) / 10.0) == pytest.approx(level, abs=1e-10)
