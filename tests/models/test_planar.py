"""The planar models: printed formulas on a grid; equilibria, folds, cycles, spikes to the digit."""

import json

import numpy as np
import pytest

import excitable as ex
from excitable.expression import evaluate
from excitable.units import ms, mV

GRID = np.linspace(-95.0, 65.0, 33)

SADDLE_ON = {"C": 1.0, "g_L": 8.0, "E_L": -80.0, "g_Na": 20.0, "E_Na": 60.0, "V_m": -20.0}
SADDLE_ON |= {"k_m": 15.0, "g_K": 10.0, "E_K": -90.0, "V_n": -25.0, "k_n": 5.0, "tau_n": 1.0}
HOPF = {"C": 20.0, "g_Ca": 4.4, "g_K": 8.0, "g_L": 2.0, "V_Ca": 120.0, "V_K": -84.0, "V_L": -60.0}
HOPF |= {"V_1": -1.2, "V_2": 18.0, "V_3": 2.0, "V_4": 30.0, "phi": 0.04}
OTHER = {"g_Ca": 4.0, "V_3": 12.0, "V_4": 17.4}
ROSE = {"a": 1.0, "b": 3.0, "c": 1.0, "d": 5.0, "s": 4.0, "x_R": -1.6}


def persistent_sodium(p, v, I):
    m = 1 / (1 + np.exp((p["V_m"] - v) / p["k_m"]))
    return [(I - p["g_L"] * (v - p["E_L"]) - p["g_Na"] * m * (v - p["E_Na"])) / p["C"]]


def persistent_sodium_potassium(p, v, n, I):
    (dv,) = persistent_sodium(p, v, I - p["g_K"] * n * (v - p["E_K"]))
    return [dv, (1 / (1 + np.exp((p["V_n"] - v) / p["k_n"])) - n) / p["tau_n"]]


def morris_lecar(p, v, w, I):
    m = 0.5 * (1 + np.tanh((v - p["V_1"]) / p["V_2"]))
    steady = 0.5 * (1 + np.tanh((v - p["V_3"]) / p["V_4"]))
    calcium = p["g_Ca"] * m * (v - p["V_Ca"])
    current = I - calcium - p["g_K"] * w * (v - p["V_K"]) - p["g_L"] * (v - p["V_L"])
    rate = p["phi"] * np.cosh((v - p["V_3"]) / (2 * p["V_4"]))
    return [current / p["C"], rate * (steady - w)]


def fitzhugh_nagumo(p, v, w, I):
    return [v - v**3 / 3 - w + I, p["epsilon"] * (v + p["a"] - p["b"] * w)]


def hindmarsh_rose(p, x, y, z, I):
    dz = p["r"] * (p["s"] * (x - p["x_R"]) - z)
    return [y - p["a"] * x**3 + p["b"] * x**2 - z + I, p["c"] - p["d"] * x**2 - y, dz]


def quadratic(p, x, I):
    return [x**2 + I]


def quadratic_in_millivolts(p, v, I):
    return [(p["a"] * (v - p["E_L"]) * (v - p["V_T"]) + p["R"] * I) / p["tau_m"]]


def theta(p, angle, I):
    return [(1 - np.cos(angle)) + (1 + np.cos(angle)) * I]


