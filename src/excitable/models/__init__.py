"""The models: one file each, meant to be read and copied.

``excitable.models.LIF`` reads only the file it stands in. A new file in this folder is found
without being listed anywhere.
"""

from typing import TYPE_CHECKING, Any

from excitable.models import _catalogue

if TYPE_CHECKING:
    from excitable.models.adex import AdEx as AdEx
    from excitable.models.eif import EIF as EIF
    from excitable.models.hodgkin_huxley import HodgkinHuxley as HodgkinHuxley
    from excitable.models.izhikevich import Izhikevich as Izhikevich
    from excitable.models.lif import LIF as LIF


def __getattr__(name: str) -> Any:
    """Load a model at its first use and keep it."""
    if name == "__all__":
        return list(_catalogue.names())
    value = None if name.startswith("_") else _catalogue.load(name)
    if value is None:
        from difflib import get_close_matches

        folded = {known.lower(): known for known in _catalogue.names()}
        close = get_close_matches(name.lower(), folded, n=1)
        hint = f" Did you mean {folded[close[0]]!r}?" if close else ""
        raise AttributeError(f"module 'excitable.models' has no attribute {name!r}.{hint}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the models for completion."""
    return sorted(_catalogue.names())
