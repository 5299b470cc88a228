"""10 s of one LIF neuron in BrainPy, float64: the compiled loop, results on the host."""

import time

import brainpy as bp
import brainpy.math as bm
import numpy as np
from frame import T_REF, TAU_M, Report

bm.enable_x64()
bm.set_dt(0.1)
cell = bp.dyn.LifRef(
    1, V_rest=0.0, V_reset=0.0, V_th=1.0, tau=TAU_M, tau_ref=T_REF, spk_reset="hard"
)


@bm.jit
def simulate():
    def step(number):
        bp.share.save(i=number, t=number * bm.dt, dt=bm.dt)
        cell.update(2.0)
        return cell.V.value, cell.spike.value

    return bm.for_loop(step, np.arange(100_000))


def carry_out():
    v, spike = simulate()
    return np.asarray(v), np.asarray(spike)


report = Report(bp.__version__)
started = time.perf_counter()
v, spike = carry_out()
first = time.perf_counter() - started
for _ in range(5):
    cell.reset_state()
    np.asarray(cell.V.value)
    with report.timed():
        v, spike = carry_out()
report.send(spikes=int(spike.sum()), samples=len(v), first_call=round(first, 3))
