"""Every reference number of leaky and quadratic neurons, noise, networks and Poisson trains."""

import numpy as np
import pytest

import excitable as ex
from excitable import theory
from excitable.units import Hz, MOhm, ms, mV, nA, second

PARTS = ("lif/", "qif/", "siegert/", "brunel2000/", "poisson/")


def numbers(mapping):
    """The values of an entry that are plain numbers."""
    words = ("P", "kind", "dx/dt")
    plain = {k: v for k, v in mapping.items() if k not in words and not isinstance(v, list | dict)}
    return {k: float(v) for k, v in plain.items()}


def close(found, value, tolerance):
    found, value = np.atleast_1d(found), np.atleast_1d(np.asarray(value, float))
    assert found == pytest.approx(value, rel=tolerance, abs=0)


def lif_without_units(entry):
    given, value = numbers(entry["given"]), numbers(entry["value"])
    cell = ex.LIF(
        R="1 GOhm", E_L=given["reset"] * mV, V_R=given["reset"] * mV,
        V_T=given["threshold"] * mV, tau_m=given["tau_ms"] * ms, t_ref=given["tref_ms"] * ms,
    )  # fmt: skip
    rate = ex.fi_curve(cell, given["v_in"] * ex.units.pA).rate[0]
    close(rate.m_as("Hz"), value["rate_Hz"], entry["tol"])
    close((1 / rate).m_as("ms"), value["T_ms"], entry["tol"])
    same = {name: cell[name] for name in cell.parameters}
    period = theory.lif_period(given["v_in"] * ex.units.pA, **same)
    close(period.m_as("ms"), value["T_ms"], entry["tol"])


def lif_with_units(entry):
    given, value, tol = numbers(entry["given"]), entry["value"], entry["tol"]
    cell = ex.LIF(
        tau_m=given["tau_ms"] * ms, R=given["R_MOhm"] * MOhm, E_L=given["E"] * mV,
        V_R=given["Vreset"] * mV, V_T=given["Vth"] * mV, t_ref=given["tref"] * ms,
    )  # fmt: skip
    rows = [numbers(row) for row in value["fI"]]
    curve = ex.fi_curve(cell, [row["I_nA"] for row in rows] * nA)
    close(curve.rate.m_as("Hz"), [row["rate_Hz"] for row in rows], tol)
    close((1 / curve.rate).m_as("ms"), [row["T_ms"] for row in rows], tol)
    close(curve.rheobase.m_as("nA"), value["I_min_nA (strict)"], tol)
    # Strict: at the least current itself the threshold is never reached.
    assert ex.fi_curve(cell, curve.rheobase).rate[0].magnitude == 0.0
    rows = [numbers(row) for row in value["inverse"]]
    found = curve.inverse([row["rate_Hz"] for row in rows] * Hz)
    close(found.m_as("nA"), [row["I_nA"] for row in rows], tol)
    fastest = ex.fi_curve(cell, 1e14 * nA).rate[0].m_as("Hz")
    assert fastest > 1e9 if value["f_max_Hz"] == "inf" else abs(fastest / 500 - 1) < tol
    assert value["f_max_Hz"] in {"inf", "500.0"}


def potentials_of_synapses(entry):
    given, value, tol = numbers(entry["given"]), entry["value"], entry["tol"]
    # A charge of qR/R through R: only the product counts.
    cell = dict(R=100 * MOhm, tau_m=given["tau_m"] * ms, tau_s=given["tau_s"] * ms)
    charge = given["qR_mVms"] * mV * ms / cell["R"]
    for name, n, form in (("exp", 0, theory.psp_exponential), ("alpha", 1, theory.psp_alpha)):
        peak = theory.psp_peak_time(n=n, tau_m=cell["tau_m"], tau_s=cell["tau_s"])
        close(peak.m_as("ms"), value[f"t_peak_{name}"], tol)
        close(form(peak, charge, **cell).m_as("mV"), value[f"peak_{name}"], tol)
        for t, v in value[f"{name}_at_t"].items():
            close(form(float(t) * ms, charge, **cell).m_as("mV"), v, tol)


