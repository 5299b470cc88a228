"""Every source that a model names stands in the bibliography, and nothing else does."""

import re
from pathlib import Path

import pytest

import excitable

BIBLIOGRAPHY = Path(excitable.__file__).with_name("references.bib")
ENTRY = re.compile(r"^@(\w+)\{([^,\s]+),(.*?)^\}", re.MULTILINE | re.DOTALL)
NEEDED = ("author", "title", "year")


def entries() -> dict[str, str]:
    return {key: body for _, key, body in ENTRY.findall(BIBLIOGRAPHY.read_text(encoding="utf-8"))}


def built_in_models() -> list[str]:
    return [name for name in excitable.models.__all__ if name[0].isupper()]


@pytest.mark.parametrize("name", built_in_models())
def test_the_source_of_a_model_resolves(name):
    model = getattr(excitable.models, name)
    assert model.reference, f"{name} names no source"
    for key in re.split(r"[,;\s]+", model.reference.strip()):
        assert key in entries(), f"{name} names {key}, which {BIBLIOGRAPHY.name} does not hold"


@pytest.mark.parametrize("key", sorted(entries()) if BIBLIOGRAPHY.exists() else ["missing"])
def test_an_entry_says_who_what_and_when(key):
    for field in NEEDED:
        assert re.search(rf"\b{field}\s*=", entries()[key]), f"{key} has no {field}"


def test_no_entry_stands_twice():
    keys = [key for _, key, _ in ENTRY.findall(BIBLIOGRAPHY.read_text(encoding="utf-8"))]
    assert sorted(keys) == sorted(set(keys))