# Name, preset, formula, published parameters, values of the other states, a current.
PRINTED = [
    ("PersistentSodium", None, persistent_sodium,
     {"C": 10.0, "g_L": 19.0, "E_L": -67.0, "g_Na": 74.0, "E_Na": 60.0, "V_m": 1.5, "k_m": 16.0},
     (), 20.0),
    ("PersistentSodiumPotassium", None, persistent_sodium_potassium, SADDLE_ON, (0.3,), 5.0),
    ("PersistentSodiumPotassium", "saddle-node on cycle", persistent_sodium_potassium, SADDLE_ON,
     (0.3,), 5.0),
    ("PersistentSodiumPotassium", "saddle-node off cycle", persistent_sodium_potassium,
     {**SADDLE_ON, "tau_n": 0.16}, (0.7,), 5.0),
    ("PersistentSodiumPotassium", "supercritical Hopf", persistent_sodium_potassium,
     {**SADDLE_ON, "E_L": -78.0, "V_n": -45.0}, (0.1,), 5.0),
    ("PersistentSodiumPotassium", "subcritical Hopf", persistent_sodium_potassium,
     {**SADDLE_ON, "g_L": 1.0, "E_L": -78.0, "g_Na": 4.0, "V_m": -30.0, "k_m": 7.0, "g_K": 4.0,
      "V_n": -45.0}, (0.1,), 5.0),
    ("MorrisLecar", None, morris_lecar, HOPF, (0.2,), 90.0),
    ("MorrisLecar", "Hopf", morris_lecar, HOPF, (0.2,), 90.0),
    ("MorrisLecar", "saddle-node on cycle", morris_lecar, {**HOPF, **OTHER, "phi": 1 / 15},
     (0.2,), 40.0),
    ("MorrisLecar", "homoclinic", morris_lecar, {**HOPF, **OTHER, "phi": 0.23}, (0.2,), 40.0),
    ("FitzHughNagumo", None, fitzhugh_nagumo, {"a": 0.7, "b": 0.8, "epsilon": 0.08}, (0.4,), 0.5),
    ("HindmarshRose", "bursting", hindmarsh_rose,
     {**ROSE, "r": 0.001}, (-5.0, 2.0), 2.0),
    ("HindmarshRose", "chaotic bursting", hindmarsh_rose,
     {**ROSE, "r": 0.005}, (-5.0, 2.0), 3.25),
    ("QIF", None, quadratic, {}, (), 0.5),
    ("QIFPhysical", None, quadratic_in_millivolts,
     {"tau_m": 10.0, "a": 0.04, "E_L": -65.0, "V_T": -50.0, "R": 0.01}, (), 300.0),
    ("Theta", None, theta, {}, (), 0.3),
]  # fmt: skip


@pytest.mark.parametrize("case", PRINTED, ids=lambda case: f"{case[0]}-{case[1]}")
def test_the_right_sides_are_the_printed_formulas(case):
    name, preset, formula, published, others, current = case
    model = getattr(ex, name)
    model = model if preset is None else model.preset(preset)
    values = model.values()
    assert {key: values[key] for key in published} == published
    grid = GRID if model.states[next(iter(model.states))].unit == "mV" else GRID / 30
    known = {**values, "I": current, **dict(zip(model.states, (grid, *others), strict=True))}
    expected = formula(published, grid, *others, current)
    for found, right in zip(model.system.expanded_derivatives(), expected, strict=True):
        scale = np.abs(right).max()
        assert np.abs(evaluate(found, known) - right).max() <= 1e-14 * max(scale, 1.0)


def test_the_defaults_are_the_first_presets():
    assert ex.MorrisLecar.preset("Hopf") == ex.MorrisLecar
    first = ex.PersistentSodiumPotassium.preset("saddle-node on cycle")
    assert first == ex.PersistentSodiumPotassium
    assert list(ex.MorrisLecar.presets) == ["Hopf", "saddle-node on cycle", "homoclinic"]


ONES = ["PersistentSodium", "PersistentSodiumPotassium", "MorrisLecar", "FitzHughNagumo",
        "HindmarshRose", "QIFPhysical"]  # fmt: skip


@pytest.mark.parametrize("name", ONES)
def test_a_run_starts_at_rest_and_stays_there(name):
    """The declared states lie in the basin of Newton's method, for every preset."""
    model = getattr(ex, name)
    for cell in (model, *(model.preset(preset) for preset in model.presets)):
        run = ex.simulate(cell, 500 * ms)
        assert run.start.startswith("at rest")
        for state, declared in cell.states.items():
            assert np.ptp(run.bare(state)) < 1e-10 * max(1.0, abs(declared.value))
            assert run.bare(state)[0] == pytest.approx(declared.value, rel=2e-2, abs=0.03)


def test_a_zero_of_the_quadratic_neurons_is_kept():
    """At zero input their only equilibrium is half stable: a run stands in it all the same."""
    for model, state in ((ex.QIF, "x"), (ex.Theta, "theta")):
        run = ex.simulate(model, 100 * ms)
        assert run.spikes.count == 0
        assert np.abs(run.bare(state)).max() < 1e-6


# --- reference numbers -----------------------------------------------------------------------

SETS = {
    "inap": ("PersistentSodium", None),
    "napk/high_threshold_tau0.16": ("PersistentSodiumPotassium", "saddle-node off cycle"),
    "napk/high_threshold": ("PersistentSodiumPotassium", None),
    "napk/low_threshold": ("PersistentSodiumPotassium", "supercritical Hopf"),
    "ml/hopf": ("MorrisLecar", "Hopf"),
    "ml/snlc": ("MorrisLecar", "saddle-node on cycle"),
    "ml/homoclinic": ("MorrisLecar", "homoclinic"),
    "fhn/standard": ("FitzHughNagumo", None),
}


