"""Text that reads back, LaTeX, and MathML."""

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

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
    functions,
    parse,
    parse_condition,
    to_latex,
    to_mathml,
    to_text,
)

names = st.sampled_from(["v", "w", "g_L", "Delta_T", "tau_m", "I_Na_p", "x2"]).map(Symbol)
numbers = st.floats(allow_nan=False, allow_infinity=False).map(Number)
leaves = st.one_of(names, numbers, st.sampled_from([0, 1, -1, 0.1, 1e-7, 1e22]).map(Number))
unary = sorted(name for name, f in functions().items() if f.arity == 1)


ARITHMETIC = [Add, Sub, Mul, Div]
COMPARISONS = ["<", "<=", ">", ">=", "==", "!="]


@st.composite
def conditions(draw, depth):
    kind = draw(st.sampled_from([And, Or, Not, None, None] if depth else [None]))
    if kind is None:
        op = draw(st.sampled_from(COMPARISONS))
        return Compare(op, draw(trees(depth)), draw(trees(depth)))
    if kind is Not:
        return Not(draw(conditions(depth - 1)))
    return kind(draw(conditions(depth - 1)), draw(conditions(depth - 1)))


@st.composite
def trees(draw, depth):
    kind = draw(st.sampled_from([*ARITHMETIC, Neg, Pow, "one", "two", "where", None]))
    if kind is None or depth == 0:
        return draw(leaves)
    inner = trees(depth - 1)
    if kind in ARITHMETIC:
        return kind(draw(inner), draw(inner))
    if kind is Neg:
        return Neg(draw(inner))
    if kind is Pow:
        exponent = st.one_of(names, st.sampled_from([2, -1, 0.5]).map(Number))
        return Pow(draw(inner), draw(exponent))
    if kind == "one":
        return Call(draw(st.sampled_from(unary)), (draw(inner),))
    if kind == "two":
        return Call("maximum", (draw(inner), draw(inner)))
    return Call("where", (draw(conditions(depth - 1)), draw(inner), draw(inner)))


expressions = trees(4)


@settings(deadline=None, max_examples=300)
@given(expressions)
@example(Sub(Symbol("a"), Sub(Symbol("b"), Symbol("c"))))
@example(Neg(Mul(Symbol("a"), Symbol("b"))))
@example(Mul(Neg(Symbol("a")), Symbol("b")))
@example(Pow(Neg(Symbol("a")), Number(2)))
@example(Neg(Pow(Symbol("a"), Number(2))))
@example(Pow(Number(-2), Number(2)))
@example(Neg(Neg(Symbol("a"))))
@example(Div(Symbol("a"), Mul(Symbol("b"), Symbol("c"))))
@example(Pow(Pow(Symbol("a"), Number(2)), Number(3)))
def test_text_reads_back_as_the_same_expression(e):
    assert parse(to_text(e)) is e


@settings(deadline=None)
@given(expressions)
def test_latex_and_mathml_are_well_formed(e):
    latex = to_latex(e)
    assert latex.count("{") == latex.count("}")
    assert latex.count(r"\left") == latex.count(r"\right")
    root = ElementTree.fromstring(to_mathml(e))  # noqa: S314
    fixed = {"mfrac": 2, "msup": 2, "msub": 2}
    for element in root.iter():
        kind = element.tag.rpartition("}")[2]
        assert len(element) == fixed.get(kind, len(element))


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        (
            "g_L*(E_L - v) + g_L*Delta_T*exp((v - V_T)/Delta_T) - w + I",
            r"g_L\,\left(E_L - v\right) + g_L\,\Delta_T\,\exp\left(\frac{v - V_T}{\Delta_T}\right)"
            r" - w + I",
        ),
        ("(E_L - v)/tau_m", r"\frac{E_L - v}{\tau_m}"),
        ("g_Na*m**3*h*(v - E_Na)", r"g_{Na}\,m^3\,h\,\left(v - E_{Na}\right)"),
        ("-a*b", r"-a\,b"),
        ("-(a + b)", r"-\left(a + b\right)"),
        ("-(a*b)", r"-a\,b"),
        ("-(a/b)", r"-\frac{a}{b}"),
        ("a - (b - c)", r"a - \left(b - c\right)"),
        ("a*(-b)", r"a\,\left(-b\right)"),
        ("a - (-b)", r"a - \left(-b\right)"),
        ("-(-a)", r"-\left(-a\right)"),
        ("2*3*x", r"2 \cdot 3\,x"),
        ("x*2", r"x \cdot 2"),
        ("x*2**n", r"x \cdot 2^n"),
        ("(a*b)**2", r"\left(a\,b\right)^2"),
        ("(a/b)**2", r"\left(\frac{a}{b}\right)^2"),
        ("-x**2", "-x^2"),
        ("(-x)**2", r"\left(-x\right)^2"),
        ("x**-2", "x^{-2}"),
        ("x**(a/b)", r"x^{\frac{a}{b}}"),
        ("a/b*c", r"\frac{a}{b}\,c"),
        ("a/(b*c)", r"\frac{a}{b\,c}"),
        ("1e-5*x", r"10^{-5}\,x"),
        ("1.5e-7", r"1.5 \cdot 10^{-7}"),
        ("0.04*v", r"0.04\,v"),
        ("sqrt(x)", r"\sqrt{x}"),
        ("abs(x)", r"\left|x\right|"),
        ("log(x)", r"\ln\left(x\right)"),
        ("tanh(x)**2", r"\left(\tanh\left(x\right)\right)^2"),
        ("minimum(a, b)", r"\min\left(a, b\right)"),
        ("logistic(x)", r"\operatorname{logistic}\left(x\right)"),
        ("x_over_expm1(x)", r"\frac{x}{\exp\left(x\right) - 1}"),
        ("exprel(x)", r"\frac{\exp\left(x\right) - 1}{x}"),
        (
            "where(v > 0 and not w < 1, v, -w)",
            r"\begin{cases} v & \text{if } v > 0\ \mathrm{and}\ \mathrm{not}\ w < 1 \\"
            r" -w & \text{otherwise} \end{cases}",
        ),
    ],
)
def test_latex(text, latex):
    assert to_latex(parse(text)) == latex


