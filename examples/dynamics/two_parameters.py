"""Over two parameters: from a saddle-node to a Hopf point, past Bogdanov-Takens and cusp."""

from portrait import key, panels

import excitable as ex
from excitable.units import mV

cell = ex.PersistentSodiumPotassium
high, low = (
    ex.continuation(cell(V_n=V_n), "I", "-20 uA/cm2", "300 uA/cm2") for V_n in (-25 * mV, -45 * mV)
)
curves = [point.continuation("V_n", "-60 mV", "-15 mV") for point in (*high.special, *low.special)]
met = {point.kind: point for curve in curves for point in curve.special}
for kind in ("cusp", "bogdanov-takens"):
    print(f"{kind} at I = {met[kind].parameter.m:.4f} uA/cm2, V_n = {met[kind].second.m:.4f} mV")

with panels(1, 2, size=(8.4, 3.6)) as (whole, corner):
    for axes in (whole, corner):
        curves[0].plot(*curves[1:], axes=axes)
        axes.set_title("")
    whole.set(xlim=(-20, 120), ylim=(-60, -15))
    corner.set(xlim=(4, 12), ylim=(-40, -35), ylabel="")
    whole.text(-17, -26, "3 equi-\nlibria", va="center")
    whole.text(50, -32, "1 equilibrium")
    key(whole.figure, whole)
