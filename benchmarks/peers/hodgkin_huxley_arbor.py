"""1000 Hodgkin-Huxley neurons for 1 s in Arbor (implicit Euler with exact gates, 0.01 ms).

Argument: number of threads. Cells are grouped so that Arbor can vectorise over them.
"""

import sys

import arbor
import numpy as np
from arbor import units
from frame import Report, counts_at, currents

threads = int(sys.argv[1])
DRIVE = currents()
N = len(DRIVE)
AREA = np.pi * 20.0 * 20.0 * 1e-8  # cm2 of a cylinder of 20 um, without its ends


class Cells(arbor.recipe):
    """Uncoupled point neurons, one compartment each."""

    def __init__(self):
        arbor.recipe.__init__(self)
        self.tree = arbor.segment_tree()
        ends = arbor.mpoint(-10, 0, 0, 10), arbor.mpoint(10, 0, 0, 10)
        self.tree.append(arbor.mnpos, *ends, tag=1)
        cable = arbor.neuron_cable_properties()
        cable.set_property(
            Vm=-65 * units.mV,
            cm=0.01 * units.F / units.m2,
            rL=35.4 * units.Ohm * units.cm,
            tempK=279.45 * units.Kelvin,
        )
        cable.set_ion("na", int_con=10 * units.mM, ext_con=140 * units.mM, rev_pot=50 * units.mV)
        cable.set_ion("k", int_con=54.4 * units.mM, ext_con=2.5 * units.mM, rev_pot=-77 * units.mV)
        cable.catalogue = arbor.default_catalogue()
        self.cable = cable

    def num_cells(self):
        return N

    def cell_kind(self, gid):
        return arbor.cell_kind.cable

    def global_properties(self, kind):
        return self.cable

    def cell_description(self, gid):
        middle = "(location 0 0.5)"
        decor = arbor.decor()
        decor.paint("(all)", arbor.density("hh", {"el": -54.387}))
        decor.place(middle, arbor.i_clamp(float(DRIVE[gid] * AREA * 1e3) * units.nA))
        decor.place(middle, arbor.threshold_detector(0 * units.mV), "detector")
        decor.place(middle, arbor.synapse("expsyn"), "synapse")
        return arbor.cable_cell(self.tree, decor, discretization=arbor.cv_policy_single())

    def connections_on(self, gid):
        # Of weight zero: Arbor 0.12 records no spikes in a model without any connection.
        source = ((gid + 1) % N, "detector")
        return [arbor.connection(source, "synapse", 0.0, 5 * units.ms)]


cells = Cells()
context = arbor.context(threads=threads)
groups = {arbor.cell_kind.cable: arbor.partition_hint(cpu_group_size=N // threads)}
simulation = arbor.simulation(cells, context, arbor.partition_load_balance(cells, context, groups))
simulation.record(arbor.spike_recording.all)
report = Report(arbor.__version__)
with report.timed():
    simulation.run(1000 * units.ms, 0.01 * units.ms)
sender = np.array([spike[0][0] for spike in simulation.spikes()], dtype=int)
count = np.bincount(sender, minlength=N)
report.send(spikes=int(count.sum()), counts=counts_at(count))
