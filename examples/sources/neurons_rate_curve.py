"""Firing rate against drive for cortical neurons, tau_m 20 ms and tau_ref 2 ms."""

import numpy as np
from picture import COLOURS, DASHED, panels

import excitable as ex
from excitable.units import second

cell = ex.LIFNormalised.preset("cortical")
curve = ex.fi_curve(cell, np.linspace(0, 10, 401), input="v_in")
drives = np.array([1.2, 2, 4, 6, 8])
run = ex.simulate(cell, 2 * second, v_in=drives, record=False)
rates = [train.rate().m for train in run.spikes]
ceiling = (1 / cell["t_ref"]).to("Hz").m

with panels() as axes:
    axes.plot(np.ravel(curve.I.m), curve.rate.m, color=COLOURS[0], linewidth=1.6,
              label=r"$G(v_\mathrm{in})$")  # fmt: skip
    axes.plot(drives, rates, "o", color=COLOURS[1], markersize=4, label="simulated")
    axes.axhline(ceiling, **DASHED)
    axes.text(0.2, ceiling - 6, r"$1/\tau_\mathrm{ref}$", va="top")
    axes.set(xlabel=r"drive $v_\mathrm{in}$", ylabel="firing rate (Hz)", xlim=(0, 10),
             ylim=(0, 530))  # fmt: skip
    axes.legend(loc="lower right")
