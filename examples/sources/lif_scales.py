"""One step of input on four scales: Hodgkin-Huxley, LIF, rate neuron, neural mass."""

from picture import COLOURS, INPUT_COLOUR, panels

import excitable as ex
from excitable.units import ms, pA

mass = ex.Model(
    "Two populations that excite and inhibit each other",
    equations="""
        tau_E*dr_E/dt = 1/(1 + exp(-k*(w_EE*r_E - w_EI*r_I + I - theta))) - r_E
        tau_I*dr_I/dt = 1/(1 + exp(-k*(w_IE*r_E - theta))) - r_I
    """,
    states={"r_E": 0, "r_I": 0},
    inputs={"I": "1"},
    parameters={"tau_E": 10 * ms, "tau_I": 10 * ms, "k": 6, "theta": 1,
                "w_EE": 3.2, "w_EI": 2.5, "w_IE": 3},
)  # fmt: skip
on, off = {"start": 50 * ms, "stop": 350 * ms}, 400 * ms
cell = ex.models.rate_neuron(ex.activation.lif)
drive = ex.models.normalised_drive(ex.LIF, 300 * pA)
rows = (
    ("Hodgkin-Huxley: 4 equations", ex.HodgkinHuxley, ex.step("10 uA/cm2", **on), "$v$ (mV)"),
    ("leaky integrate-and-fire: 1", ex.LIF, ex.step(300 * pA, **on), "$v$ (mV)"),
    ("rate neuron: 1, no spikes", cell, ex.step(drive, **on), "$r$ (Hz)"),
    ("neural mass: 2, one for each population", mass, ex.step(0.6, **on), "active part"),
)

with panels(4, sharex=True, size=(5.4, 5.2)) as strips:
    for axes, (title, model, stimulus, label) in zip(strips, rows, strict=True):
        run = ex.simulate(model, off, I=stimulus)
        for name, colour in zip([n for n in run.recorded if n[0] in "vr"], COLOURS, strict=False):
            axes.plot(run.t.m[::5], run[name].m[::5], color=colour, linewidth=1)
        if model is ex.LIF:
            axes.vlines(run.spikes[0].times.m, -50, -20, color=COLOURS[0], linewidth=1)
        axes.axvspan(50, 350, color=INPUT_COLOUR, alpha=0.08, linewidth=0)
        axes.set_title(title, fontsize=9)
        axes.set_ylabel(label)
    strips[-1].set(xlabel="time (ms)", xlim=(0, 400))
