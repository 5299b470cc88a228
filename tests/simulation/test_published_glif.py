"""The recipes of AllenSDK and NEST against what the two simulators gave, to the last step."""

import functools
import json
import warnings

import numpy as np
import pytest

import excitable as ex
from excitable.units import ms, mV, pA

pytestmark = pytest.mark.slow
DT = 0.05
CELLS = (
    "328535908", "464079491", "477879512", "480273887", "482809953",
    "485905411", "490612844", "522723828", "561934585", "637930677",
)  # fmt: skip
STIMULI = ("step1.3", "step3", "ramp4", "noise")
FILES = ("lif", "lif_r", "lif_asc", "lif_r_asc", "lif_r_asc_a")


@functools.cache
def mouse_cells(path):
    return json.loads(path.read_text())


class Oracle:
    """One cell: its files, the stimuli, and what the simulators gave."""

    def __init__(self, folder, cell):
        self.numbers = json.loads((folder / "oracle" / f"{cell}.json").read_text())
        self.traces = np.load(folder / "oracle" / f"{cell}.npz")
        self.cell, self.folder = cell, folder

    def model(self, level):
        mouse = mouse_cells(self.folder / "teeter2018_mouse_configs.json")
        if self.cell in mouse:
            config = mouse[self.cell][f"GLIF{level}"]["neuron_config"]
        else:
            path = self.folder / "configs" / f"bmtk_{self.cell}"
            config = json.loads((path / f"{self.cell}_{FILES[level - 1]}.json").read_text())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # some of these cells have a reset above threshold
            return ex.interop.allen.read(config)

    def current(self, stimulus):
        if stimulus == "noise":
            return self.traces["stim_noise"]
        rheobase = self.numbers["rheobase_GLIF1_pA"]
        values = np.zeros(16000)
        if stimulus == "ramp4":
            values[1000:13000] = np.linspace(0, round(4 * rheobase), 12000, endpoint=False)
        else:
            values[1000:13000] = round(float(stimulus.removeprefix("step")) * rheobase)
        return values

    def run(self, level, stimulus, scheme, **how):
        drive = ex.trace(self.current(stimulus) * pA, dt=DT * ms)
        return ex.simulate(
            self.model(level), 800 * ms, dt=DT * ms, scheme=scheme, I=drive, **how
        )  # fmt: skip

    def found(self, level, stimulus):
        return self.numbers["levels"][f"GLIF{level}"][stimulus]


@pytest.fixture(scope="module")
def glif(shared):
    return shared / "reference" / "glif"


@pytest.mark.parametrize("cell", CELLS)
def test_allensdk_fires_in_the_same_steps(glif, cell):
    oracle = Oracle(glif, cell)
    for level in range(1, 6):
        for stimulus in STIMULI:
            expected = oracle.found(level, stimulus)
            with warnings.catch_warnings(record=True) as given:
                warnings.simplefilter("always")
                run = oracle.run(level, stimulus, "allensdk", record=False)
            steps = np.rint(run.spikes[0].times_ms / DT).astype(int)
            assert steps.tolist() == expected["allensdk_spike_time_steps"], (level, stimulus)
            assert np.abs(run.spikes[0].times_ms - steps * DT).max(initial=0.0) < 1e-9
            stopped = [g for g in given if "stopped at a reset" in str(g.message)]
            assert len(stopped) == expected["allensdk_stopped_early"], (level, stimulus)


@pytest.mark.parametrize("cell", CELLS)
def test_nest_fires_at_the_same_times(glif, cell):
    oracle = Oracle(glif, cell)
    compared = 0
    for level in range(1, 6):
        for stimulus in STIMULI:
            expected = oracle.found(level, stimulus).get("nest310_glif_psc_spike_times_ms")
            if expected is None:  # NEST refuses the parameters
                continue
            run = oracle.run(level, stimulus, "nest", record=False)
            assert run.spikes[0].times_ms == pytest.approx(expected, abs=1e-9), (level, stimulus)
            compared += 1
    assert compared in (8, 20)


