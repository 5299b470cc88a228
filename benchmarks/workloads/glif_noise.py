"""1000 GLIF5 neurons on one noise of 0.05 ms samples, exact spike times: seconds, threads."""

import sys

import numpy as np
from frame import GLIF_STEP, Report, first_of_some, glif_noise, glif_thresholds

import excitable as ex
from excitable.units import mV, pA, second

seconds, threads = float(sys.argv[1]), int(sys.argv[2])
drive = ex.trace(glif_noise(seconds) * pA, f"{GLIF_STEP} ms")
cells = ex.GLIF5(V_T=glif_thresholds() * mV)
report = Report(ex.__version__)
ex.simulate(cells, 0.01 * second, I=drive, record=False, threads=threads)  # compiles
with report.timed():
    run = ex.simulate(cells, seconds * second, I=drive, record=False, threads=threads)
first = np.array([run.spikes[i].times_ms[:1].sum() for i in range(len(glif_thresholds()))])
report.send(
    scheme=run.scheme.name, spikes=int(run.spikes.counts().sum()), first=first_of_some(first)
)
