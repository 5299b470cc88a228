"""Pictures of runs and stimuli, drawn with matplotlib and without a window system."""

from excitable.plotting._figure import save_figure
from excitable.plotting._run import plot_run
from excitable.plotting._stimulus import plot_stimulus

__all__ = ["plot_run", "plot_stimulus", "save_figure"]
