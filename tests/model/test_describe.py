"""How a model shows itself."""

import re
from xml.etree import ElementTree

import pytest

import excitable
from excitable.model import Model, Parameter, State
from excitable.models import _catalogue
from excitable.units import MOhm, ms


def test_repr_says_everything_in_a_few_lines(make):
    model = make(name="LIF", reset="v = V_R\nv += 0*mV", inputs={"I": "pA"})(tau=[1, 2, 3, 4] * ms)
    assert repr(model) == (
        "LIF: Cell\n"
        "  tau*dv/dt = E_L - v + R*I\n"
        "  spike v >= V_T, reset v = V_R; v += 0*mV, refractory t_ref\n"
        "  input I [pA]\n"
        "  tau = [1, 2, 3, ...] (4 values) ms, R = 100 MOhm, E_L = -65 mV, V_T = -50 mV, "
        "V_R = -65 mV,\n"
        "  t_ref = 2 ms"
    )
    assert max(len(line) for line in repr(excitable.AdEx).splitlines()) <= 100


def test_a_value_is_shown_in_the_unit_it_was_declared_in(make):
    assert "R = 50 MOhm" in repr(make()(R="0.05 GOhm"))
    assert make()(R="0.05 GOhm")["R"].units == MOhm.units


def test_latex_reads_as_papers_print(make):
    text = make(equations="tau*dv/dt = x\nx = E_L - v + R*I", reset="v = V_R").latex()
    assert text.splitlines() == [
        r"\begin{aligned}",
        r"\tau \, \frac{dv}{dt} &= x \\",
        r"x &= E_L - v + R\,I \\",
        r"\text{if } v \ge V_T &: \quad \text{spike},\; v \leftarrow V_R,\; "
        r"\text{refractory for } t_{ref}",
        r"\end{aligned}",
    ]


def test_latex_of_coefficients(plain):
    text = plain("(1 + p)*ms*dx/dt = -x", parameters=("p",)).latex()
    assert r"\right)" in text.split("&=")[0]
    assert text.count("{") == text.count("}")
    assert text.count(r"\left") == text.count(r"\right")


@pytest.mark.parametrize("name", sorted(_catalogue.models()))
def test_latex_is_balanced(name):
    text = _catalogue.load(name).latex()
    assert text.count("{") == text.count("}")
    assert text.count(r"\left(") == text.count(r"\right)")
    rows = text.splitlines()[1:-1]
    assert all(row.count("&") == 1 for row in rows)
    assert all(row.endswith(r"\\") for row in rows[:-1])


@pytest.mark.parametrize("name", sorted(_catalogue.models()))
def test_matplotlib_sets_every_row(name):
    from matplotlib.mathtext import MathTextParser

    for row in _catalogue.load(name).latex().splitlines()[1:-1]:
        left, right = row.removesuffix(r" \\").split("&")
        shown = f"${left} {right}$".replace(r"\text", r"\mathrm").replace(r"\;", " ")
        shown = shown.replace(r"\ge", r"\geq")  # the one name that this parser lacks
        assert MathTextParser("path").parse(shown).width > 0


@pytest.mark.parametrize("name", sorted(_catalogue.models()))
def test_html_is_well_formed_and_complete(name):
    model = _catalogue.load(name)
    root = ElementTree.fromstring(model._repr_html_())  # noqa: S314
    cells = ["".join(cell.itertext()) for cell in root.iter("td")]
    for parameter in model.parameters.values():
        assert parameter.description in cells
    assert len(root.findall(".//mtr")) == len(model.latex().splitlines()) - 2
    assert root.find(".//annotation").text == model.latex()
    assert root.findall(".//math//math") == []


def test_html_escapes_what_an_author_wrote():
    script = "<script>alert('x')</script>"
    model = Model(
        f"Cell {script}",
        equations="ms*dx/dt = p - x",
        states={"x": State(0, script)},
        parameters={"p": Parameter(1, script)},
        presets={script: {"p": 2}},
        description=script,
        source=script,
    )
    assert "<script" not in model._repr_html_()
    assert len(re.findall("&lt;script&gt;", model._repr_html_())) >= 5


def test_notebooks_that_prefer_latex(make):
    text = make()._repr_latex_()
    assert text.startswith("$$")
    assert text.endswith("$$")
    assert make().latex() in text
