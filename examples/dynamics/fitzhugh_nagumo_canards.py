"""Canards: beside the Hopf point a cycle grows from small to large within a billionth of I."""

import numpy as np
from portrait import COLOURS, DASHED, key, panels, told

import excitable as ex

branch = ex.continuation(ex.FitzHughNagumo, "I", 0, 1)
(family,) = branch.cycles().pieces
hopf, fold = branch.special[0], family.special[0]
I, amplitude = family.values.m, family.amplitude.m
print(told(hopf), "and", told(fold))
steep = abs(I - fold.parameter.m) < 1e-8
print(f"amplitudes within 1e-8 of it: {amplitude[steep].min():.1f} to {amplitude[steep].max():.1f}")

with panels(1, 2, size=(7.6, 3.4), width_ratios=[2, 3]) as (growth, portrait):
    for stable, line in ((False, ":"), (True, "-")):
        kept = np.where(family.stable == stable, amplitude, np.nan)
        growth.plot(I, kept, line, color=COLOURS[2])
    growth.axvline(hopf.parameter.m, **DASHED)
    growth.set(
        xlabel="$I$",
        ylabel="amplitude of $v$",
        xlim=(0.322, 0.333),
        ylim=(0, 4),
        xticks=[0.322, 0.326, 0.33],
    )
    window = dict(v=(-2.3, 2.3), w=(-0.9, 1.5))
    plane = ex.phase_plane(ex.FitzHughNagumo, I=fold.parameter, window=window)
    plane.plot(axes=portrait, field=False, title="")
    for colour, wanted in zip(COLOURS, (0.5, 1.0, 1.5, 2.0, 2.5, 3.3), strict=True):
        k = int(np.argmin(abs(amplitude - wanted)))
        _, states = family.profile(k)
        portrait.plot(states["v"].m, states["w"].m, color=colour, linewidth=1.4)
        growth.plot(I[k], amplitude[k], "o", color=colour, markersize=5)
    key(portrait.figure, portrait)
