"""The quadratic and the theta neuron: closed forms, and that they are one neuron on two lines."""

import json

import numpy as np
import pytest
from scipy.integrate import quad

import excitable as ex
from excitable.units import ms, mV, nA


def interval(drive, peak, reset):
    """Time from the reset to the peak of tau*dx/dt = x**2 + I, in units of tau."""
    root = np.sqrt(drive)
    return (np.arctan(peak / root) - np.arctan(reset / root)) / root


def intervals(model, duration, **options):
    run = ex.simulate(model, duration * ms, record=False, **options)
    times = run.spikes[0].times_ms
    assert times.size >= 3
    return np.diff(times)


@pytest.mark.parametrize("tau", [1.0, 10.0])
@pytest.mark.parametrize(("peak", "reset"), [(1.0, -1.0), (10.0, -10.0), (20.0, -5.0), (50, 0.5)])
@pytest.mark.parametrize("drive", [0.01, 1.0, 25.0])
def test_interval_of_the_quadratic_neuron(drive, peak, reset, tau):
    expected = tau * interval(drive, peak, reset)
    cell = ex.QIF(x_peak=peak, x_reset=reset, tau=tau * ms)
    found = intervals(cell, 5 * expected, I=drive, initial={"x": reset})
    # The adaptive step is judged by the largest |x|, and the slow passage is near x = 0.
    assert found == pytest.approx(expected, rel=1e-6 * max(1.0, abs(peak) / np.sqrt(drive)))
    fine = intervals(
        cell, 5 * expected, I=drive, initial={"x": reset}, scheme="rk4", dt=expected / 20000 * ms
    )
    assert fine == pytest.approx(expected, rel=1e-9)


def test_published_intervals(shared):
    path = shared / "reference" / "dynamics.json"
    entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
    canonical = [entry["value"] for entry in entries if entry["id"].startswith("qif/canonical")]
    assert len(canonical) == 3
    for value in canonical:
        drive = float(value["I"])
        for key, peak, reset in (("T_-1_to_1", 1, -1), ("T_-10_to_10", 10, -10),
                                 ("T_-5_to_20", 20, -5)):  # fmt: skip
            expected = float(value[key])
            assert interval(drive, peak, reset) == pytest.approx(expected, rel=1e-14)
            cell = ex.QIF(x_peak=peak, x_reset=reset)
            fine = {"scheme": "rk4", "dt": expected / 20000 * ms}
            assert intervals(cell, 5 * expected, I=drive, **fine) == pytest.approx(
                expected, rel=1e-9
            )
        # From infinity to infinity: the theta neuron needs no cut.
        expected = float(value["T_inf_reset"])
        assert intervals(ex.Theta, 5 * expected, I=drive) == pytest.approx(expected, rel=1e-5)


def test_published_intervals_in_millivolts(shared):
    path = shared / "reference" / "dynamics.json"
    entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
    chosen = [entry for entry in entries if entry["id"].startswith("qif/physical")]
    assert len(chosen) == 2
    for entry in chosen:
        p = {key: float(value) for key, value in entry["given"].items()}
        cell = ex.QIFPhysical(
            tau_m=p["tau"] * ms, a=f"{p['a']}/mV", E_L=p["Vrest"] * mV, V_T=p["Vc"] * mV,
            R=f"{p['R']} MOhm", V_R=p["Vreset"] * mV, V_peak=p["Vpeak"] * mV,
        )  # fmt: skip
        expected = float(entry["value"]["T_ms"])
        found = intervals(cell, 5 * expected, I=p["I"] * nA, initial={"v": p["Vreset"] * mV})
        assert found == pytest.approx(expected, rel=1e-5)
        rheobase = float(entry["value"]["I_rheobase"])
        for share, fires in ((0.999, False), (1.001, True)):
            run = ex.simulate(cell, 20000 * ms, I=share * rheobase * nA, record=False)
            assert bool(run.spikes.count) is fires


def test_the_interval_in_millivolts_is_the_quadrature():
    cell = ex.QIFPhysical(t_ref=2 * ms)
    p, current = cell.values(), 700.0

    def slowness(v):
        return p["tau_m"] / (p["a"] * (v - p["E_L"]) * (v - p["V_T"]) + p["R"] * current)

    climb, _ = quad(slowness, p["V_R"], p["V_peak"], epsabs=1e-12, epsrel=1e-12)
    found = intervals(cell, 400.0, I=current / 1000 * nA)
    assert found == pytest.approx(climb + 2.0, rel=1e-5)


@pytest.mark.parametrize("drive", [-0.5, 0.04, 1.0])
def test_theta_is_the_quadratic_neuron_on_a_circle(drive):
    """x = tan(theta/2), along a course with spikes, cut off and reset at the same places."""
    peak, reset = 12.0, -3.0
    line = ex.QIF(x_peak=peak, x_reset=reset, tau=5 * ms)
    circle = ex.Theta(theta_peak=2 * np.arctan(peak), theta_reset=2 * np.arctan(reset), tau=5 * ms)
    options = {"I": drive, "scheme": "rk4", "dt": 0.001 * ms, "record_dt": 0.05 * ms}
    start = -0.9
    x = ex.simulate(line, 150 * ms, initial={"x": start}, **options)
    angle = ex.simulate(circle, 150 * ms, initial={"theta": 2 * np.arctan(start)}, **options)
    spikes = x.spikes[0].times_ms
    assert spikes.size == {-0.5: 0, 0.04: 2, 1.0: 11}[drive]
    assert angle.spikes[0].times_ms == pytest.approx(spikes, abs=1e-9)
    assert np.tan(angle.bare("theta") / 2) == pytest.approx(x.bare("x"), rel=1e-8, abs=1e-9)


def test_theta_without_a_cut_is_the_limit_of_high_peaks():
    drive = 0.5
    expected = np.pi / np.sqrt(drive)
    assert intervals(ex.Theta, 30.0, I=drive) == pytest.approx(expected, rel=1e-5)
    for peak in (1e2, 1e4):
        cut = ex.Theta(theta_peak=2 * np.arctan(peak), theta_reset=-2 * np.arctan(peak))
        found = intervals(cut, 30.0, I=drive)
        assert found == pytest.approx(interval(drive, peak, -peak), rel=1e-5)
        assert expected - interval(drive, peak, -peak) == pytest.approx(2 / peak, rel=1e-3)


def test_theta_rests_where_the_quadratic_neuron_does():
    for drive in (-0.25, -4.0):
        held = ex.simulate(ex.Theta, 200 * ms, I=drive).bare("theta")[-1]
        assert np.tan(held / 2) == pytest.approx(-np.sqrt(-drive), rel=1e-6)


def test_a_phase_beyond_the_circle_is_refused():
    with pytest.raises(ex.ExcitableError, match="out of bounds"):
        ex.Theta(theta_reset=np.pi)
