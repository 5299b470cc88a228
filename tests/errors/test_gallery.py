"""The gallery of messages says what the package says."""

import importlib.util
import sys
from pathlib import Path

import pytest

from excitable.errors import ExcitableError, ExcitableWarning

HERE = Path(__file__).resolve().parent

spec = importlib.util.spec_from_file_location("_gallery", HERE / "gallery.py")
gallery = importlib.util.module_from_spec(spec)
sys.modules["_gallery"] = gallery
spec.loader.exec_module(gallery)

FILES = gallery.case_files()
# Failures of kernels read otherwise where Python's own arithmetic raises.
CASES = [
    pytest.param(path, id=path.stem, marks=[pytest.mark.compiled])
    if path.stem == "cases_numerics"
    else pytest.param(path, id=path.stem)
    for path in FILES
]


@pytest.fixture(scope="module")
def kept():
    return gallery.kept_sections(gallery.GALLERY.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", CASES)
def test_messages_are_those_of_the_gallery(path, kept):
    title = path.stem.removeprefix("cases_")
    hint = "run tests/errors/gallery.py and read the difference"
    assert title in kept, f"the gallery lacks the part {title}; {hint}"
    assert gallery.section(path).rstrip("\n") == kept[title], hint


def test_gallery_holds_nothing_else(kept):
    assert set(kept) == {path.stem.removeprefix("cases_") for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_ids_are_unique(path):
    names = [name for name, _ in gallery.load_cases(path)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", CASES)
def test_every_message_has_its_parts(path):
    for name, call in gallery.load_cases(path):
        error = gallery.caught(call)
        assert isinstance(error, ExcitableError | ExcitableWarning), name
        if isinstance(error, ExcitableError):
            assert error.found, f"{name} does not say what was found"
            assert error.write, f"{name} does not say what to write"
        assert ".." not in str(error).replace("...", ""), f"{name}: {error}"
        assert str(error).splitlines()[0].endswith((".", "?", "!")), f"{name}: {error}"
