"""Public things are documented: one sentence, every parameter, what comes back, an example."""

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

import excitable

PACKAGE = Path(excitable.__file__).parent
PARTS = sorted(
    path.parent.name if path.name == "__init__.py" else path.stem
    for path in [*PACKAGE.glob("*/__init__.py"), *PACKAGE.glob("*.py")]
    if not path.stem.startswith("_") or path.parent != PACKAGE
)
# Modules of functions that a part offers as one name.
PARTS.append("analysis.theory")
SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}$", re.MULTILINE)


def public_things() -> list[tuple[str, object]]:
    found = {}
    for part in PARTS:
        module = import_module(f"excitable.{part}")
        for name in getattr(module, "__all__", ()):
            thing = getattr(module, name)
            if inspect.isfunction(thing) or inspect.isclass(thing):
                found[f"{part}.{name}"] = thing
    return sorted(found.items())


def sections(docstring: str) -> dict[str, str]:
    pieces = SECTION.split(docstring)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def own_parameters(thing) -> list[str]:
    function = thing.__init__ if inspect.isclass(thing) else thing
    if inspect.isclass(thing) and "__init__" not in vars(thing):
        return []
    return [name for name in inspect.signature(function).parameters if name not in ("self", "cls")]


def documented_names(text: str) -> set[str]:
    heads = re.findall(r"^(\*{0,2}\w[\w ,*]*?)(?: *:.*)?$", text, re.MULTILINE)
    return {name.strip().lstrip("*") for head in heads for name in head.split(",")}


def is_error(thing) -> bool:
    return inspect.isclass(thing) and issubclass(thing, BaseException)


THINGS = public_things()
named = pytest.mark.parametrize(("name", "thing"), THINGS, ids=[name for name, _ in THINGS])


@pytest.mark.parametrize("part", PARTS)
def test_every_part_says_what_it_is_and_lists_its_names(part):
    module = import_module(f"excitable.{part}")
    assert module.__doc__, f"excitable.{part} has no docstring"
    assert module.__all__, f"excitable.{part} lists no public names"


@named
def test_it_opens_with_one_sentence(name, thing):
    text = inspect.getdoc(thing)
    assert text, f"{name} has no docstring"
    first = text.split("\n\n")[0]
    assert first.rstrip().endswith((".", "?")), f"{name}: {first!r}"


@named
def test_every_parameter_is_described(name, thing):
    if is_error(thing):
        return
    described = documented_names(sections(inspect.getdoc(thing) or "").get("Parameters", ""))
    missing = [parameter for parameter in own_parameters(thing) if parameter not in described]
    assert not missing, f"{name}: {missing} not described under Parameters"


@named
def test_what_comes_back_is_described(name, thing):
    if not inspect.isfunction(thing):
        return
    returns = inspect.signature(thing).return_annotation
    if returns in (None, "None", "Never", inspect.Signature.empty):
        return
    headings = sections(inspect.getdoc(thing) or "")
    assert headings.keys() & {"Returns", "Yields"}, f"{name} gives {returns} and does not say what"


@pytest.mark.parametrize("name", excitable.__all__)
def test_the_main_names_show_an_example(name):
    thing = getattr(excitable, name)
    if not (inspect.isfunction(thing) or inspect.isclass(thing)) or is_error(thing):
        return
    assert ">>>" in (inspect.getdoc(thing) or ""), f"{name} has no example"
