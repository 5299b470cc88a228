"""Channels alone under a command potential, and six of them in one membrane."""

import importlib

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import excitable as ex
from excitable.expression import differentiate, evaluate, free_symbols
from excitable.model import Model
from excitable.models import channels
from excitable.units import cm, ms, mV, uA

DENSITY = uA / cm**2
ALL = [getattr(channels, name) for name in channels.__all__]
GATED = [channel for channel in ALL if channel.states]
SPIKES = {"leak", "sodium", "potassium", "m_current", "h_current", "calcium", "a_current"}


def name_of(channel):
    return channel.name


def current_of(channel):
    return next(n for n, _ in channel.system.intermediates if n.startswith("I_"))


def test_every_file_is_a_channel():
    assert set(channels.__all__) >= SPIKES
    assert dir(channels) == sorted(channels.__all__)
    with pytest.raises(AttributeError, match="Did you mean 'sodium'"):
        channels.Sodium  # noqa: B018


def test_a_channel_stands_for_its_file():
    module = importlib.import_module("excitable.models.channels.sodium")
    assert channels.sodium is module.sodium
    assert isinstance(channels.sodium, Model)


def test_channels_are_not_listed_as_neurons():
    assert not set(channels.__all__) & set(ex.models.__all__)


@pytest.mark.parametrize("channel", ALL, ids=name_of)
def test_a_channel_is_described(channel):
    assert channel.name in channels.__all__
    assert channel.reference
    assert list(channel.inputs) == ["v"]
    for declared in (*channel.parameters.values(), *channel.states.values()):
        assert declared.description


@pytest.mark.parametrize("channel", GATED, ids=name_of)
def test_gates_relax_linearly(channel):
    """dx/dt is linear in x and free of the other gates, so that x_inf and tau_x exist."""
    system = channel.system
    for state, right in zip(system.states, system.expanded_derivatives(), strict=True):
        others = set(system.states) - {state}
        assert not free_symbols(right) & others
        assert state not in free_symbols(differentiate(right, state))


@pytest.mark.parametrize("channel", GATED, ids=name_of)
def test_a_command_potential_gives_the_gates_of_an_independent_solution(channel):
    command = ex.step(45 * mV, start=2 * ms, stop=12 * ms) + (-80 * mV)
    start = dict.fromkeys(channel.states, 0.25)
    current = current_of(channel)
    run = ex.simulate(channel, 20 * ms, v=command, initial=start, record=[*channel.states, current])
    system, values = channel.system, channel.values()

    def rate(t, y):
        v = -35.0 if 2.0 <= t < 12.0 else -80.0
        names = {**values, **dict(zip(system.states, y, strict=True)), "v": v}
        return [float(evaluate(e, names)) for e in system.expanded_derivatives()]

    y = [0.25] * len(start)
    for begin, end in ((0.0, 2.0), (2.0, 12.0), (12.0, 20.0)):
        inside = (run.t_ms >= begin - 1e-9) & (run.t_ms <= end - 1e-9)
        found = solve_ivp(
            lambda t, y, at=0.5 * (begin + end): rate(at, y), (begin, end), y, "DOP853",
            t_eval=np.clip(run.t_ms[inside], begin, end), rtol=1e-11, atol=1e-13,
        )  # fmt: skip
        for state, course in zip(system.states, found.y, strict=True):
            assert run.bare(state)[inside] == pytest.approx(course, abs=2e-6)
        y = solve_ivp(
            lambda t, y, at=0.5 * (begin + end): rate(at, y), (begin, end), y, "DOP853",
            rtol=1e-11, atol=1e-13,
        ).y[:, -1]  # fmt: skip
    names = {**values, **{s: run.bare(s)[60] for s in system.states}, "v": -35.0}
    expected = evaluate(system.expand(dict(system.intermediates)[current]), names)
    assert run.bare(current)[60] == pytest.approx(expected, rel=1e-12)


def test_a_leak_follows_the_command_at_once():
    run = ex.simulate(channels.leak, 10 * ms, v=ex.step(-60 * mV, start=2.05 * ms))
    assert run.recorded == ("I_L",)
    v = np.where(run.t_ms < 2.05, 0.0, -60.0)
    assert run.bare("I_L") == pytest.approx(0.3 * (v + 54.387), rel=1e-14)
    assert run.spikes.count == 0
    everyone = ex.simulate(channels.leak, 1 * ms, v=[-60, -50] * mV)
    assert everyone.bare("I_L").shape == (11, 2)
    assert ex.simulate(channels.leak, 1 * ms, record=False).recorded == ()


