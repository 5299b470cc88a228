"""A stimulus as a picture, before any model has seen it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.errors import ParameterError
from excitable.plotting import _panels
from excitable.plotting._figure import new_figure, style
from excitable.plotting._view import View, name_time_axis

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from excitable.stimuli import Stimulus


def plot_stimulus(
    stimulus: Stimulus,
    duration: Any = "1 s",
    *,
    dt: Any = "0.1 ms",
    seed: int = 0,
    size: tuple[float, float] = (6.4, 2.2),
) -> Figure:
    """Draw a stimulus as a run of some length would deliver it.

    Parameters
    ----------
    stimulus : Stimulus
        What to draw.
    duration : Quantity [time] or str
        How much of it.
    dt : Quantity [time] or str
        Step of the run; noise without a step of its own takes it.
    seed : int
        Seed of the run; noise without a seed of its own takes it.
    size : tuple of float
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        One line, or a line or band for the neurons that it differs for.

    Raises
    ------
    ParameterError
        If the duration or the step is not positive.

    Examples
    --------
    >>> from excitable.stimuli import step
    >>> figure = plot_stimulus(step("300 pA", start="20 ms", stop="80 ms"), "100 ms")
    >>> figure.axes[0].get_ylabel()
    'stimulus (pA)'
    """
    length = _positive(duration, "duration")
    lowered = _lowered(stimulus, length, _positive(dt, "dt"), seed)
    dimension = stimulus.dimension or units.DIMENSIONLESS
    unit = units.default_unit(dimension)
    view = View(0.0, length, np.arange(lowered.size))
    with style():
        figure = new_figure(*size)
        axes = figure.subplots()
        _panels.draw_input(axes, lowered, "stimulus", unit=unit, view=view)
        name_time_axis(axes, view)
    return figure


def _lowered(stimulus: Stimulus, duration: float, dt: float, seed: int) -> Any:
    from excitable.stimuli import lower

    return lower(
        stimulus,
        stimulus.dimension or units.DIMENSIONLESS,
        stimulus.size or 1,
        duration=duration,
        dt=dt,
        seed=seed,
        owner="stimulus",
    )


def _positive(value: Any, name: str) -> float:
    bare = float(units.strip(value, units.TIME, f"plot.{name}"))
    if not (np.isfinite(bare) and bare > 0):
        raise ParameterError(
            f"{bare:g} ms", "a time above zero is expected", "Write 100*ms", owner="plot", name=name
        )
    return bare
