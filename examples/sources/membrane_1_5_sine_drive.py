"""Sinusoidal drive of 50 to 500 Hz: the gain of the membrane, and what spikes make of it (1.5)."""

import numpy as np
from picture import COLOURS, THIN, panels

import excitable as ex
from excitable.units import Hz, MOhm, ms, mV, pA

cell = ex.LIF(tau_m=10 * ms, R=100 * MOhm, E_L=0 * mV, V_T=15 * mV, V_R=0 * mV, t_ref=1 * ms)
passive = dict(R=cell["R"], tau_m=cell["tau_m"])
f = np.arange(50.0, 501.0, 5.0) * Hz
firing = ex.frequency_response(cell, f, at=140 * pA, amplitude=200 * pA, cycles=300,
                               method="spikes")  # fmt: skip
some = f[::10]
measured = ex.frequency_response(cell, some, method="sine")
capacitance = cell["tau_m"] / cell["R"]
needed = (cell["V_T"] - cell["R"] * 140 * pA) / (200 * pA)  # gain that just reaches threshold

with panels(2, 2, size=(6.4, 4.2), sharex=True) as ((gain, phase), (rate, lock)):
    gain.plot(
        f.m, ex.theory.gain(f, **passive).to("MOhm").m, color=COLOURS[0], label="equation 1.15"
    )
    gain.plot(some.m, measured.gain.to("MOhm").m, "o", color=COLOURS[1], markersize=4,
              label="simulated")  # fmt: skip
    gain.plot(f.m, (1 / (2 * np.pi * f * capacitance)).to("MOhm").m, **THIN, linestyle=":",
              label=r"$1/\omega C$")  # fmt: skip
    gain.axhline(needed.to("MOhm").m, color=COLOURS[2], linewidth=0.8, label="least for spikes")
    gain.set(ylabel=r"gain (M$\Omega$)", ylim=(0, None))
    gain.legend()
    phase.plot(f.m, np.degrees(ex.theory.phase(f, tau_m=cell["tau_m"]).m), color=COLOURS[0])
    phase.plot(some.m, np.degrees(measured.phase), "o", color=COLOURS[1], markersize=4)
    phase.set(ylabel="phase (degrees)", ylim=(-91, -70))
    rate.plot(f.m, firing.rate.m, ".-", color=COLOURS[2], markersize=4, linewidth=0.8)
    rate.set(ylabel="spikes per second", ylim=(0, None), xlabel="frequency of the drive (Hz)")
    lock.plot(f.m, firing.spikes_per_cycle, ".-", color=COLOURS[2], markersize=4, linewidth=0.8,
              label="spikes per cycle")  # fmt: skip
    locking = np.where(firing.rate > 0 * Hz, firing.locking, np.nan)
    lock.plot(f.m, locking, color=COLOURS[3], linewidth=0.8, label="vector strength")
    lock.set(ylim=(0, 1.4), xlabel="frequency of the drive (Hz)")
    lock.legend(loc="upper right")
