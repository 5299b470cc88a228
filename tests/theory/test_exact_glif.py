"""The exact engine on GLIF neurons: reference numbers, degenerate rates, what must not matter."""

import importlib.util
import json
import warnings
from pathlib import Path

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import excitable as ex
from excitable.errors import ExcitableWarning
from excitable.units import ms, mV, nS, pA, pF

STATES = ("v", "theta_s", "theta_v", "I_1", "I_2")
GAPS = [0.0, *(10.0**-k for k in range(12, 2, -1))]


def end_of(model, duration, start, I):
    """All states after a run, bare."""
    given = dict(zip(STATES, start, strict=True))
    run = ex.simulate(
        model, duration * ms, I=I, record_dt=duration * ms,
        initial={k: x * (pA if k.startswith("I") else mV) for k, x in given.items()},
    )  # fmt: skip
    return np.array([run.bare(name)[-1].item() for name in STATES])


def test_single_steps_to_the_last_digits(shared):
    cases = json.loads((shared / "reference/glif/flow_golden.json").read_text())["cases"]
    assert len(cases) == 44
    for case in cases:
        rates, before, after = case["params"], case["state0"], case["state_t"]
        model = ex.GLIF5(
            C=rates["C_pF"] * pF, g=rates["g_nS"] * nS, E_L=0 * mV, V_T=1e6 * mV,
            a_v=rates["a_v_per_ms"] / ms, b_v=rates["b_v_per_ms"] / ms,
            b_s=rates["b_s_per_ms"] / ms,
            k_1=rates["k_per_ms"][0] / ms, k_2=rates["k_per_ms"][1] / ms,
        )  # fmt: skip
        start, expected = (
            [x["u_mV"], x["theta_s_mV"], x["theta_v_mV"], *x["asc_pA"]] for x in (before, after)
        )
        found = end_of(model, case["t_ms"], start, case["I_pA"] * pA)
        assert np.abs(found - expected).max() < 1e-11, case["case"]


def test_spike_times_of_the_five_levels(shared):
    found = json.loads((shared / "reference/glif/event_golden.json").read_text())
    for name, expected in found["spike_times_ms"].items():
        current, level = name.split("pA_")
        drive = ex.step(float(current) * pA, start=20 * ms, stop=520 * ms)
        run = ex.simulate(getattr(ex, level), 600 * ms, I=drive, record=False)
        np.testing.assert_allclose(run.spikes[0].times_ms, expected, rtol=0, atol=1e-9)


