"""Messages of equations."""

import numpy as np

from excitable.expression import (
    Symbol,
    call,
    differentiate,
    dimension_of,
    evaluate,
    function,
    parse,
    parse_assignments,
    parse_condition,
    parse_equations,
    register_function,
    require_dimension,
)
from excitable.units import CONDUCTANCE, CURRENT, DIMENSIONLESS, TIME, VOLTAGE

NAMES = {
    "v": VOLTAGE,
    "E_L": VOLTAGE,
    "V_T": VOLTAGE,
    "I": CURRENT,
    "g_L": CONDUCTANCE,
    "tau": TIME,
    "n": DIMENSIONLESS,
}


def formula(text):
    return lambda: parse(text, owner="Cell", name="equations")


def condition(text):
    return lambda: parse_condition(text, owner="Cell", name="spike")


def equations(text):
    return lambda: parse_equations(text, owner="Cell")


def reset(text):
    return lambda: parse_assignments(text, owner="Cell")


def units(text):
    line = f"C*dv/dt = {text}"
    return lambda: dimension_of(
        parse(text), NAMES, owner="Cell", name="equations", text=line, line=2
    )


CASES = [
    ("power with a caret", formula("a*n^4 + b")),
    ("power of a bracket with a caret", formula("(a + b)^2")),
    ("attribute", formula("v.real + 1")),
    ("function of a module", formula("np.exp(v)")),
    ("double underscores", formula("v*x.__class__")),
    ("leading underscore", formula("_v + 1")),
    ("index", formula("v[0]")),
    ("braces", formula("{v}")),
    ("lambda", formula("(lambda x: x)(v)")),
    ("word of Python", formula("lambda*v")),
    ("text", formula("'v'")),
    ("formatted text", formula('f"{v}"')),
    ("assignment inside", formula("(v := 3)")),
    ("star before an argument", formula("exp(*v)")),
    ("argument by name", formula("exp(x=3)")),
    ("loop", formula("exp(x for x in y)")),
    ("if and else", formula("a if v > 0 else b")),
    ("tuple", formula("a, b")),
    ("semicolon", formula("a; b")),
    ("unit in a formula", equations("dv/dt = -v/tau : volt")),
    ("remainder", formula("a % b")),
    ("whole division", formula("a // b")),
    ("matrix product", formula("a @ b")),
    ("shift", formula("a << b")),
    ("ampersand", condition("v > 0 & w > 0")),
    ("vertical bar", condition("v > 0 | w > 0")),
    ("tilde", condition("~(v > 0)")),
    ("backslash", formula("a + \\\n b")),
    ("Greek letter", formula("v/τ_m")),
    ("Greek letter that is a word of Python", formula("λ*v")),
    ("letter that looks like another", formula("а + b")),
    ("minus sign from a paper", formula("a − b")),
    ("raised digit", formula("v²")),
    ("null byte", formula("v\0+ 1")),
    ("missing product sign", formula("g_L (E_L - v)")),
    ("missing product sign after a number", formula("2v + 1")),
    ("missing product sign between names", formula("g_L v")),
    ("number that is not decimal", formula("0x1F*v")),
    ("imaginary number", formula("1j*v")),
    ("number too large", formula("1e400*v")),
    ("truth value", formula("True*v")),
    ("missing operand", formula("g_L*(E_L - )")),
    ("doubled operator", formula("a + * b")),
    ("unreadable number", formula("1.5.2 + v")),
    ("open bracket", formula("exp((v - V_T)/k")),
    ("closed bracket", formula("exp(v))")),
    ("deep brackets", formula("(" * 500 + "v" + ")" * 500)),
    ("deep signs", formula("-" * 1000 + "v")),
    ("long text", formula("v" * 1_000_000)),
    ("tower of powers", formula("9**9**9**9")),
    ("huge exponent", formula("10**1000000000")),
    ("unknown function", formula("tnh(v)")),
    ("function by another name", formula("ln(v)")),
    ("function without arguments", formula("exp*v")),
    ("wrong number of arguments", formula("exp(a, b)")),
    ("condition for a number", formula("v*(v > 0)")),
    ("number for a condition", formula("where(v, a, b)")),
    ("chained comparison", condition("a < v < b")),
    ("number for a spike", condition("v - V_T")),
    ("name for a spike", condition("v")),
    ("assignment for a spike", condition("v = V_T")),
    ("identity", condition("v is w")),
    ("nothing", formula("  ")),
    ("not text", lambda: parse(3, owner="Cell", name="spike")),
    ("no equation", equations("# to be written")),
    ("second line is no equation", equations("dv/dt = -v/tau\nv + 1")),
    ("equals twice", equations("dv/dt = w = 3")),
    ("prime", equations("v' = -v/tau")),
    ("coefficient after the derivative", equations("dv/dt*tau = -v")),
    ("left side", equations("v + 1 = 3")),
    ("left side missing", equations("= 3")),
    ("two equations for a name", equations("dv/dt = w\nw = 1\nw = 2")),
    ("too many equations", equations("\n".join(f"x{i} = 1" for i in range(2000)))),
    ("caret on the third line", equations("C*dv/dt = I - g_L*(v -\n    E_L)\ndn/dt = n^4")),
    ("function given a value", equations("exp = 3")),
    ("reset is no assignment", reset("v == V_R")),
    ("reset of a derivative", reset("dv/dt = 0")),
    ("reset without value", reset("v = ")),
    ("operands disagree", units("g_L*(E_L - I)")),
    ("operands disagree in a comparison", units("where(v > I, I, I)")),
    ("operands disagree in a choice", units("where(v > 0, v, I)")),
    ("operands disagree in a function", units("maximum(v, n)")),
    ("number without unit", units("v + 5")),
    ("sides disagree by a rate", units("(E_L - v) + (E_L - v)/tau")),
    ("argument with a unit", units("exp(v - V_T)")),
    ("exponent with a unit", units("n**v")),
    ("exponent that changes", units("v**n")),
    ("undeclared name", units("g_K*v")),
    (
        "result of another dimension",
        lambda: require_dimension(
            parse("g_L*v"), VOLTAGE / TIME, NAMES, owner="Cell", name="equations", text="g_L*v"
        ),
    ),
    ("name without value", lambda: evaluate(parse("v/tau"), {"v": 1.0})),
    ("no such function", lambda: function("tnh")),
    ("call with too many arguments", lambda: call("exp", Symbol("v"), 1)),
    ("derivative of a condition", lambda: differentiate(parse_condition("v > 0"), "v")),
    ("fourth derivative", lambda: differentiate(parse("exprel_d3(v)"), "v")),
    ("function registered twice", lambda: register_function("exp", 1, numpy=np.exp2)),
    ("function without a name", lambda: register_function("2x", 1, numpy=np.exp)),
    ("function without arguments to take", lambda: register_function("f", 0, numpy=np.exp)),
    ("unknown dimension rule", lambda: register_function("f", 1, dimension="a", numpy=np.exp)),
    ("too large to write out", lambda: str(_doubled())),
]


def _doubled():
    total = Symbol("x")
    for _ in range(60):
        total = total + total * 2
    return total
