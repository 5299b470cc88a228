"""Where the gates of the squid axon tend to, and how fast; at -40 mV m is 0.5 and h is 0.05."""

import numpy as np
from picture import save

import excitable as ex
from excitable.units import mV

figure = ex.gates(ex.HodgkinHuxley, np.linspace(-100, 40, 141) * mV).plot()
here = ex.gates(ex.HodgkinHuxley)(-40 * mV)
axes = figure.axes[0]
axes.axvline(-40, linewidth=0.7, linestyle=":", color="0.4")
for name in ("m", "h"):
    value = float(here[name].inf.m)
    axes.plot([-40], [value], "o", color="0.2", markersize=4)
    axes.text(
        -37, value - 0.07 if name == "m" else value + 0.05, f"${name}$ = {value:.2f}", fontsize=8
    )
    print(f"{name}_inf(-40 mV) = {value:.3f}")
print(f"open sodium channels there: {float(here['m'].inf.m) ** 3 * float(here['h'].inf.m):.4f}")
save(figure)