@pytest.fixture(scope="module")
def cell():
    """A membrane with six channels; `cell(g_M=..., ...)` opens some of the last three."""
    membrane = Model(
        "Membrane",
        equations="C*dv/dt = I - I_ion",
        spike="v >= 0*mV",
        states={"v": "-70 mV"},
        inputs={"I": "uA/cm2", "I_ion": "uA/cm2"},
        parameters={"C": "1 uF/cm2"},
    )
    whole = ex.compose(
        "Cell of six channels",
        membrane,
        channels.leak(g_L="0.05 mS/cm2", E_L="-70 mV"),
        channels.cortical_sodium(V_T="-58 mV"),
        channels.cortical_potassium(V_T="-58 mV", g_K="10 mS/cm2"),
        channels.m_current(g_M="0.1 mS/cm2", E_K="-90 mV", tau_max="400 ms"),
        channels.h_current(g_h="0.03 mS/cm2"),
        channels.calcium(g_Ca="0.6 mS/cm2"),
    )
    shut = whole(g_M="0 mS/cm2", g_h="0 mS/cm2", g_Ca="0 mS/cm2")
    return lambda **opened: shut(**{name: f"{g} mS/cm2" for name, g in opened.items()})


def response(model, current):
    pulse = ex.step(current * DENSITY, start=100 * ms, stop=600 * ms)
    return ex.simulate(model, 900 * ms, I=pulse)


@pytest.mark.slow
def test_the_m_current_makes_intervals_longer(cell):
    without = np.diff(response(cell(), 1.5).spikes[0].times_ms)
    with_it = np.diff(response(cell(g_M=0.1), 1.5).spikes[0].times_ms)
    assert np.ptp(without) < 0.1
    assert with_it[-1] > 1.5 * with_it[0]
    assert np.all(np.diff(with_it) > -0.05)


@pytest.mark.slow
def test_the_h_current_sags_and_rebounds(cell):
    without, with_it = response(cell(), -1.5), response(cell(g_h=0.03), -1.5)
    inside = (without.t_ms > 100.0) & (without.t_ms < 600.0)
    sag = [run.bare("v")[inside][-1] - run.bare("v")[inside].min() for run in (without, with_it)]
    assert sag[0] < 0.01
    assert sag[1] > 5.0
    after = without.t_ms > 600.0
    over = [run.bare("v")[after].max() - run.bare("v")[0] for run in (without, with_it)]
    assert over[0] < 0.01
    assert over[1] > 3.0
    assert response(cell(g_h=0.3), -1.5).spikes[0].times_ms.min() > 600.0


@pytest.mark.slow
def test_calcium_fires_a_burst_after_inhibition(cell):
    assert response(cell(), -1.5).spikes.count == 0
    run = response(cell(g_Ca=0.6), -1.5)
    times = run.spikes[0].times_ms
    assert times.size >= 2
    assert times[0] > 600.0
    silent = cell(g_Ca=0.6, g_Na=0)
    low = response(silent, -1.5).bare("v")
    assert -60.0 < low.max() < 0.0  # the calcium spike beneath the burst


@pytest.mark.slow
def test_all_six_channels_together(cell):
    run = response(cell(g_M=0.1, g_h=0.03, g_Ca=0.6), -1.5)
    assert list(run.model.states) == ["v", "m", "h", "n", "p", "r", "u"]
    assert run.spikes.count >= 2
    assert run.spikes[0].times_ms[0] > 600.0


@pytest.mark.slow
def test_squid_channels_take_the_others_too():
    model = ex.compose(
        "Axon of six channels",
        Model(
            "Membrane",
            equations="C*dv/dt = I - I_ion",
            spike="v >= 0*mV",
            states={"v": "-65 mV"},
            inputs={"I": "uA/cm2", "I_ion": "uA/cm2"},
            parameters={"C": "1 uF/cm2"},
        ),
        channels.leak, channels.sodium, channels.potassium, channels.m_current,
        channels.h_current, channels.calcium,
    )  # fmt: skip
    run = ex.simulate(model, 200 * ms, I=ex.step(12 * DENSITY, start=20 * ms))
    assert run.start.startswith("at rest")
    assert run.spikes.count > 3
    assert Model.from_dict(model.to_dict()) == model
