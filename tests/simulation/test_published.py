"""Published recipes as schemes: whom they serve, grids, records, and what they say."""

import numpy as np
import pytest

import excitable as ex
from excitable.errors import ExcitableWarning, ParameterError, SchemeError
from excitable.models import glif
from excitable.numerics import published
from excitable.numerics.choose import SCHEMES, choose, refusal
from excitable.units import Hz, ms, mV, pA

GLIF_RECIPES = ("allensdk", "nest")
STEP = ex.step(300 * pA, start=5 * ms)


def spikes(model, scheme, duration=200 * ms, dt=0.05 * ms, **how):
    return ex.simulate(model, duration, dt=dt, scheme=scheme, I=how.pop("I", STEP), **how)


def test_every_recipe_is_a_scheme_and_says_where_it_comes_from():
    for name in published.RECIPES:
        recipe = published.recipe(name)
        assert recipe.name == name
        assert name in SCHEMES
        assert recipe.source
    run = spikes(ex.GLIF3, "nest")
    assert run.scheme == "nest"
    assert "NEST 3.10" in run.scheme.why


@pytest.mark.parametrize("scheme", GLIF_RECIPES)
def test_served_by_equations_not_by_name(scheme):
    for level in range(1, 6):
        assert refusal(glif(level, currents=3 if level >= 3 else 2).system, scheme) is None
    named = ex.Model(
        "GLIF5", equations="tau*dv/dt = -v + R*I", spike="v >= V_T", reset="v = -V_T",
        refractory="t_ref", states=dict(v=0 * mV), inputs=dict(I=pA),
        parameters=dict(tau=10 * ms, R="100 MOhm", V_T=10 * mV, t_ref=2 * ms),
    )  # fmt: skip
    for model in (named, ex.LIF, ex.AdEx, glif(3, cut="spike"), ex.ALIF):
        with pytest.raises(SchemeError, match=f"{scheme} does not serve this model"):
            choose(model.system, scheme)
    own = ex.Model.from_dict(ex.GLIF2.to_dict() | {"title": "My cell", "name": "Mine"})
    assert refusal(own.system, scheme) is None


def test_combinations_that_only_one_of_them_has():
    both = glif(reset_rules=True, adapting_threshold=True).system
    assert refusal(both, "allensdk") is None
    assert "five published levels" in refusal(both, "nest")


@pytest.mark.parametrize("scheme", GLIF_RECIPES)
def test_a_refractory_time_of_broken_steps_is_refused_with_its_neighbours(scheme):
    with pytest.raises(ParameterError) as caught:
        spikes(ex.GLIF1, scheme, dt=0.1 * ms)
    assert "37.5 steps of 0.1 ms" in str(caught.value)
    assert "t_ref=3.7*ms or t_ref=3.8*ms" in caught.value.write
    spikes(ex.GLIF1(t_ref=3.8 * ms), scheme, dt=0.1 * ms)
    spikes(ex.GLIF1(t_ref=(3.75 + 4e-8) * ms), scheme)  # within a millionth of a step
    with pytest.raises(ParameterError, match=r"of neuron 1 is 3\.76 ms"):
        spikes(ex.GLIF1(t_ref=[3.75, 3.76] * ms), scheme)


@pytest.mark.parametrize("t_ref", [0.3, 1.1, 2.3, 3.0, 3.75, 4.2, 5.0])
@pytest.mark.parametrize("dt", [0.05, 0.1])
@pytest.mark.parametrize("scheme", GLIF_RECIPES)
def test_whole_steps_of_rest_whatever_the_rounding(scheme, dt, t_ref):
    """The interval is the refractory time and the time from the reset, each in whole steps."""
    steps = t_ref / dt
    if abs(steps - round(steps)) > 1e-9:
        return
    how = dict(dt=dt * ms, I=300 * pA, record=False)
    none = spikes(ex.GLIF1(t_ref=0 * ms), scheme, **how).spikes[0].times_ms
    some = spikes(ex.GLIF1(t_ref=t_ref * ms), scheme, **how).spikes[0].times_ms
    without = np.rint(np.diff(none) / dt)
    assert np.unique(without).size == 1
    assert np.all(np.rint(np.diff(some) / dt) == without[0] + round(steps))


@pytest.mark.parametrize("scheme", GLIF_RECIPES)
def test_time_stamps(scheme):
    """The start of the crossing step for one, its end for the other: one step apart at first."""
    first = spikes(ex.GLIF1, "exact").spikes[0].times_ms[0]
    grid = spikes(ex.GLIF1, scheme).spikes[0].times_ms[0] / 0.05
    assert grid == pytest.approx(round(grid), abs=1e-9)
    if scheme == "nest":  # exact below threshold, so the crossing lies within the step
        assert (grid - 1) * 0.05 < first <= grid * 0.05


