"""Responses to frequencies and impulses as pictures: what is drawn is what was found."""

import numpy as np
import pytest

import excitable as ex
from excitable.units import Hz, ms, pA


def lines(axes):
    return [line for line in axes.get_lines() if np.size(line.get_xdata()) > 2]


def test_gain_and_phase_with_the_resonance_marked():
    response = ex.frequency_response(ex.HodgkinHuxley, [1, 10, 66.686744, 500] * Hz)
    measured = ex.frequency_response(ex.HodgkinHuxley, [20, 60, 200] * Hz, method="sine")
    figure = response.plot(measured)
    gain, phase = figure.axes
    assert gain.get_xscale() == "log"
    assert gain.get_ylabel() == "impedance (kΩ·cm²)"
    smooth, dots = lines(gain)
    assert smooth.get_ydata().max() == pytest.approx(2.42334, rel=1e-3)
    assert dots.get_ydata() == pytest.approx(measured.gain.magnitude)
    assert [text.get_text() for text in gain.texts] == ["66.69 Hz, Q = 2.83"]
    assert lines(phase)[1].get_ydata() == pytest.approx(measured.phase)
    assert [t.get_text() for t in gain.get_legend().get_texts()] == [
        "HodgkinHuxley, linear", "HodgkinHuxley, sine",
    ]  # fmt: skip
    plain = ex.frequency_response(ex.LIF, [1, 100] * Hz).plot()
    assert list(plain.axes[0].texts) == []
    assert plain.axes[0].get_title(loc="left") == "LIF"


def test_spikes_over_the_frequency_of_a_drive_beside_the_true_gain():
    drive = dict(at=200 * pA, amplitude=300 * pA)
    response = ex.frequency_response(
        ex.LIF, [50, 100, 200] * Hz, method="spikes", cycles=20, **drive
    )
    count, rate, locking, gain = response.plot(
        linear=ex.frequency_response(ex.LIF, [100] * Hz)
    ).axes
    assert lines(count)[0].get_ydata() == pytest.approx(response.spikes_per_cycle)
    assert lines(rate)[0].get_ydata() == pytest.approx(response.rate.magnitude)
    assert lines(locking)[0].get_ydata() == pytest.approx(response.locking)
    f, z = lines(gain)[0].get_data()
    assert z == pytest.approx(0.1 / np.hypot(1, 2 * np.pi * f * 1e-3 * 20))
    assert gain.get_ylabel() == "impedance\n(GΩ)"
    assert len(response.plot().axes) == 3


def test_impulse_responses_side_by_side():
    t = np.linspace(0, 40, 81) * ms
    one, other = (ex.impulse_response(model, t=t) for model in (ex.LIF, ex.LIFCapacitance))
    (axes,) = one.plot(other).axes
    assert [line.get_ydata() for line in lines(axes)[:2]] == [
        pytest.approx(one.value.magnitude), pytest.approx(other.value.magnitude),
    ]  # fmt: skip
    assert axes.get_ylabel() == "$v$ per area of $I$\n(GΩ/ms)"
    assert ex.impulse_response(ex.LIF).plot().axes[0].get_title(loc="left") == "LIF"
