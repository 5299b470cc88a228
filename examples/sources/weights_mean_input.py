"""z = W x + b is the mean input of spiking synapses: weight (charge per spike) times rate."""

import numpy as np
from picture import COLOURS, DASHED, panels

import excitable as ex
from excitable.units import Hz, fC, ms, pA, second

W = np.array([[800.0, 300], [-400, 1200], [600, 200]]) * fC  # onto three neurons from two
x = np.array([250.0, 150]) * Hz
b = np.array([-20.0, 110, 150]) * pA
z = (W @ x).to("pA") + b
augmented = np.hstack([W.to("fC").m, b.to("fC*Hz").m[:, None]]) @ np.append(x.m, 1)
print("W x + b      ", z.round(6))
print("[W | b][x; 1]", (augmented * fC * Hz).to("pA").round(6))

# Each spike adds its weight times a kernel of area one, so it brings its weight in charge.
kernel = ex.kernels.exponential(5 * ms)
trains = [ex.trains.poisson(rate, 60 * second, seed=k) for k, rate in enumerate(x, start=1)]
s = [train.convolve(kernel, dt=0.5 * ms) for train in trains]
current = sum(np.outer(s_j.values, W[:, j]) for j, s_j in enumerate(s)).to("pA") + b
counted = np.array([train.count for train in trains]) / (60 * second)
print("spikes, mean ", current.mean(axis=0).round(3))
print("W counts + b ", ((W @ counted).to("pA") + b).round(3))

cells = ex.simulate(ex.LIF, 60 * second, record=False, I=ex.trace(current, 0.5 * ms))
y = ex.fi_curve(ex.LIF, z).rate
print("rates of the spiking net", [f"{t.rate():.2f}" for t in cells.spikes], "f(z)", y.round(2))
with panels(1, 2, size=(6.4, 2.6), sharey=True) as (axes, means):
    axes.plot(s[0].t.m[:1000], current.m[:1000, 0], color=COLOURS[0], linewidth=0.8)
    axes.axhline(z.m[0], **DASHED)
    axes.set(xlabel="time (ms)", ylabel="synaptic input (pA)", ylim=(-50, 650))
    so_far = np.cumsum(current.m, axis=0) / np.arange(1, len(current) + 1)[:, None]
    for k, colour in zip(range(3), COLOURS, strict=False):
        means.semilogx(s[0].t.m[1::9] / 1000, so_far[1::9, k], color=colour, label=f"$z_{k + 1}$")
        means.axhline(z.m[k], **DASHED | {"color": colour})
    means.set(xlabel="averaged over (s)", xlim=(0.2, 60))
    means.legend(ncols=3)
