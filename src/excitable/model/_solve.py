"""From the equations as written to the derivatives: coefficients divided away, noise apart."""

from __future__ import annotations

from dataclasses import replace

from excitable import units
from excitable.errors import EquationError, ModelError
from excitable.expression import (
    Differential,
    Expression,
    Number,
    differentiate,
    free_symbols,
    simplify,
    stabilise,
    substitute,
)
from excitable.model._check import Declared, check_equations, ordered
from excitable.model._names import is_noise, unit_dimensions
from excitable.model._system import System
from excitable.model._text import Reading, Text, read_text
from excitable.units import Dimension


def build(
    text: Text, declared: Declared, owner: str
) -> tuple[System, dict[str, Dimension], Reading]:
    """Read, check and solve the text of a model."""
    reading = read_text(text, owner)
    _check_events_agree(reading, text, declared, owner)
    dimensions = check_equations(reading, declared, owner)
    system = _Solver(reading, declared, owner).system(text.hold)
    kept = {*declared.everything, *(line.name for line in reading.definitions), *system.noises}
    return system, {name: d for name, d in dimensions.items() if name in kept}, reading


def _check_events_agree(reading: Reading, text: Text, declared: Declared, owner: str) -> None:
    for name in ("reset", "refractory"):
        if reading.spike is None and getattr(text, name):
            raise ModelError(
                f"a {name} without a spike condition",
                "both or neither are expected",
                "Write spike='v >= V_T'",
                owner=owner,
                name=name,
            )
    if text.hold is not None and reading.refractory is None:
        raise ModelError(
            "states to hold without a refractory time",
            "hold= names what stands still in the refractory time",
            "Write refractory='t_ref'",
            owner=owner,
            name="hold",
        )
    for state in text.hold or ():
        if state not in declared.states:
            raise ModelError(
                f"{state!r} is not a state",
                f"some of {', '.join(declared.states)} are expected",
                f"Write hold=[{next(iter(declared.states))!r}]",
                owner=owner,
                name="hold",
            )


class _Solver:
    """Solves checked equations for the derivatives."""

    def __init__(self, reading: Reading, declared: Declared, owner: str) -> None:
        self.reading = reading
        self.declared = declared
        self.owner = owner
        self.definitions = ordered(reading.definitions, owner)
        hidden = {*declared.everything, *(line.name for line in reading.definitions)}
        self.unit_values: dict[str, Expression] = {
            name: Number(units.factor(name)) for name in unit_dimensions() if name not in hidden
        }
        lines = (*reading.differentials, *reading.definitions)
        names = {s for line in lines for s in free_symbols(line.right) if is_noise(s)}
        self.noises = tuple(sorted(names))
        self.noisy = self._noisy_definitions()

    def system(self, hold: tuple[str, ...] | None) -> System:
        """Put the pieces together."""
        lines = {line.state: line for line in self.reading.differentials}
        states = tuple(self.declared.states)
        silent: dict[str, Expression] = dict.fromkeys(self.noises, Number(0))
        held = hold
        if held is None:
            held = states[:1] if self.reading.refractory is not None else ()
        system = System(
            states=states,
            inputs=tuple(self.declared.inputs),
            parameters=tuple(self.declared.parameters),
            intermediates=tuple(
                (d.name, self.clean(substitute(d.right, silent))) for d in self.definitions
            ),
            derivatives=tuple(self.drift(lines[state], silent) for state in states),
            noises=self.noises,
            diffusion=tuple(self.diffusion(lines[state]) for state in states),
            threshold=self.threshold(),
            held=held,
        )
        reset = []
        for state, right in self.reading.reset:
            self.refuse_noise(right, "reset")
            # Expanded, so that a named quantity follows the assignments before it.
            reset.append((state, system.expand(self.clean(right))))
        return replace(system, reset=tuple(reset), refractory=self.refractory(system))

    def clean(self, expression: Expression) -> Expression:
        """Replace units by their internal values and remove removable singularities."""
        return simplify(stabilise(substitute(expression, self.unit_values)))

    def drift(self, line: Differential, silent: dict[str, Expression]) -> Expression:
        """Return the derivative without its noise."""
        return self.solved(line, self.clean(substitute(line.right, silent)))

    def solved(self, line: Differential, right: Expression) -> Expression:
        """Divide by the coefficient on the left."""
        return right if line.coefficient is None else right / self.clean(line.coefficient)

    def diffusion(self, line: Differential) -> tuple[Expression, ...]:
        """Return what multiplies each noise in a derivative."""
        right = substitute(line.right, self.noisy)
        row = []
        for noise in self.noises:
            factor = simplify(differentiate(right, noise))
            if free_symbols(factor) & set(self.noises):
                raise EquationError(
                    f"d{line.state}/dt is not linear in {noise}",
                    "white noise may only be added, with a factor",
                    f"Write d{line.state}/dt = ... + sigma*{noise}",
                    owner=self.owner,
                    name="equations",
                    text=line.text,
                    line=line.line,
                )
            row.append(self.solved(line, self.clean(factor)))
        return tuple(row)

    def threshold(self) -> Expression | None:
        """Return left minus right of the spike condition."""
        spike = self.reading.spike
        if spike is None:
            return None
        self.refuse_noise(spike, "spike")
        difference = spike.a - spike.b if spike.op in (">=", ">") else spike.b - spike.a
        return self.clean(difference)

    def refractory(self, system: System) -> Expression | None:
        """Return the refractory time, which only parameters may decide."""
        if self.reading.refractory is None:
            return None
        self.refuse_noise(self.reading.refractory, "refractory")
        refractory = system.expand(self.clean(self.reading.refractory))
        others = free_symbols(refractory) - set(self.declared.parameters)
        if others:
            raise ModelError(
                f"the refractory time depends on {', '.join(sorted(others))}",
                "it must follow from parameters",
                "Write refractory='t_ref'",
                owner=self.owner,
                name="refractory",
            )
        return refractory

    def refuse_noise(self, expression: Expression, name: str) -> None:
        """Refuse a noisy quantity where an event needs a definite value."""
        noisy = free_symbols(expression) & self.noisy.keys()
        if noisy:
            raise ModelError(
                f"{min(noisy)} holds white noise",
                "white noise has no value at an instant",
                "Filter it: declare a state driven by xi",
                owner=self.owner,
                name=name,
            )

    def _noisy_definitions(self) -> dict[str, Expression]:
        """Expand the named quantities that hold noise, directly or through others."""
        noisy: dict[str, Expression] = {}
        for definition in self.definitions:
            right = substitute(definition.right, noisy)
            if free_symbols(right) & set(self.noises):
                noisy[definition.name] = right
        return noisy
