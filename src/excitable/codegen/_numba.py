"""A `Step`, or a right-hand side, printed as a Numba module around its engine.

The module is the engine's own text with its import of `_contract` replaced by literal constants and
by the functions printed here.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from excitable.codegen._cache import load
from excitable.codegen._layout import Layout, layout
from excitable.codegen._lower import crossing, event_of, lower
from excitable.codegen._pairs import paired
from excitable.codegen._python import PythonPrinter
from excitable.codegen._specialise import global_names, local_names, specialise
from excitable.codegen._step import Event, Flattener, Step
from excitable.expression import free_symbols
from excitable.model import System
from excitable.numerics.schemes._formulas import (
    Assign,
    Formulas,
    Stage,
    at_start,
    new,
    states_of,
)

NUMERICS = Path(__file__).parent.parent / "numerics"
_IMPORT = "from excitable.numerics._contract import ("


@dataclass(frozen=True)
class Kernel:
    """A generated module and how its tiles are laid out.

    Parameters
    ----------
    text : str
        The module's source.
    label : str
        The scheme's name.
    layout : Layout
        Rows of a tile.
    shared, varying : tuple of str
        Parameters in `c`, and those in rows of the tile.
    """

    text: str
    label: str
    layout: Layout
    shared: tuple[str, ...]
    varying: tuple[str, ...]

    def module(self) -> ModuleType:
        """Return the loaded module."""
        return load(self.text, self.label)


@functools.lru_cache(maxsize=256)
def fixed_step_kernel(
    system: System,
    scheme: str,
    formulas: Formulas,
    varying: tuple[str, ...],
    oscillations: tuple[int, ...] = (),
) -> Kernel:
    """Return the module that steps a model by a scheme's formulas.

    Parameters
    ----------
    system : System
        The model's equations.
    scheme : str
        Name of the scheme.
    formulas : tuple of Assign
        What the scheme made of them.
    varying : tuple of str
        Parameters that differ from neuron to neuron.
    oscillations : tuple of int
        Number of the input that each sinusoid belongs to.

    Returns
    -------
    Kernel
        The module, not yet compiled.
    """
    step = lower(system, scheme, (*formulas, *crossing(system)), varying)
    place = layout(
        system, adaptive=False, varying=len(step.varying), oscillations=len(oscillations)
    )
    printer = _Functions(place, step.shared, step.varying, system, "X")
    functions = [printer.step(step), *printer.event(step.event)]
    text = _assemble("_fixed_step.py", system, place, functions, oscillations=oscillations)
    return Kernel(text, scheme, place, step.shared, step.varying)


@functools.lru_cache(maxsize=256)
def adaptive_kernel(
    system: System, varying: tuple[str, ...], oscillations: tuple[int, ...] = ()
) -> Kernel:
    """Return the module that integrates a model with its own step for every neuron.

    Parameters
    ----------
    system, varying, oscillations
        As in `fixed_step_kernel`.

    Returns
    -------
    Kernel
        The module, not yet compiled.
    """
    shared = tuple(name for name in system.parameters if name not in varying)
    place = layout(system, adaptive=True, varying=len(varying), oscillations=len(oscillations))
    printer = _Functions(place, shared, varying, system, "Y")
    functions = printer.event(event_of(system))
    replaced = {"derivative": printer.derivative()}
    text = _assemble(
        "_adaptive.py", system, place, functions, oscillations=oscillations, replaced=replaced
    )
    return Kernel(text, "adaptive", place, shared, varying)


class _Functions:
    """Prints the functions of the contract for one layout."""

    def __init__(
        self,
        place: Layout,
        shared: tuple[str, ...],
        varying: tuple[str, ...],
        system: System,
        states: str,
    ) -> None:
        self.place = place
        self.shared = shared
        self.varying = varying
        self.system = system
        self.states = states
        # A name that the module uses for itself would be read, or folded, as the module's own.
        own = {name: f"{name}__own" for name in module_names()}
        self.printer = PythonPrinter({**own, "step__": "_h"})

    def step(self, step: Step) -> str:
        body = [
            f"_w[{self.place.index('PREVIOUS', k, '_i')}] = {self._name(state)}"
            for k, state in enumerate(step.states)
        ]
        body += paired(step.body, self._line)
        # Anything infinite or undefined turns the flag into NaN, which is not negative.
        new = [self._name(f"{s}__new") for s in step.states]
        body += [f"_w[{self.place.index('X', k, '_i')}] = {name}" for k, name in enumerate(new)]
        flag = self._name("cross__")
        body.append(f"_w[{self.place.index('CROSS', 0, '_i')}] = {flag} + 0.0*({' + '.join(new)})")
        used = _used(step.body)
        return self._lanes("step", "_w, _c, _low, _high, _h", step.constants, used, body)

    def derivative(self) -> str:
        """Return statements that stand in place of the engine's call of `derivative`."""
        system = self.system
        stage = Stage(system, "0", states_of(system), at_start(system))
        flattener = Flattener(self.shared)
        formulas = flattener.flatten(tuple(stage.assigns))
        constants = flattener.constants
        needed = _used(formulas) | _used(constants)
        # So would a variable of the function into which the statements are written.
        within = local_names(_engine_body("_adaptive.py"), "try_step")
        self.printer.names |= {name: f"{name}__own" for name in within & needed}
        stores = [
            f"_w[{self.place.index('F', k, '_i')}] = {self._name(f'{state}__rate_0')}"
            for k, state in enumerate(system.states)
        ]
        loop = [
            *self._lane_lines(needed),
            *(self._line(a) for a in formulas),
            *stores,
        ]
        lines = [
            *self._shared_lines(needed),
            *(self._line(a) for a in constants),
            "for _i in range(high):",
            *(f"    {line}" for line in loop),
        ]
        return "\n".join(lines).replace("_w[", "w[").replace("_c[", "c[")

    def event(self, event: Event | None) -> list[str]:
        if event is None:
            return [
                _stub("threshold", "return -1.0", ", _row"),
                _stub("reset", "pass"),
                _stub("refractory_time", "return 0.0"),
            ]
        made = [
            self._scalar("threshold", (Assign("beyond__", event.threshold),), "beyond__", ", _row")
        ]
        stores = [
            f"_w[{self.place.index(self.states, k, '_i')}] = {self._name(new(state))}"
            for k, state in enumerate(self.system.states)
            if any(a.target == new(state) for a in event.reset)
        ]
        made.append(
            self._scalar("reset", event.reset, stores) if stores else _stub("reset", "pass")
        )
        if event.refractory is None:
            made.append(_stub("refractory_time", "return 0.0"))
        else:
            formulas = (Assign("wait__", event.refractory),)
            made.append(self._scalar("refractory_time", formulas, "wait__"))
        return made

    def _name(self, name: str) -> str:
        return self.printer.spell(name)

    def _line(self, assign: Assign) -> str:
        return f"{self._name(assign.target)} = {self.printer.text(assign.value)}"

    def _shared_lines(self, used: Iterable[str]) -> list[str]:
        needed = set(used)
        return [
            f"{self._name(name)} = _c[{k}]" for k, name in enumerate(self.shared) if name in needed
        ]

    def _lane_lines(self, used: Iterable[str], *, anywhere: bool = False) -> list[str]:
        needed = set(used)
        index = self.place.index
        lanes = self.place.lanes
        lines = [
            f"{self._name(state)} = _w[(_row + {k}) * {lanes} + _i]"
            if anywhere
            else f"{self._name(state)} = _w[{index(self.states, k, '_i')}]"
            for k, state in enumerate(self.system.states)
            if state in needed
        ]
        for suffix, block in (("", "U"), ("__half", "U_HALF"), ("__end", "U_END")):
            lines += [
                f"{self._name(name + suffix)} = _w[{index(block, k, '_i')}]"
                for k, name in enumerate(self.system.inputs)
                if name + suffix in needed
            ]
        lines += [
            f"{self._name(f'{x}__step')} = _w[{index('NOISE', k, '_i')}]"
            for k, x in enumerate(self.system.noises)
            if f"{x}__step" in needed
        ]
        lines += [
            f"{self._name(name)} = _w[{index('PARAMETER', k, '_i')}]"
            for k, name in enumerate(self.varying)
            if name in needed
        ]
        if "active__" in needed:
            lines.append(f"active__ = _w[{index('ACTIVE', 0, '_i')}]")
        return lines

    def _lanes(
        self,
        name: str,
        arguments: str,
        constants: Iterable[Assign],
        used: set[str],
        body: list[str],
    ) -> str:
        constants = list(constants)
        needed = used | _used(constants)
        # The previous states are kept even where the step does not read them.
        needed |= set(self.system.states)
        lines = [
            "@njit(**HELPER)",
            f"def {name}({arguments}):",
            "    prefer_wide_vectors()",
            "    keep_apart()",
            *(f"    {line}" for line in self._shared_lines(needed)),
            *(f"    {self._line(a)}" for a in constants),
            # A loop from zero over a slice: the compiler then knows that no index is negative.
            "    _w = _w[_low:]",
            "    for _i in range(_high - _low):",
            *(f"        {line}" for line in self._lane_lines(needed)),
            *(f"        {line}" for line in body),
        ]
        return "\n".join(lines) + "\n"

    def _scalar(
        self, name: str, formulas: Formulas, result: str | list[str], extra: str = ""
    ) -> str:
        flattener = Flattener(self.shared)
        body = flattener.flatten(formulas)
        used = _used(body) | _used(flattener.constants)
        ending = result if isinstance(result, list) else [f"return {result}"]
        lines = [
            "@njit(**HELPER)",
            f"def {name}(_w, _c, _i{extra}):",
            *(f"    {line}" for line in self._shared_lines(used)),
            *(f"    {line}" for line in self._lane_lines(used, anywhere=bool(extra))),
            *(f"    {self._line(a)}" for a in (*flattener.constants, *body)),
            *(f"    {line}" for line in ending),
        ]
        return "\n".join(lines) + "\n"


