"""f-I curves of 200 currents: a LIF neuron, and Hodgkin-Huxley to 1e-6 in the period.

Argument: "lif" or "hodgkin_huxley".
"""

import sys

import numpy as np
from frame import T_REF, TAU_M, Report, curve_levels, curve_rates, interval

import excitable as ex
from excitable.units import GOhm, cm, ms, mV, pA, uA

which = sys.argv[1]
levels = curve_levels(which)
report = Report(ex.__version__)
if which == "lif":
    cell = ex.LIF(
        tau_m=TAU_M * ms, t_ref=T_REF * ms, R=1 * GOhm, E_L=0 * mV, V_T=1 * mV, V_R=0 * mV
    )
    drive = levels * pA
else:
    cell, drive = ex.HodgkinHuxley, levels * (uA / cm**2)
curve = ex.fi_curve(cell, drive, tolerance=1e-6)  # compiles what there is to compile
for _ in range(5):
    with report.timed():
        curve = ex.fi_curve(cell, drive, tolerance=1e-6)
rates = curve.rate.to("Hz").magnitude
facts = {"method": curve.method, "rates": curve_rates(rates)}
if which == "lif":
    fires = levels >= 1.05
    facts["rate_error"] = float(np.abs(rates[fires] * interval(levels[fires]) / 1e3 - 1.0).max())
report.send(**facts)
