"""Messages of equilibria and the phase plane."""

import excitable as ex
from excitable.units import mV, pA

CASES = [
    ("equilibria: no model", lambda: ex.equilibria("LIF")),
    ("equilibria: several neurons", lambda: ex.equilibria(ex.LIF(V_T=[-50, -45] * mV))),
    ("equilibria: no such input", lambda: ex.equilibria(ex.LIF, J=1 * pA)),
    ("equilibria: no unit", lambda: ex.equilibria(ex.LIF, I=100)),
    ("equilibria: several values", lambda: ex.equilibria(ex.LIF, I=[100, 200] * pA)),
    ("equilibria: a stimulus", lambda: ex.equilibria(ex.LIF, I=ex.step(100 * pA))),
    ("equilibria: not finite", lambda: ex.equilibria(ex.LIF, I=float("nan") * pA)),
]