@pytest.mark.parametrize(
    ("name", "latex", "mathml"),
    [
        ("v", "v", "<mi>v</mi>"),
        ("tau", r"\tau", "<mi>τ</mi>"),
        ("tau_m", r"\tau_m", "<msub><mi>τ</mi><mi>m</mi></msub>"),
        ("Delta_T", r"\Delta_T", "<msub><mi>Δ</mi><mi>T</mi></msub>"),
        ("g_L", "g_L", "<msub><mi>g</mi><mi>L</mi></msub>"),
        ("v_peak", "v_{peak}", "<msub><mi>v</mi><mi>peak</mi></msub>"),
        ("m_inf", r"m_{\infty}", "<msub><mi>m</mi><mi>∞</mi></msub>"),
        ("theta_1", r"\theta_1", "<msub><mi>θ</mi><mn>1</mn></msub>"),
        ("tau2", r"\tau_2", "<msub><mi>τ</mi><mn>2</mn></msub>"),
        ("rate", r"\mathrm{rate}", "<mi>rate</mi>"),
        ("lambda_0", r"\lambda_0", "<msub><mi>λ</mi><mn>0</mn></msub>"),
        ("I_Na_p", "I_{Na, p}", None),
        ("sigma_tau", r"\sigma_{\tau}", "<msub><mi>σ</mi><mi>τ</mi></msub>"),
    ],
)
def test_names(name, latex, mathml):
    assert to_latex(Symbol(name)) == latex
    if mathml is not None:
        assert to_mathml(Symbol(name), standalone=False) == mathml


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("v >= V_T", r"v \geq V_T"),
        ("v <= 1 or w != 2", r"v \leq 1\ \mathrm{or}\ w \neq 2"),
        ("v == 0", "v = 0"),
    ],
)
def test_conditions(text, latex):
    assert to_latex(parse_condition(text)) == latex


def test_mathml_stands_alone_in_a_page():
    text = to_mathml(parse("where(v < 0, 1/tau_m, 2)"))
    root = ElementTree.fromstring(text)  # noqa: S314
    assert root.tag == "{http://www.w3.org/1998/Math/MathML}math"
    assert "v<0" in "".join(root.itertext())


def test_matplotlib_reads_the_latex_of_equations():
    from matplotlib.mathtext import MathTextParser

    reader = MathTextParser("path")
    for text in ["g_L*(E_L - v) - w**2/tau_w", "exp((v - V_T)/Delta_T)", "10*x_over_expm1(v/k_m)"]:
        reader.parse(f"${to_latex(parse(text))}$")


@pytest.mark.parametrize("write", [to_text, to_latex, to_mathml, str, repr])
def test_what_would_fill_the_memory_is_refused(write):
    e = Symbol("x")
    for _ in range(60):
        e = Add(e, Mul(e, Number(2)))
    with pytest.raises(EquationError, match="are written out"):
        write(e)


def test_long_sums_are_written():
    text = " + ".join(f"x{i}" for i in range(700))
    e = parse(text)
    assert to_text(e) == text
    assert to_latex(e).count("+") == 699
    assert to_mathml(e).count("<mo>+</mo>") == 699
