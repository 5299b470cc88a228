"""Gating curves and voltage clamps as pictures."""

import numpy as np
import pytest

import excitable as ex
from excitable.plotting import plot_gates, plot_voltage_clamp, save_figure
from excitable.units import mV


def test_gates_have_a_panel_for_values_and_one_for_time_constants():
    gates = ex.gates(ex.MorrisLecar)
    values, constants = plot_gates(gates).axes
    assert [line.get_label() for line in values.lines] == ["$w$", "$m$"]
    assert [line.get_label() for line in constants.lines] == ["$w$"]  # m follows at once
    assert np.array_equal(values.lines[0].get_ydata(), gates["w"].inf.magnitude)
    assert values.get_xlabel() == "$v$ (mV)"
    assert constants.get_ylabel() == "time constant (ms)"


def test_gates_differ_without_colour_too():
    lines = ex.gates(ex.HodgkinHuxley).plot().axes[0].lines
    assert len({str(line.get_linestyle()) + str(line._dash_pattern) for line in lines}) == 3
    assert len({line.get_color() for line in lines}) == 3


def test_only_instantaneous_gates_need_no_second_panel():
    (axes,) = ex.gates(ex.PersistentSodium).plot().axes
    assert axes.get_ylim() == (-0.03, 1.03)


def test_states_with_units_have_a_scale_of_their_own():
    first, _ = ex.gates(ex.AdEx).plot().axes
    assert first.get_ylabel() == "steady value (pA)"


@pytest.fixture(scope="module")
def clamp():
    return ex.voltage_clamp(ex.HodgkinHuxley, [-40, -20, 0] * mV, "20 ms", holding=-65 * mV)


def test_a_clamp_has_one_panel_for_each_current_and_gate(clamp):
    axes = plot_voltage_clamp(clamp).axes
    units_of_current = " (µA/cm²)"
    assert [a.get_ylabel() for a in axes] == [
        "$v$ (mV)",
        *(rf"$I_{{\mathrm{{{ion}}}}}$" + units_of_current for ion in ("Na", "K", "L")),
        "total" + units_of_current,
        "$v$ (mV)",
        *("$m$", "$h$", "$n$"),
    ]
    for panel in axes:
        assert len([line for line in panel.lines if len(line.get_xdata()) > 2]) == 3
    assert axes[4].get_xlabel() == axes[8].get_xlabel() == "time (ms)"


def test_a_part_of_a_clamp_without_states(clamp):
    figure = clamp.plot(states=False, start="4 ms", stop="8 ms")
    assert len(figure.axes) == 5
    assert figure.axes[0].get_xlim() == (4.0, 8.0)


def test_a_clamp_of_one_command_is_saved(tmp_path):
    one = ex.voltage_clamp(ex.LIF, -50 * mV, "5 ms")
    path = save_figure(one.plot(), tmp_path / "clamp.svg")
    assert path.stat().st_size > 5000
