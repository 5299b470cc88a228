"""What the laws found: a table to read, in a terminal and in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

HOLDS = "holds"
BROKEN = "broken"
NOT_HERE = "does not apply"


class BrokenLawError(Exception):
    """A law does not hold; the text says where."""


class NotHereError(Exception):
    """A law has nothing to say about this model; the text says why."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one law says about a model.

    Parameters
    ----------
    law : str
        The law, a few words.
    verdict : str
        `"holds"`, `"broken"` or `"does not apply"`.
    detail : str
        How well it holds, where it breaks, or why it does not apply.
    """

    law: str
    verdict: str
    detail: str


@dataclass(frozen=True)
class ModelCheck:
    """A model and what every law says about it.

    Parameters
    ----------
    name : str
        The model's name.
    findings : tuple of Finding
        One for each law, in the order in which they were tried.

    Examples
    --------
    >>> ModelCheck("Cell", (Finding("round trip", "holds", "to the last bit"),)).passed
    True
    """

    name: str
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether no law is broken."""
        return not self.broken

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The laws that do not hold."""
        return tuple(f for f in self.findings if f.verdict == BROKEN)

    @property
    def report(self) -> str:
        """All findings as a text table."""
        width = max((len(f.law) for f in self.findings), default=0)
        lines = [self._summary()]
        lines += [f"  {f.law:<{width}}  {f.verdict:<{len(NOT_HERE)}}  {f.detail}".rstrip()
                  for f in self.findings]  # fmt: skip
        return "\n".join(lines)

    def _summary(self) -> str:
        held = sum(f.verdict == HOLDS for f in self.findings)
        apart = sum(f.verdict == NOT_HERE for f in self.findings)
        end = f", {apart} do not apply" if apart else ""
        return f"{self.name}: {held} laws hold, {len(self.broken)} broken{end}"

    def __repr__(self) -> str:
        return self.report

    def _repr_html_(self) -> str:
        rows = "".join(
            "<tr>"
            + "".join(
                f"<td style='text-align:left'>{cell}</td>"
                for cell in (
                    escape(f.law),
                    f"<b>{f.verdict}</b>" if f.verdict == BROKEN else f.verdict,
                    escape(f.detail),
                )
            )
            + "</tr>"
            for f in self.findings
        )
        return f"<table><caption>{escape(self._summary())}</caption>{rows}</table>"