@pytest.mark.parametrize("scheme", GLIF_RECIPES)
def test_a_population_is_its_neurons_for_any_threads_and_records(scheme):
    factors = np.linspace(0.8, 1.2, 7)
    base = ex.GLIF5
    model = base(C=base["C"] * factors, t_ref=np.repeat([3.75, 2.0], [4, 3]) * ms)
    noise = ex.ornstein_uhlenbeck(mean=250 * pA, sigma=60 * pA, tau=5 * ms, seed=3)
    whole = spikes(model, scheme, I=noise, record=["v", "I_1", "theta_v"])
    assert whole.spikes.count > 20
    other = spikes(model, scheme, I=noise, threads=2, record=dict(v=[5]), record_dt=0.2 * ms)
    assert np.array_equal(whole.spikes.grouped_ms, other.spikes.grouped_ms)
    assert np.array_equal(whole.bare("v")[::4, 5], other.bare("v")[:, 0])
    traces = whole.inputs["I"].value(0.05 * np.arange(4000), np.arange(7))
    for k in (0, 6):
        values = {name: v if np.ndim(v) == 0 else v[k] for name, v in model.values().items()}
        one = base(C=values["C"] * ex.units.pF, t_ref=values["t_ref"] * ms)
        alone = spikes(one, scheme, I=ex.trace(traces[:, k] * pA, dt=0.05 * ms))
        assert np.array_equal(alone.spikes[0].times_ms, whole.spikes[k].times_ms)
        assert np.array_equal(alone.bare("theta_v"), whole.bare("theta_v")[:, k])


@pytest.mark.parametrize("scheme", GLIF_RECIPES)
def test_any_input_is_sampled_at_the_start_of_each_step(scheme):
    wave = ex.sine(200 * pA, frequency=5 * Hz) + ex.step(250 * pA, start=10.02 * ms)
    wave += ex.ramp(0 * pA, 50 * pA, start=20 * ms, stop=90 * ms)
    smooth = spikes(ex.GLIF4, scheme, I=wave)
    t = 0.05 * np.arange(4000)
    table = np.where(t >= 10.02, 250.0, 0.0) + 200.0 * np.sin(2e-3 * np.pi * 5 * t)
    table += np.where((t >= 20.0) & (t < 90.0), (t - 20.0) * 50.0 / 70.0, 0.0)
    sampled = spikes(ex.GLIF4, scheme, I=ex.trace(table * pA, dt=0.05 * ms))
    assert smooth.spikes.count > 3
    assert np.array_equal(smooth.spikes[0].times_ms, sampled.spikes[0].times_ms)
    assert np.abs(smooth.bare("v") - sampled.bare("v")).max() < 1e-10


@pytest.mark.parametrize("scheme", GLIF_RECIPES)
@pytest.mark.parametrize("base", [0.0, 9.43 / 58.72])
def test_the_threshold_has_no_singular_rate(scheme, base):
    """b_v = g/C and b_v = 0 divide by zero in the originals."""
    gaps = [0.0, 1e-13, 1e-10, 1e-7, 1e-4]
    scale = base or 9.43 / 58.72
    rates = np.array([base + gap * scale for gap in gaps]) / ms
    run = spikes(ex.GLIF5(b_v=rates, a_v=0.02 / ms), scheme, duration=100 * ms)
    theta = run.bare("theta_v")
    assert np.isfinite(theta).all()
    assert theta.max() > 1.0
    for column, gap in enumerate(gaps):
        assert np.abs(theta[:, column] - theta[:, 0]).max() < 1e3 * gap + 1e-11


@pytest.mark.parametrize("scheme", GLIF_RECIPES)
def test_finer_steps_come_closer(scheme):
    exact = spikes(ex.GLIF5, "exact").spikes[0].times_ms
    errors = []
    for dt in (0.05, 0.025, 0.0125, 0.00625):
        grid = spikes(ex.GLIF5, scheme, dt=dt * ms, record=False).spikes[0].times_ms
        errors.append(np.abs(grid[: exact.size] - exact).max())
    assert errors[0] > 0.02
    assert errors[-1] < 0.3 * errors[0]


def test_allensdk_stops_at_a_reset_above_threshold_and_says_so():
    with pytest.warns(ExcitableWarning, match="once every refractory time"):
        model = ex.GLIF2(f_v=[0.2, 1.6])
    with pytest.warns(ExcitableWarning, match="GLIF2: neuron 1 stopped at a reset") as given:
        run = spikes(model, "allensdk")
    assert given[0].filename == __file__
    assert run.spikes[1].times_ms.size == 1
    assert run.spikes[0].times_ms.size > 5
    assert np.ptp(run.bare("v")[-100:, 1]) == 0.0
    on = spikes(model, "nest")
    assert on.spikes[1].times_ms.size > 20


def test_a_duration_off_the_grid_ends_with_its_last_whole_step():
    run = spikes(ex.GLIF1, "nest", duration=20.02 * ms, record_dt=0.1 * ms)
    assert run.t[-1].magnitude == pytest.approx(20.0)
    assert np.isfinite(run.bare("v")).all()
    long = spikes(ex.GLIF1, "nest", duration=40 * ms, record_dt=0.1 * ms)
    assert np.array_equal(run.bare("v"), long.bare("v")[:201])


def test_the_program_of_a_recipe_can_be_read():
    text = ex.GLIF2.source("numba", "nest")
    assert "excitable.numerics.published.nest import step" in text
    assert "def advance" in text


def test_check_step_compares_with_half_the_step():
    check = spikes(ex.GLIF3, "nest").check_step()
    assert 0.0 < check.spike_shift.magnitude < 3.0
