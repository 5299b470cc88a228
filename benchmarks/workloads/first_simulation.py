"""A first short simulation, timed from process start; argument: the name of a built-in model.

Two times: until the result is there, and the life of the whole process, of which Python's own
ending is a part.
"""

import os
import sys
import time

from frame import Report

import excitable as ex

DRIVES = {"LIF": "300 pA", "AdEx": "700 pA", "HodgkinHuxley": "10 uA/cm2"}

name = sys.argv[1]
run = ex.simulate(getattr(ex, name), "100 ms", I=ex.step(DRIVES[name], start="10 ms"))
spikes = int(run.spikes.counts().sum())
wall = time.time() - float(os.environ.get("BENCHMARK_STARTED", "nan"))
report = Report(ex.__version__)
report.add("result", wall, time.process_time())
report.send(scheme=run.scheme.name, spikes=spikes)