def sinusoids(entry):
    given, value, tol = numbers(entry["given"]), numbers(entry["value"]), entry["tol"]
    cell = ex.LIF(R=given["R_MOhm"] * MOhm, tau_m=given["tau_ms"] * ms)
    f = given["f_Hz"] * Hz
    response = ex.frequency_response(cell, f)
    close(response.gain.m_as("MOhm"), value["gain_MOhm"], tol)
    close(response.phase, value["phase_rad"], tol)
    close(theory.gain(f, R=cell["R"], tau_m=cell["tau_m"]).m_as("MOhm"), value["gain_MOhm"], tol)
    close(theory.phase(f, tau_m=cell["tau_m"]).magnitude, value["phase_rad"], tol)
    # The form for high frequencies leaves the leak out.
    leakless = cell(R=1e9 * cell["R"], tau_m=1e9 * cell["tau_m"])
    z = ex.frequency_response(leakless, f).gain.m_as("MOhm")
    close(z, value["high_freq_approx_1/(wC)"], tol)


def first_spike(entry):
    given = numbers(entry["given"])
    cell = ex.LIF(
        tau_m=given["tau"] * ms, R=given["R"] * MOhm, E_L=given["E"] * mV, V_T=given["Vth"] * mV
    )
    crossing = ex.threshold_crossing(cell, given["I"] * nA)
    assert crossing.fires
    close(crossing.time.m_as("ms"), entry["value"], entry["tol"])


def canonical_qif(entry):
    level, value = float(entry["given"]["I"]), numbers(entry["value"])
    for low, high in ((-1, 1), (-10, 10), (-5, 20)):
        cell = ex.QIF(x_reset=low, x_peak=high, tau=1 * ms)
        period = (1 / ex.fi_curve(cell, level).rate[0]).m_as("ms")
        close(period, value[f"T_{low}_to_{high}"], entry["tol"])
    whole = theory.qif_period(level, tau=1 * ms, x_reset=-np.inf, x_peak=np.inf)
    close(whole.m_as("ms"), value["T_inf_reset"], entry["tol"])


def qif_in_millivolts(entry):
    given, value = numbers(entry["given"]), numbers(entry["value"])
    cell = ex.Model(
        "Quadratic neuron",
        equations="tau*dv/dt = a*(v - E_L)*(v - V_c) + R*I",
        spike="v >= V_peak", reset="v = V_R", states={"v": given["Vrest"] * mV},
        inputs={"I": "nA"},
        parameters={
            "tau": given["tau"] * ms, "a": f"{given['a']}/mV", "E_L": given["Vrest"] * mV,
            "V_c": given["Vc"] * mV, "R": given["R"] * MOhm, "V_R": given["Vreset"] * mV,
            "V_peak": given["Vpeak"] * mV,
        },
    )  # fmt: skip
    curve = ex.fi_curve(cell, given["I"] * nA)
    close(curve.rate.m_as("Hz"), value["rate_Hz"], entry["tol"])
    close((1 / curve.rate).m_as("ms"), value["T_ms"], entry["tol"])
    close(curve.rheobase.m_as("nA"), value["I_rheobase"], entry["tol"])


def advance_of_the_qif(entry):
    """What a small shift of x gains: the slope of the time that is left by where it starts."""
    level, value = float(entry["given"]["I"]), entry["value"]
    whole = theory.qif_period(level, tau=1 * ms, x_reset=-np.inf, x_peak=np.inf).m_as("ms")
    close(whole, value["T"], entry["tol"])
    for phase, advance in value["Z(phi)=(1-cos(2 pi phi))/(2I)"].items():
        x = -np.sqrt(level) / np.tan(np.pi * float(phase))
        cell = ex.QIF(x_reset=float(x), x_peak=1e6, tau=1 * ms)
        curve = ex.fi_curve(cell, level)
        slope = curve.sensitivity("x_reset")[0] / curve.rate[0] ** 2
        close(slope.m_as("ms"), advance, entry["tol"])


# Printed digits of this entry differ from 30 digits by quadrature (tests/analysis/firing), which
# this package agrees with.
CV_ELSEWHERE = {"siegert/mu=25_sigma=1_20": 0.1091346827049}


def noise(entry):
    given, value, tol = numbers(entry["given"]), entry["value"], entry["tol"]
    drive = given["mu"] * mV, given["sigma"] * mV
    cell = dict(
        tau_m=given["tau"] * ms, V_T=given["theta"] * mV, V_R=given["Vr"] * mV,
        t_ref=given["tref"] * ms,
    )  # fmt: skip
    close(theory.noisy_lif_rate(*drive, **cell).m_as("Hz"), value["rate_Hz"], tol["rate_rel"])
    if value["CV"] is not None:
        wanted = CV_ELSEWHERE.get(entry["id"], float(value["CV"]))
        assert abs(theory.noisy_lif_cv(*drive, **cell) - wanted) < tol["CV"]


