"""The adaptive scheme against DOP853 with events and resets made by hand."""

import numpy as np
import pytest

import excitable as ex
from excitable.units import Hz, ms, mV, pA

REST = [-65.0, 0.053, 0.596, 0.318]
START = {"v": -65 * mV, "m": 0.053, "h": 0.596, "n": 0.318}


def test_spikes_of_the_squid_axon_over_a_second(reference):
    expected, _ = reference.hodgkin_huxley().run(REST, 1000.0, lambda t: 10.0)
    run = ex.simulate(ex.HodgkinHuxley, 1000 * ms, I="10 uA/cm2", initial=START, record=False)
    times = run.spikes[0].times_ms
    assert times.size == expected.size > 60
    assert np.abs(times - expected)[:20].max() < 1e-4
    assert np.abs(times - expected).max() < 1e-4


def test_course_of_the_squid_axon(reference):
    """Samples between steps come from the continuous extension: its error is seen here."""
    run = ex.simulate(ex.HodgkinHuxley, 40 * ms, I="10 uA/cm2", initial=START, record_dt=0.037 * ms)
    _, states = reference.hodgkin_huxley().run(REST, 40.0, lambda t: 10.0, at=run.t_ms)
    # A spike rises by up to 400 mV/ms, so 1e-5 ms are 4e-3 mV at most.
    assert np.abs(run.bare("v") - states[:, 0]).max() < 4e-3
    for k, gate in enumerate("mhn", start=1):
        assert np.abs(run.bare(gate) - states[:, k]).max() < 1e-4


@pytest.mark.parametrize(
    ("current", "by_hand"),
    [
        (
            ex.sine("10 uA/cm2", 60 * Hz, 0.3, offset="5 uA/cm2", start=3.3 * ms),
            lambda t: 5 + 10 * np.sin(2 * np.pi * 0.06 * (t - 3.3) + 0.3) if t >= 3.3 else 0.0,
        ),
        (
            ex.chirp("12 uA/cm2", 5 * Hz, 200 * Hz, start=3.3 * ms, stop=150.1 * ms),
            lambda t: (
                12 * np.sin(2 * np.pi * (
                    0.005 * (t - 3.3) + 0.195 / 146.8 * (t - 3.3) ** 2 / 2
                ))
                if 3.3 <= t < 150.1
                else 0.0
            ),
        ),
        (
            ex.chirp(
                "12 uA/cm2", 5 * Hz, 200 * Hz, start=3.3 * ms, stop=150.1 * ms, kind="exponential"
            ),
            lambda t: (
                12 * np.sin(
                    2 * np.pi * 0.005 * 146.8 / np.log(40.0)
                    * np.expm1((t - 3.3) / 146.8 * np.log(40.0))
                )
                if 3.3 <= t < 150.1
                else 0.0
            ),
        ),
        (
            ex.ramp("0 uA/cm2", "30 uA/cm2", start=3.3 * ms, stop=150.1 * ms),
            lambda t: 30.0 * (t - 3.3) / 146.8 if 3.3 <= t < 150.1 else 0.0,
        ),
    ],
    ids=["sine", "chirp", "exponential chirp", "ramp"],
)  # fmt: skip
def test_moving_inputs(current, by_hand, reference):
    expected, _ = reference.hodgkin_huxley().run(REST, 160.0, by_hand, breaks=(3.3, 150.1))
    run = ex.simulate(ex.HodgkinHuxley, 160 * ms, I=current, initial=START, record=False)
    times = run.spikes[0].times_ms
    assert times.size == expected.size >= 4
    assert np.abs(times - expected).max() < 1e-4


