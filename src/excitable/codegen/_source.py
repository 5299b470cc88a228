"""`model.source(target)`: the program that a model becomes, to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from excitable.codegen._numba import adaptive_kernel, fixed_step_kernel
from excitable.errors import SchemeError

if TYPE_CHECKING:
    from excitable.model import Model

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
        The module's text. For `exact` it is the printed right-hand side with the closed-form
        engine, which takes the same equations as matrices.

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
    from excitable.numerics.choose import choose, formulas

    system = model.system
    choice = choose(system, scheme)
    varying = tuple(n for n, v in model.values().items() if getattr(v, "ndim", 0))
    if choice.name in {"exact", "adaptive"}:
        return adaptive_kernel(system, varying).text
    return fixed_step_kernel(system, choice.name, formulas(system, choice.name), varying).text