def published():
    path = Path(__file__).parents[1] / "simulation" / "test_published_glif.py"
    spec = importlib.util.spec_from_file_location("_published_glif", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.compiled
def test_exact_trains_of_ten_cells_under_four_stimuli(shared):
    module = published()
    runs = 0
    for cell in module.CELLS:
        oracle = module.Oracle(shared / "reference" / "glif", cell)
        for level in range(1, 6):
            for stimulus in module.STIMULI:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", ExcitableWarning)
                    run = oracle.run(level, stimulus, "exact", record=False)
                expected = oracle.found(level, stimulus)["event_exact_spike_times_ms"]
                np.testing.assert_allclose(
                    run.spikes[0].times_ms, expected, rtol=0, atol=1e-9,
                    err_msg=f"{cell} GLIF{level} {stimulus}",
                )  # fmt: skip
                runs += 1
    assert runs == 200


def in_fifty_digits(rates, start, I, t):
    """The five states after t, from the exponential of the system's matrix."""
    C, g, a_v, b_v, b_s, k_1, k_2 = map(mp.mpf, rates)
    with mp.workdps(50):
        A = mp.zeros(6)
        A[0, 0], A[0, 3], A[0, 4], A[0, 5] = -g / C, 1 / C, 1 / C, mp.mpf(I) / C
        A[1, 1], A[2, 0], A[2, 2], A[3, 3], A[4, 4] = -b_s, a_v, -b_v, -k_1, -k_2
        x = mp.expm(A * mp.mpf(t), method="taylor") * mp.matrix([*map(mp.mpf, start), 1])
        return np.array([float(x[j]) for j in range(5)])


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("meet", [("b_v",), ("k_1",), ("k_1", "k_2", "b_v")])
def test_equal_and_nearly_equal_rates(gap, meet):
    C, g = 58.72, 9.43
    rates = {"a_v": 0.005, "b_v": 0.09, "b_s": 0.009, "k_1": 0.003, "k_2": 0.1}
    for count, name in enumerate(meet):
        rates[name] = g / C * (1.0 + gap * (-1) ** count)
    start, t = [7.0, 1.0, 2.0, -60.0, -150.0], 23.7
    model = ex.GLIF5(E_L=0 * mV, V_T=1e6 * mV, **{k: x / ms for k, x in rates.items()})
    expected = in_fifty_digits([C, g, *rates.values()], start, 310.0, t)
    assert np.abs(end_of(model, t, start, 310 * pA) - expected).max() < 1e-11


NOISE = 210.0 + 900.0 * np.random.default_rng(5).standard_normal(12_000)
CELLS = ex.GLIF5(V_T=np.linspace(-54.0, -50.0, 13) * mV, b_s=np.linspace(0.009, 0.7, 13) / ms)


def noisy(model=CELLS, values=NOISE, duration=600.0, **how):
    return ex.simulate(
        model, duration * ms, I=ex.trace(values * pA, 0.05 * ms), **{"record": False, **how}
    )  # fmt: skip


def times_of(run):
    return [run.spikes[i].times_ms.tolist() for i in range(len(run.spikes))]


@pytest.mark.compiled
def test_steps_recording_threads_and_neighbours_change_no_bit():
    reference = times_of(noisy())
    assert sum(map(len, reference)) > 60
    for how in (
        {"dt": 0.01 * ms}, {"dt": 0.1 * ms}, {"dt": 1 * ms}, {"threads": 1}, {"threads": 2},
        {"record": "v"}, {"record": ["I_1", "theta_v"], "record_dt": 0.037 * ms},
    ):  # fmt: skip
        assert times_of(noisy(**how)) == reference, how
    crowd = noisy(record="v").bare("v")
    for i in (0, 6, 12):
        own = CELLS.values()
        alone = noisy(ex.GLIF5(V_T=own["V_T"][i] * mV, b_s=own["b_s"][i] / ms), record="v")
        assert times_of(alone) == [reference[i]]
        np.testing.assert_array_equal(alone.bare("v").ravel(), crowd[:, i])


def highest(A, x, inputs, gain, h, pieces=32, fine=2000):
    """Brute force: the highest v - theta_s - theta_v under held inputs, and when."""
    n = len(x)

    def moved(y, s):
        total, term = y.copy(), y.copy()
        for k in range(1, 30):
            term = big @ term * (s / k)
            total = total + term
        return total

    big = np.zeros((n + 1, n + 1))
    big[:n, :n] = A
    normal = np.array([1.0, -1.0, -1.0, *[0.0] * (n - 3), 0.0])
    best, found = -np.inf, None
    y = np.array([*x, 1.0])
    for k, u in enumerate(inputs):
        big[:n, n] = gain * u
        for piece in range(pieces):
            if normal @ y > best:
                best, found = normal @ y, (k, piece, y.copy())
            y = moved(y, h / pieces)
    # Once more around the best: from the piece before it to the one after it.
    y = np.array([*x, 1.0])
    around = found[0] * pieces + found[1]
    for step in range(around + 1):
        big[:n, n] = gain * inputs[min(step // pieces, len(inputs) - 1)]
        if step >= around - 1:
            z = y.copy()
            for _ in range(fine):
                z = moved(z, h / pieces / fine)
                best = max(best, normal @ z)
        y = moved(y, h / pieces)
    return best


@pytest.mark.slow
@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_peaks_that_graze_the_threshold_inside_a_step(seed):
    made = np.random.default_rng(seed)
    h = 0.4
    g, C = made.uniform(2, 20), made.uniform(30, 120)
    a_v, b_v, b_s, k_1, k_2 = made.uniform(0.0, 0.4), *made.uniform(0.001, 2.0, 4)
    start = [made.uniform(-5, 5), *made.uniform(0, 8, 2), *made.uniform(-300, 900, 2)]
    inputs = 100.0 * made.standard_normal(48) * made.uniform(0, 1)
    A = np.zeros((5, 5))
    A[0, 0], A[0, 3], A[0, 4] = -g / C, 1 / C, 1 / C
    A[1, 1], A[2, 0], A[2, 2], A[3, 3], A[4, 4] = -b_s, a_v, -b_v, -k_1, -k_2
    top = highest(A, start, inputs, np.array([1 / C, 0, 0, 0, 0]), h)
    given_first = dict(zip(STATES, start, strict=True))
    for margin, fires in ((1e-6, True), (-1e-6, False)):
        if start[0] - start[1] - start[2] >= top - abs(margin):
            continue  # the start is the highest
        cell = ex.GLIF5(
            E_L=0 * mV, g=g * nS, C=C * pF, a_v=a_v / ms, b_v=b_v / ms, b_s=b_s / ms,
            k_1=k_1 / ms, k_2=k_2 / ms, V_T=(top - margin) * mV, f_v=0.0, delta_v=500 * mV,
        )  # fmt: skip
        run = ex.simulate(
            cell, 48 * h * ms, I=ex.trace(inputs * pA, h * ms), record=False,
            initial={k: x * (pA if k.startswith("I") else mV) for k, x in given_first.items()},
        )  # fmt: skip
        assert (run.spikes.count > 0) == fires, (seed, margin)


@pytest.mark.compiled
def test_blocks_agree_with_single_steps():
    # Breaks that no block can use, at which nothing changes much, force single steps.
    uneven = ex.trace(1e-13 * np.resize([0.0, 1.0], 900) * pA, 0.66667 * ms, start=0.013 * ms)
    reference = noisy(record="v")
    other = ex.simulate(
        CELLS, 600 * ms, I=ex.trace(NOISE * pA, 0.05 * ms) + uneven, record="v"
    )  # fmt: skip
    for ours, theirs in zip(times_of(reference), times_of(other), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-9)
    assert np.abs(reference.bare("v") - other.bare("v")).max() < 1e-8


def test_samples_joined_by_lines_are_integrated_as_such(reference):
    values = 300.0 + 300.0 * np.random.default_rng(8).standard_normal(200)
    drive = ex.trace(values * pA, 0.5 * ms, hold="linear")
    run = ex.simulate(ex.GLIF5, 99 * ms, I=drive, record="v", record_dt=0.2 * ms)
    p = ex.GLIF5.values()

    def rate(t, y, I):
        # The distance to threshold leads: the reference integrator fires at a fixed first entry.
        d, s, w = y
        v = d + p["V_T"] + s + w
        slow = [-p["b_s"] * s, p["a_v"] * (v - p["E_L"]) - p["b_v"] * w]
        return [(p["g"] * (p["E_L"] - v) + I) / p["C"] - slow[0] - slow[1], *slow]

    grid = 0.5 * np.arange(200)
    before = run.t_ms[run.t_ms < run.spikes[0].times_ms[0]]
    spikes, states = reference.Cell(rate, 0.0).run(
        [p["E_L"] - p["V_T"], 0.0, 0.0], 99.0, lambda t: np.interp(t, grid, values),
        breaks=grid[1:] - 1e-13, at=before,
    )  # fmt: skip
    assert run.spikes[0].times_ms[0] == pytest.approx(spikes[0], abs=1e-8)
    v = states[:, 0] + p["V_T"] + states[:, 1] + states[:, 2]
    assert before.size > 20
    assert np.abs(run.bare("v").ravel()[: before.size] - v).max() < 1e-8


def test_a_reset_above_threshold_fires_once_every_refractory_time():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ExcitableWarning)
        bad = ex.GLIF2(f_v=1.2, delta_v=-10 * mV, delta_s=0.1 * mV, t_ref=3.7 * ms)
        run = ex.simulate(bad, 200 * ms, I=400 * pA, record=False)
        times = run.spikes[0].times_ms
        assert len(times) == 1 + int((200 - times[0]) / 3.7)
        # The end of refractoriness is itself the next spike.
        assert np.abs(np.diff(times) - 3.7).max() < 1e-12
        with pytest.raises(ex.ExcitableError, match="fires infinitely often"):
            ex.simulate(bad(t_ref=0 * ms), 200 * ms, I=400 * pA, record=False)
