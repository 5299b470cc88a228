"""Finds the models of this folder: a file here is all that a new model needs."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from excitable.model import Model

PACKAGE = __name__.rpartition(".")[0]


@cache
def files(folder: str = "") -> tuple[str, ...]:
    """Return the names of the files that hold models, or of those in a folder among them."""
    place = str(Path(__file__).parent / folder)
    found = (m.name for m in iter_modules([place]) if not m.ispkg)
    return tuple(sorted(name for name in found if not name.startswith("_")))


def unknown(package: str, name: str, known: tuple[str, ...]) -> AttributeError:
    """Return the error for a name that a package does not have, with one that is near."""
    from difflib import get_close_matches

    folded = {other.lower(): other for other in known}
    close = get_close_matches(name.lower(), folded, n=1)
    hint = f" Did you mean {folded[close[0]]!r}?" if close else ""
    return AttributeError(f"module {package!r} has no attribute {name!r}.{hint}")


def load(name: str) -> Any:
    """Return a public name of one of the files, reading as few of them as it takes.

    ``HodgkinHuxley`` is looked for in ``hodgkin_huxley.py`` first, then in files that say
    ``HodgkinHuxley =`` or ``def HodgkinHuxley(``, then everywhere. A file must not be named like
    one of its functions: once imported, the file would stand where the function is looked for.
    """
    wanted = name.lower()
    ordered = sorted(files(), key=lambda file: file.replace("_", "") != wanted)
    if ordered and ordered[0].replace("_", "") != wanted:
        ordered.sort(key=lambda file: not _defines(file, name))
    for file in ordered:
        module = import_module(f"{PACKAGE}.{file}")
        if name in public(module):
            return getattr(module, name)
    return None


def _defines(file: str, name: str) -> bool:
    path = Path(__file__).parent / f"{file}.py"
    text = path.read_text(encoding="utf-8") if path.exists() else ""  # or a folder
    return re.search(rf"^(def )?{re.escape(name)}\b", text, re.MULTILINE) is not None


def has_file_of(name: str) -> bool:
    """Whether a file defines this name, so that `load` need not read all of them."""
    return name.isidentifier() and any(_defines(file, name) for file in files())


def public(module: ModuleType) -> list[str]:
    """Return the public names that a file defines itself: its models and what makes models."""
    from excitable.model import Model
    from excitable.models._patterns import Patterns

    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (
            isinstance(value, Model | Patterns)
            or getattr(value, "__module__", "") == module.__name__
        )
    ]


@cache
def names() -> tuple[str, ...]:
    """Return every public name of every file."""
    modules = [import_module(f"{PACKAGE}.{file}") for file in files()]
    return tuple(sorted({name for module in modules for name in public(module)}))


def models() -> dict[str, Model]:
    """Return every model by name."""
    from excitable.model import Model

    found = {name: load(name) for name in names()}
    return {name: model for name, model in found.items() if isinstance(model, Model)}