def _used(assigns: Iterable[Assign]) -> set[str]:
    names: set[str] = set()
    for assign in assigns:
        names |= free_symbols(assign.value)
    return names


def _stub(name: str, body: str, extra: str = "") -> str:
    return f"@njit(**HELPER)\ndef {name}(_w, _c, _i{extra}):\n    {body}\n"


def _assemble(
    engine: str,
    system: System,
    place: Layout,
    functions: list[str],
    *,
    oscillations: tuple[int, ...],
    replaced: Mapping[str, str] | None = None,
) -> str:
    constants: dict[str, object] = {
        "LANES": place.lanes,
        "N_STATES": len(system.states),
        "N_INPUTS": len(system.inputs),
        "N_NOISES": len(system.noises),
        "N_OSCILLATIONS": len(oscillations),
        "HAS_SPIKE": system.threshold is not None,
        "HAS_RESET": bool(system.reset),
        "HAS_REFRACTORY": system.threshold is not None and system.refractory is not None,
        "NOISE_STREAM": 0,
        "ROWS": place.total,
        **place.rows,
    }
    text = "\n".join([*functions, _engine_body("_inputs.py"), _engine_body(engine)])
    header = [
        "import math",
        "",
        "import numpy as np",
        "from numba import njit",
        "",
        "from excitable.numerics import _status as status",
        "from excitable.numerics._elementary import *",
        "from excitable.numerics._exact_scalar import add",
        "from excitable.numerics._hints import keep_apart, optimise_for_size, stay_small",
        "from excitable.numerics._options import HELPER, KERNEL",
        "from excitable.numerics._random import standard_normal",
        "",
        f"OSCILLATION_INPUT = {oscillations or (0,)!r}",
        "",
    ]
    return "\n".join([*header, specialise(text, constants, "advance", replaced or {}), ""])


@functools.cache
def module_names() -> frozenset[str]:
    """Return every name that a generated module binds or imports for itself."""
    names = {"math", "np", "njit", "status", "OSCILLATION_INPUT"}
    for file in ("_contract.py", "_inputs.py", "_fixed_step.py", "_adaptive.py"):
        names |= global_names((NUMERICS / file).read_text(encoding="utf-8"))
    return frozenset(names)


@functools.cache
def _engine_body(name: str) -> str:
    """Return an engine's functions and constants, without its imports."""
    text = (NUMERICS / name).read_text(encoding="utf-8")
    _, _, rest = text.partition(_IMPORT)
    _, _, rest = rest.partition("\n)\n")
    lines = rest.splitlines()
    while lines and (not lines[0] or lines[0].startswith("from excitable.")):
        lines.pop(0)
    return "\n".join(lines) + "\n"
