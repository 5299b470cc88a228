"""From text to equations solved for the derivatives, and every way in which text can be wrong."""

import pytest

from excitable.errors import EquationError, ExcitableError, ModelError, UnitError
from excitable.expression import Number, evaluate, free_symbols
from excitable.model import Model


def test_the_coefficient_is_divided_away(make):
    system = make().system
    values = {"tau": 20.0, "E_L": -65.0, "v": -60.0, "R": 0.1, "I": 300.0}
    assert evaluate(system.derivatives[0], values) == (-65.0 + 60.0 + 0.1 * 300.0) / 20.0


@pytest.mark.parametrize(
    ("spike", "below", "above"),
    [("v >= V_T", -51, -49), ("v > V_T", -51, -49), ("V_T <= v", -51, -49), ("v < V_T", -49, -51)],
)
def test_a_spike_is_where_the_threshold_becomes_positive(make, spike, below, above):
    reset = f"v = V_R + {below + 51}*30*mV"  # to the silent side
    threshold = make(spike=spike, reset=reset).system.threshold
    assert evaluate(threshold, {"v": below, "V_T": -50.0}) < 0
    assert evaluate(threshold, {"v": above, "V_T": -50.0}) > 0


def test_named_quantities_stand_after_those_they_need(plain):
    system = plain("ms*dx/dt = a\na = b*b\nb = c + p\nc = 2*p*x", parameters=("p",)).system
    assert [name for name, _ in system.intermediates] == ["c", "b", "a"]
    expanded = system.expanded_derivatives()[0]
    assert free_symbols(expanded) == {"x", "p"}
    assert evaluate(expanded, {"x": 3.0, "p": 2.0}) == (2 * 2 * 3 + 2) ** 2


def test_a_shared_part_stays_small(plain):
    doubled = "\n".join(f"a{k + 1} = a{k}*a{k} + a{k}" for k in range(40))
    system = plain(f"ms*dx/dt = a40\na0 = x/2\n{doubled}").system
    assert evaluate(system.expanded_derivatives()[0], {"x": 0.0}) == 0.0
    assert len(system.jacobian()) == 1


def test_states_keep_the_order_declared(plain):
    system = plain("ms*dy/dt = x\nms*dx/dt = y", states=("x", "y")).system
    assert system.states == ("x", "y")
    assert [str(e) for e in system.derivatives] == ["y", "x"]


def test_units_may_stand_in_equations_and_a_declared_name_hides_them(make, plain):
    system = make(equations="tau*dv/dt = E_L - v + R*I - 0.01*volt").system
    values = {"tau": 20.0, "E_L": -65.0, "v": -65.0, "R": 0.1, "I": 0.0}
    assert evaluate(system.derivatives[0], values) == -10.0 / 20.0
    hidden = plain("ms*dx/dt = -uF*x", parameters=("uF",)).system
    assert free_symbols(hidden.derivatives[0]) == {"uF", "x"}


def test_reset_sees_what_stood_before_and_follows_named_quantities(plain):
    model = plain(
        "ms*dx/dt = y\nms*dy/dt = -x\nboth = x + y",
        states=("x", "y"),
        spike="x >= 1",
        reset="x = x/2; y += both",
    )
    (first, half), (second, sum_) = model.system.reset
    assert (first, second) == ("x", "y")
    assert evaluate(half, {"x": 3.0}) == 1.5
    # y + (x + y): with the x that the first statement set
    assert evaluate(sum_, {"x": 1.5, "y": 2.0}) == 5.5


def test_held_states(make):
    assert make().system.held == ("v",)
    assert make(hold=[]).system.held == ()
    assert make(hold="v").system.held == ("v",)
    assert make(refractory=None, parameters=without(make(), "t_ref")).system.held == ()


def without(model, *names):
    return {name: p for name, p in model.parameters.items() if name not in names}


@pytest.mark.parametrize("refractory", ["2*ms", "2 ms", "0.002*second", "t_0 + 1*ms"])
def test_the_refractory_time_is_an_expression_of_parameters(make, refractory):
    parameters = without(make(), "t_ref")
    if "t_0" in refractory:
        parameters["t_0"] = "1 ms"
    system = make(refractory=refractory, parameters=parameters).system
    assert evaluate(system.refractory, {"t_0": 1.0}) == pytest.approx(2.0, rel=1e-15)


def test_the_refractory_time_may_be_a_quantity(make):
    from excitable.units import ms

    model = make(refractory=2 * ms, parameters=without(make(), "t_ref"))
    assert model.system.refractory == Number(2.0)


