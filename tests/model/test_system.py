"""The symbolic system: expansion, Jacobian, identity."""

import numpy as np
import pytest

import excitable
from excitable.expression import evaluate, free_symbols

# Points away from kinks, in internal units.
POINTS = {
    "LIF": {"v": -60.0, "I": 100.0},
    "EIF": {"v": -58.0, "I": 100.0},
    "AdEx": {"v": -52.0, "w": 30.0, "I": 500.0},
    "Izhikevich": {"v": -50.0, "u": -10.0, "I": 10.0},
    "HodgkinHuxley": {"v": -37.3, "m": 0.2, "h": 0.4, "n": 0.5, "I": 10.0},
}


@pytest.mark.parametrize("name", POINTS)
def test_the_jacobian_is_the_slope_of_the_drift(name):
    model, point = getattr(excitable, name), POINTS[name]
    system, values = model.system, {**model.values(), **point}
    drifts = system.expanded_derivatives()
    for j, state in enumerate(system.states):
        step = 1e-5 * max(abs(point[state]), 0.1)
        above = {**values, state: point[state] + step}
        below = {**values, state: point[state] - step}
        for i, drift in enumerate(drifts):
            slope = (evaluate(drift, above) - evaluate(drift, below)) / (2 * step)
            found = evaluate(system.jacobian()[i][j], values)
            assert found == pytest.approx(slope, rel=1e-6, abs=1e-8), (drift, state)


@pytest.mark.parametrize("name", POINTS)
def test_expanded_means_states_inputs_and_parameters_only(name):
    system = getattr(excitable, name).system
    allowed = {*system.states, *system.inputs, *system.parameters}
    for drift in system.expanded_derivatives():
        assert free_symbols(drift) <= allowed
    assert free_symbols(system.expanded_threshold()) <= allowed
    for _, right in system.reset:
        assert free_symbols(right) <= allowed


@pytest.mark.parametrize("name", POINTS)
def test_expanding_changes_no_value(name):
    model = getattr(excitable, name)
    system, values = model.system, {**model.values(), **POINTS[name]}
    for intermediate, right in system.intermediates:
        values[intermediate] = evaluate(right, values)
    for plain, expanded in zip(system.derivatives, system.expanded_derivatives(), strict=True):
        assert evaluate(expanded, values) == pytest.approx(evaluate(plain, values), rel=1e-13)


def test_arrays_run_through(plain):
    system = plain("ms*dx/dt = -x**2 + p", parameters=("p",)).system
    x, p = np.array([1.0, 2.0, 3.0]), np.array([0.5, 1.0, 1.5])
    assert np.array_equal(evaluate(system.derivatives[0], {"x": x, "p": p}), p - x**2)


def test_the_fingerprint_is_the_same_in_another_process(make):
    import subprocess
    import sys

    program = "import excitable; print(excitable.AdEx.system.fingerprint)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert result.stdout.decode().strip() == excitable.AdEx.system.fingerprint


def test_the_fingerprint_tells_systems_apart(plain):
    prints = {
        plain(equations, **more).system.fingerprint
        for equations, more in [
            ("ms*dx/dt = -x", {}),
            ("ms*dx/dt = -2*x", {}),
            ("ms*dx/dt = -x", {"spike": "x >= 1"}),
            ("ms*dx/dt = -x", {"spike": "x >= 2"}),
            ("ms*dx/dt = -x", {"spike": "x >= 1", "reset": "x = 0"}),
            ("ms*dx/dt = -x", {"spike": "x >= 1", "refractory": "1*ms"}),
            ("ms*dx/dt = -x", {"spike": "x >= 1", "refractory": "1*ms", "hold": []}),
            ("ms*dx/dt = -x + sqrt(ms)*xi", {}),
        ]
    }
    assert len(prints) == 8


def test_assignments_of_a_reset_see_the_ones_before(plain):
    system = plain(
        "ms*dx/dt = -x\nms*dy/dt = -y\nms*dz/dt = -z", states=("x", "y", "z"),
        spike="x >= 1", reset="x = x - 3\ny = y + 2*x\nx = y",
    ).system  # fmt: skip
    after = system.expanded_reset()
    assert set(after) == {"x", "y"}  # z keeps its value
    before = {"x": 2.0, "y": 0.5, "z": 7.0}
    assert {name: float(evaluate(e, before)) for name, e in after.items()} == {"x": -1.5, "y": -1.5}
