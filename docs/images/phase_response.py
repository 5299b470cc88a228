"""Draw the pictures of the page on phase responses: ``python docs/images/phase_response.py``."""

from pathlib import Path

import excitable as ex
from excitable.plotting import plot_phase_response, save_figure
from excitable.plotting._figure import new_figure, style
from excitable.units import cm, mV, pA, uA

HERE = Path(__file__).parent


def save(figure, name):
    """Write a picture beside this file."""
    save_figure(figure, HERE / f"{name}.svg")


def two_kinds():
    """An integrator and a resonator side by side, with pushes of the simulated neurons."""
    cells = (
        (ex.PersistentSodiumPotassium, "4.6 uA/cm2", "saddle-node on the cycle"),
        (ex.HodgkinHuxley, "10 uA/cm2", "Hodgkin and Huxley"),
    )
    with style():
        figure = new_figure(7.6, 2.8)
        panels = figure.subplots(1, 2)
        for axes, (model, I, title) in zip(panels, cells, strict=True):
            response = ex.phase_response(model, I=I)
            plot_phase_response(response, response.direct(0.05 * mV), axes=axes)
            axes.set_title(f"{title}: {response.type}")
    return figure


if __name__ == "__main__":
    axon = ex.phase_response(ex.HodgkinHuxley, I=10 * uA / cm**2)
    save(axon.plot(axon.direct(0.2 * mV), axon.direct(2 * mV)), "phase_response")
    save(two_kinds(), "phase_response_types")
    adapting = ex.phase_response(ex.AdEx(t_ref="5 ms"), I=800 * pA)
    save(adapting.plot(adapting.direct("5 fC", "I")), "phase_response_reset")