def networks(entry):
    given = entry["given"]
    named = dict(pair.split("=") for pair in given["params"].split(","))
    outer = float(given["nu_ext/nu_thr"]) * float(named["nu_thr"].split()[0])
    g, C_E, C_I = float(given["g"]), int(named["C_E"]), int(named["C_I"])
    J = float(named["J"].split()[0])
    cell = dict(
        tau_m=float(named["tau"]) * ms, V_T=float(named["theta"]) * mV,
        V_R=float(named["Vr"]) * mV, t_ref=float(named["tref"]) * ms,
    )  # fmt: skip
    rates = theory.brunel_rates(outer * Hz, J=J * mV, g=g, C_E=C_E, C_I=C_I, **cell)
    rows = [numbers(row) for row in entry["value"]]
    assert rates.size == len(rows)
    close(rates.m_as("Hz"), [row["rate_Hz"] for row in rows], entry["tol"]["rate_rel"])
    tau = cell["tau_m"].m_as("second")
    for nu, row in zip(rates.m_as("Hz"), rows, strict=True):
        close(J * tau * (C_E * outer + (C_E - g * C_I) * nu), row["mu"], 1e-8)
        power = J**2 * tau * (C_E * outer + (C_E + g**2 * C_I) * nu)
        close(np.sqrt(power), row["sigma"], 1e-8)


def counts(entry):
    value, tol = numbers(entry["value"]), entry["tol"]
    train = value["rate_Hz"] * Hz, value["T_s"] * second
    for n, p in entry["value"]["P"].items():
        close(theory.poisson_probability(int(n), *train), p, tol)
    n = np.arange(200)
    p = theory.poisson_probability(n, *train)
    close(p @ n, value["mean"], tol)
    close(p @ n**2 - (p @ n) ** 2, value["var"], tol)


def dead_time(entry):
    value, tol = numbers(entry["value"]), entry["tol"]
    dead = value["dead_ms"] * ms
    rate = theory.dead_time_rate(value["free_rate_Hz"] * Hz, dead)
    cv = theory.dead_time_cv(rate, dead)
    close([rate.m_as("Hz"), cv, cv**2], [value[k] for k in ("rate_Hz", "CV", "fano_long")], tol)


def bins(entry):
    value, tol = numbers(entry["value"]), entry["tol"]
    rate, dt = value["rate_Hz"] * Hz, value["dt_ms"] * ms
    cv = theory.bernoulli_cv(rate, dt)
    close([cv, cv**2, 1 - cv**2], [value["ISI_CV_linear"], value["fano_linear"],
                                  value["p_linear"]], tol)  # fmt: skip
    some = 1 - theory.poisson_probability(0, rate, dt)
    close(some, value["p_exact_at_least_one"], tol)
    close((some / dt).m_as("Hz"), value["rate_if_1-exp_Hz"], tol)
    close(((1 - cv**2) / dt).m_as("Hz"), value["rate_if_p_linear_Hz"], tol)


def campbell(entry):
    value, tol = numbers(entry["value"]), entry["tol"]
    tau_m, tau_s = value["tau_m"] * ms, value.get("tau_s", 0.0) * ms
    area = value["w_mV"] * mV * tau_m if "w_mV" in value else value["qR_mVms"] * mV * ms
    mean = theory.shot_noise_mean(value["rate_Hz"] * Hz, area)
    variance = theory.shot_noise_variance(value["rate_Hz"] * Hz, area, tau_m, tau_s)
    close([mean.m_as("mV"), variance.m_as("mV**2")], [value["mean_mV"], value["var_mV2"]], tol)


TESTED = {
    "lif/dimensionless": lif_without_units,
    "lif/physical": lif_with_units,
    "lif/psp": potentials_of_synapses,
    "lif/sinusoid": sinusoids,
    "lif/first_spike_from_rest": first_spike,
    "qif/canonical": canonical_qif,
    "qif/physical": qif_in_millivolts,
    "qif/prc": advance_of_the_qif,
    "siegert/": noise,
    "brunel2000/": networks,
    "poisson/pmf": counts,
    "poisson/deadtime": dead_time,
    "poisson/bernoulli": bins,
    "poisson/campbell": campbell,
}


@pytest.mark.parametrize("start", TESTED)
def test_the_entries_beginning_with(reference_entries, start):
    entries = reference_entries(start)
    assert entries
    for entry in entries:
        TESTED[start](entry)


def test_no_entry_is_left_out(reference_entries):
    every = [entry["id"] for part in PARTS for entry in reference_entries(part)]
    assert len(every) == 39
    for name in every:
        assert sum(name.startswith(start) for start in TESTED) == 1, name
