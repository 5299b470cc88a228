"""Dimensions of every node, and messages that name the operands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excitable.errors import UnitError, UnknownNameError
from excitable.expression import (
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Number,
    Pow,
    Sub,
    Symbol,
    dimension_of,
    evaluate,
    parse,
    parse_condition,
    register_function,
    require_dimension,
    stabilise,
)
from excitable.units import (
    CAPACITANCE,
    CONDUCTANCE,
    CURRENT,
    DIMENSIONLESS,
    RATE,
    TIME,
    VOLTAGE,
    dimension,
)

NAMES = {
    "v": VOLTAGE,
    "E_L": VOLTAGE,
    "V_T": VOLTAGE,
    "Delta_T": VOLTAGE,
    "I": CURRENT,
    "w": CURRENT,
    "g_L": CONDUCTANCE,
    "C": CAPACITANCE,
    "tau": TIME,
    "n": DIMENSIONLESS,
    "a": RATE,
    "sigma": VOLTAGE,
    "xi": TIME**-0.5,
    "q_2": dimension("1/(mV*ms)"),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("g_L*(E_L - v) + g_L*Delta_T*exp((v - V_T)/Delta_T) - w + I", CURRENT),
        ("(g_L*(E_L - v) + I)/C", VOLTAGE / TIME),
        ("q_2*v**2", VOLTAGE / TIME),
        ("sigma*sqrt(2/tau)*xi", VOLTAGE / TIME),
        ("1/(1 + exp(-(v - V_T)/Delta_T))", DIMENSIONLESS),
        ("a*(v - V_T)/Delta_T/(1 - exp(-(v - V_T)/Delta_T))", RATE),
        ("v**2", VOLTAGE**2),
        ("v**-1", VOLTAGE**-1),
        ("v**0.5", VOLTAGE**0.5),
        ("v**(1/3)", VOLTAGE ** (1 / 3)),
        ("sqrt(v*v)", VOLTAGE),
        ("n**n", DIMENSIONLESS),
        ("2**n", DIMENSIONLESS),
        ("abs(-v)", VOLTAGE),
        ("sign(v)*n", DIMENSIONLESS),
        ("heaviside(v - V_T)*I", CURRENT),
        ("maximum(v, E_L)", VOLTAGE),
        ("maximum(v, 0)", VOLTAGE),
        ("minimum(0, I)", CURRENT),
        ("where(v > 0, v, E_L)", VOLTAGE),
        ("where(v > V_T and n < 1 or not w >= 0, 0, I)", CURRENT),
        ("where(v > 0, 0, 0)", DIMENSIONLESS),
        ("v + 0", VOLTAGE),
        ("0 - v", VOLTAGE),
        ("0*v + I", CURRENT),
        ("0/tau + I", CURRENT),
        ("-0 + I", CURRENT),
        ("sqrt(0) + I", CURRENT),
        ("exp(0) + n", DIMENSIONLESS),
        ("0", DIMENSIONLESS),
        ("3", DIMENSIONLESS),
    ],
)
def test_dimensions(text, expected):
    assert dimension_of(parse(text), NAMES) == expected
    assert dimension_of(stabilise(parse(text)), NAMES) == expected
    require_dimension(parse(text), expected, NAMES)


def test_conditions_have_none():
    assert dimension_of(parse_condition("v >= V_T and n > 0.5"), NAMES) == DIMENSIONLESS


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("g_L*(E_L - I)", ["E_L is a voltage [mV]", "I is a current [pA]", "both sides of -"]),
        ("v + 5", ["v is a voltage [mV]", "5 is a plain number", "a parameter with the unit mV"]),
        ("v + tau*n", ["v is a voltage [mV]", "tau*n is a time [ms]"]),
        ("v - I/C", ["I/C is a voltage/time [mV/ms]", "Multiply I/C by a time [ms]"]),
        ("(v - E_L)/tau + v", ["Divide v by a time [ms]"]),
        ("exp(v)", ["v is a voltage [mV]", "exp takes a plain number"]),
        ("log(tau)", ["tau is a time [ms]", "log takes a plain number"]),
        ("x_over_expm1(v)", ["x_over_expm1 takes a plain number"]),
        ("n**v", ["the exponent v is a voltage [mV]", "an exponent is a plain number"]),
        ("v**n", ["v is a voltage [mV]", "Divide v by a voltage [mV] first"]),
        ("v**(n/2)", ["v is a voltage [mV]"]),
        ("maximum(v, n)", ["the arguments of maximum", "n is a plain number"]),
        ("where(n > 0, v, I)", ["the arguments of where", "I is a current [pA]"]),
        ("where(v > I, n, n)", ["both sides of >", "in v > I"]),
        ("0.04*v**2 + 5*v + 140", ["0.04*v**2 is a voltage**2 [mV2]", "5*v is a voltage [mV]"]),
    ],
)
def test_messages_name_operands_and_units(text, named):
    with pytest.raises(UnitError) as caught:
        dimension_of(parse(text), NAMES, owner="Cell", name="equations")
    message = str(caught.value)
    assert message.startswith("Cell.equations: ")
    for part in named:
        assert part in message


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("C*dv/dt = g_L*(E_L - I)", "I)"),
        ("C*dv/dt = g_L * ( E_L-( tau ) )", "tau"),
        ("C*dv/dt = I + exp( (v -V_T) )", "v -V_T"),
        ("C*dv/dt = w + V_T*  g_L + (v/C)", "v/C"),
    ],
)
def test_the_caret_points_at_the_operand(line, at):
    right = parse(line.partition("=")[2])
    with pytest.raises(UnitError) as caught:
        dimension_of(right, NAMES, text=line, line=4)
    error = caught.value
    assert (error.line, error.text) == (4, line)
    assert line[error.column - 1 :].startswith(at)


def test_undeclared_names():
    with pytest.raises(UnknownNameError, match="g_K is not declared"):
        dimension_of(parse("g_K*v"), NAMES)


def test_a_result_of_another_dimension():
    with pytest.raises(UnitError, match=r"g_L\*v is a current \[pA\]; a voltage/time \[mV/ms\]"):
        require_dimension(parse("g_L*v"), VOLTAGE / TIME, NAMES)
    require_dimension(parse("0"), VOLTAGE / TIME, NAMES)
    require_dimension(parse("where(v > 0, 0, 0)"), VOLTAGE, NAMES)


def test_a_registered_function_may_have_its_own_rule():
    register_function(
        "test_mean_square", 2, dimension=lambda parts: parts[0] * parts[1], numpy=lambda x, y: x * y
    )
    assert dimension_of(parse("test_mean_square(v, I)"), NAMES) == VOLTAGE * CURRENT


# Scaling all units is the test of a dimension: an expression of dimension d must scale like d.
quantities = {"v": VOLTAGE, "I": CURRENT, "tau": TIME, "n": DIMENSIONLESS}
leaves = st.sampled_from([*map(Symbol, quantities), Number(2.0), Number(0.5)])


def _larger(inner):
    return st.one_of(
        st.builds(Add, inner, inner),
        st.builds(Sub, inner, inner),
        st.builds(Mul, inner, inner),
        st.builds(Div, inner, inner),
        st.builds(Neg, inner),
        st.builds(Pow, inner, st.sampled_from([-1.0, 2.0]).map(Number)),
        st.builds(lambda x: Call("abs", (x,)), inner),
        st.builds(lambda x, y: Call("maximum", (x, y)), inner, inner),
        st.builds(lambda x: Call("exp", (x,)), inner),
    )


@given(st.recursive(leaves, _larger, max_leaves=6))
def test_what_passes_scales_with_the_units(e):
    try:
        d = dimension_of(e, quantities)
    except UnitError:
        return
    time, voltage, current = 2.0, 4.0, 8.0
    values = {"v": 0.75, "I": 1.25, "tau": 0.5, "n": 0.25}
    scale = {"v": voltage, "I": current, "tau": time, "n": 1.0}
    before = evaluate(e, values)
    after = evaluate(e, {name: values[name] * scale[name] for name in values})
    factor = time ** d.exponents[0] * voltage ** d.exponents[1] * current ** d.exponents[2]
    assert after == pytest.approx(before * factor, rel=1e-9, nan_ok=True) or abs(before) < 1e-12
