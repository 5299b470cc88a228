"""Several expressions computed together give what each gives alone."""

import numpy as np
import pytest

import excitable as ex
from excitable.expression import Together, evaluate, parse


@pytest.mark.parametrize("name", ["HodgkinHuxley", "MorrisLecar", "AdEx", "FitzHughNagumo"])
def test_drifts_are_those_of_each_expression(name):
    model = getattr(ex, name)
    system = model.system
    known = {**model.values(), **dict.fromkeys(model.inputs, 1.5)}
    rates = system.expanded_derivatives()
    together = Together(rates, system.states, known)
    rng = np.random.default_rng(3)
    for _ in range(20):
        x = (rng.random(len(system.states)) * [100, *[1] * (len(system.states) - 1)] - 0.5).tolist()
        names = {**known, **dict(zip(system.states, x, strict=True))}
        assert together(x) == pytest.approx([evaluate(e, names) for e in rates], rel=1e-14)


def test_overflows_and_poles_are_as_in_numpy():
    names, known = ["x"], {"a": 0.0}
    high, pole, fine = Together([parse("exp(x)"), parse("1/(a*x)"), parse("x + 1")], names, known)(
        [1e4]
    )
    assert high == np.inf
    assert pole == np.inf
    assert fine == 1e4 + 1.0


def test_conditions_constants_and_branches():
    texts = ["where(a > 1 and x > 0, x, -x)", "where(a > 1, 2, x)", "a**2", "maximum(x, a)"]
    found = Together([parse(text) for text in texts], ["x"], {"a": 3.0})([-2.0])
    assert found == [2.0, 2.0, 9.0, 3.0]
