"""Channels: one file each, to be put into a membrane with `excitable.compose`.

A channel is a model with the potential ``v`` as its input and one named outward current. A new file
in this folder is found without being listed anywhere; the channel in it has the name of the file.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from excitable.models import _catalogue

if TYPE_CHECKING:
    from excitable.models.channels.a_current import a_current as a_current
    from excitable.models.channels.calcium import calcium as calcium
    from excitable.models.channels.cortical_potassium import (
        cortical_potassium as cortical_potassium,
    )
    from excitable.models.channels.cortical_sodium import cortical_sodium as cortical_sodium
    from excitable.models.channels.h_current import h_current as h_current
    from excitable.models.channels.leak import leak as leak
    from excitable.models.channels.m_current import m_current as m_current
    from excitable.models.channels.potassium import potassium as potassium
    from excitable.models.channels.sodium import sodium as sodium


class _Channels(ModuleType):
    """A folder in which a channel stands for the file that holds it."""

    def __setattr__(self, name: str, value: object) -> None:
        # Importing a file makes it an attribute of its folder, which would hide the channel.
        if isinstance(value, ModuleType):
            value = vars(value).get(name, value)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Channels


def __getattr__(name: str) -> Any:
    """Load a channel at its first use and keep it."""
    known = _catalogue.files("channels")
    if name == "__all__":
        return list(known)
    if name not in known:
        raise _catalogue.unknown(__name__, name, known)
    import_module(f"{__name__}.{name}")
    return globals()[name]


def __dir__() -> list[str]:
    """List the channels for completion."""
    return list(_catalogue.files("channels"))
