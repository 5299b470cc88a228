"""A reset that lands above threshold: found in every way to make a model, and said."""

import copy
import time
import warnings

import numpy as np
import pytest

import excitable as ex
from excitable.errors import ExcitableWarning, ParameterError
from excitable.models import _catalogue
from excitable.units import ms, mV


def cell(**changes):
    definition = dict(
        equations="tau*dv/dt = -v\n tau*dtheta/dt = -theta",
        spike="v >= V_T + theta",
        reset="v = V_R; theta += d",
        refractory="t_ref",
        states=dict(v=0 * mV, theta=0 * mV),
        parameters=dict(tau=10 * ms, V_T=10 * mV, V_R=0 * mV, d=2 * mV, t_ref=2 * ms),
    )
    return ex.Model("Cell", **(definition | changes))


@pytest.mark.parametrize(("reset", "bad"), [(11.9, False), (12.0, True), (13.0, True)])
def test_the_jump_of_the_threshold_counts(reset, bad):
    with warnings.catch_warnings(record=True) as given:
        warnings.simplefilter("always")
        cell()(V_R=reset * mV)
    assert len(given) == bad


def test_constructor_call_and_preset_warn_and_raise():
    parameters = dict(tau=10 * ms, V_T=10 * mV, V_R=20 * mV, d=2 * mV, t_ref=2 * ms)
    with pytest.warns(ExcitableWarning, match="Cell: a spike leaves v at 20 mV") as given:
        cell(parameters=parameters)
    assert len(given) == 1
    assert given[0].filename == __file__
    with pytest.raises(ParameterError, match="still holds"):
        cell(parameters=parameters, on_bad_reset="raise")
    good = cell(presets=dict(locked=dict(V_R=20 * mV)))
    for make in (
        lambda **how: good(V_R=20 * mV, **how),
        lambda **how: good.preset("locked", **how),
    ):
        with pytest.warns(ExcitableWarning, match="once every refractory time") as given:
            make()
        assert given[0].filename == __file__
        with pytest.raises(ParameterError, match="still holds"):
            make(on_bad_reset="raise")


def test_copies_keep_the_policy():
    strict = cell(on_bad_reset="raise")
    with pytest.raises(ParameterError):
        strict(tau=20 * ms)(V_R=20 * mV)
    with pytest.raises(ParameterError):
        copy.deepcopy(strict)(V_R=20 * mV)
    with pytest.warns(ExcitableWarning):
        strict(V_R=20 * mV, on_bad_reset="warn")
    assert strict == cell()


def test_the_neurons_at_fault_are_named():
    values = np.zeros(40)
    values[[3, 17]] = 20.0
    with pytest.warns(ExcitableWarning, match=r"neurons 3, 17 at 20 mV"):
        cell()(V_R=values * mV)
    with pytest.warns(ExcitableWarning, match=r"0, 1, 2, 3, 4, 5, 6, 7 and 32 more"):
        cell()(V_R=np.full(40, 20.0) * mV)


def test_a_cell_that_fires_downwards():
    with pytest.warns(ExcitableWarning):
        cell(spike="v <= -V_T")(V_R=-20 * mV)


def test_a_reset_that_leaves_the_potential_alone():
    with pytest.warns(ExcitableWarning, match="at 10 mV"):
        cell(reset="theta -= d + V_R")
    cell(reset="theta += d + V_R")


@pytest.mark.filterwarnings("error")
def test_nothing_is_said_where_nothing_is_wrong():
    cell(spike="v**2 >= V_T*mV + theta*mV")  # not affine: nothing is known
    cell(reset="", spike="v >= V_T + theta + d + V_R")
    for model in _catalogue.models().values():
        model()
        for preset in model.presets:
            model.preset(preset)


def test_the_check_takes_no_time():
    model = _catalogue.load("GLIF5")
    model()
    begun = time.process_time()
    for _ in range(200):
        model()
    assert (time.process_time() - begun) / 200 < 2e-4
