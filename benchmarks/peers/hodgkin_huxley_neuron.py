"""1000 Hodgkin-Huxley neurons for 1 s in NEURON (implicit Euler with exact gates, 0.01 ms).

Argument: number of threads.
"""

import sys

import neuron
import numpy as np
from frame import Report, counts_at, currents
from neuron import h

threads = int(sys.argv[1])
h.load_file("stdrun.hoc")
context = h.ParallelContext()
h.celsius, h.dt, h.steps_per_ms = 6.3, 0.01, 100
area = np.pi * 20.0 * 20.0 * 1e-8  # cm2 of a cylinder of 20 um, without its ends
times, cells = h.Vector(), h.Vector()
keep = []
for number, density in enumerate(currents()):
    section = h.Section(name=f"cell{number}")
    section.L = section.diam = 20.0
    section.nseg, section.cm = 1, 1.0
    section.insert("hh")
    section.el_hh = -54.387
    clamp = h.IClamp(section(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0, 1e9, density * area * 1e3  # nA
    context.set_gid2node(number, context.id())
    detector = h.NetCon(section(0.5)._ref_v, None, sec=section)
    detector.threshold = 0.0
    context.cell(number, detector)
    keep += [section, clamp, detector]
context.spike_record(-1, times, cells)
context.nthread(threads)
context.set_maxstep(10)
h.finitialize(-65)
report = Report(neuron.__version__)
with report.timed():
    context.psolve(1000)
count = np.bincount(np.asarray(cells, dtype=int), minlength=1000)
report.send(spikes=int(count.sum()), counts=counts_at(count))
