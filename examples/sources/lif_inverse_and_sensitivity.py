"""The current for a wanted rate, and what each parameter does to the f-I curve."""

from picture import COLOURS, DASHED, panels

import excitable as ex
from excitable.units import Hz, ms, mV, pA

cell = ex.LIF.as_capacitance()
curve = ex.fi_curve(cell, ex.sweep(0 * pA, 600 * pA, n=301))
here = ex.fi_curve(cell, 300 * pA)
changes = {name: 0.1 * cell[name] for name in ("R", "C")} | {"I": 0.1 * here.I[0]}
changes |= {name: mV for name in ("E_L", "V_T", "V_R")} | {"t_ref": ms}

with panels(1, 2, size=(6.4, 2.7)) as (axes, bars):
    axes.plot(curve.I.m, curve.rate.m, color=COLOURS[0])
    for rate in (20, 60, 100) * Hz:
        current = curve.inverse(rate)
        axes.plot([0, current.m, current.m], [rate.m, rate.m, 0], **DASHED)
        axes.text(5, rate.m + 1, f"{current.m:.0f} pA", fontsize=8)
        print(f"{rate.m:5.0f} Hz needs {current:.3f}")
    axes.set(xlabel="$I$ (pA)", ylabel="firing rate (Hz)", xlim=(0, 600), ylim=(0, 140))
    for row, (name, change) in enumerate(changes.items()):
        effect = (here.sensitivity(name)[0] * change).to("Hz").m
        bars.barh(row, effect, color=COLOURS[int(effect < 0)], height=0.6)
        print(f"{name:>5} + {change.to_compact():.3g~P}: {effect:+.2f} Hz")
    words = ["$R$ + 10 %", "$C$ + 10 %", "$I$ + 10 %", r"$E_\mathrm{L}$ + 1 mV"]
    words += [r"$V_\mathrm{T}$ + 1 mV", r"$V_\mathrm{R}$ + 1 mV", r"$t_\mathrm{ref}$ + 1 ms"]
    bars.set_yticks(range(len(words)), words)
    bars.axvline(0, color="0.3", linewidth=0.8)
    bars.invert_yaxis()
    bars.set(xlabel="change of the rate at 300 pA (Hz)")
