"""Pictures of runs, stimuli and spike trains, drawn with matplotlib and without a window system."""

from excitable.plotting._activation import plot_activations
from excitable.plotting._branch import plot_branch, plot_cycles
from excitable.plotting._clamp import plot_voltage_clamp
from excitable.plotting._excitability import plot_excitability
from excitable.plotting._figure import save_figure
from excitable.plotting._firing import plot_fi_curve, plot_paired_pulse, plot_strength_duration
from excitable.plotting._gates import plot_gates
from excitable.plotting._phase_line import plot_phase_line
from excitable.plotting._phase_plane import plot_phase_plane
from excitable.plotting._phase_response import plot_phase_response
from excitable.plotting._reset_map import plot_orbit_diagram, plot_reset_map
from excitable.plotting._response import (
    plot_frequency_response,
    plot_impulse_response,
    plot_spiking_response,
)
from excitable.plotting._run import plot_run
from excitable.plotting._special_curve import plot_special_curve
from excitable.plotting._spikes import plot_spikes
from excitable.plotting._statistics import plot_statistic
from excitable.plotting._stimulus import plot_stimulus

__all__ = [
    "plot_activations",
    "plot_branch",
    "plot_cycles",
    "plot_excitability",
    "plot_fi_curve",
    "plot_frequency_response",
    "plot_gates",
    "plot_impulse_response",
    "plot_orbit_diagram",
    "plot_paired_pulse",
    "plot_phase_line",
    "plot_phase_plane",
    "plot_phase_response",
    "plot_reset_map",
    "plot_run",
    "plot_special_curve",
    "plot_spikes",
    "plot_spiking_response",
    "plot_statistic",
    "plot_stimulus",
    "plot_strength_duration",
    "plot_voltage_clamp",
    "save_figure",
]
