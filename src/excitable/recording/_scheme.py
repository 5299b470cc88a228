"""The name of an integration scheme together with the reason it was taken."""

from __future__ import annotations


class Scheme(str):
    """Name of the scheme a run used, which also tells why it was chosen.

    It compares equal to the bare name; printed, it gives the reason too.

    Parameters
    ----------
    name : str
        Name of the scheme, such as ``"exact"``.
    why : str, optional
        Reason for the choice, one sentence part without a full stop.

    Attributes
    ----------
    why : str
        The reason; empty if the user named the scheme and no reason is due.

    Examples
    --------
    >>> scheme = Scheme("exact", "linear below threshold")
    >>> scheme == "exact"
    True
    >>> print(scheme)
    exact: linear below threshold
    """

    __slots__ = ("why",)

    why: str

    def __new__(cls, name: str, why: str = "") -> Scheme:
        """Make the string of the name and remember the reason."""
        scheme = super().__new__(cls, str.__str__(name))
        scheme.why = why or getattr(name, "why", "")
        return scheme

    @property
    def name(self) -> str:
        """Bare name of the scheme."""
        return str.__str__(self)

    def __str__(self) -> str:
        name = str.__str__(self)
        return f"{name}: {self.why}" if self.why else name

    def __repr__(self) -> str:
        return str(self)

    def __format__(self, format_spec: str) -> str:
        return format(str(self), format_spec)

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and text in str(self)
