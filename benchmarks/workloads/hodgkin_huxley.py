"""1000 Hodgkin-Huxley neurons with different constant currents for 1 s.

Arguments: the scheme, and the number of threads. Under "auto" the spike times of a few neurons are
compared with an independent solution of high accuracy.
"""

import sys

from frame import Report, counts_at, currents

import excitable as ex
from excitable.units import cm, ms, second, uA

scheme, threads = sys.argv[1], int(sys.argv[2])
drive = currents() * (uA / cm**2)
arguments = {"dt": 0.01 * ms, "scheme": scheme, "record": False, "threads": threads}
report = Report(ex.__version__)
ex.simulate(ex.HodgkinHuxley, 1 * ms, I=drive, **arguments)  # compiles
for _ in range(2):
    with report.timed():
        run = ex.simulate(ex.HodgkinHuxley, 1 * second, I=drive, **arguments)
counts = run.spikes.counts()
facts = {"scheme": run.scheme.name, "spikes": int(counts.sum()), "counts": counts_at(counts)}
if scheme == "auto":
    from workloads import reference

    trains = [run.spikes[k].times.to("ms").magnitude for k in reference.NEURONS]
    facts["spike_time_error_ms"] = reference.worst_error(trains)
report.send(**facts)
