"""Phase responses as pictures: what is drawn is what was found."""

import numpy as np
import pytest

import excitable as ex
from excitable.plotting._figure import new_figure
from excitable.units import fC, mV, pA


def lines(axes):
    return [line for line in axes.get_lines() if np.size(line.get_xdata()) > 2]


@pytest.fixture(scope="module")
def axon():
    return ex.phase_response(ex.HodgkinHuxley, I="10 uA/cm2", points=5)


@pytest.fixture(scope="module")
def leaky():
    return ex.phase_response(ex.LIF, I=300 * pA)


def test_adjoint_and_measured_ones_together(axon):
    small, large = axon.direct(0.2 * mV, phases=4), axon.direct(-1 * mV, phases=[0.5, 0.6, 0.7])
    figure = axon.plot(small, large)
    above, below = figure.axes
    assert above.get_title(loc="left") == "HodgkinHuxley, type II"
    (cycle,) = lines(above)
    phases, v = cycle.get_data()
    assert v == pytest.approx(axon.states_at(phases)["v"].magnitude)
    adjoint, *marks = lines(below)
    phases, Z = adjoint.get_data()
    assert phases.size > 100  # however few were asked for
    assert Z == pytest.approx(axon.at(phases)["v"].magnitude)
    for line, one in zip(marks, (small, large), strict=True):
        assert line.get_xdata() == pytest.approx(one.phase)
        assert line.get_ydata() == pytest.approx(one.response.magnitude)
    assert below.get_ylabel() == "advance by $v$\n(ms/mV)"
    assert below.get_xlabel() == "phase (period 14.64 ms)"
    words = [text.get_text() for text in below.get_legend().get_texts()]
    assert words == ["adjoint", "jump of 0.2 mV", "jump of -1 mV"]


def test_a_response_is_broken_where_it_jumps(leaky):
    below = leaky.plot().axes[1]
    rest, rise = lines(below)
    assert not rest.get_ydata().any()
    assert rest.get_xdata()[-1] == pytest.approx(2 / leaky.period.m_as("ms"), abs=1e-8)
    assert rise.get_ydata().min() > 0.6
    assert below.get_legend() is None


def test_shares_of_the_period_of_a_pulse_in_given_axes(leaky):
    pulse = leaky.direct(10 * fC, "I", phases=3)
    axes = new_figure(3, 2).subplots()
    assert leaky.plot(pulse, normalised=True, axes=axes) is axes.get_figure()
    assert lines(axes)[-1].get_ydata() == pytest.approx(pulse.normalised.magnitude)
    assert axes.get_ylabel() == "advance by $I$\n(1/fC)"
    assert axes.get_legend().get_texts()[1].get_text() == "pulse of 10 fC"


def test_a_measured_response_is_dots():
    response = ex.phase_response(ex.LIF, I=300 * pA, method="direct", points=4)
    (dots,) = lines(response.plot().axes[1])
    assert dots.get_linestyle() == "None"
    assert dots.get_ydata() == pytest.approx(response.response["v"].magnitude)
