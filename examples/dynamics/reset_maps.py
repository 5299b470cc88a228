"""Spikes that are reset: the slow variable after a spike against that after the one before."""

from portrait import panels

import excitable as ex
from excitable.units import pA

neurons = {"tonic spiking": 500 * pA, "regular bursting": 210 * pA, "irregular spiking": 160 * pA}

with panels(1, 3, size=(9.6, 3.3)) as axes:
    for panel, (name, I) in zip(axes, neurons.items(), strict=True):
        found = ex.reset_map(ex.AdEx.preset(name), I=I)
        found.plot(axes=panel)
        panel.set_title(name)
        print(
            f"{name}: {found.attractor.kind}, spikes per cycle: {found.attractor.spikes_per_cycle}"
        )