PATTERNS = {
    "regular spiking": (0.02, 0.2, -65, 8),
    "intrinsically bursting": (0.02, 0.2, -55, 4),
    "chattering": (0.02, 0.2, -50, 2),
    "fast spiking": (0.1, 0.2, -65, 2),
    "thalamo-cortical": (0.02, 0.25, -65, 0.05),
    "resonator": (0.1, 0.26, -65, 2),
    "low-threshold spiking": (0.02, 0.25, -65, 2),
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_patterns_of_izhikevich(pattern, reference):
    a, b, c, d = PATTERNS[pattern]
    expected, _ = reference.izhikevich(a, b, c, d).run([-65.0, -65.0 * b], 300.0, lambda t: 10.0)
    run = ex.simulate(
        ex.Izhikevich.preset(pattern), 300 * ms, I="10 mV/ms", record=False,
        initial={"v": -65 * mV, "u": f"{-65 * b} mV/ms"},
    )  # fmt: skip
    times = run.spikes[0].times_ms
    assert times.size == expected.size >= 5
    assert np.abs(times - expected).max() < 1e-3


ADEX = {
    "tonic spiking": (200, 10, -70, 2, 30, 0, -58),
    "adaptation": (200, 12, -70, 2, 300, 60, -58),
    "initial burst": (130, 18, -58, 4, 150, 120, -50),
    "regular bursting": (200, 10, -58, 2, 120, 100, -46),
    "delayed accelerating": (200, 12, -70, -10, 300, 0, -58),
    "delayed regular bursting": (100, 10, -65, -10, 90, 30, -47),
}
CURRENTS = {
    "tonic spiking": 500, "adaptation": 500, "initial burst": 400, "regular bursting": 210,
    "delayed accelerating": 300, "delayed regular bursting": 110,
}  # fmt: skip


@pytest.mark.parametrize("pattern", ADEX)
def test_patterns_of_adex(pattern, reference):
    C, g_L, E_L, a, tau_w, b, V_R = ADEX[pattern]
    cell = reference.adex(C, g_L, E_L, -50, 2, 20, V_R, 0, a, b, tau_w)
    current = float(CURRENTS[pattern])
    expected, _ = cell.run([E_L, 0.0], 150.0, lambda t: current)
    run = ex.simulate(
        ex.AdEx.preset(pattern), 150 * ms, I=current * pA, record=False,
        initial={"v": E_L * mV, "w": 0 * pA},
    )  # fmt: skip
    times = run.spikes[0].times_ms
    assert times.size == expected.size >= 1
    assert np.abs(times - expected).max() < 1e-3


def test_refractory_adex(reference):
    cell = reference.adex(281, 30, -70.6, -50.4, 2, 20, -70.6, 3.3, 4, 80.5, 144)
    expected, states = cell.run(
        [-70.6, 0.0], 120.0, lambda t: 1500.0 if t < 77.7 else 900.0, breaks=(77.7,),
        at=np.arange(1201) * 0.1,
    )  # fmt: skip
    run = ex.simulate(
        ex.AdEx(t_ref=3.3 * ms), 120 * ms, initial={"v": -70.6 * mV, "w": 0 * pA},
        I=ex.step(900 * pA) + ex.step(600 * pA, stop=77.7 * ms),
    )  # fmt: skip
    times = run.spikes[0].times_ms
    assert times.size == expected.size >= 7
    assert np.abs(times - expected).max() < 1e-4
    known = np.isfinite(states[:, 1])
    assert np.count_nonzero(~known) <= expected.size
    assert np.abs(run.bare("w") - states[:, 1])[known].max() < 1e-2


def test_linear_models_agree_with_the_exact_scheme():
    current = ex.trace(np.random.default_rng(2).uniform(0, 500, 60) * pA, 5.55 * ms)
    exact, adaptive = (
        ex.simulate(ex.LIF, 300 * ms, I=current, scheme=scheme) for scheme in ("exact", "adaptive")
    )
    assert exact.spikes.count == adaptive.spikes.count > 5
    assert np.abs(exact.spikes[0].times_ms - adaptive.spikes[0].times_ms).max() < 1e-4


def test_spike_times_do_not_depend_on_dt():
    runs = [
        ex.simulate(ex.AdEx, 100 * ms, dt=dt * ms, I=900 * pA).spikes[0].times_ms
        for dt in (0.01, 0.1, 3.0)
    ]
    assert np.array_equal(runs[0], runs[1])
    assert np.array_equal(runs[0], runs[2])
