"""Messages of statistics of spike trains."""

import numpy as np

from excitable import kernels
from excitable.plotting import plot_statistic
from excitable.recording import Spikes, SpikeTrain
from excitable.units import Hz, ms, pA

EMPTY, TWO = (SpikeTrain(times * ms, 0 * ms, 100 * ms) for times in ([], [5, 9]))
TOGETHER = SpikeTrain([5, 5, 5] * ms, 0 * ms, 100 * ms)
OTHER = SpikeTrain([5] * ms, 0 * ms, 50 * ms)
BUSY = SpikeTrain(np.linspace(0, 100, 14) * ms, 0 * ms, 100 * ms)

CASES = [
    ("cv: too few", TWO.cv),
    ("cv: all at once", TOGETHER.cv),
    ("lv: three at once", TOGETHER.lv),
    ("psth: no width", lambda: TWO.psth(0 * ms)),
    ("psth: several widths", lambda: TWO.psth([1, 2] * ms)),
    ("psth: no window", lambda: SpikeTrain([] * ms).psth(5 * ms)),
    ("psth: no trials", lambda: Spikes.from_trains([]).psth(5 * ms)),
    ("fano: no spikes", lambda: EMPTY.fano(10 * ms)),
    ("fano: too long", lambda: TWO.fano(100 * ms)),
    ("fano: below zero", lambda: TWO.fano([10, -1] * ms)),
    ("convolve: no kernel", lambda: TWO.convolve(lambda s: s)),
    ("rate_curve: unknown area", lambda: TWO.rate_curve(kernels.Kernel(lambda s: 1 * Hz))),
    ("correlogram: span", lambda: TWO.autocorrelogram(5 * ms, 1 * ms)),
    ("correlogram: windows", lambda: TWO.cross_correlogram(OTHER)),
    ("spectrum: too short", lambda: TWO.power_spectrum(100 * Hz)),
    ("spectrum: too low", lambda: TWO.power_spectrum(5 * Hz, resolution=10 * Hz)),
    ("spectrum: two ends", lambda: TWO.power_spectrum([5, 6] * Hz)),
    ("average: NaN", lambda: TWO.spike_triggered_average([1, np.nan] * pA, 1 * ms)),
    ("average: no spike", lambda: TWO.spike_triggered_average(np.ones(9) * pA, 1 * ms)),
    ("locking: no spike", lambda: EMPTY.vector_strength(10 * Hz)),
    ("locking: zero", lambda: TWO.vector_strength(0 * Hz)),
    ("locking: several", lambda: TWO.phase_locking([1, 2] * Hz)),
    ("victor_purpura: below zero", lambda: TWO.victor_purpura(TWO, -1 * Hz)),
    ("victor_purpura: several", lambda: TWO.victor_purpura(TWO, [1, 2] * Hz)),
    ("gamma: two empty trains", lambda: EMPTY.gamma_coincidence(EMPTY, 4 * ms)),
    ("gamma: certain by chance", lambda: TWO.gamma_coincidence(BUSY, 4 * ms)),
    ("gamma: which", lambda: TWO.gamma_coincidence(TWO, 4 * ms, normalisation="both")),
    ("gamma: one trial", lambda: Spikes.from_trains([TWO]).gamma_intrinsic(4 * ms)),
    ("gamma: no trial", lambda: Spikes.from_trains([]).gamma_coincidence(TWO, 4 * ms)),
    ("explained variance: no spikes", lambda: EMPTY.explained_variance(TWO)),
    ("between: beyond", lambda: TWO.between(-5 * ms, 10 * ms)),
    ("around: beyond", lambda: TWO.around([95] * ms, after=10 * ms)),
    ("around: no length", lambda: TWO.around([50] * ms, after=0 * ms)),
    ("around: before after", lambda: TWO.around([50] * ms, before=-5 * ms)),
    ("plot: a number", lambda: plot_statistic(1.0)),
]
