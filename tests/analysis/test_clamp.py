"""The voltage clamp: gates relax as they must, currents follow from the equations."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import excitable as ex
from excitable.units import Hz, mS, ms, mV, nS, pA

STEPS = np.arange(-90.0, 81.0, 10.0)


@pytest.fixture(scope="module")
def family():
    return ex.voltage_clamp(
        ex.HodgkinHuxley, STEPS * mV, 30 * ms, holding=-65 * mV, start=3.217 * ms, stop=21.3 * ms
    )


def relaxed(gate, t, levels, on, off):
    """A gate under a step from -65 mV and back, in closed form."""
    rest, there = gate(-65 * mV), gate(levels * mV)
    t = t[:, None]
    hold, target = rest.inf.magnitude, there.inf.magnitude
    tau, back = there.tau.m_as("ms"), rest.tau.m_as("ms")
    during = target + (hold - target) * np.exp(-(np.clip(t, on, off) - on) / tau)
    return np.where(t < off, during, hold + (during - hold) * np.exp(-(t - off) / back))


@pytest.mark.parametrize("name", ["m", "h", "n"])
def test_gates_relax_exponentially(family, name):
    gate = ex.gates(ex.HodgkinHuxley)[name]
    exact = relaxed(gate, family.t_ms, STEPS, 3.217, 21.3)
    assert np.abs(family.bare(name) - exact).max() < 1e-6


def test_currents_are_conductance_times_driving_force(family):
    gates = ex.gates(ex.HodgkinHuxley)
    m, h, n = (relaxed(gates[x], family.t_ms, STEPS, 3.217, 21.3) for x in "mhn")
    v = np.where((family.t_ms >= 3.217) & (family.t_ms < 21.3), 1, 0)[:, None] * (STEPS + 65) - 65
    assert np.abs(family.bare("v") - v).max() < 1e-12
    parts = {
        "I_Na": 120 * m**3 * h * (v - 50),
        "I_K": 36 * n**4 * (v + 77),
        "I_L": 0.3 * (v + 54.387),
    }
    for name, exact in parts.items():
        assert np.abs(family.bare(name) - exact).max() < 1e-6 * max(np.abs(exact).max(), 10)
    assert np.abs(family.bare("total") - sum(parts.values())).max() < 5e-3
    assert family.currents == ("I_Na", "I_K", "I_L", "total")
    added = sum(family.bare(name) for name in family.currents[:-1])
    assert np.abs(family.bare("total") - added).max() < 1e-9


def test_peak_current_voltage_curve(family):
    peak = family.peak("I_Na", start=3.3 * ms, stop=21 * ms).m_as("uA/cm**2")
    inward = STEPS < 50
    assert np.all(peak[inward] <= 0)
    assert np.all(peak[STEPS > 50] >= 0)
    assert abs(peak[STEPS == 50][0]) < 1e-9  # reversal
    deepest = STEPS[np.argmin(peak)]
    assert -20 <= deepest <= 10
    assert -1600 < peak.min() < -1300
    late = family["I_K"][family.t_ms < 21.3][-1].m_as("uA/cm**2")
    assert np.all(np.diff(late[STEPS >= -70]) > 0)


def test_it_starts_in_the_steady_state_of_the_first_value():
    clamp = ex.voltage_clamp(ex.HodgkinHuxley, -30 * mV, 5 * ms)
    for name in "mhn":
        values = clamp.bare(name)
        assert values[0] == pytest.approx(
            ex.gates(ex.HodgkinHuxley, -30 * mV)[name].inf.magnitude, rel=1e-12
        )
        assert np.ptp(values) < 1e-8
    assert clamp.start == "in the steady state of the command's first value"
    assert clamp.v.shape == clamp.total.shape == (251,)


def test_any_stimulus_commands():
    command = ex.ramp(-100 * mV, 40 * mV, start=0 * ms, stop=20 * ms)
    clamp = ex.voltage_clamp(ex.HodgkinHuxley, command, 20 * ms, dt=0.1 * ms)
    gate = ex.gates(ex.HodgkinHuxley)["n"]

    def rate(t, y):
        there = gate((-100 + 7 * t) * mV)
        return (there.inf.magnitude - y) / there.tau.m_as("ms")

    solved = solve_ivp(
        rate, (0, 20), [gate(-100 * mV).inf.magnitude], "DOP853", [2.0, 10.0, 19.9],
        rtol=1e-10, atol=1e-12,
    )  # fmt: skip
    assert clamp.bare("n")[[20, 100, 199]] == pytest.approx(solved.y[0], abs=1e-6)


def test_a_channel_by_itself_is_driven_directly():
    channel = ex.models.channels.sodium
    alone = ex.voltage_clamp(channel, [-20, 20] * mV, 20 * ms, holding=-65 * mV)
    whole = ex.voltage_clamp(ex.HodgkinHuxley, [-20, 20] * mV, 20 * ms, holding=-65 * mV)
    assert alone.currents == ("I_Na", "total")
    assert np.abs(alone.bare("total") - whole.bare("I_Na")).max() < 1e-3
    run = ex.simulate(
        channel, 20 * ms, v=ex.step([45, 85] * mV, start=5 * ms) + -65 * mV, dt=0.02 * ms,
        initial={name: alone[name][0] for name in alone.states},
    )  # fmt: skip
    assert np.abs(run.bare("h") - alone.bare("h")).max() < 1e-6


def test_models_without_named_currents_or_states():
    v = np.array([-80.0, -60.0, -40.0])
    leaky = ex.voltage_clamp(ex.LIF, v * mV, 1 * ms)
    assert leaky.currents == ("total",)
    assert leaky.bare("total")[-1] == pytest.approx((v + 65) * 10)
    assert leaky["total"].check("[current]")
    sodium = ex.voltage_clamp(ex.PersistentSodium, v * mV, 1 * ms)
    known = ex.PersistentSodium.values()
    m = 1 / (1 + np.exp((known["V_m"] - v) / known["k_m"]))
    exact = known["g_L"] * (v - known["E_L"]) + known["g_Na"] * m * (v - known["E_Na"])
    assert sodium.bare("total")[0] == pytest.approx(exact, rel=1e-12)


def test_a_membrane_driven_by_two_inputs():
    model = ex.Model(
        "A synapse and an electrode",
        equations="""
            C*dv/dt = g_L*(E_L - v) - I_syn + I
            I_syn = g*(v - E)
        """,
        states=dict(v=-65 * mV),
        inputs=dict(g=nS, I=pA),
        parameters=dict(C="200 pF", g_L=10 * nS, E_L=-65 * mV, E=0 * mV),
    )
    pulse = ex.pulse(4 * nS, start=2 * ms, width=3 * ms)
    clamp = ex.voltage_clamp(model, -70 * mV, 10 * ms, g=pulse)
    on = (clamp.t_ms >= 2) & (clamp.t_ms < 5)
    assert clamp.bare("I_syn") == pytest.approx(np.where(on, -280.0, 0.0))
    assert clamp.bare("total") == pytest.approx(np.where(on, -330.0, -50.0))


def test_the_clamp_current_holds_the_free_membrane():
    """The total, injected into the free membrane at the same potential, keeps it there."""
    for v in (-75.0, -62.0):
        held = ex.voltage_clamp(ex.HodgkinHuxley, v * mV, 5 * ms)
        states = {name: held[name][0] for name in held.states}
        free = ex.simulate(
            ex.HodgkinHuxley, 5 * ms, I=held.total[0], initial=dict(v=v * mV, **states)
        )
        assert np.abs(free.bare("v") - v).max() < 1e-3


def test_sampling_does_not_change_results():
    fine = ex.voltage_clamp(ex.HodgkinHuxley, 0 * mV, 20 * ms, holding=-65 * mV, dt=0.01 * ms)
    coarse = ex.voltage_clamp(ex.HodgkinHuxley, 0 * mV, 20 * ms, holding=-65 * mV, dt=0.5 * ms)
    assert np.abs(fine.bare("I_K")[::50] - coarse.bare("I_K")).max() < 2e-3


def test_one_neuron_for_each_parameter():
    model = ex.HodgkinHuxley(g_K=[36, 72] * mS / ex.units.cm**2)
    clamp = ex.voltage_clamp(model, 0 * mV, 10 * ms, holding=-65 * mV)
    assert clamp.bare("I_K")[:, 1] == pytest.approx(2 * clamp.bare("I_K")[:, 0], rel=1e-9)


def test_it_shows_itself():
    clamp = ex.voltage_clamp(ex.HodgkinHuxley, [-20, 0] * mV, 10 * ms, holding=-65 * mV)
    assert "commands 2; currents I_Na, I_K, I_L, total; states m, h, n" in repr(clamp)
    assert list(clamp) == ["v", "I_Na", "I_K", "I_L", "total", "m", "h", "n"]
    assert "I_Na" in dir(clamp)
    with pytest.raises(ex.errors.UnknownNameError, match="was not measured"):
        clamp.I_Ca  # noqa: B018
    with pytest.raises(AttributeError):
        clamp._nothing  # noqa: B018


def test_states_that_do_not_see_the_potential_go_their_own_way():
    clamp = ex.voltage_clamp(ex.GLIF4, -60 * mV, 5 * ms)
    assert np.all(clamp.bare("total") == ex.voltage_clamp(ex.GLIF1, -60 * mV, 5 * ms).bare("total"))
    assert set(clamp.states) == set(ex.GLIF4.states) - {"v"}


@pytest.mark.parametrize(
    ("command", "lasts"),
    [
        (-20 * mV, 20.0),
        (ex.step(45 * mV, start=5 * ms, stop=31.5 * ms) + (-65 * mV), 51.5),
        (ex.step([10, 45] * mV, start=[5, 7] * ms) + (-65 * mV), 27.0),
        (ex.pulse(45 * mV, start=2 * ms, width=3 * ms), 25.0),
        (ex.pulses(45 * mV, start=2 * ms, width=1 * ms, period=10 * ms, n=4), 53.0),
        (ex.ramp(0 * mV, 45 * mV, start=2 * ms, stop=12 * ms), 32.0),
        (ex.trace(np.zeros(50) * mV, 0.2 * ms, start=1 * ms), 31.0),
        (ex.sine(10 * mV, 50 * Hz, stop=40 * ms), 60.0),
    ],
)
def test_without_a_duration_it_lasts_until_the_command_stands_still(command, lasts):
    clamp = ex.voltage_clamp(ex.HodgkinHuxley, v=command)
    assert clamp.t_ms[-1] == pytest.approx(lasts, abs=0.02)
    same = ex.voltage_clamp(ex.HodgkinHuxley, command, lasts * ms)
    np.testing.assert_array_equal(clamp.bare("n"), same.bare("n"))
