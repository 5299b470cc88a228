"""Rates in closed form: against 40 digits, against runs, against published numbers."""

import mpmath as mp
import numpy as np
import pytest

import excitable as ex
from excitable import units
from excitable.analysis.firing._closed import closed_period
from excitable.analysis.firing._siegert import siegert, variation
from excitable.errors import ExcitableWarning
from excitable.units import MOhm, ms, mV, nA, pA

mp.mp.dps = 40


def hertz(quantity):
    return np.asarray(units.strip(quantity, units.dimension("1/ms"), "rate")) * 1e3


def exact_rate(cell, current):
    """LIF in 40 digits at the very floats that the model holds."""
    tau, R, E, T, V, t = (
        mp.mpf(float(cell.values()[k])) for k in ("tau_m", "R", "E_L", "V_T", "V_R", "t_ref")
    )
    v_inf = E + R * mp.mpf(float(current))
    return 0.0 if v_inf <= T else 1000 / (t + tau * mp.log((v_inf - V) / (v_inf - T)))


# 1 GOhm and thresholds at 0 and 1 mV: the current in pA is v_in.
NORMAL = ex.LIF(R="1 GOhm", E_L=0 * mV, V_T=1 * mV, V_R=0 * mV, t_ref=2 * ms)


@pytest.mark.parametrize(
    ("v_in", "tolerance"),
    [(1.001, 1e-12), (1.05, 1e-12), (2, 1e-13), (5, 1e-13), (100, 1e-13), (1 + 1e-7, 1e-8)],
)
def test_lif_in_forty_digits(v_in, tolerance):
    rate = hertz(ex.fi_curve(NORMAL, v_in * pA).rate)[0]
    assert abs(rate / exact_rate(NORMAL, v_in) - 1) < tolerance


@pytest.mark.parametrize("dt", [0.01, 0.1, 1.0])
@pytest.mark.parametrize("v_in", [1.001, 1.05, 2.0, 5.0, 100.0])
def test_runs_of_the_lif_fire_at_the_closed_rate(v_in, dt):
    run = ex.simulate(NORMAL, 2000 * ms, I=v_in * pA, dt=dt * ms, record=False)
    intervals = np.diff(run.spikes[0].times_ms)
    assert intervals.size > 10
    assert abs(intervals.mean() * float(exact_rate(NORMAL, v_in)) / 1e3 - 1) < 1e-12


@pytest.mark.parametrize("dt", [0.01, 0.1, 1.0])
def test_runs_a_ten_millionth_above_the_rheobase(dt):
    v_in = 1 + 1e-7
    run = ex.simulate(NORMAL, 4000 * ms, I=v_in * pA, dt=dt * ms, record=False)
    intervals = np.diff(run.spikes[0].times_ms)
    assert abs(intervals.mean() * float(exact_rate(NORMAL, v_in)) / 1e3 - 1) < 1e-8


def test_c39_rates_near_the_rheobase():
    levels = np.array([1 + 1e-7, 1.001, 1.1, 2.0, 10.0])
    found = hertz(ex.fi_curve(NORMAL, levels * pA).rate)
    assert np.round(found, 3).tolist() == [3.083, 7.134, 20.017, 63.04, 243.474]


def test_the_entries_of_the_lif(reference_entries):
    for entry in reference_entries("lif/dimensionless"):
        rate = hertz(ex.fi_curve(NORMAL, float(entry["given"]["v_in"]) * pA).rate)[0]
        assert abs(rate / float(entry["value"]["rate_Hz"]) - 1) < entry["tol"]
    for entry in reference_entries("lif/physical"):
        g = {name: float(value) for name, value in entry["given"].items()}
        cell = ex.LIF(
            tau_m=g["tau_ms"] * ms, R=g["R_MOhm"] * MOhm, E_L=g["E"] * mV, V_R=g["Vreset"] * mV,
            V_T=g["Vth"] * mV, t_ref=g["tref"] * ms,
        )  # fmt: skip
        rows = entry["value"]["fI"]
        curve = ex.fi_curve(cell, [float(row["I_nA"]) for row in rows] * nA)
        wanted = np.array([float(row["rate_Hz"]) for row in rows])
        assert np.abs(hertz(curve.rate) / wanted - 1).max() < entry["tol"]
        least = float(entry["value"]["I_min_nA (strict)"])
        assert curve.rheobase.to("nA").magnitude == pytest.approx(least, rel=1e-12)
        for row in entry["value"]["inverse"]:
            current = curve.inverse(f"{row['rate_Hz']} Hz")
            assert current.to("nA").magnitude == pytest.approx(float(row["I_nA"]), rel=1e-9)


