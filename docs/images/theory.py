"""Draw the pictures of the theory and membrane pages: ``python docs/images/theory.py``."""

from pathlib import Path

import numpy as np

import excitable as ex
from excitable.plotting import save_figure
from excitable.plotting._figure import COLOURS, INK, INPUT_COLOUR, QUIET, new_figure, style
from excitable.units import Hz, MOhm, fC, ms, mV, pA

HERE = Path(__file__).parent
MEMBRANE = {"R": 100 * MOhm, "tau_m": 10 * ms, "E_L": -65 * mV}
FINE = {"linewidth": 0.9, "color": QUIET}


def save(figure, name):
    """Write a picture beside this file."""
    save_figure(figure, HERE / f"{name}.svg")


def resistor(axes, x, low, high):
    """A zigzag between two heights."""
    y = np.linspace(low, high, 14)
    zig = np.array([0, *[(-1) ** k * 0.09 for k in range(12)], 0])
    axes.plot(x + zig, y, color=INK)


def circuit():
    """The membrane as a circuit: capacitor beside resistor and battery."""
    with style():
        figure = new_figure(3.0, 2.4)
        axes = figure.subplots()
        wires = [
            ([-0.8, 0.8], [0, 0]), ([-0.8, -0.8], [0, -0.82]),
            ([-0.8, -0.8], [-0.94, -2]), ([0.8, 0.8], [0, -0.2]), ([0.8, 0.8], [-0.95, -1.35]),
            ([0.8, 0.8], [-1.47, -2]), ([-0.8, 0.8], [-2, -2]),
        ]  # fmt: skip
        for x, y in wires:
            axes.plot(x, y, color=INK)
        axes.annotate("", (0, -0.02), (0, 0.62), arrowprops={"arrowstyle": "-|>", "color": INK})
        for y in (-0.82, -0.94):  # the plates
            axes.plot([-1.05, -0.55], [y, y], color=INK, linewidth=1.8)
        resistor(axes, 0.8, -0.95, -0.2)
        axes.plot([0.55, 1.05], [-1.35, -1.35], color=INK)
        axes.plot([0.67, 0.93], [-1.47, -1.47], color=INK, linewidth=2.2)
        for x, y, text in (
            (0.12, 0.45, "$I(t)$"), (-1.42, -0.92, "$C$"), (1.05, -0.63, "$R$"),
            (1.12, -1.46, r"$E_\mathrm{L}$"),
        ):  # fmt: skip
            axes.text(x, y, text, fontsize=11)
        axes.plot([0, 0], [0, 0], "o", color=INK, markersize=3)
        axes.text(0.06, 0.08, "$v$ inside", color=QUIET)
        axes.text(-0.3, -1.93, "outside", color=QUIET)
        axes.set(xlim=(-1.7, 1.8), ylim=(-2.2, 0.75), aspect="equal")
        axes.axis("off")
    save(figure, "circuit")


def square_pulse():
    """Charging, discharging, and both after one square pulse, with the run of the model."""
    t = np.linspace(0, 80, 801) * ms
    shape = {"I": 150 * pA, "start": 10 * ms, **MEMBRANE}
    whole = ex.theory.square_pulse(t, width=30 * ms, **shape)
    up = ex.theory.charging(t, **shape)
    top = ex.theory.charging(40 * ms, **shape)
    down = ex.theory.discharging(t, v_0=top, tau_m=10 * ms, E_L=-65 * mV, start=40 * ms)
    drive = ex.pulse(150 * pA, start=10 * ms, width=30 * ms)
    run = ex.simulate(ex.LIF(**MEMBRANE, V_T=0 * mV), 80 * ms, I=drive, record_dt=4 * ms)
    with style():
        figure = new_figure(6.0, 3.0)
        axes, below = figure.subplots(2, 1, sharex=True, height_ratios=[4, 1])
        axes.plot(t.m, whole.m, color=COLOURS[0], linewidth=1.6)
        later = t.m >= 40
        axes.plot(t.m[later], up.m[later], linestyle=(0, (4, 2)), **FINE)
        axes.plot(t.m[later], down.m[later], "--", color=COLOURS[5], linewidth=2.4, zorder=0)
        axes.plot(run.t.m, run.v.m, "o", color=COLOURS[1], markersize=3, label="simulated")
        axes.annotate("charging (1.3)", (58, -51.7), color=QUIET)
        axes.annotate("discharging (1.4)", (52, -59), color=QUIET)
        axes.set_ylabel("$v$ (mV)")
        axes.legend(loc="upper left")
        below.plot(t.m, run.inputs["I"].value(t.m), color=INPUT_COLOUR)
        below.set(xlabel="time (ms)", ylabel="$I$ (pA)", xlim=(0, 80))
    save(figure, "square_pulse")