def model_of(entry):
    for key, (name, preset) in SETS.items():
        if entry["id"].startswith(key):
            model = getattr(ex, name)
            return model if preset is None else model.preset(preset)
    return None


def current_of(model, value):
    unit = model.inputs["I"].unit
    return f"{value} {unit}" if unit else float(value)


def with_threshold(model, threshold):
    """The same equations with a spike condition of their own, for cycles that stay small."""
    content = model.to_dict() | {"spike": f"v >= {threshold}*mV", "presets": {}}
    return ex.Model.from_dict(content)


@pytest.fixture(scope="module")
def entries(shared):
    path = shared / "reference" / "dynamics.json"
    every = json.loads(path.read_text(encoding="utf-8"))["entries"]
    chosen = [entry for entry in every if model_of(entry) is not None]
    assert len(chosen) > 100

    def of(quantity):
        found = [entry for entry in chosen if entry["quantity"] == quantity]
        assert found
        return found

    return of


def points(entry):
    """Equilibria of an entry: state vector, eigenvalues."""
    for one in entry["value"]:
        x = one.get("x", [one.get("V")])
        real = one.get("eig_re", [one.get("eig")])
        imaginary = one.get("eig_im", [0.0])
        yield [float(v) for v in x], [complex(float(a), float(b)) for a, b in
                                      zip(real, imaginary, strict=True)]  # fmt: skip


def drift(model, x, current):
    known = {**model.values(), "I": current, **dict(zip(model.states, x, strict=True))}
    return np.array([evaluate(e, known) for e in model.system.expanded_derivatives()])


def jacobian(model, x, current):
    known = {**model.values(), "I": current, **dict(zip(model.states, x, strict=True))}
    return np.array([[evaluate(e, known) for e in row] for row in model.system.jacobian()])


def test_equilibria_and_their_eigenvalues(entries):
    for entry in entries("equilibria"):
        model = model_of(entry)
        for x, eigenvalues in points(entry):
            current = float(entry["given"]["I"])
            assert np.abs(drift(model, x, current)).max() < 1e-12, entry["id"]
            found = np.sort_complex(np.linalg.eigvals(jacobian(model, x, current)))
            assert found == pytest.approx(np.sort_complex(eigenvalues), abs=1e-9), entry["id"]


def test_folds_have_a_zero_eigenvalue(entries):
    for entry in entries("saddle_node"):
        model, value = model_of(entry), entry["value"]
        x = [float(v) for v in value.get("x", [value.get("V")])]
        assert np.abs(drift(model, x, float(value["I"]))).max() < 1e-12, entry["id"]
        found = np.linalg.eigvals(jacobian(model, x, float(value["I"])))
        assert np.abs(found).min() < 1e-7, entry["id"]
        if "nonzero_eig" in value:
            other = found[np.argmax(np.abs(found))]
            assert other == pytest.approx(float(value["nonzero_eig"]), rel=1e-6)


def test_hopf_points_have_a_purely_imaginary_pair(entries):
    for entry in entries("hopf"):
        model, value = model_of(entry), entry["value"]
        x = [float(v) for v in value["x"]]
        found = np.linalg.eigvals(jacobian(model, x, float(value["I"])))
        assert np.abs(drift(model, x, float(value["I"]))).max() < 1e-12
        assert np.abs(found.real).max() < 1e-10
        assert np.abs(found.imag) == pytest.approx(float(value["omega"]), rel=1e-9)


def periods(entry, **options):
    """Intervals of a run that starts on the cycle."""
    model, (v, other) = model_of(entry), entry["value"]["point_on_cycle"]
    current = entry["given"]["I"]
    if entry["id"].startswith("napk/low_threshold") and current < 40:
        model = with_threshold(model, -56.4 if current == 15 else -54.0)
    first, second = model.states
    start = {first: f"{v!r} mV" if model.states[first].unit == "mV" else v, second: other}
    duration = 4.5 * entry["value"]["T"]
    run = ex.simulate(
        model, duration * ms, I=current_of(model, current), initial=start, record=False, **options
    )
    return np.diff(run.spikes[0].times_ms)


def test_periods_of_limit_cycles(entries):
    """By Runge-Kutta in steps small against the spike: the equations, to the digits given."""
    for entry in entries("stable_cycle"):
        period = entry["value"]["T"]
        dt = min(0.005, period / 3000) * ms
        found = periods(entry, scheme="rk4", dt=dt)
        assert found.size >= 3, entry["id"]
        # Beside a homoclinic the period magnifies what the start lacks in digits.
        accuracy = 1e-6 if entry["given"]["I"] != 3.1 else 1e-5
        assert found == pytest.approx(period, rel=accuracy), entry["id"]


