"""Draw the picture of the page on channels: ``python docs/images/channels.py``."""

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

import excitable as ex
from excitable.models import channels
from excitable.plotting import save_figure

WITHOUT, WITH, INK = "#777777", "#0072B2", "#222222"
SHUT = {"g_M": "0 mS/cm2", "g_h": "0 mS/cm2", "g_Ca": "0 mS/cm2"}
PANELS = (
    ("M-current: intervals grow", "g_M", "0.1 mS/cm2", "1.5 uA/cm2"),
    ("h-current: sag and rebound", "g_h", "0.03 mS/cm2", "-1.5 uA/cm2"),
    ("calcium: rebound burst", "g_Ca", "0.6 mS/cm2", "-1.5 uA/cm2"),
)

membrane = ex.Model(
    "Membrane",
    equations="C*dv/dt = I - I_ion",
    spike="v >= 0*mV",
    states={"v": "-70 mV"},
    inputs={"I": "uA/cm2", "I_ion": "uA/cm2"},
    parameters={"C": "1 uF/cm2"},
)
cell = ex.compose(
    "Cell of six channels",
    membrane,
    channels.leak(g_L="0.05 mS/cm2", E_L="-70 mV"),
    channels.cortical_sodium(V_T="-58 mV"),
    channels.cortical_potassium(V_T="-58 mV", g_K="10 mS/cm2"),
    channels.m_current(g_M="0.1 mS/cm2", E_K="-90 mV", tau_max="400 ms"),
    channels.h_current(g_h="0.03 mS/cm2"),
    channels.calcium(g_Ca="0.6 mS/cm2"),
)


def draw():
    """Draw each current's effect: a pulse without it in grey, with it in blue."""
    figure = Figure(figsize=(7.6, 4.6), layout="constrained")
    rows = figure.subplots(2, 3, sharex=True, sharey=True)
    for column, (title, name, opened, amplitude) in enumerate(PANELS):
        pulse = ex.step(amplitude, start="100 ms", stop="600 ms")
        for row, (colour, value) in enumerate(((WITHOUT, "0 mS/cm2"), (WITH, opened))):
            axes = rows[row, column]
            run = ex.simulate(cell(**(SHUT | {name: value})), "850 ms", I=pulse)
            axes.plot(run.t_ms, run.bare("v"), color=colour, linewidth=0.9)
            axes.plot([100, 600], [-112, -112], color=INK, linewidth=2.0, solid_capstyle="butt")
            axes.spines[["top", "right"]].set_visible(False)
            axes.set_yticks(np.arange(-100, 60, 50))
            axes.set_ylim(-120, 85)
            axes.tick_params(labelsize=8)
            known = f"{name[0]}_{{\\mathrm{{{name[2:]}}}}}"
            words = "0" if row == 0 else opened.replace("mS/cm2", "mS/cm²")
            axes.text(0.98, 0.99, f"${known}$ = {words}", ha="right", va="top", fontsize=8,
                      color=colour, transform=axes.transAxes)  # fmt: skip
        rows[0, column].set_title(title, fontsize=9, loc="left", fontweight="bold")
        rows[1, column].set_xlabel("time (ms)", fontsize=9)
    for row in range(2):
        rows[row, 0].set_ylabel("v (mV)", fontsize=9)
    return figure


if __name__ == "__main__":
    save_figure(draw(), Path(__file__).with_name("channels.svg"))
