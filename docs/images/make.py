"""Draw the pictures of the README and of some pages: ``python docs/images/make.py``."""

from pathlib import Path

import excitable as ex
from excitable.plotting import plot_activations, save_figure
from excitable.plotting._figure import COLOURS, INPUT_COLOUR, QUIET, new_figure, style

run = ex.simulate(
    ex.AdEx,
    "1 s",
    I=ex.ornstein_uhlenbeck("600 pA", "400 pA", "5 ms", dt="0.1 ms", seed=2),
)
save_figure(run.plot(), Path(__file__).with_name("adex.svg"))

run = ex.simulate(ex.GLIF5, "400 ms", I=ex.step("340 pA", start="50 ms", stop="300 ms"))
figure = run.plot(states=["v", "theta_s", "theta_v", "I_1", "I_2"])
save_figure(figure, Path(__file__).with_name("glif5.svg"))

drive = ex.step("330 pA", start="20 ms", stop="320 ms")
words = ("leaky", "+ reset rules", "+ currents", "+ both", "+ adapting threshold")
with style():
    figure = new_figure(6.4, 5.6)
    panels = figure.subplots(6, 1, sharex=True, height_ratios=[3, 3, 3, 3, 3, 1])
    for level, (axes, word) in enumerate(zip(panels, words, strict=False), start=1):
        run = ex.simulate(ex.models.glif(level), "360 ms", I=drive)
        t, threshold = run.t.magnitude, run.v.magnitude * 0 + run.model["V_T"].magnitude
        for part in {"theta_s", "theta_v"} & set(run.model.states):
            threshold = threshold + run[part].magnitude
        axes.plot(t, run.v.magnitude, color=COLOURS[0])
        axes.plot(t, threshold, color=COLOURS[1], linestyle="--", linewidth=0.8)
        axes.plot(run.spikes[0].times.magnitude, [-35] * run.spikes.count, "|", color=QUIET)
        axes.set(ylim=(-90, -30), yticks=[-80, -60, -40])
        axes.set_title(f"GLIF{level}  {word}", fontsize=8, pad=2)
    panels[2].set_ylabel("$v$ and threshold (mV)")
    panels[5].plot(t, run.inputs["I"].value(t), color=INPUT_COLOUR)
    panels[5].set(xlabel="$t$ (ms)", ylabel="$I$ (pA)", xlim=(0, 360))
save_figure(figure, Path(__file__).with_name("glif_levels.svg"))

names = ("logistic", "arctan", "tanh", "threshold", "relu", "lif")
figure = plot_activations(*(getattr(ex.activation, name) for name in names))
save_figure(figure, Path(__file__).with_name("activations.svg"))

held = ex.step("4 uA/cm2")
start = ex.pulse("50 uA/cm2", start="20 ms", width="0.2 ms")
stop = ex.pulse("20 uA/cm2", start="60 ms", width="1 ms")
pair = ex.PersistentSodiumPotassium(tau_n=["1 ms", "0.16 ms"])
run = ex.simulate(pair, "90 ms", I=held + start - stop, record_dt="0.02 ms")
save_figure(run.plot(), Path(__file__).with_name("off_cycle.svg"))

run = ex.simulate(ex.HindmarshRose.preset("bursting"), "2 s", I=2.0)
figure = run.plot(states=["x", "z"], inputs=False, start="0.7 s")
save_figure(figure, Path(__file__).with_name("hindmarsh_rose.svg"))