# Currents beside a saddle, where an error of the step comes back magnified a hundred times.
BESIDE_A_SADDLE = {"napk/high_threshold_tau0.16/period/I=3.1", "ml/homoclinic/period/I=35.05",
                   "napk/high_threshold_tau0.16/period/I=3.5"}  # fmt: skip


def test_periods_by_the_scheme_that_auto_takes(entries):
    for entry in entries("stable_cycle"):
        found = periods(entry)
        accuracy = 3e-4 if entry["id"] in BESIDE_A_SADDLE else 1e-5
        assert found == pytest.approx(entry["value"]["T"], rel=accuracy), entry["id"]


def test_spikes_of_a_step_from_rest(entries):
    for entry in entries("spike_train_for_step"):
        model, value = model_of(entry), entry["value"]
        if entry["id"].startswith("napk/low_threshold"):
            model = with_threshold(model, -30)
        run = ex.simulate(
            model, entry["given"]["duration"] * ms, I=current_of(model, entry["given"]["I"]),
            record=False,
        )  # fmt: skip
        times = run.spikes[0].times_ms
        assert times.size == value["count"], entry["id"]
        assert times[:4] == pytest.approx(value["first"], abs=1e-4), entry["id"]
        if value["last_isi"]:
            assert np.diff(times)[-1] == pytest.approx(value["last_isi"], abs=1e-4)


def test_the_upstroke_of_persistent_sodium(entries):
    for entry in entries("travel_time"):
        current, way = entry["given"]["case"].removeprefix("I=").split(" ")
        start, stop = way.split("->")
        cell = ex.PersistentSodium(V_peak=f"{stop} mV")
        drive = {"I": f"{current} uA/cm2", "initial": {"v": f"{start} mV"}, "record": False}
        fine = ex.simulate(cell, 30 * ms, **drive, scheme="rk4", dt=0.002 * ms)
        assert fine.spikes[0].times_ms[0] == pytest.approx(float(entry["value"]), abs=1e-8)
        # Four units above the fold: the passage is slow, and magnifies the error of a step.
        usual = ex.simulate(cell, 30 * ms, **drive)
        assert usual.spikes[0].times_ms[0] == pytest.approx(float(entry["value"]), abs=5e-5)


# --- what the presets are for ----------------------------------------------------------------


def test_persistent_sodium_is_bistable_below_its_fold_and_fires_above():
    below, above = "15.77 uA/cm2", "15.8 uA/cm2"
    silent = ex.simulate(ex.PersistentSodium, 400 * ms, I=below)
    assert silent.spikes.count == 0
    assert silent.bare("v")[-1] < -46.1957
    assert ex.simulate(ex.PersistentSodium, 4000 * ms, I=above, record=False).spikes.count >= 10
    # The unstable potential at -40.2855 mV parts what falls back from what fires.
    run = ex.simulate(ex.PersistentSodium, 60 * ms, initial={"v": [-40.29, -40.28] * mV})
    assert run.spikes.counts().tolist() == [0, 1]
    assert run.bare("v")[-1] == pytest.approx(-52.5123214621681, abs=1e-3)


def test_a_fold_off_the_cycle_leaves_rest_and_firing_side_by_side():
    """Between the homoclinic at 3.0919 and the fold at 4.5129 a pulse decides for ever."""
    cell = ex.PersistentSodiumPotassium.preset("saddle-node off cycle")
    hold = ex.step("4 uA/cm2")
    start = hold + ex.pulse("50 uA/cm2", start=50 * ms, width=0.2 * ms)
    stop = start - ex.pulse("20 uA/cm2", start=100 * ms, width=1 * ms)
    quiet, fires, stopped = (
        ex.simulate(cell, 200 * ms, I=I, record=False).spikes[0].times_ms
        for I in (hold, start, stop)
    )
    assert quiet.size == 0
    assert 50.0 < fires[0] < 51.0
    assert fires[-1] > 197.0
    assert np.ptp(np.diff(fires)[5:]) < 1e-3
    assert 97.0 < stopped[-1] < 101.0
    # With the fold on the cycle the same pulse gives one spike.
    once = ex.simulate(ex.PersistentSodiumPotassium, 200 * ms, I=start, record=False)
    assert once.spikes.count == 1


