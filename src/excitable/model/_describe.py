"""How a model shows itself: as text, as LaTeX, and in notebooks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from excitable.expression import (
    Compare,
    Definition,
    Differential,
    Expression,
    Symbol,
    to_latex,
    to_mathml,
)
from excitable.model._values import Value, shown_number
from excitable.units import unit_label

if TYPE_CHECKING:
    from excitable.model._model import Model

_LONGEST_LINE = 90
_LONGEST_WORDS = 1000
_CELL = 'style="text-align:left"'
_OPERATORS = {">=": r"\ge", ">": r"\ge", "<=": r"\le", "<": r"\le"}
_SIGNS = {">=": "≥", ">": "≥", "<=": "≤", "<": "≤"}


def text(model: Model) -> str:
    """Return a model in a few lines: equations, events, inputs, parameters."""
    heading = model.title if model.name == model.title else f"{model.name}: {model.title}"
    lines = [
        heading,
        *(f"  {line.strip()}" for line in model.equations.splitlines() if line.strip()),
    ]
    written = model._blueprint.text
    events = [
        f"{word} {piece}"
        for word, piece in (
            ("spike", written.spike),
            ("reset", "; ".join(written.reset.splitlines())),
            ("refractory", written.refractory),
        )
        if piece
    ]
    if events:
        lines.append("  " + ", ".join(events))
    if model.inputs:
        driven = ", ".join(f"{name} [{i.unit or 1}]" for name, i in model.inputs.items())
        lines.append(f"  input {driven}")
    if model.parameters:
        values = [f"{name} = {p.shown}" for name, p in model.parameters.items()]
        lines += [f"  {line}" for line in _wrapped(values)]
    return "\n".join(lines)


def _wrapped(items: list[str]) -> list[str]:
    lines = [""]
    for item in items:
        longer = f"{lines[-1]}, {item}" if lines[-1] else item
        if len(longer) > _LONGEST_LINE:
            lines[-1] += ","
            lines.append(item)
        else:
            lines[-1] = longer
    return lines


def latex(model: Model) -> str:
    """Return the equations and what a spike does, as papers print them."""
    rows = []
    for line in _lines(model):
        rows.append(f"{_left_latex(line)} &= {to_latex(line.written)}")
    spike = model._blueprint.reading.spike
    if spike is not None:
        rows.append(f"{_condition_latex(spike)}{_effects_latex(model)}")
    body = " \\\\\n".join(rows)
    return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"


def _lines(model: Model) -> list[Differential | Definition]:
    reading = model._blueprint.reading
    return sorted((*reading.differentials, *reading.definitions), key=lambda line: line.line)


def _left_latex(line: Differential | Definition) -> str:
    if isinstance(line, Definition):
        return to_latex(Symbol(line.name))
    derivative = rf"\frac{{d{to_latex(Symbol(line.state))}}}{{dt}}"
    if line.coefficient is None:
        return derivative
    return rf"{_factor_latex(line.coefficient)} \, {derivative}"


def _factor_latex(coefficient: Expression) -> str:
    shown = to_latex(coefficient)
    return shown if isinstance(coefficient, Symbol) else rf"\left({shown}\right)"


def _condition_latex(spike: Compare) -> str:
    sides = f"{to_latex(spike.a)} {_OPERATORS[spike.op]} {to_latex(spike.b)}"
    return rf"\text{{if }} {sides} &: \quad "


def _effects_latex(model: Model) -> str:
    reading = model._blueprint.reading
    effects = [r"\text{spike}"]
    effects += [
        rf"{to_latex(Symbol(name))} \leftarrow {to_latex(right)}" for name, right in reading.reset
    ]
    if reading.refractory is not None:
        effects.append(rf"\text{{refractory for }} {to_latex(reading.refractory)}")
    return r",\; ".join(effects)


def html(model: Model) -> str:
    """Return the equations as MathML, with their LaTeX inside, and a table of parameters."""
    parts = [f"<div><strong>{escape(model.name)}</strong>"]
    if model.title != model.name:
        parts.append(f" {escape(model.title)}")
    if model.description:
        parts.append(f"<p>{escape(_cut(model.description))}</p>")
    parts += [_mathml(model), _table(model)]
    if model._blueprint.presets:
        parts.append(f"<p>presets: {escape(', '.join(model._blueprint.presets))}</p>")
    if model.reference:
        parts.append(f"<p>source: {escape(model.reference)}</p>")
    return "".join([*parts, "</div>"])


def _cut(words: str) -> str:
    """The begin of a long description, such as the list of the cells of a population."""
    return words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS]} ..."


def _mathml(model: Model) -> str:
    rows = [_row(_left_mathml(line), "=", _inner(line.written)) for line in _lines(model)]
    reading = model._blueprint.reading
    if reading.spike is not None:
        spike = reading.spike
        sides = f"{_inner(spike.a)}<mo>{_SIGNS[spike.op]}</mo>{_inner(spike.b)}"
        rows.append(_row(f"<mtext>if&#160;</mtext>{sides}", ":", _effects_mathml(model)))
    annotation = f'<annotation encoding="application/x-tex">{escape(latex(model))}</annotation>'
    table = f'<mtable displaystyle="true">{"".join(rows)}</mtable>'
    style = 'style="width:fit-content;margin:0.8em 1.5em"'
    return f'<math display="block" {style}><semantics>{table}{annotation}</semantics></math>'


def _inner(expression: Expression) -> str:
    return to_mathml(expression, standalone=False)


def _row(left: str, sign: str, right: str) -> str:
    cells = (("right", left), ("center", f"<mo>{sign}</mo>"), ("left", right))
    inside = (f'<mtd style="text-align:{side}"><mrow>{c}</mrow></mtd>' for side, c in cells)
    return f"<mtr>{''.join(inside)}</mtr>"


def _left_mathml(line: Differential | Definition) -> str:
    if isinstance(line, Definition):
        return _inner(Symbol(line.name))
    state = _inner(Symbol(line.state))
    derivative = f"<mfrac><mrow><mi>d</mi>{state}</mrow><mrow><mi>d</mi><mi>t</mi></mrow></mfrac>"
    if line.coefficient is None:
        return derivative
    factor = _inner(line.coefficient)
    if not isinstance(line.coefficient, Symbol):
        factor = f"<mo>(</mo>{factor}<mo>)</mo>"
    return f"{factor}{derivative}"


def _effects_mathml(model: Model) -> str:
    reading = model._blueprint.reading
    effects = ["<mtext>spike</mtext>"]
    effects += [f"{_inner(Symbol(name))}<mo>←</mo>{_inner(right)}" for name, right in reading.reset]
    if reading.refractory is not None:
        effects.append(f"<mtext>refractory for&#160;</mtext>{_inner(reading.refractory)}")
    return "<mo>,</mo><mspace width='0.4em'/>".join(effects)


def _table(model: Model) -> str:
    head = "".join(f"<th {_CELL}>{word}</th>" for word in ("", "value", "unit", "meaning"))
    rows = [
        _table_row(name, p.value, p.unit, p.description) for name, p in model.parameters.items()
    ]
    rows += [
        _table_row(name, None, driven.unit, f"input{_after(driven.description)}")
        for name, driven in model.inputs.items()
    ]
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


def _after(description: str) -> str:
    return f": {description}" if description else ""


def _table_row(name: str, value: Value | None, unit: str, description: str) -> str:
    number = "" if value is None else shown_number(value, unit)
    cells = (
        f"<math>{_inner(Symbol(name))}</math>",
        escape(number),
        escape(unit_label(unit)),
        escape(description),
    )
    return f"<tr>{''.join(f'<td {_CELL}>{cell}</td>' for cell in cells)}</tr>"
