"""A small model that tests change in one place at a time, and one of plain numbers."""

import pytest

from excitable.model import Model


@pytest.fixture
def make():
    """Build a leaky integrator with some of its definition replaced."""

    def build(**changes):
        definition = {
            "equations": "tau*dv/dt = E_L - v + R*I",
            "spike": "v >= V_T",
            "reset": "v = V_R",
            "refractory": "t_ref",
            "states": {"v": "-65 mV"},
            "inputs": {"I": "pA"},
            "parameters": {
                "tau": "20 ms",
                "R": "100 MOhm",
                "E_L": "-65 mV",
                "V_T": "-50 mV",
                "V_R": "-65 mV",
                "t_ref": "2 ms",
            },
        }
        return Model("Cell", **(definition | changes))

    return build


@pytest.fixture
def plain():
    """Build a model of plain numbers; its derivatives are ``ms*dx/dt = ...``."""

    def build(equations, *, states=("x",), parameters=(), inputs=(), **more):
        return Model(
            "Plain",
            equations=equations,
            states=dict.fromkeys(states, 0.0),
            parameters=dict.fromkeys(parameters, 1.0),
            inputs=dict.fromkeys(inputs, ""),
            **more,
        )

    return build
