"""The mathematics of a model, as symbols: what schemes, printers and analyses start from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from excitable.expression import (
    Expression,
    differentiate,
    simplify,
    stabilise,
    substitute,
    to_text,
)


@dataclass(frozen=True)
class System:
    """The equations of a model, solved for the derivatives; symbols only, no values.

    Parameters
    ----------
    states, inputs, parameters : tuple of str
        The declared names, in the order declared.
    intermediates : tuple of (str, Expression)
        Named quantities, each after those it needs; noise in them is left out.
    derivatives : tuple of Expression
        The drift of each state in units per ms, the coefficient divided away; it may name
        intermediates and holds no noise.
    noises : tuple of str
        The names of the independent white noises.
    diffusion : tuple of tuple of Expression
        What multiplies each noise in each state's derivative, ``[state][noise]``.
    threshold : Expression or None
        A spike is where this crosses zero from below; left minus right of the spike condition.
    reset : tuple of (str, Expression)
        Assignments to states, done in this order, each seeing the ones before it.
    refractory : Expression or None
        The refractory time, from parameters only.
    held : tuple of str
        The states that stand still during the refractory time.

    Notes
    -----
    Two systems are equal when their expressions are; the hash is computed once.

    Examples
    --------
    >>> from excitable.models import LIF
    >>> LIF.system.states, LIF.system.held
    (('v',), ('v',))
    """

    states: tuple[str, ...]
    inputs: tuple[str, ...]
    parameters: tuple[str, ...]
    intermediates: tuple[tuple[str, Expression], ...]
    derivatives: tuple[Expression, ...]
    noises: tuple[str, ...] = ()
    diffusion: tuple[tuple[Expression, ...], ...] = ()
    threshold: Expression | None = None
    reset: tuple[tuple[str, Expression], ...] = ()
    refractory: Expression | None = None
    held: tuple[str, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """A name for the content: the same in every process, different for other equations."""
        return sha256(repr(self._texts()).encode()).hexdigest()

    def _texts(self) -> tuple[object, ...]:
        return (
            self.states,
            self.inputs,
            self.parameters,
            tuple((name, to_text(e)) for name, e in self.intermediates),
            tuple(to_text(e) for e in self.derivatives),
            self.noises,
            tuple(tuple(to_text(e) for e in row) for row in self.diffusion),
            None if self.threshold is None else to_text(self.threshold),
            tuple((name, to_text(e)) for name, e in self.reset),
            None if self.refractory is None else to_text(self.refractory),
            self.held,
        )

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self.fingerprint)

    def expand(self, expression: Expression) -> Expression:
        """Replace every intermediate by what it stands for.

        Parameters
        ----------
        expression : Expression
            Anything written in the names of this system.

        Returns
        -------
        Expression
            The same in states, inputs and parameters only.
        """
        return substitute(expression, self._expansions)

    @cached_property
    def _expansions(self) -> dict[str, Expression]:
        known: dict[str, Expression] = {}
        for name, right in self.intermediates:
            known[name] = substitute(right, known)
        return known

    def expanded_derivatives(self) -> tuple[Expression, ...]:
        """Return the drifts in states, inputs and parameters only.

        Returns
        -------
        tuple of Expression
            One for each state.
        """
        return self._expanded_derivatives

    @cached_property
    def _expanded_derivatives(self) -> tuple[Expression, ...]:
        return tuple(self.expand(derivative) for derivative in self.derivatives)

    def expanded_diffusion(self) -> tuple[tuple[Expression, ...], ...]:
        """Return the noise coefficients in states, inputs and parameters only.

        Returns
        -------
        tuple of tuple of Expression
            ``[state][noise]``.
        """
        return tuple(tuple(self.expand(e) for e in row) for row in self.diffusion)

    def expanded_threshold(self) -> Expression | None:
        """Return the threshold function in states, inputs and parameters only.

        Returns
        -------
        Expression or None
            None for a model that does not spike.
        """
        return None if self.threshold is None else self.expand(self.threshold)

    def expanded_reset(self) -> dict[str, Expression]:
        """Return the states that a spike changes, in states, inputs and parameters before it.

        Returns
        -------
        dict of str to Expression
            By state; each assignment has seen the ones before it.
        """
        after: dict[str, Expression] = {}
        for name, value in self.reset:
            after[name] = substitute(self.expand(value), after)
        return after

    def jacobian(self) -> tuple[tuple[Expression, ...], ...]:
        """Return the derivative of each state's drift by each state.

        Returns
        -------
        tuple of tuple of Expression
            ``[state][by which state]``, in states, inputs and parameters only; finite where the
            drift has a removable singularity.
        """
        return self._jacobian

    @cached_property
    def _jacobian(self) -> tuple[tuple[Expression, ...], ...]:
        drifts = [stabilise(e) for e in self.expanded_derivatives()]
        return tuple(
            tuple(simplify(differentiate(drift, state)) for state in self.states)
            for drift in drifts
        )
