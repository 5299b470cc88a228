"""What the model language is: formulas and conditions."""

import pytest

from excitable.errors import EquationError
from excitable.expression import (
    Add,
    And,
    Call,
    Compare,
    Div,
    Mul,
    Neg,
    Not,
    Number,
    Or,
    Pow,
    Sub,
    Symbol,
    parse,
    parse_condition,
)

a, b, c = Symbol("a"), Symbol("b"), Symbol("c")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", a),
        ("1", Number(1)),
        (".5", Number(0.5)),
        ("1.", Number(1)),
        ("1e-3", Number(1e-3)),
        ("1E5", Number(1e5)),
        ("007.5", Number(7.5)),
        ("-2", Number(-2)),
        ("+a", a),
        ("-a", Neg(a)),
        ("a + b", Add(a, b)),
        ("a - b - c", Sub(Sub(a, b), c)),
        ("a - (b - c)", Sub(a, Sub(b, c))),
        ("a/b/c", Div(Div(a, b), c)),
        ("a/b*c", Mul(Div(a, b), c)),
        ("a + b*c", Add(a, Mul(b, c))),
        ("a**b**c", Pow(a, Pow(b, c))),
        ("-a**2", Neg(Pow(a, Number(2)))),
        ("(-a)**2", Pow(Neg(a), Number(2))),
        ("-2**2", Neg(Pow(Number(2), Number(2)))),
        ("a**-1", Pow(a, Number(-1))),
        ("-a*b", Mul(Neg(a), b)),
        ("2*3", Mul(Number(2), Number(3))),
        ("a + 0", Add(a, Number(0))),
        ("exp(a)", Call("exp", (a,))),
        ("(exp)(a)", Call("exp", (a,))),
        ("minimum(a, b + c)", Call("minimum", (a, Add(b, c)))),
        ("where(a > b, a, b)", Call("where", (Compare(">", a, b), a, b))),
        ("a # comment * ^", a),
        ("\n a\n+ # more\n b\n", Add(a, b)),
        ("e", Symbol("e")),
        ("dt", Symbol("dt")),
    ],
)
def test_formulas_keep_their_structure(text, expected):
    assert parse(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a > b", Compare(">", a, b)),
        ("a >= b", Compare(">=", a, b)),
        ("a == b", Compare("==", a, b)),
        ("a != b", Compare("!=", a, b)),
        ("a < b and b < c", And(Compare("<", a, b), Compare("<", b, c))),
        ("not a < b or b <= c", Or(Not(Compare("<", a, b)), Compare("<=", b, c))),
        ("a > 0 and b > 0 and c > 0", And(And(a > 0, b > 0), c > 0)),
        ("a > 0 and (b > 0 and c > 0)", And(a > 0, And(b > 0, c > 0))),
        ("a > 0 or b > 0 and c > 0", Or(a > 0, And(b > 0, c > 0))),
        ("(a > b)", Compare(">", a, b)),
    ],
)
def test_conditions(text, expected):
    assert parse_condition(text) is expected


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("n^4", "Write n**4"),
        ("a*n ^ 4", "Write n**4"),
        ("tnh(v)", "Write tanh"),
        ("ln(v)", "Write log"),
        ("max(a, b)", "Write maximum"),
        ("sigmoid(v)", "Write logistic"),
        ("np.exp(v)", "Write exp(x)"),
        ("2v", "Write 2*v"),
        ("2 v", "Write 2*v"),
        ("g_L(E_L - v)", "Write g_L*(...)"),
        ("a < b < c", "Write a < b and b < c"),
        ("a if b > 0 else c", "Write where(c, a, b)"),
        ("τ", "Write tau"),
        ("Δ_T", "Write Delta"),
        ("λ", "Write lambda_0"),
        ("a − b", "Write -"),
        ("a²", "Write **2"),
        ("a // b", "Write a/b"),
    ],
)
def test_the_message_says_what_to_write(text, write):
    with pytest.raises(EquationError) as caught:
        parse(text)
    assert caught.value.write == write


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a + b^2", "^"),
        ("a + exp(b, c)", "exp"),
        ("a + [1]", "["),
        ("a + (b*v.real)", "v.real"),
        ("a +   x__y", "x__y"),
        ("a*(b > c)", "b > c"),
        ("(a))", ")"),
        ("a + 9**9**9", "9**9"),
        ("a # b^2\n + c^2", "^"),
        ("exp(\n  a,\n  b)", "exp"),
        ("\t a + {", "{"),
    ],
)
def test_the_caret_points_at_the_place(text, at):
    with pytest.raises(EquationError) as caught:
        parse(text)
    error = caught.value
    lines = text.split("\n")
    line = lines[(error.line or 1) - 1]
    assert error.text == line
    assert line[error.column - 1 :].startswith(at)
    _, shown, caret = str(error).splitlines()
    assert shown[caret.index("^")] == at[0]


def test_the_owner_opens_the_message():
    with pytest.raises(EquationError, match=r"^Cell\.spike: "):
        parse_condition("v", owner="Cell", name="spike")


@pytest.mark.parametrize("text", ["v", "v - V_T", "2", "where(v > 0, 1, 2)"])
def test_a_number_is_no_condition(text):
    with pytest.raises(EquationError, match="not a condition"):
        parse_condition(text)


@pytest.mark.parametrize(
    "text", ["v > 0", "v > 0 and w > 0", "not v > 0", "1 + (v > 0)", "-(v > 0)"]
)
def test_a_condition_is_no_number(text):
    with pytest.raises(EquationError, match="is a condition"):
        parse(text)