@pytest.mark.parametrize(("low", "high"), [(-1, 1), (-10, 10), (-5, 20)])
def test_the_entries_of_the_qif(reference_entries, low, high):
    name = f"T_{low}_to_{high}"
    for entry in reference_entries("qif/canonical"):
        cell = ex.QIF(x_reset=low, x_peak=high, tau=1 * ms)
        rate = hertz(ex.fi_curve(cell, float(entry["given"]["I"])).rate)[0]
        assert abs(rate * float(entry["value"][name]) / 1e3 - 1) < entry["tol"]


def test_a_quadratic_neuron_in_millivolts(reference_entries):
    for entry in reference_entries("qif/physical"):
        g = {name: float(value) for name, value in entry["given"].items()}
        cell = ex.Model(
            "Quadratic neuron",
            equations="tau*dv/dt = a*(v - E_L)*(v - V_c) + R*I",
            spike="v >= V_peak", reset="v = V_R",
            states={"v": g["Vrest"] * mV}, inputs={"I": "nA"},
            parameters={
                "tau": g["tau"] * ms, "a": f"{g['a']}/mV", "E_L": g["Vrest"] * mV,
                "V_c": g["Vc"] * mV, "R": g["R"] * MOhm, "V_R": g["Vreset"] * mV,
                "V_peak": g["Vpeak"] * mV,
            },
        )  # fmt: skip
        curve = ex.fi_curve(cell, g["I"] * nA)
        assert hertz(curve.rate)[0] == pytest.approx(float(entry["value"]["rate_Hz"]), rel=1e-9)
        least = curve.rheobase.to("nA").magnitude
        assert least == pytest.approx(float(entry["value"]["I_rheobase"]), rel=1e-12)


def test_the_entry_of_the_eif_by_quadrature(reference_entries):
    (entry,) = reference_entries("eif/set1")
    cell = ex.EIF(
        C="200 pF", g_L="10 nS", E_L="-65 mV", V_T="-50 mV", Delta_T="2 mV", V_R="-60 mV",
        V_peak="0 mV", t_ref="0 ms",
    )  # fmt: skip
    rows = entry["value"]["fI"]
    curve = ex.fi_curve(cell, [float(row["I_pA"]) for row in rows] * pA)
    assert curve.method == "quadrature"
    wanted = np.array([float(row["rate_Hz"]) for row in rows])
    assert np.abs(hertz(curve.rate) / wanted - 1).max() < 1e-12
    assert curve.rheobase.magnitude == pytest.approx(130.0, rel=2e-6)


def exact_period(cell, current):
    """EIF in 40 digits at the very floats that the model holds."""
    C, g_L, E_L, V_T, D, V_R, V_peak, t = (
        mp.mpf(float(cell.values()[k]))
        for k in ("C", "g_L", "E_L", "V_T", "Delta_T", "V_R", "V_peak", "t_ref")
    )

    def drift(v):
        return (-g_L * (v - E_L) + g_L * D * mp.exp((v - V_T) / D) + mp.mpf(current)) / C

    delta = mp.sqrt(drift(V_T) * 2 * D * C / g_L)
    low, high = (mp.asinh((v - V_T) / delta) for v in (V_R, V_peak))
    return t + mp.quad(
        lambda u: delta * mp.cosh(u) / drift(V_T + delta * mp.sinh(u)), mp.linspace(low, high, 41)
    )


@pytest.mark.parametrize(("above", "tolerance"), [(1e-2, 1e-13), (1e-6, 1e-9), (1e-8, 1e-7)])
def test_the_interval_of_an_eif_close_above_its_fold(above, tolerance):
    current = 16.2 * (1 + above)
    period = 1000 / hertz(ex.fi_curve(ex.EIF, current * pA).rate)[0]
    assert abs(period / exact_period(ex.EIF, current) - 1) < tolerance


@pytest.mark.parametrize("above", [1e-10, 1e-12, 1e-13])
def test_where_rounding_shows_the_interval_of_an_eif_says_how_well_it_is_known(above):
    current = 16.2 * (1 + above)
    with pytest.warns(ExcitableWarning, match="is known to") as said:
        period = 1000 / hertz(ex.fi_curve(ex.EIF, current * pA).rate)[0]
    claimed = float(str(said[0].message).split("known to ")[1].split(" ms")[0])
    assert abs(period - float(exact_period(ex.EIF, current))) < claimed < period


