"""The `Step`: in single-assignment form, with nothing computed twice, and the same numbers."""

import numpy as np
import pytest

from excitable.checking._reference import step_by_formulas, step_names
from excitable.checking._subject import Subject
from excitable.codegen._lower import crossing, event_of, lower
from excitable.codegen._step import Flattener, repeated_product, whole
from excitable.expression import Call, Div, Number, Pow, evaluate, free_symbols, parse, walk
from excitable.models import _catalogue
from excitable.numerics.choose import FIXED_STEP, formulas, refusal
from excitable.numerics.schemes._formulas import Assign

MODELS = _catalogue.models()
CASES = [
    (name, scheme)
    for name, model in MODELS.items()
    for scheme in FIXED_STEP
    if refusal(model.system, scheme) is None
]
every_step = pytest.mark.parametrize(("name", "scheme"), CASES)


def step_of(name, scheme, varying=()):
    system = MODELS[name].system
    return lower(system, scheme, (*formulas(system, scheme), *crossing(system)), varying)


@every_step
def test_every_name_is_assigned_once_and_before_its_use(name, scheme):
    step = step_of(name, scheme)
    known = {*step.states, *step.inputs, *step.shared, *step.varying, "step__", "active__"}
    known |= {f"{i}__{at}" for i in step.inputs for at in ("half", "end")}
    known |= {draw.target for draw in step.draws}
    for assign in (*step.constants, *step.body):
        assert free_symbols(assign.value) <= known
        assert assign.target not in known
        known.add(assign.target)
    assert {f"{s}__new" for s in step.states} <= known


@every_step
def test_no_part_is_computed_twice(name, scheme):
    seen = set()
    step = step_of(name, scheme)
    for assign in (*step.constants, *step.body):
        for node in walk(assign.value):
            if node.children:
                assert node not in seen, f"{node} in {assign.target}"
                seen.add(node)


@every_step
def test_constants_are_shared_and_the_body_divides_by_nothing_shared(name, scheme):
    step = step_of(name, scheme)
    fixed = {*step.shared, "step__"}
    for assign in step.constants:
        assert free_symbols(assign.value) <= fixed
        fixed.add(assign.target)
    for assign in step.body:
        for node in walk(assign.value):
            if isinstance(node, Div):
                assert not free_symbols(node.b) <= fixed or not free_symbols(node.b)
            if isinstance(node, Pow):
                assert whole(node.b) is None


@every_step
def test_a_varying_parameter_is_in_no_constant(name, scheme):
    first = MODELS[name].system.parameters[0]
    step = step_of(name, scheme, varying=[first])
    assert step.varying == (first,)
    assert all(first not in free_symbols(a.value) for a in step.constants)


@every_step
def test_the_flat_step_computes_the_formulas(name, scheme):
    model = MODELS[name]
    subject = Subject(model, ())
    step = step_of(name, scheme)
    names = step_names(subject, subject.states(4), 0.0, 0.01, lambda t: {})
    flat = step_by_formulas((*step.constants, *step.body), names, model.system.states)
    direct = step_by_formulas(formulas(model.system, scheme), names, model.system.states)
    np.testing.assert_allclose(flat, direct, rtol=1e-13, atol=1e-300)


def test_powers_become_products():
    x = parse("x")
    for power in range(1, 17):
        product = repeated_product(x, power)
        assert evaluate(product, {"x": 2.0}) == 2.0**power
        assert sum(1 for node in walk(product) if node.children) <= 2 * power.bit_length()
    assert whole(parse("3")) == 3
    assert whole(parse("-2")) is None or whole(Number(-2.0)) == -2
    assert whole(parse("2.5")) is None
    assert whole(Number(17.0)) is None
    assert whole(parse("n")) is None


def flat(*texts, invariant=()):
    flattener = Flattener(invariant)
    body = flattener.flatten(tuple(Assign(f"y{k}", parse(t)) for k, t in enumerate(texts)))
    return flattener.constants, body


def test_negative_powers_and_roots():
    constants, body = flat("x**(-2)", "x**0.5")
    values = {"x": 4.0}
    for assign in (*constants, *body):
        values[assign.target] = evaluate(assign.value, values)
    assert (values["y0"], values["y1"]) == (1 / 16, 2.0)
    calls = [n for a in body for n in walk(a.value) if isinstance(n, Call)]
    assert [call.function_name for call in calls] == ["sqrt"]


def test_shared_parts_are_named_once_across_assignments():
    _, body = flat("exp(x*y) + 1", "exp(x*y) - 1")
    assert sum(isinstance(n, Call) for a in body for n in walk(a.value)) == 1


def test_division_by_a_constant_becomes_a_product():
    constants, body = flat("x/tau", "(x + 1)/tau", invariant=["tau"])
    assert len(constants) == 1
    assert not any(isinstance(n, Div) for a in body for n in walk(a.value))


def test_a_reset_program_is_written_out():
    event = event_of(MODELS["AdEx"].system)
    assert [a.target for a in event.reset] == ["v__new", "w__new"]
    assert event.held == ("v",)
    assert event_of(MODELS["HodgkinHuxley"].system).reset == ()


@pytest.mark.parametrize(
    ("before", "after", "flag"), [(-2, -1, False), (-1, 1, True), (1, 2, True), (1, -1, True)]
)
def test_with_a_reset_it_fires_wherever_it_is_beyond(before, after, flag):
    names = dict(MODELS["LIF"].values(), v=-50.0 + before, v__new=-50.0 + after)
    for assign in crossing(MODELS["LIF"].system):
        names[assign.target] = evaluate(assign.value, names)
    assert (names["cross__"] >= 0.0) == flag


def test_without_a_reset_only_an_arrival_counts():
    system = MODELS["HodgkinHuxley"].system
    for before, after, flag in [(-1, 1, True), (1, 2, False), (-2, -1, False), (1, -1, False)]:
        names = dict(MODELS["HodgkinHuxley"].values(), v=0.0 + before, v__new=0.0 + after)
        for assign in crossing(system):
            names[assign.target] = evaluate(assign.value, names)
        assert (names["cross__"] >= 0.0) == flag, (before, after)