def sinusoids():
    """Gain and phase over frequency, and what becomes of spikes: all are not the same."""
    f = np.geomspace(1, 500, 200)
    known = {"R": 100 * MOhm, "tau_m": 10 * ms}
    tried = np.array([2.0, 5, 10, 20, 50, 100, 200, 500])
    run = ex.simulate(
        ex.LIF(**known, E_L=0 * mV, V_T=1000 * mV, V_R=0 * mV), "1500 ms", record_dt="0.05 ms",
        I=ex.sine(100 * pA, tried * Hz),
    )  # fmt: skip
    late = run.t_ms >= 500
    t, v = run.t_ms[late][:, None], run.bare("v")[late]
    wave = 2 * np.mean(v * np.exp(-2j * np.pi * tried / 1000 * t), axis=0) * 1j
    firing = np.arange(50.0, 501.0, 10.0)
    cell = ex.LIF(**known, E_L=0 * mV, V_T=15 * mV, V_R=0 * mV, t_ref=1 * ms)
    spikes = ex.simulate(
        cell, "2 s", record=False, I=200 * pA + ex.sine(200 * pA, firing * Hz)
    ).spikes.counts()
    with style():
        figure = new_figure(8.0, 2.5)
        first, second, third = figure.subplots(1, 3)
        first.loglog(f, ex.theory.gain(f * Hz, **known).m, color=COLOURS[0])
        first.loglog(tried, np.abs(wave) * 10, "o", color=COLOURS[1], markersize=3.5)
        first.loglog(f, 1e5 / (2 * np.pi * f * 10), linestyle=(0, (4, 2)), **FINE)
        first.text(3, 400, r"$1/\omega C$", color=QUIET)
        first.set(ylabel="gain (MΩ)", ylim=(1, 2000))
        degrees = np.degrees(ex.theory.phase(f * Hz, tau_m=10 * ms).m)
        second.semilogx(f, degrees, color=COLOURS[0])
        second.semilogx(tried, np.degrees(np.angle(wave)), "o", color=COLOURS[1], markersize=3.5)
        second.set(ylabel="phase (degrees)", yticks=[-90, -45, 0])
        third.plot(firing, spikes / 2, "o-", color=COLOURS[2], markersize=2.5)
        third.set(ylabel="rate (Hz)", ylim=(0, None))
        for axes in (first, second, third):
            axes.set_xlabel("frequency (Hz)")
    save(figure, "sinusoids")


def postsynaptic():
    """Postsynaptic potentials of one charge that arrives in different ways."""
    t = np.linspace(-5, 80, 851) * ms
    known = {"R": 100 * MOhm, "tau_m": 10 * ms}
    with style():
        figure = new_figure(8.0, 2.5)
        first, second, third = figure.subplots(1, 3)
        instant = ex.theory.psp_delta(t, 100 * fC, **known)
        first.plot(t.m, instant.m, color=INK, label="at once")
        for k, tau_s in enumerate((1, 3, 10, 30)):
            v = ex.theory.psp_exponential(t, 100 * fC, tau_s=tau_s * ms, **known)
            first.plot(t.m, v.m, color=COLOURS[k], label=f"{tau_s} ms")
        first.legend(title=r"$\tau_\mathrm{s}$", title_fontsize=8)
        first.set_title("exponential current")
        for n in range(4):
            v = ex.theory.psp_gamma(t, 100 * fC, n=n, tau_s=10 * ms, **known)
            peak = ex.theory.psp_peak_time(tau_s=10 * ms, tau_m=10 * ms, n=n)
            top = ex.theory.psp_gamma(peak, 100 * fC, n=n, tau_s=10 * ms, **known)
            second.plot(t.m, v.m, color=COLOURS[n], label=f"{n}")
            second.plot(peak.m, top.m, "o", color=COLOURS[n], markersize=3)
        second.legend(title="$n$", title_fontsize=8)
        second.set_title(r"$t^n e^{-t/\tau}$, equal constants")
        for k, (name, tau_s) in enumerate((("AMPA", 10), ("NMDA", 300))):
            h = ex.theory.synaptic_kernel(t * 10, tau_s=tau_s * ms, n=0)
            third.plot(t.m * 10, h.m * 1000, color=COLOURS[k], label=f"{name}, {tau_s} ms")
        third.set(yscale="log", ylim=(0.1, 200), ylabel="current per charge (1/s)")
        third.legend()
        third.set_title("equal areas")
        first.set_ylabel("$v$ (mV)")
        for axes in (first, second, third):
            axes.set_xlabel("time (ms)")
    save(figure, "postsynaptic")


