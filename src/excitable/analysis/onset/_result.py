"""What `ex.excitability` returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from excitable.analysis.bifurcation._branch import Branch
from excitable.analysis.bifurcation._cycle_branch import CycleBranch
from excitable.model import Model

if TYPE_CHECKING:
    from excitable.analysis.response import Resonance


_NEVER = 3  # the class that no constant input makes fire for ever


@dataclass(frozen=True)
class Change:
    """Something that happens at one value of the input.

    Parameters
    ----------
    kind : str
        Such as `"subcritical Hopf"`, `"fold"`, `"fold of cycles"`, `"homoclinic"` or `"threshold"`.
    input : Quantity
        Where.
    """

    kind: str
    input: Any

    def __str__(self) -> str:
        return f"{self.kind} at {self.input:.8g~P}".rstrip()


@dataclass(frozen=True)
class Lost:
    """How rest and spiking end.

    Parameters
    ----------
    rest : Change or None
        Where a slowly growing input takes rest away; None if it does not.
    regained : Change or None
        Where a stable equilibrium comes back at higher input.
    spiking : Change or None
        Where spiking ends at high input; None if it goes on to the end of the range.
    """

    rest: Change | None
    regained: Change | None
    spiking: Change | None


@dataclass(frozen=True, eq=False)
class Rates:
    """How fast the neuron fires over the input, for pictures.

    Parameters
    ----------
    input, frequency : Quantity, shape (points,)
        Between two changes.
    stable : bool
        Whether the neuron keeps firing so.
    """

    input: Any
    frequency: Any
    stable: bool


@dataclass(frozen=True, eq=False)
class Excitability:
    """Why and how a neuron begins to fire: made by `excitable.excitability`.

    Parameters
    ----------
    model : Model
        The neuron.
    input : str
        The input that grows.
    cls : int
        Hodgkin's class: 1 if the frequency grows from zero, 2 if it begins with a jump, 3 if no
        constant input makes the neuron fire for ever.
    onset : str or None
        How rest gives way to spiking: `"SNIC"`, `"saddle-node off cycle"`, `"subcritical Hopf"`
        or `"supercritical Hopf"`; None for class 3, and where none of these is met.
    bistable : (Quantity, Quantity) or None
        The inputs between which the neuron may rest or fire.
    integrator_or_resonator : str
        `"resonator"` if the impedance at rest peaks above zero frequency, else `"integrator"`.
    resonance : Resonance or None
        That peak.
    rheobase : Quantity or None
        The least step of input from rest that fires for ever (`.criterion`).
    rheobase_method : str
        How it was found.
    onset_frequency : Quantity or None
        Frequency where stable spiking begins; of a family that begins in a homoclinic orbit, that
        where rest is lost.
    frequency_when_lost : Quantity or None
        Frequency with which spiking starts where a slow ramp loses rest.
    begins : Change or None
        How stable spiking begins as its input grows.
    lost : Lost
        How rest is lost and regained, and how spiking ends.
    evidence : tuple of str
        Why, with numbers.
    others : mapping of str to Quantity
        Constant values of other inputs.
    branch : Branch
        Equilibria over the input, from rest.
    cycles : CycleBranch or None
        Limit cycles; None if there are none, or if spikes are reset.
    known_rates : tuple of Rates
        Frequencies of the cycles.
    criterion : str
        `"repetitive"`, of `.rheobase`.

    Examples
    --------
    >>> import excitable as ex
    >>> found = ex.excitability(ex.MorrisLecar.preset("saddle-node on cycle"))
    >>> found.cls, found.onset, found.integrator_or_resonator
    (1, 'SNIC', 'integrator')
    """

    model: Model
    input: str
    cls: int
    onset: str | None
    bistable: tuple[Any, Any] | None
    integrator_or_resonator: str
    resonance: Resonance | None
    rheobase: Any
    rheobase_method: str
    onset_frequency: Any
    frequency_when_lost: Any
    begins: Change | None
    lost: Lost
    evidence: tuple[str, ...]
    others: Mapping[str, Any] = field(repr=False)
    branch: Branch = field(repr=False)
    cycles: CycleBranch | None = field(repr=False)
    known_rates: tuple[Rates, ...] = field(repr=False, default=())
    criterion: str = "repetitive"

    @cached_property
    def rates(self) -> tuple[Rates, ...]:
        """Frequencies over the input; of neurons with a reset computed when they are asked for."""
        if self.known_rates or not self.model.system.reset:
            return self.known_rates
        from excitable.analysis.onset._hybrid import rates_beyond

        return rates_beyond(self)

    @property
    def how(self) -> str:
        """How rest gives way to spiking, in words for a title."""
        none = "no repetitive firing" if self.cls == _NEVER else "no bifurcation of rest"
        return self.onset or none

    def __repr__(self) -> str:
        head = f"{self.model.name}: class {self.cls}, {self.how}, {self.integrator_or_resonator}"
        return "\n".join([head, *(f"  {line}" for line in self.evidence)])

    def plot(self, **options: Any) -> Any:
        """Draw equilibria, cycles and rates: see `excitable.plotting.plot_excitability`."""
        from excitable import _products

        return _products.plot_excitability(self, **options)
