"""`check_model`: every law, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import numpy as np

from excitable import units
from excitable.checking import _order, _runs, _steps, _text
from excitable.checking._report import (
    BROKEN,
    HOLDS,
    NOT_HERE,
    BrokenLawError,
    Finding,
    ModelCheck,
    NotHereError,
)
from excitable.checking._subject import Subject, serving
from excitable.errors import ModelError, ParameterError, UnknownNameError
from excitable.model import Model
from excitable.numerics.choose import FIXED_STEP, choose, refusal

Law = Callable[[Subject], str]


def check_model(
    model: Model,
    *,
    schemes: Iterable[str] | None = None,
    inputs: Mapping[str, Any] | None = None,
    runs: bool = True,
    seed: int = 0,
) -> ModelCheck:
    """Examine a model by every law that is known of models, and say what holds.

    Parameters
    ----------
    model : Model
        Any model; of a population the first neuron is examined.
    schemes : iterable of str, optional
        Schemes whose compiled steps are compared with their formulas; all that serve the model if
        not given. Each is compiled once and kept in the cache.
    inputs : mapping of str to Quantity or str, optional
        Constant inputs at which the model fires; found by trial if not given.
    runs : bool
        Whether whole runs are compared; False leaves the laws of the text and of single steps.
    seed : int
        Key of the random states and of the noise.

    Returns
    -------
    ModelCheck
        `.passed`, and `.report`, a table of all laws with what was measured.

    Raises
    ------
    ModelError, UnknownNameError, UnitError, SchemeError
        If it is no model, or an input or a scheme does not suit it.

    Notes
    -----
    Independent computations are used throughout: expressions evaluated by NumPy, central
    differences, DOP853 of SciPy with resets done by hand. A law that cannot apply, such as that of
    resets for a model without one, says so and counts neither way.

    Examples
    --------
    >>> from excitable.models import LIF
    >>> check = check_model(LIF, schemes=["exact"])
    >>> check.passed
    True
    >>> check.findings[2]
    Finding(law='round trip', verdict='holds', detail='dict, TOML and JSON, to the last bit')
    """
    if not isinstance(model, Model):
        raise ModelError(
            f"{type(model).__name__} is no model", "a Model is expected",
            "Write check_model(ex.LIF)", owner="check_model", name="model",
        )  # fmt: skip
    if isinstance(schemes, str):
        schemes = (schemes,)
    chosen = serving(model) if schemes is None else tuple(schemes)
    for scheme in chosen:
        choose(model.system, scheme)
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise ParameterError(
            f"{seed!r}", "a whole number from 0 on is expected", "Write seed=1",
            owner="check_model", name="seed",
        )  # fmt: skip
    subject = Subject(model, chosen, _bare(model, inputs), int(seed))
    return ModelCheck(
        model.name, tuple(_finding(name, law, subject) for name, law in _laws(subject, runs))
    )


def _bare(model: Model, inputs: Mapping[str, Any] | None) -> dict[str, float] | None:
    if inputs is None:
        return None
    for name in inputs:
        if name not in model.inputs:
            raise UnknownNameError(
                f"{model.name} has no input {name!r}",
                f"its inputs are: {', '.join(model.inputs) or 'none'}",
                "Write inputs=dict(I=300*pA)" if "I" in model.inputs else "",
                owner="check_model",
                name="inputs",
            )
    return {
        name: float(units.strip(value, model.inputs[name].dimension, f"{model.name}.{name}"))
        for name, value in inputs.items()
    }


def _laws(subject: Subject, runs: bool) -> list[tuple[str, Law]]:
    laws: list[tuple[str, Law]] = [*_text.LAWS, *_steps.LAWS]
    for scheme in FIXED_STEP:
        if refusal(subject.system, scheme) is not None:
            continue
        laws.append((f"{scheme}: order", partial(_order.measured_order, scheme=scheme)))
        if subject.system.noises:
            laws.append((f"{scheme}: strong order", partial(_order.strong_order, scheme=scheme)))
    laws += [
        (f"{scheme}: compiled step", partial(_steps.compiled_step, scheme=scheme))
        for scheme in _runs.fixed_schemes(subject)
    ]
    if runs:
        laws += _runs.LAWS
        for scheme in _runs.solved_schemes(subject):
            laws += [
                (f"{scheme}: any dt", partial(_runs.independent_of_step, scheme=scheme)),
                (f"{scheme}: DOP853", partial(_runs.agrees_with_scipy, scheme=scheme)),
            ]
    return laws


# What can be said of a model without states, such as a leak.
_WITHOUT_STATES = ("dimensions", "parameters within bounds", "round trip", "LaTeX")


def _finding(name: str, law: Law, subject: Subject) -> Finding:
    if not subject.system.states and name not in _WITHOUT_STATES:
        return Finding(name, NOT_HERE, "no states")
    try:
        return Finding(name, HOLDS, law(subject))
    except NotHereError as reason:
        return Finding(name, NOT_HERE, str(reason))
    except BrokenLawError as fault:
        return Finding(name, BROKEN, str(fault))
    except (
        Exception
    ) as error:  # whatever goes wrong is a finding about this law, and the rest goes on
        return Finding(name, BROKEN, f"{type(error).__name__}: {error}")
