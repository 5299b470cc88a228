"""Draw the pictures of the README and of some pages: ``python docs/images/make.py``."""

from pathlib import Path

import excitable as ex
from excitable.plotting import save_figure

run = ex.simulate(
    ex.AdEx,
    "1 s",
    I=ex.ornstein_uhlenbeck("600 pA", "400 pA", "5 ms", dt="0.1 ms", seed=2),
)
save_figure(run.plot(), Path(__file__).with_name("adex.svg"))

run = ex.simulate(ex.GLIF5, "400 ms", I=ex.step("340 pA", start="50 ms", stop="300 ms"))
figure = run.plot(states=["v", "theta_s", "theta_v", "I_1", "I_2"])
save_figure(figure, Path(__file__).with_name("glif5.svg"))
