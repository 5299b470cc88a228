"""A first short simulation, to be timed from process start; argument: a built-in model."""

import sys

import excitable as ex

DRIVES = {"LIF": "300 pA", "AdEx": "700 pA", "HodgkinHuxley": "10 uA/cm2"}

name = sys.argv[1]
run = ex.simulate(getattr(ex, name), "100 ms", I=ex.step(DRIVES[name], start="10 ms"))
if not run.spikes.counts().sum():
    raise SystemExit(f"{name} was silent")