@pytest.mark.parametrize("level", range(1, 6))
@pytest.mark.parametrize("stimulus", ["step3", "noise"])
def test_allensdk_has_the_same_states(glif, level, stimulus):
    oracle = Oracle(glif, "637930677")
    run = oracle.run(level, stimulus, "allensdk")
    at = 40 * np.arange(400) + 1  # AllenSDK writes the end of step i in row i
    rest = run.model.values()["E_L"]
    expected = 1e3 * oracle.traces[f"GLIF{level}_{stimulus}_allen_V_V"]
    free = np.isfinite(expected)  # it writes nothing in refractory time
    assert free.sum() > 200
    assert np.abs(run.bare("v")[at] - rest - expected)[free].max() < 1e-11
    theta = np.full(run.bare("v").shape, run.model.values()["V_T"] - rest)
    for part in {"theta_s", "theta_v"} & set(run.model.states):
        theta += run.bare(part)
    expected = 1e3 * oracle.traces[f"GLIF{level}_{stimulus}_allen_threshold_V"]
    # Its formula for theta_v subtracts, and loses some digits.
    assert np.abs(theta[at] - expected)[free].max() < (1e-9 if level == 5 else 1e-11)
    if level >= 3:
        expected = 1e12 * oracle.traces[f"GLIF{level}_{stimulus}_allen_asc_A"]
        for j in (1, 2):
            assert np.abs(run.bare(f"I_{j}")[at] - expected[:, j - 1])[free].max() < 1e-9


@pytest.mark.parametrize("level", range(1, 6))
def test_nest_has_the_same_potential(glif, level):
    oracle = Oracle(glif, "637930677")
    run = oracle.run(level, "step3", "nest")
    expected = oracle.traces[f"GLIF{level}_step3_nest_V_mV"]
    # Kept in single precision: half a place is 4e-6 mV.
    assert np.abs(run.bare("v")[40 * np.arange(400) + 1] - expected).max() < 4e-6


# NEST's own test: 0.01 ms steps, postsynaptic alpha currents beside a step; what follows 600 ms.
STEP, BEGIN, END = 0.01, 560.0, 1000.0


def replayed(spikes, t_ref):
    """Part of the threshold and after-spike currents at BEGIN, after some earlier spikes."""
    rates, jumps = np.array([0.009, 0.003, 0.1]), np.array([0.37, -9.18, -198.94])
    state, free_from = np.zeros(3), 0.0
    for spike in spikes:
        state = state * np.exp(-rates * (spike - free_from + t_ref)) + jumps
        free_from = spike + t_ref
    return state * np.exp(-rates * (BEGIN - free_from))


def steady_currents(rate):
    """Current of each step: 300 pA, and alpha currents as constants that move v as far as they do.

    Within a step v forgets at `rate`, so the constant is the mean weighted by that forgetting.
    """
    t = BEGIN + STEP * np.arange(round((END - BEGIN) / STEP))
    current = np.where((t > 601.0 - 1e-9) & (t < 901.0 - 1e-9), 300.0, 0.0)
    nodes, weights = np.polynomial.legendre.leggauss(20)
    s = 0.5 * STEP * (nodes + 1.0)
    for arrival, peak in ((701.0, 20.0), (801.0, -20.0)):
        age = np.where(t > arrival - 1e-9, t - arrival, np.inf)[:, None] + s
        age = np.where(np.isfinite(age), age, 0.0)
        alpha = np.e / 2.0 * age * np.exp(-age / 2.0)
        kernel = 0.5 * STEP * weights * np.exp(-rate * (STEP - s))
        current += peak * (alpha @ kernel) * rate / -np.expm1(-rate * STEP)
    return current


@pytest.mark.parametrize("train", ["testsuite", "nest_3_10_0"])
@pytest.mark.parametrize("level", range(1, 6))
def test_nest_reproduces_its_own_test_suite(glif, level, train):
    trains = json.loads((glif / "nest_glif_psc_reference.json").read_text())["trains"]
    expected = np.array(trains[FILES[level - 1]][train])
    early, late = expected[expected < 590.0], expected[expected > 600.0]
    model = ex.models.glif(level)
    values = model.values()
    theta_s, *currents = replayed(early, values["t_ref"])
    start = dict(v=values["E_L"] * mV, theta_s=theta_s * mV, theta_v=0 * mV)
    start |= dict(I_1=currents[0] * pA, I_2=currents[1] * pA)
    drive = steady_currents(values["g"] / values["C"])
    run = ex.simulate(
        model, (END - BEGIN) * ms, t_start=BEGIN * ms, dt=STEP * ms, scheme="nest", record=False,
        initial={name: start[name] for name in model.states},
        I=ex.trace(drive * pA, dt=STEP * ms, start=BEGIN * ms),
    )  # fmt: skip
    assert len(late) >= 5
    assert run.spikes[0].times_ms == pytest.approx(late, abs=1e-9)
