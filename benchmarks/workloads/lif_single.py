"""10 s of one LIF neuron, v recorded at 0.1 ms: the whole call, and the compiled part of it."""

from frame import T_REF, TAU_M, Report, interval
from workloads import inside

import excitable as ex
from excitable.units import GOhm, ms, mV, nA, second

# With 1 GOhm, 2 nA drive v to 2 V; only the ratio to the threshold matters.
cell = ex.LIF(tau_m=TAU_M * ms, t_ref=T_REF * ms, R=1 * GOhm, E_L=0 * mV, V_T=1 * mV, V_R=0 * mV)
current = 0.002 * nA
report = Report(ex.__version__)
for _ in range(3):  # the first compiles, and all warm up
    run = ex.simulate(cell, 10 * second, dt=0.1 * ms, record="v", I=current)
for _ in range(15):
    with report.timed("call"):
        run = ex.simulate(cell, 10 * second, dt=0.1 * ms, record="v", I=current)
for _ in range(15):
    times = inside.compiled_seconds(cell, 10 * second, {"I": current}, dt=0.1 * ms, record="v")
    report.add("compiled", *times)
times = run.spikes[0].times.to("ms").magnitude
error = abs((times[-1] - times[0]) / (len(times) - 1) / interval(2.0) - 1.0)
report.send(
    scheme=run.scheme.name,
    spikes=int(run.spikes.counts().sum()),
    samples=len(run.v),
    interval_error=float(error),
)
