"""A membrane under square waves: the differential equation 1.2, and 1.3 and 1.4 (figure 1.4)."""

from picture import COLOURS, INK, INPUT_COLOUR, panels

import excitable as ex
from excitable.units import MOhm, ms, mV, pA

cell = dict(R=100 * MOhm, tau_m=10 * ms, E_L=-65 * mV)
drive = ex.pulses(120 * pA, start=10 * ms, width=20 * ms, period=40 * ms)
# A threshold out of reach leaves the passive membrane of equation 1.2.
run = ex.simulate(ex.LIF(**cell, V_T=0 * mV), 170 * ms, I=drive)
# The sum of the answers to every pulse is the answer to all: the equation is linear.
rest = cell["E_L"]
formula = rest + sum(
    ex.theory.square_pulse(run.t, 120 * pA, width=20 * ms, start=start * ms, **cell) - rest
    for start in (10, 50, 90, 130)
)
print("simulation equals formula:", bool(abs(formula - run.v).max() < 1e-10 * mV))

with panels(2, sharex=True, height_ratios=[4, 1], size=(5.4, 2.6)) as (axes, below):
    axes.plot(run.t.m, run.v.m, color=COLOURS[0], linewidth=2.2, label="simulated (1.2)")
    axes.plot(run.t.m, formula.m, color=INK, linewidth=0.8, linestyle=(0, (3, 2)),
              label="1.3 and 1.4")  # fmt: skip
    axes.set_ylabel("$u$ (mV)")
    axes.legend(loc="lower right", bbox_to_anchor=(1, 0.96), ncols=2, borderaxespad=0)
    below.plot(run.t.m, run.inputs["I"].value(run.t.m), color=INPUT_COLOUR)
    below.set(xlabel="time (ms)", ylabel="$I$ (pA)", xlim=(0, 170))
