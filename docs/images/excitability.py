"""Draw the pictures of the page on excitability: ``python docs/images/excitability.py``."""

from pathlib import Path

import excitable as ex
from excitable.plotting import save_figure

HERE = Path(__file__).parent

if __name__ == "__main__":
    neurons = {
        "axon": ex.HodgkinHuxley,
        "snic": ex.MorrisLecar.preset("saddle-node on cycle"),
        "off_cycle": ex.PersistentSodiumPotassium.preset("saddle-node off cycle"),
    }
    for name, model in neurons.items():
        save_figure(ex.excitability(model).plot(), HERE / f"excitability_{name}.svg")
