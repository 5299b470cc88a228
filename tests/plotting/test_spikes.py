"""Pictures of spike trains and their statistics show the numbers of their results."""

import numpy as np
import pytest

from excitable import kernels, trains
from excitable.errors import ParameterError
from excitable.plotting import plot_statistic, save_figure
from excitable.recording import Spikes, SpikeTrain
from excitable.units import Hz, ms, mV, pA, second

TRAIN = trains.poisson(40 * Hz, 10 * second, seed=1)
RESULTS = {
    "intervals": lambda: TRAIN.isi_histogram(2 * ms),
    "psth": lambda: TRAIN.psth(100 * ms),
    "correlogram": lambda: TRAIN.autocorrelogram(1 * ms, 30 * ms),
    "spectrum": lambda: TRAIN.power_spectrum(100 * Hz, resolution=2 * Hz),
    "average": lambda: TRAIN.spike_triggered_average(np.arange(1e5) * pA, 0.1 * ms),
    "locking": lambda: TRAIN.phase_locking(40 * Hz),
    "convolution": lambda: TRAIN.convolve(kernels.gamma(1, 20 * ms), dt=1 * ms),
    "rate": lambda: TRAIN.rate_curve(200 * ms),
    "kernel": lambda: kernels.gamma(2, 5 * ms),
    "own kernel": lambda: kernels.Kernel(lambda s: s / ms * mV, 0 * ms, 5 * ms),
    "no intervals": lambda: SpikeTrain([] * ms).isi_histogram(),
    "no pairs": lambda: SpikeTrain([] * ms, 0 * ms, 10 * ms).autocorrelogram(),
    "no spikes": lambda: SpikeTrain([] * ms, 0 * ms, 10 * ms).psth(1 * ms),
}


@pytest.mark.parametrize("name", RESULTS)
def test_every_result_draws_itself(name, tmp_path):
    figure = RESULTS[name]().plot()
    axes = figure.axes[0]
    assert "(" in axes.get_xlabel()
    assert axes.get_ylabel()
    assert save_figure(figure, tmp_path / "figure.svg").stat().st_size > 2000


def test_bars_stand_for_the_values():
    psth = TRAIN.psth(100 * ms)
    drawn = psth.plot().axes[0].patches[-1].get_data()
    assert drawn.values.tolist() == pytest.approx(psth.rate.to(Hz).magnitude.tolist())
    assert drawn.edges[-1] == 10.0  # seconds: the window is long


def test_a_figure_of_one_s_own_is_drawn_into():
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.subplots(2)
    assert TRAIN.psth(100 * ms).plot(axes=axes[1]) is figure
    assert axes[1].get_ylabel() == "rate (Hz)"
    assert not axes[0].get_ylabel()


def test_rasters():
    assert len(TRAIN.plot().axes) == 1
    many = trains.poisson(20 * Hz, 1 * second, n=200)
    figure = many.plot(stop=500 * ms)
    raster, rate = figure.axes
    assert (raster.get_ylabel(), rate.get_ylabel()) == ("neuron", "rate (Hz)")
    assert rate.get_xlim() == (0, 500)
    assert len(many.plot(rate=False).axes) == 1
    for empty in (SpikeTrain([] * ms), Spikes.from_trains([SpikeTrain([] * ms)] * 3)):
        assert len(empty.plot().axes) == 1


def test_numbers_have_no_picture():
    with pytest.raises(ParameterError, match="float has no picture"):
        plot_statistic(TRAIN.cv())