def test_noise_is_split_from_the_drift(make):
    parameters = {**make().parameters, "sigma": "3 mV"}
    equations = "tau*dv/dt = E_L - v + R*I + sigma*sqrt(2*tau)*xi"
    system = make(equations=equations, parameters=parameters).system
    assert system.noises == ("xi",)
    assert "xi" not in free_symbols(system.derivatives[0])
    ((factor,),) = system.diffusion
    assert evaluate(factor, {"sigma": 3.0, "tau": 20.0}) == pytest.approx(3 * (2 / 20) ** 0.5)
    values = {"tau": 20.0, "E_L": -65.0, "v": -60.0, "R": 0.1, "I": 300.0}
    assert evaluate(system.derivatives[0], values) == 25.0 / 20.0


def test_several_noises_also_through_named_quantities(plain):
    model = plain(
        "ms*dx/dt = -x + push\n"
        "ms*dy/dt = -y + 2*push + y*sqrt(ms)*xi_2\n"
        "push = 3*sqrt(ms)*xi_a + p",
        states=("x", "y"),
        parameters=("p",),
    )
    system = model.system
    assert system.noises == ("xi_2", "xi_a")
    values = {"x": 0.0, "y": 5.0, "p": 1.0}
    diffusion = [[evaluate(e, values) for e in row] for row in system.expanded_diffusion()]
    assert diffusion == [[0.0, 3.0], [5.0, 6.0]]
    assert dict(system.intermediates)["push"] is not None
    assert "xi_a" not in free_symbols(dict(system.intermediates)["push"])
    assert [evaluate(e, values) for e in system.expanded_derivatives()] == [1.0, -3.0]


@pytest.mark.parametrize(
    "right", ["xi*xi", "abs(xi)", "sqrt(xi)", "1/xi", "where(xi > 0, xi, 0)", "exp(xi*sqrt(ms))"]
)
def test_noise_that_is_not_linear_is_refused(plain, right):
    with pytest.raises(ExcitableError) as caught:
        plain(f"ms*dx/dt = -x + ({right})*ms")
    assert isinstance(caught.value, EquationError | UnitError)
    with pytest.raises(EquationError, match="not linear in xi"):
        plain("ms*dx/dt = -x + ms*xi*xi")


def test_noise_is_refused_in_conditions_and_resets(plain):
    noisy = "ms*dx/dt = -x + noise\nnoise = sqrt(ms)*xi"
    with pytest.raises(EquationError, match="noise"):
        plain(noisy, spike="x + xi >= 1")
    with pytest.raises(ModelError, match="noise holds white noise"):
        plain(noisy, spike="noise >= 1")
    with pytest.raises(ModelError, match="noise holds white noise"):
        plain(noisy, spike="x >= 1", reset="x = noise")


@pytest.mark.parametrize(
    ("equations", "words"),
    [
        ("tau*dv/dt = E_L - v + R*J", "J is not declared"),
        ("tau*dv/dt = E_L - V + R*I", "Did you mean v?"),
        ("tau*dv/dt = E_L - v + R*I + x", "Write parameters=dict(x=...)"),
        ("tau*dv/dt = E_L - v + R*I\ndw/dt = 1", "w is not a state"),
        ("tau*dv/dt = E_L - v + R*I\ntau = R*I", "defined here and declared elsewhere"),
        ("tau*dv/dt = E_L - v + R*I*t/ms", "t is not available"),
        ("tau*dv/dt = E_L - v + R*I\ndt = 3", "'dt'"),
    ],
)
def test_names_in_equations(make, equations, words):
    with pytest.raises((EquationError, ModelError)) as caught:
        make(equations=equations)
    assert words in str(caught.value)
    assert str(caught.value).startswith("Cell")


def test_an_unknown_name_is_pointed_at(make):
    with pytest.raises(EquationError) as caught:
        make(equations="x = v\ntau*dv/dt = E_L - x + R*J")
    assert caught.value.line == 2
    shown, caret = str(caught.value).splitlines()[-2:]
    assert shown[caret.index("^")] == "J"


def test_every_state_has_one_equation(make):
    with pytest.raises(ModelError, match="the state w has no equation"):
        make(states={"v": "-65 mV", "w": "0 pA"})
    with pytest.raises(EquationError, match="two equations"):
        make(equations="tau*dv/dt = E_L - v + R*I\ntau*dv/dt = E_L - v")


