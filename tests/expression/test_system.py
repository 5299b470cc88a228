"""Systems of equations and reset programs."""

import pytest

from excitable.errors import EquationError
from excitable.expression import (
    Definition,
    Differential,
    parse,
    parse_assignments,
    parse_equations,
)

ADEX = """
    # Brette and Gerstner (2005)
    C * dv/dt = (g_L*(E_L - v)
                 + g_L*Delta_T*exp((v - V_T)/Delta_T)   # the spike's upstroke
                 - w + I)

    tau_w*dw/dt = a*(v - E_L) - w
    x = 2*v
"""


def test_equations_of_all_forms():
    first, second, third = parse_equations(ADEX)
    assert isinstance(first, Differential)
    assert (first.state, first.coefficient, first.line) == ("v", parse("C"), 3)
    assert first.right is parse("g_L*(E_L - v) + g_L*Delta_T*exp((v - V_T)/Delta_T) - w + I")
    assert first.text.startswith("C * dv/dt = (g_L*(E_L - v) + g_L")
    assert "upstroke" not in first.text
    assert (second.state, second.coefficient, second.line) == ("w", parse("tau_w"), 7)
    assert isinstance(third, Definition)
    assert (third.name, third.right, third.line, third.text) == ("x", parse("2*v"), 8, "x = 2*v")


@pytest.mark.parametrize(
    ("left", "coefficient", "state"),
    [
        ("dv/dt", None, "v"),
        ("dv / dt", None, "v"),
        ("C*dv/dt", "C", "v"),
        ("C  *  dv/dt", "C", "v"),
        ("(C_1 + C_2)*dv/dt", "C_1 + C_2", "v"),
        ("2*C*dv/dt", "2*C", "v"),
        ("C/A*dI_syn/dt", "C/A", "I_syn"),
        ("ddt/dt", None, "dt"),
        ("ddd/dt", None, "dd"),
        ("tau*dtheta_1/dt", "tau", "theta_1"),
    ],
)
def test_left_sides(left, coefficient, state):
    (equation,) = parse_equations(f"{left} = 1")
    assert equation.state == state
    assert equation.coefficient is (parse(coefficient) if coefficient else None)


def test_raw_forms_are_made_stable_and_kept_for_display():
    (equation,) = parse_equations("alpha_n = 0.01*(10 - v)/(exp((10 - v)/10) - 1)")
    assert equation.right is parse("0.1*x_over_expm1((10 - v)/10)")
    assert equation.written is parse("0.01*(10 - v)/(exp((10 - v)/10) - 1)")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("dv/dt = 1\nw = a^2", (2, "^")),
        ("dv/dt = 1\n  w + 1", (2, "w")),
        ("dv/dt = 1\n# note\n  dv/dt = 2", (3, "dv")),
        ("dv/dt = (1\n  + a[0])\nw = 1", (2, "[")),
        ("dv/dt = (1\nw = 2", (1, "(")),
        ("(C*dv/dt = 1", (None, "(")),
        ("x.y*dv/dt = 1", (None, "x.y")),
        ("C*x^2*dv/dt = 1", (None, "^")),
        ("  dlambda/dt = 1", (None, "lambda")),
        ("w = ", (None, "")),
        ("= 3", (None, "=")),
    ],
)
def test_errors_name_the_line_and_column(text, place):
    with pytest.raises(EquationError) as caught:
        parse_equations(text, owner="Cell")
    error = caught.value
    line, at = place
    assert error.line == line
    assert error.text == text.split("\n")[(line or 1) - 1]
    assert error.text[error.column - 1 :].startswith(at)
    assert str(error).startswith("Cell.equations: ")


def test_no_name_is_defined_twice():
    with pytest.raises(EquationError, match="v has two equations"):
        parse_equations("dv/dt = 1\nv = 2")


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment"])
def test_there_must_be_an_equation(text):
    with pytest.raises(EquationError, match="no equation"):
        parse_equations(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("v = V_R", [("v", "V_R")]),
        ("v = V_R; u = u + d", [("v", "V_R"), ("u", "u + d")]),
        ("v = V_R\nu += d  # jump\n", [("v", "V_R"), ("u", "u + d")]),
        ("u -= d; u *= 2; u /= k", [("u", "u - d"), ("u", "u*2"), ("u", "u/k")]),
        ("u -= d - e", [("u", "u - (d - e)")]),
        ("v = (a\n + b); ;", [("v", "a + b")]),
    ],
)
def test_assignments_in_order(text, expected):
    assert [(name, str(value)) for name, value in parse_assignments(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "v",
        "v == 3",
        "v > 3",
        "v := 3",
        "v =",
        "v **= 2",
        "dv/dt = 1",
        "v = a = b",
        "3 = v",
        "v. = 3",
    ],
)
def test_what_is_no_assignment(text):
    with pytest.raises(EquationError):
        parse_assignments(text)
