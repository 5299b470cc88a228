"""Equilibria and cycles of the persistent sodium and potassium model over I in BrainPy.

A grid over the states and the current, as its documentation shows; cycles by simulation from the
unstable points. I goes from 0 to 10 in steps of 0.05; 382 points and 109 cycles are there.
"""

import brainpy as bp
import brainpy.math as bm
import numpy as np
from frame import Report

bm.enable_x64()


class Cell(bp.dyn.NeuDyn):
    """The equations, in mV, ms and uA/cm2."""

    def __init__(self):
        super().__init__(1)
        self.v = bm.Variable(bm.zeros(1))
        self.n = bm.Variable(bm.zeros(1))
        self.int_v = bp.odeint(self.dv)
        self.int_n = bp.odeint(self.dn)

    def dv(self, v, t, n, I):
        m = 1.0 / (1.0 + bm.exp((-20.0 - v) / 15.0))
        return I - 8.0 * (v + 80.0) - 20.0 * m * (v - 60.0) - 10.0 * n * (v + 90.0)

    def dn(self, n, t, v):
        return 1.0 / (1.0 + bm.exp((-25.0 - v) / 5.0)) - n


report = Report(bp.__version__)
with report.timed():
    cell = Cell()
    analyzer = bp.analysis.Bifurcation2D(
        [cell.int_v, cell.int_n],
        target_vars={"v": [-90.0, 40.0], "n": [0.0, 1.0]},
        target_pars={"I": [0.0, 10.0]},
        resolutions={"I": 0.05},
    )
    points = analyzer.plot_bifurcation(with_plot=False, with_return=True, show=False, num_rank=20)[
        0
    ]
    found = analyzer.plot_limit_cycle_by_sim(
        with_plot=False, with_return=True, show=False, duration=100.0
    )
report.send(equilibria=len(points), cycles=len(np.ravel(found[1])))
