"""Pictures of runs hold what they should, in the right units."""

import matplotlib.pyplot
import numpy as np
import pytest

import excitable as ex
from excitable.errors import ParameterError, UnitError, UnknownNameError
from excitable.plotting import plot_run
from excitable.plotting._run import FEW
from excitable.units import ms


def ylabels(figure):
    return [axes.get_ylabel() for axes in figure.axes]


def test_one_neuron_shows_its_voltage_above_its_input(make_run):
    figure = plot_run(make_run())
    voltage, current = figure.axes
    assert ylabels(figure) == ["$v$ (mV)", "$I$ (pA)"]
    assert voltage.get_title(loc="left") == "LIF"
    assert current.get_xlabel() == "time (ms)"
    assert current.get_xlim() == (0.0, 100.0)
    assert voltage.lines[0].get_ydata().min() == pytest.approx(-70.0)


def test_an_input_switches_upright_and_at_its_time(make_run):
    current = plot_run(make_run()).axes[1].lines[0]
    t, y = current.get_xdata(), current.get_ydata()
    rise = np.flatnonzero(np.diff(y))
    assert y[[rise[0], rise[0] + 1]] == pytest.approx([0.0, 300.0])
    assert t[rise[0]] < 10.0 == t[rise[0] + 1]


def test_a_model_without_a_reset_has_its_spikes_ticked(make_run):
    run = make_run()
    ticks = plot_run(run).axes[0].lines[1]
    assert ticks.get_xdata() == pytest.approx(run.spikes.times_ms)


def test_a_few_neurons_are_stacked_on_one_scale(make_run):
    figure = plot_run(make_run(3))
    assert ylabels(figure) == ["$v$ (mV)"] * 3 + ["$I$ (pA)"]
    assert len({axes.get_ylim() for axes in figure.axes[:3]}) == 1
    assert len(figure.axes[3].lines) == 3


def test_many_neurons_are_a_raster_with_their_mean(make_run):
    run = make_run(FEW + 1)
    figure = plot_run(run)
    assert ylabels(figure) == ["neuron", "$v$ (mV)", "$I$ (pA)"]
    strokes = figure.axes[0].collections[0].get_segments()
    assert len(strokes) == run.spikes.count
    mean = figure.axes[1].lines[0].get_ydata()
    assert mean == pytest.approx(run.bare("v").mean(axis=1))


def test_very_many_neurons_are_dots(make_run):
    run = make_run(100)
    dots = plot_run(run).axes[0].lines[0]
    assert dots.get_xdata().size == run.spikes.count


def test_spikes_alone_are_a_raster(make_run):
    figure = plot_run(make_run(record=False))
    assert ylabels(figure) == ["spikes", "$I$ (pA)"]


def test_chosen_states_have_a_strip_each(make_run):
    figure = plot_run(make_run(), states=["v", "z"], inputs=False)
    assert ylabels(figure) == ["$v$ (mV)", "$z$"]


def test_chosen_neurons_and_times(make_run):
    run = make_run(10)
    figure = plot_run(run, neurons=[2, 5], start=20 * ms, stop="60 ms")
    assert ylabels(figure) == ["$v$ (mV)", "$v$ (mV)", "$I$ (pA)"]
    assert figure.axes[0].get_xlim() == (20.0, 60.0)


def test_times_are_absolute(make_run):
    figure = plot_run(make_run(t_start=500.0))
    assert figure.axes[1].get_xlim() == (500.0, 600.0)
    current = figure.axes[1].lines[0]
    first_on = current.get_xdata()[np.flatnonzero(current.get_ydata())[0]]
    assert first_on == pytest.approx(510.0)


def test_long_runs_are_shown_in_seconds_and_thinned(make_run):
    run = make_run(duration=6000.0)
    voltage, current = plot_run(run).axes
    assert current.get_xlabel() == "time (s)"
    assert current.get_xlim() == (0.0, 6.0)
    drawn = voltage.lines[0].get_ydata()
    assert drawn.size < run.t_ms.size / 5
    assert (drawn.min(), drawn.max()) == (run.bare("v").min(), run.bare("v").max())


def test_a_silent_input_is_left_out(make_run):
    assert ylabels(plot_run(make_run(amplitude=0.0))) == ["$v$ (mV)"]


def test_a_stopped_run_says_so(make_run):
    run = make_run()
    run.stopped = "interrupted at 100 ms"
    assert "interrupted" in plot_run(run).texts[0].get_text()


def test_no_window_is_opened_and_no_setting_changed(make_run):
    before = dict(matplotlib.rcParams)
    plot_run(make_run())
    assert matplotlib.pyplot.get_fignums() == []
    assert dict(matplotlib.rcParams) == before


def test_the_method_gives_the_same_picture(make_run):
    assert ylabels(make_run().plot(inputs=False)) == ["$v$ (mV)"]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"states": "w"}, UnknownNameError),
        ({"neurons": 4}, ParameterError),
        ({"neurons": []}, ParameterError),
        ({"start": 80 * ms, "stop": 20 * ms}, ParameterError),
        ({"start": 20}, UnitError),
    ],
)
def test_what_is_not_there_cannot_be_drawn(make_run, options, error):
    with pytest.raises(error):
        plot_run(make_run(), **options)


def test_spikes_of_a_model_with_a_reset_are_strokes(make_run):
    run = make_run(model=ex.LIF)
    trace = plot_run(run).axes[0].lines[0]
    t, y = trace.get_xdata(), trace.get_ydata()
    threshold = ex.LIF.parameters["V_T"].value
    for spike in run.spikes.times_ms:
        level, peak, after = y[t == spike]
        assert level == threshold
        assert peak > threshold
        assert after < threshold
