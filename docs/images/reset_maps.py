"""Draw the pictures of the page on reset maps: ``python docs/images/reset_maps.py``."""

from pathlib import Path

import excitable as ex
from excitable.plotting import save_figure

HERE = Path(__file__).parent

if __name__ == "__main__":
    bursting = ex.Izhikevich.preset("chattering")
    irregular = ex.AdEx.preset("irregular spiking")
    save_figure(ex.reset_map(bursting, I="10 mV/ms").plot(), HERE / "reset_map_burst.svg")
    save_figure(
        ex.reset_map(irregular(V_peak="0 mV"), I="165 pA").plot(spikes=60),
        HERE / "reset_map_irregular.svg",
    )
    adding = ex.orbit_diagram(bursting, "I", "3 mV/ms", "25 mV/ms", n=300)
    save_figure(adding.plot(), HERE / "reset_map_adding.svg")
    resets = ex.orbit_diagram(irregular, "V_R", "-52 mV", "-45 mV", n=300, I="160 pA")
    save_figure(resets.plot(), HERE / "reset_map_resets.svg")
