"""Slope field of the leaky membrane without input, for tau_m of 1 and 2 ms, light and dark."""

import numpy as np
from picture import COLOURS, panels

import excitable as ex
from excitable.units import MOhm, ms, mV, pA

t, v = np.meshgrid(np.linspace(0, 2, 17), np.linspace(-70, -50, 15))
fine = np.linspace(0, 2, 101) * ms

for night in (False, True):
    ink = "#8ab4f8" if night else COLOURS[0]
    name = "_dark" if night else "_light"
    with panels(1, 2, size=(6.4, 2.8), sharey=True, night=night, suffix=name) as both:
        for axes, tau_m in zip(both, (1, 2) * ms, strict=True):
            cell = dict(R=100 * MOhm, tau_m=tau_m, E_L=-60 * mV)
            # A short piece of the solution through each point; its length on paper is one.
            after = ex.theory.relaxation(1e-3 * ms, 0 * pA, v_0=v * mV, **cell)
            slope = (after.m - v) / 1e-3
            dx = 0.09 / np.hypot(2, slope / 5)
            pieces = [np.stack([x - h, x + h, x * np.nan]) for x, h in ((t, dx), (v, slope * dx))]
            axes.plot(*[piece.reshape(3, -1).T.ravel() for piece in pieces], color=ink)
            for v_0 in (-70, -66, -54, -50):
                path = ex.theory.relaxation(fine, 0 * pA, v_0=v_0 * mV, **cell)
                axes.plot(fine.m, path.m, color="#D55E00", linewidth=1.2)
            axes.axhline(-60, color="0.5", linewidth=0.8, linestyle=":")
            axes.set_title(rf"$\tau_\mathrm{{m}}$ = {tau_m.m:g} ms")
            axes.set(xlabel="time (ms)", xlim=(-0.05, 2.05))
        both[0].set_ylabel("$v$ (mV)")
