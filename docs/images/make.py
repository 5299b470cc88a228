"""Draw the picture that the README opens with: ``python docs/images/make.py``."""

from pathlib import Path

import excitable as ex
from excitable.plotting import save_figure

run = ex.simulate(
    ex.AdEx,
    "1 s",
    I=ex.ornstein_uhlenbeck("600 pA", "400 pA", "5 ms", dt="0.1 ms", seed=2),
)
save_figure(run.plot(), Path(__file__).with_name("adex.svg"))
