"""The documentation names what exists, and all of it."""

import inspect
import re
from pathlib import Path

import excitable as ex

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(DOCS.glob("*.md"))


def text_of(name):
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_public_name_stands_in_the_reference():
    reference = text_of("api.md")
    models = {name for name in ex.models.__all__ if name[0].isupper()}
    modules = {name for name in ex.__all__ if inspect.ismodule(getattr(ex, name))}
    names = set(ex.__all__) - models - modules - {"__version__"}
    missing = [name for name in names if f"excitable.{name}\n" not in reference]
    assert missing == ["ExcitableError"] or missing == []


def test_every_closed_form_is_listed():
    page = text_of("theory.md")
    for name in ex.theory.__all__:
        assert f"`{name}`" in page or f"`{name}(" in page, name


def test_every_page_is_reached_from_the_first():
    listed = set(re.findall(r"^([\w-]+)$", text_of("index.md"), re.MULTILINE))
    assert {page.stem for page in PAGES} - {"index"} <= listed


def test_every_error_class_is_explained():
    page = text_of("errors.md")
    for name in ex.errors.__all__:
        if name not in ("ExcitableWarning",):
            assert f"`{name}`" in page, name


def test_every_stimulus_is_listed():
    page = text_of("stimuli.md")
    for name, home in ex._HOME_OF.items():
        if home == "stimuli":
            assert f"`ex.{name}(" in page, name


def test_included_files_exist():
    for page in PAGES:
        for target in re.findall(r"\{(?:include|literalinclude)\} (\S+)", text_of(page.name)):
            if not target.startswith("generated/"):
                assert (DOCS / target).exists(), f"{page.name}: {target}"
