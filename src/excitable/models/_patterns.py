"""Models together with what makes them show a firing pattern."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from excitable import _products
from excitable.errors import UnknownNameError

if TYPE_CHECKING:
    from excitable.model import Model


class _Three(NamedTuple):
    model: Model
    stimulus: Any
    initial: dict[str, Any]


class Pattern(_Three):
    """A model, the stimulus that drives it and where it starts: ``model, stimulus, initial``.

    Parameters
    ----------
    model : Model
        The neuron.
    drive : str
        The stimulus of its input I, as text.
    initial : mapping of str to str
        Where each state starts.
    title : str
        What the pattern is called.
    duration : str
        How long a run shows it.
    published_dt : str, optional
        Step of the published script.
    published_drive : str, optional
        The stimulus as that script samples it, if it does so differently.

    Attributes
    ----------
    title : str
        What the pattern is called.
    duration : Quantity [time]
        How long a run shows it.
    published_dt : Quantity [time] or None
        Step of the published script; None where there is none.
    published_stimulus : Stimulus
        The stimulus as that script samples it; for others the stimulus.

    Examples
    --------
    >>> import excitable as ex
    >>> model, stimulus, initial = ex.models.izhikevich_patterns["A"]
    >>> stimulus
    step(14 mV/ms, start=10 ms)
    """

    title: str
    duration: Any
    published_dt: Any
    published_stimulus: Any

    def __new__(
        cls, model: Model, drive: str, initial: Mapping[str, str], *, title: str, duration: str,
        published_dt: str | None = None, published_drive: str | None = None,
    ) -> Pattern:  # fmt: skip
        """Build the stimuli and give everything its unit."""
        from excitable import units

        made = super().__new__(
            cls,
            model,
            _products.stimulus(drive),
            {name: units.parse_quantity(value) for name, value in initial.items()},
        )
        made.title = title
        made.duration = units.parse_quantity(duration)
        made.published_dt = None if published_dt is None else units.parse_quantity(published_dt)
        made.published_stimulus = _products.stimulus(published_drive or drive)
        return made

    def __repr__(self) -> str:
        return f"{self.title}: {self.model.name} with I = {self.stimulus} for {self.duration:~}"


class Patterns(Mapping[str, Pattern]):
    """Firing patterns by name, each made when it is asked for.

    Parameters
    ----------
    name : str
        What the table is called in messages.
    rows : mapping
        For each key what `make` reads.
    make : callable
        Makes a pattern of a row.

    Examples
    --------
    >>> import excitable as ex
    >>> ex.models.adex_patterns["tonic spiking"].model["V_R"].magnitude
    -58.0
    """

    def __init__(
        self, name: str, rows: Mapping[str, Any], make: Callable[[str, Any], Pattern]
    ) -> None:
        self._name = name
        self._rows = dict(rows)
        self._make = make

    def __getitem__(self, key: str) -> Pattern:
        """Return a pattern."""
        if key not in self._rows:
            raise UnknownNameError(
                f"no pattern is called {key!r:.66}",
                f"the patterns are {', '.join(self._rows)}",
                f"Write {self._name}[{next(iter(self._rows))!r}]",
                owner=self._name,
            )
        return self._make(key, self._rows[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"{self._name}: {', '.join(self._rows)}"
