"""Draw the pictures of the page on phase planes: ``python docs/images/phase_plane.py``."""

from pathlib import Path

import excitable as ex
from excitable.plotting import save_figure
from excitable.units import cm, ms, mV, uA

HERE = Path(__file__).parent


def save(figure, name):
    """Write a picture beside this file."""
    save_figure(figure, HERE / f"{name}.svg")


if __name__ == "__main__":
    save(ex.phase_plane(ex.PersistentSodiumPotassium, I=3 * uA / cm**2).plot(), "phase_saddle")
    firing = ex.phase_plane(ex.FitzHughNagumo, I=0.5)
    save(firing.plot(firing.trajectory(dict(v=0.5, w=1), 20 * ms)), "phase_cycle")
    save(ex.phase_plane(ex.MorrisLecar, I=90 * uA / cm**2).plot(), "phase_bistable")
    line = ex.phase_line(ex.PersistentSodium, window=dict(v=(-60 * mV, -35 * mV)))
    save(line.plot(potential=True), "phase_line")
    save(ex.phase_plane(ex.Izhikevich, I="10 mV/ms").plot(), "phase_reset")