def test_circles_are_named(plain):
    with pytest.raises(ModelError, match="a needs c needs b needs a"):
        plain("ms*dx/dt = a\na = c + 1\nb = a + 1\nc = b + x")
    with pytest.raises(ModelError, match="a needs a"):
        plain("ms*dx/dt = a\na = a + 1")


@pytest.mark.parametrize(
    ("equations", "words"),
    [
        ("dv/dt = E_L - v + R*I", "Multiply dv/dt by a time"),
        ("R*dv/dt = E_L - v + R*I", "both sides must have the same unit"),
        ("tau*dv/dt = (E_L - v)/tau", "without a coefficient"),
    ],
)
def test_the_two_sides_have_one_unit(make, equations, words):
    with pytest.raises(UnitError) as caught:
        make(equations=equations)
    assert words in str(caught.value)
    assert equations in str(caught.value)


def test_operands_are_named_with_their_units(make):
    with pytest.raises(UnitError) as caught:
        make(equations="tau*dv/dt = E_L - v + I")
    message = str(caught.value)
    assert "voltage" in message
    assert "current" in message
    assert "I" in message


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"spike": "v >= tau"}, "time"),
        ({"reset": "v = tau"}, "v is set to a time; a voltage is expected"),
        ({"refractory": "V_R"}, "the refractory time is set to a voltage; a time is expected"),
    ],
)
def test_events_are_checked_for_units(make, change, words):
    with pytest.raises(UnitError) as caught:
        make(**change)
    assert words in str(caught.value)


def test_zero_has_any_unit(make):
    model = make(
        equations="dv/dt = 0",
        reset="v = 0",
        inputs={},
        parameters={
            "V_T": "1 mV",
            "t_ref": "1 ms",
        },
    )
    assert model.system.derivatives == (Number(0),)
    assert model.system.reset == (("v", Number(0)),)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"spike": "v"}, "condition"),
        ({"spike": "v == V_T"}, "not one comparison"),
        ({"spike": "v >= V_T and v > E_L"}, "not one comparison"),
        ({"spike": "v >= V_X"}, "V_X is not declared"),
        ({"reset": "E_L = v"}, "E_L is set, and it is not a state"),
        ({"reset": "v + 1"}, "not an assignment"),
        ({"reset": "v = x"}, "x is not declared"),
        ({"refractory": "t_ref + v/mV*ms"}, "depends on v"),
        ({"refractory": "t_ref +"}, "operand"),
    ],
)
def test_events_that_cannot_be_read(make, change, words):
    with pytest.raises((EquationError, ModelError)) as caught:
        make(**change)
    assert words in str(caught.value)
    assert str(caught.value).startswith("Cell")


@pytest.mark.parametrize(
    "text",
    [
        "tau*dv/dt = E_L - v^2",
        "tau*dv/dt = E_L.real - v",
        "tau*dv/dt = __import__('os')",
        "tau*dv/dt = (lambda: 1)()",
        "tau*dv/dt = [v for v in (1, 2)]",
        "tau*dv/dt = v if v else 1",
        "tau*dv/dt = " + "(" * 5000 + "v" + ")" * 5000,
        "tau*dv/dt = v**9999999999",
        "tau*dv/dt = " + "-" * 10000 + "v",
        "tau*dv/dt = " + "+".join(["v"] * 100_000),
        "tau*dv/dt = 9" + "9" * 10_000,
    ],
)
def test_hostile_text_ends_in_a_clear_error_at_once(make, text):
    from time import perf_counter

    start = perf_counter()
    with pytest.raises(EquationError) as caught:
        make(equations=text)
    assert perf_counter() - start < 0.5  # the reader promises 0.05 s; the rest is a busy machine
    assert len(str(caught.value)) < 1500


@pytest.mark.parametrize("zero", ["0", "0*mV", "0.0*mV", "-0*mV", "0*V_T"])
def test_zero_with_a_unit_is_zero(zero):
    model = Model(
        "Leaky", equations=f"tau*dv/dt = -v + {zero}", spike=f"v - V_T >= {zero}",
        reset=f"v = {zero}", states={"v": "0 mV"},
        parameters={"tau": "10 ms", "V_T": "5 mV"},
    )  # fmt: skip
    assert str(model["V_T"]) == "5.0 mV"
    Model("Still", equations=f"tau*dv/dt = {zero}", states={"v": "0 mV"},
             parameters={"tau": "10 ms"} | ({"V_T": "5 mV"} if "V_T" in zero else {}))  # fmt: skip
