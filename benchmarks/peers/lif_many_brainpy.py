"""10 000 LIF neurons for 1 s in BrainPy, float32, spikes on the grid of 0.1 ms."""

import brainpy as bp
import brainpy.math as bm
import numpy as np
from frame import T_REF, TAU_M, Report, drives, interval_error

bm.set_dt(0.1)
v_in = drives()
n = len(v_in)
cell = bp.dyn.LifRef(
    n, V_rest=0.0, V_reset=0.0, V_th=1.0, tau=TAU_M, tau_ref=T_REF, spk_reset="hard"
)
drive = bm.asarray(v_in)
count, last = bm.Variable(bm.zeros(n)), bm.Variable(bm.zeros(n))


@bm.jit
def simulate():
    def step(number):
        t = number * bm.dt
        bp.share.save(i=number, t=t, dt=bm.dt)
        cell.update(drive)
        spike = cell.spike.value
        count.value = count.value + spike
        last.value = bm.where(spike > 0, t, last.value)

    bm.for_loop(step, np.arange(10_000))
    return count.value


report = Report(bp.__version__)
np.asarray(simulate())
for _ in range(3):
    cell.reset_state()
    count.value, last.value = bm.zeros(n), bm.zeros(n)
    np.asarray(count.value)
    with report.timed():
        simulate()
        spikes, end = np.asarray(count.value), np.asarray(last.value)
with np.errstate(divide="ignore", invalid="ignore"):
    # Every neuron starts at reset and is not refractory: n intervals end at last + t_ref.
    mean = (end + T_REF) / spikes
report.send(spikes=int(spikes.sum()), interval_error=interval_error(mean))