def test_a_subcritical_hopf_fires_from_rest_at_once_and_a_supercritical_one_from_nothing():
    cell = ex.PersistentSodiumPotassium.preset("subcritical Hopf")
    quiet, firing = (
        ex.simulate(cell, 400 * ms, I=f"{I} uA/cm2", record=False).spikes for I in (42, 50)
    )
    assert quiet.count <= 1
    assert firing.count > 40
    cell = ex.PersistentSodiumPotassium.preset("supercritical Hopf")
    run = ex.simulate(cell, 400 * ms, I="15 uA/cm2")
    late = run.bare("v")[run.t_ms > 300.0]
    assert run.spikes.count == 0
    assert 2.0 < np.ptp(late) < 6.0


# Name, preset, currents, the spike condition, and where to start if the rest is stable too.
CYCLES = [
    ("PersistentSodiumPotassium", "saddle-node on cycle", (4.6, 10, 40, 150), -20.0, None),
    ("PersistentSodiumPotassium", "saddle-node off cycle", (3.5, 5, 20), -20.0, (-30.0, 0.059)),
    ("PersistentSodiumPotassium", "supercritical Hopf", (40, 100, 300), -20.0, None),
    ("PersistentSodiumPotassium", "subcritical Hopf", (44, 50, 60), -20.0, None),
    ("MorrisLecar", "Hopf", (95, 100, 200), 0.0, None),
    ("MorrisLecar", "saddle-node on cycle", (42, 70, 90), 0.0, None),
    ("MorrisLecar", "homoclinic", (35.5, 37, 40.5), 0.0, (-1.0, 0.115)),
    ("FitzHughNagumo", None, (0.4, 0.8, 1.4), 0.0, None),
    ("HindmarshRose", "bursting", (1.5, 2.0, 3.0), 0.0, None),
    ("HindmarshRose", "chaotic bursting", (2.5, 3.25, 4.0), 0.0, None),
]


@pytest.mark.parametrize("case", CYCLES, ids=lambda case: f"{case[0]}-{case[1]}")
def test_one_event_for_each_action_potential(case):
    """An event before each tall maximum of the recorded course, and none besides."""
    name, preset, currents, threshold, start = case
    model = getattr(ex, name)
    model = model if preset is None else model.preset(preset)
    first = next(iter(model.states))
    initial = None
    if start is not None:
        second = list(model.states)[1]
        initial = {first: start[0] * mV, second: start[1]}
    for current in currents:
        run = ex.simulate(model, 300 * ms, I=current_of(model, current), initial=initial,
                          record=first, record_dt=0.02 * ms)  # fmt: skip
        x, times = run.bare(first), run.spikes[0].times_ms
        peaks = np.flatnonzero((x[1:-1] > x[:-2]) & (x[1:-1] >= x[2:])) + 1
        tall = run.t_ms[peaks[x[peaks] > threshold]]
        assert tall.size > 1
        assert 0 <= times.size - tall.size <= 1  # of the last one the top may lie after the end
        assert np.all(times[: tall.size] < tall)
        assert np.all(tall[: times.size - 1] < times[1 : tall.size + 1])


def test_hindmarsh_rose_bursts():
    times = ex.simulate(
        ex.HindmarshRose.preset("bursting"), 4000 * ms, I=2.0, record=False
    ).spikes[0].times_ms  # fmt: skip
    gaps = np.diff(times[times > 1000.0])
    silent = gaps > 100.0
    assert np.count_nonzero(silent) >= 5
    assert gaps[~silent].max() < 40.0
    bursts = np.diff(np.flatnonzero(silent))
    assert np.ptp(bursts) <= 1
    assert bursts.min() >= 5


def test_hindmarsh_rose_is_chaotic():
    """Two starts a millionth apart part exponentially; under the bursting preset they do not."""
    apart = {}
    for preset, current in (("chaotic bursting", 3.25), ("bursting", 2.0)):
        cell = ex.HindmarshRose.preset(preset)
        run = ex.simulate(
            cell, 3000 * ms, I=current, initial={"x": [-1.6, -1.6 + 1e-6], "y": -12.0, "z": 2.0},
            record=False, scheme="rk4", dt=0.01 * ms,
        )  # fmt: skip
        first, second = (run.spikes[k].times_ms for k in range(2))
        common = min(first.size, second.size)
        gap = np.abs(first[:common] - second[:common])
        apart[preset] = gap[:5].max(), gap[-20:].max()
    assert apart["chaotic bursting"][0] < 1e-3
    assert apart["chaotic bursting"][1] > 1.0
    assert apart["bursting"][1] < 0.05
