"""What the squid axon makes of that current: regular firing at 0.1 uA/mm2, faster at 0.6 (1.2)."""

from picture import save

import excitable as ex

drive = (
    ex.step("2 uA/cm2", start="20 ms")
    + ex.step("8 uA/cm2", start="60 ms")
    + ex.step("50 uA/cm2", start="140 ms")
)
run = ex.simulate(ex.HodgkinHuxley, "220 ms", I=drive, record_dt="0.2 ms")
for start, stop in (("80 ms", "140 ms"), ("160 ms", "220 ms")):
    print(f"{run.spikes[0].between(start, stop).rate():.1f} from {start} to {stop}")
save(run.plot(size=(5.4, 2.8)))
