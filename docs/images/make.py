"""Draw the pictures of the README and of some pages: ``python docs/images/make.py``."""

from pathlib import Path

import excitable as ex
from excitable.plotting import plot_activations, save_figure

run = ex.simulate(
    ex.AdEx,
    "1 s",
    I=ex.ornstein_uhlenbeck("600 pA", "400 pA", "5 ms", dt="0.1 ms", seed=2),
)
save_figure(run.plot(), Path(__file__).with_name("adex.svg"))

run = ex.simulate(ex.GLIF5, "400 ms", I=ex.step("340 pA", start="50 ms", stop="300 ms"))
figure = run.plot(states=["v", "theta_s", "theta_v", "I_1", "I_2"])
save_figure(figure, Path(__file__).with_name("glif5.svg"))

names = ("logistic", "arctan", "tanh", "threshold", "relu", "lif")
figure = plot_activations(*(getattr(ex.activation, name) for name in names))
save_figure(figure, Path(__file__).with_name("activations.svg"))

held = ex.step("4 uA/cm2")
start = ex.pulse("50 uA/cm2", start="20 ms", width="0.2 ms")
stop = ex.pulse("20 uA/cm2", start="60 ms", width="1 ms")
pair = ex.PersistentSodiumPotassium(tau_n=["1 ms", "0.16 ms"])
run = ex.simulate(pair, "90 ms", I=held + start - stop, record_dt="0.02 ms")
save_figure(run.plot(), Path(__file__).with_name("off_cycle.svg"))

run = ex.simulate(ex.HindmarshRose.preset("bursting"), "1 s", I=2.0)
save_figure(run.plot(states=["x", "z"]), Path(__file__).with_name("hindmarsh_rose.svg"))