def integrated():
    """The integrated form: filtered input plus resets is the potential."""
    cell = ex.LIF(tau_m=10 * ms, V_R=-70 * mV, t_ref=0 * ms)
    drive = ex.ornstein_uhlenbeck(190 * pA, 120 * pA, 8 * ms, dt=0.1 * ms, seed=4)
    run = ex.simulate(cell, 100 * ms, I=drive)
    known = {name: cell[name] for name in ("R", "tau_m", "E_L")}
    levels = {name: cell[name] for name in ("V_T", "V_R")}
    filtered = ex.theory.convolution(run.t, drive, **known)
    sum_ = ex.theory.spike_response(run.t, drive, run.spikes[0], **known, **levels)
    with style():
        figure = new_figure(6.4, 3.4)
        axes, below = figure.subplots(2, 1, sharex=True, height_ratios=[3, 2])
        axes.plot(run.t.m, filtered.m, color=COLOURS[4], label="input, filtered (1.9)")
        axes.plot(run.t.m, run.v.m, color=COLOURS[0], linewidth=2.2, label="simulated")
        axes.plot(run.t.m, sum_.m, color=INK, linewidth=0.8, linestyle=(0, (3, 2)), label="sum")
        axes.axhline(-50, linestyle=(0, (1, 2)), **FINE)
        axes.set_ylabel("$v$ (mV)")
        axes.legend(loc="upper left", ncols=3, bbox_to_anchor=(0, 1.2))
        below.plot(run.t.m, (sum_ - filtered).m, color=COLOURS[1])
        below.set(xlabel="time (ms)", ylabel="resets (1.10)\n(mV)", xlim=(0, 100))
    save(figure, "integrated")


def membranes():
    """Gating curves, a family of clamp steps and its current-voltage curves."""
    save(ex.gates(ex.HodgkinHuxley, np.linspace(-110, 50, 321) * mV).plot(), "gates")
    levels = np.arange(-55, 66, 15)
    steps = ex.voltage_clamp(
        ex.HodgkinHuxley, levels * mV, 20 * ms, holding=-65 * mV, start=2 * ms, stop=15 * ms
    )
    save(steps.plot(), "clamp")
    v = np.arange(-80, 81, 2.5)
    fine = ex.voltage_clamp(
        ex.HodgkinHuxley, v * mV, 17 * ms, holding=-65 * mV, start=2 * ms, stop=15 * ms
    )
    with style():
        figure = new_figure(3.6, 2.6)
        axes = figure.subplots()
        axes.axhline(0, linewidth=0.6, color=QUIET)
        axes.plot(v, fine.peak("I_Na").m, color=COLOURS[0], label="sodium, peak")
        late = fine["I_K"][fine.t_ms < 15][-1]
        axes.plot(v, late.m, color=COLOURS[1], linestyle="--", label="potassium, late")
        axes.set(xlabel="command (mV)", ylabel="current (µA/cm²)", ylim=(-1700, 4000))
        axes.legend()
    save(figure, "current_voltage")


for draw in (circuit, square_pulse, sinusoids, postsynaptic, integrated, membranes):
    draw()
