"""10 000 LIF neurons with different constant currents for 1 s, exact spike times, one thread."""

import numpy as np
from frame import T_REF, TAU_M, Report, drives, interval_error

import excitable as ex
from excitable.units import GOhm, ms, mV, pA, second

cell = ex.LIF(tau_m=TAU_M * ms, t_ref=T_REF * ms, R=1 * GOhm, E_L=0 * mV, V_T=1 * mV, V_R=0 * mV)
drive = drives() * pA
report = Report(ex.__version__)
for number in range(6):
    if number == 0:  # the first compiles
        run = ex.simulate(cell, 1 * second, I=drive, record=False, threads=1)
        continue
    with report.timed():
        run = ex.simulate(cell, 1 * second, I=drive, record=False, threads=1)
counts = run.spikes.counts()
mean = np.full(len(drive), np.inf)
for neuron in np.flatnonzero(counts > 1):
    times = run.spikes[int(neuron)].times.to("ms").magnitude
    mean[neuron] = (times[-1] - times[0]) / (len(times) - 1)
report.send(scheme=run.scheme.name, spikes=int(counts.sum()), interval_error=interval_error(mean))