def test_sensitivities_are_the_slopes_of_the_rate():
    levels = np.array([140.0, 160.0, 300.0]) * pA
    curve = ex.fi_curve(ex.LIF, levels)
    for name in ("R", "tau_m", "V_T", "V_R", "E_L", "t_ref", "I"):
        found = curve.sensitivity(name)
        if name == "I":
            h = 1e-4 * pA
            above, below = (ex.fi_curve(ex.LIF, levels + s * h).rate for s in (1, -1))
        else:
            h = 1e-6 * abs(ex.LIF[name])
            above, below = (
                ex.fi_curve(ex.LIF(**{name: ex.LIF[name] + s * h}), levels).rate for s in (1, -1)
            )
        wanted = (above - below) / (2 * h)
        assert found[0].magnitude == 0.0
        ratio = (found[1:] / wanted[1:]).to("").magnitude
        assert np.abs(ratio - 1).max() < 1e-5
    signs = {name: np.sign(curve.sensitivity(name)[2].magnitude) for name in ("R", "V_T", "V_R")}
    assert signs == {"R": 1, "V_T": -1, "V_R": 1}


@pytest.mark.parametrize(
    ("b", "a"), [(1, 0), (0.5, -3), (-1, -50), (8, 7.9999), (20, 19), (3, 2.9)]
)
def test_siegerts_integral_in_many_digits(b, a):
    points = [a, *(p for p in (-10, -1, 0, 1, 10) if a < p < b), b]
    exact = mp.quad(lambda u: mp.exp(u * u) * mp.erfc(-u), points)
    assert abs(siegert(b, a) / exact - 1) < 1e-14
    assert siegert(40.0, 0.0) == np.inf


def noisy(entry):
    g = {name: float(value) for name, value in entry["given"].items()}
    cell = ex.NoisyLIF(
        tau_m=g["tau"] * ms, E_L=0 * mV, R="1 GOhm", V_T=g["theta"] * mV, V_R=g["Vr"] * mV,
        t_ref=g["tref"] * ms, sigma=g["sigma"] * mV,
    )  # fmt: skip
    return ex.fi_curve(cell, g["mu"] * pA)


def test_the_entries_of_siegert(reference_entries):
    for entry in reference_entries("siegert"):
        curve, value = noisy(entry), entry["value"]
        assert curve.method == "closed form"
        assert abs(hertz(curve.rate)[0] / float(value["rate_Hz"]) - 1) < entry["tol"]["rate_rel"]
        # One entry's last digits disagree with 30 digits by quadrature, below, and with ours.
        if value["CV"] is not None and "mu=25" not in entry["id"]:
            assert abs(curve.cv[0] - float(value["CV"])) < entry["tol"]["CV"]


def test_the_variation_far_above_threshold_in_many_digits():
    b, a = mp.mpf(-5), mp.mpf(-15)

    def inner(x):
        return mp.quad(
            lambda s: mp.exp(2 * x * s - s * s) * (mp.exp((s - x) ** 2) * mp.erfc(s - x)) ** 2,
            [0, 0.1, 0.5, 3],
        )

    with mp.workdps(16):
        mean = mp.quad(lambda x: mp.exp(x * x) * mp.erfc(-x), mp.linspace(a, b, 9))
        exact = mp.sqrt(2 * mp.quad(inner, mp.linspace(a, b, 3))) / mean
    assert abs(variation(-5.0, -15.0) - exact) < 1e-11


@pytest.mark.slow
def test_noise_in_runs_gives_siegerts_rate():
    cell = ex.NoisyLIF(V_T=-50 * mV, V_R=-65 * mV, sigma=5 * mV)
    # A path seen at steps alone meets a threshold higher by 0.5826 of the noise of one step.
    seen = cell(V_T=(-50 + 0.5826 * 5 * np.sqrt(0.05 / 20)) * mV)
    curve = ex.fi_curve(seen, 120 * pA)
    run = ex.simulate(
        cell, 10_000 * ms, I=np.full(40, 120.0) * pA, dt=0.05 * ms, seed=3, record=False
    )
    # 5500 intervals of a variation near 0.7: their mean is known to one per cent.
    assert run.spikes.count / 400.0 == pytest.approx(hertz(curve.rate)[0], rel=0.025)
    intervals = np.concatenate([np.diff(train.times_ms) for train in run.spikes])
    assert intervals.std() / intervals.mean() == pytest.approx(curve.cv[0], rel=0.05)


def test_only_what_is_known_has_a_closed_form():
    assert closed_period(ex.LIF.system) is not None
    assert closed_period(ex.LIFConductance.system) is not None
    assert closed_period(ex.EIF.system) is None
    assert closed_period(ex.ALIF.system) is None
    assert closed_period(ex.HodgkinHuxley.system) is None
