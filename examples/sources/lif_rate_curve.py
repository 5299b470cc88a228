"""The f-I curve of the leaky neuron: silent up to I_0, then rising towards 1/T_abs."""

from picture import COLOURS, DASHED, panels

import excitable as ex
from excitable.units import ms, nA, pA

levels = ex.sweep(0 * pA, 3 * nA, n=601)

with panels(1, 2, size=(6.4, 2.7), width_ratios=[3, 2]) as (axes, onset):
    for colour, t_ref in zip(COLOURS, (0, 2, 5) * ms, strict=False):
        curve = ex.fi_curve(ex.LIF(t_ref=t_ref), levels)
        for place in (axes, onset):
            place.plot(curve.I.to("nA").m, curve.rate.m, color=colour,
                       label=rf"$T_\mathrm{{abs}}$ = {t_ref.m:g} ms")  # fmt: skip
        if t_ref > 0 * ms:
            axes.axhline((1 / t_ref).to("Hz").m, **DASHED | {"color": colour})
    least = ex.theory.lif_rheobase(**{name: ex.LIF[name] for name in ("R", "V_T", "E_L")})
    onset.axvline(least.to("nA").m, **DASHED)
    onset.text(least.to("nA").m - 0.002, 55, f"$I_0$ = {least:~P}", rotation=90, ha="right")
    axes.set(xlabel="$I$ (nA)", ylabel="firing rate (Hz)", xlim=(0, 3), ylim=(0, 620))
    onset.set(xlabel="$I$ (nA)", xlim=(0.1, 0.4), ylim=(0, 100))
    onset.legend(loc="lower right")
