"""What a pulse does to a rhythm: type I beside a SNIC, type II beside a Hopf point."""

from portrait import panels

import excitable as ex
from excitable.units import cm, uA

unit = uA / cm**2
cells = {"near a SNIC": (ex.PersistentSodiumPotassium, 4.6), "near a Hopf point": (
    ex.PersistentSodiumPotassium.preset("subcritical Hopf"), 45)}  # fmt: skip

with panels(1, 2, size=(7.2, 2.9)) as both:
    for axes, (name, (cell, level)) in zip(both, cells.items(), strict=True):
        found = ex.phase_response(cell, I=level * unit)
        found.plot(axes=axes)
        axes.set_title(f"{name}: {found.type}")
        print(f"{name}: period {found.period:.4~P}, {found.type}")
