"""`model.source(target)`: the program that a model becomes, to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from excitable.codegen._numba import NUMERICS, adaptive_kernel, fixed_step_kernel
from excitable.codegen._python import PythonPrinter
from excitable.errors import SchemeError

if TYPE_CHECKING:
    from excitable.expression import Expression
    from excitable.model import Model, System

TARGETS = ("numba",)


def source(model: Model, target: str = "numba", scheme: str = "auto") -> str:
    """Return the program printed for a model.

    Parameters
    ----------
    model : Model
        The model; parameters given as arrays become rows of a tile.
    target : str
        `"numba"`.
    scheme : str
        `"auto"` or the name of a scheme.

    Returns
    -------
    str
        The module's text. For `exact` it is the model's matrices and the engine that takes them.

    Raises
    ------
    SchemeError
        If the target or the scheme is unknown, or the scheme does not serve the model.

    Examples
    --------
    >>> from excitable.models import HodgkinHuxley
    >>> print(source(HodgkinHuxley, scheme="rk4").count("def step"))
    1
    """
    if target not in TARGETS:
        raise SchemeError(
            f"{target!r} is no target",
            f"one of {', '.join(TARGETS)} is expected",
            'Write source("numba")',
            name="target",
        )
    from excitable.numerics.choose import RECIPES, choose, formulas

    system = model.system
    choice = choose(system, scheme)
    varying = tuple(n for n, v in model.values().items() if getattr(v, "ndim", 0))
    if choice.name == "exact":
        return _exact_source(system)
    if choice.name in RECIPES:
        return recipe_text(choice.name)
    if choice.name == "adaptive":
        return adaptive_kernel(system, varying).text
    return fixed_step_kernel(system, choice.name, formulas(system, choice.name), varying).text


def recipe_text(name: str) -> str:
    """Return the program of a published recipe: the loop over steps that takes the recipe's own.

    Parameters
    ----------
    name : str
        One of `excitable.numerics.published.RECIPES`.

    Returns
    -------
    str
        The module's text.
    """
    text = (NUMERICS / "published" / "_grid.py").read_text(encoding="utf-8")
    return text.replace("published._contract import", f"published.{name} import")


def _exact_source(system: System) -> str:
    from excitable.numerics.linear import LinearForm, linear_form

    form = linear_form(system)
    if not isinstance(form, LinearForm):
        raise SchemeError(form.why, "a linear model is expected", 'Write scheme="auto"')
    text = PythonPrinter().text

    def row(expressions: tuple[Expression, ...]) -> str:
        return f"[{', '.join(text(e) for e in expressions)}]"

    def table(rows: tuple[tuple[Expression, ...], ...]) -> str:
        return f"[{', '.join(row(r) for r in rows)}]"

    refractory = "0.0" if system.refractory is None else text(system.refractory)
    lines = [
        "# x' = A x + c + sum of gain u; fires at normal x >= theta, then x <- keep x + put.",
        f"# x = ({', '.join(system.states)}), u = ({', '.join(system.inputs)}); held in refractory "
        f"time: {', '.join(system.held) or 'nothing'}.",
        f"def matrices({', '.join(system.parameters)}):",
        f"    A = {table(form.matrix)}",
        f"    c = {row(form.constant)}",
        f"    gain = {table(form.gain)}",
        f"    normal, theta = {row(form.normal)}, {text(form.theta)}",
        f"    keep, put = {table(form.keep)}, {row(form.put)}",
        f"    t_ref = {refractory}",
        "    return A, c, gain, normal, theta, keep, put, t_ref",
        "",
        "",
    ]
    engine = "_exact_scalar.py" if len(system.states) == 1 else "_exact_general.py"
    return "\n".join(lines) + (NUMERICS / engine).read_text(encoding="utf-8")
