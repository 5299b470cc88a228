"""Every message of the package in one text, so that a change to one is read as prose.

Each part lists its messages in `cases_<part>.py` as CASES: pairs of an id and a callable that
raises or warns. Run this file to write `gallery.txt` anew, then read the difference.
"""

import importlib.util
import sys
import warnings
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
GALLERY = FOLDER / "gallery.txt"
HEAD = """\
Every message of the package. A test compares this file with what the package says.
After a change, run `python tests/errors/gallery.py` and read the difference as prose.
"""


def case_files():
    return sorted(FOLDER.glob("cases_*.py"))


def load_cases(path):
    name = f"_gallery_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module.CASES


def caught(call):
    """Return the error raised or the warning given by a case."""
    with warnings.catch_warnings(record=True) as given:
        warnings.simplefilter("always")
        try:
            call()
        except Exception as error:
            return error
    if not given:
        raise AssertionError("the case neither raises nor warns")
    return given[0].message


def section(path):
    """Return the part of the gallery that one file of cases stands for."""
    title = path.stem.removeprefix("cases_")
    entries = []
    for name, call in load_cases(path):
        error = caught(call)
        entries.append(f"[{name}]\n{type(error).__name__}: {error}\n")
    return f"==== {title} ====\n\n" + "\n".join(entries)


def kept_sections(text):
    """Return the sections of the written gallery by title."""
    parts = text.split("==== ")[1:]
    titled = (part.partition(" ====\n") for part in parts)
    return {title: f"==== {title} ====\n{body}".rstrip("\n") for title, _, body in titled}


def whole():
    return HEAD + "".join(f"\n{section(path)}" for path in case_files())


if __name__ == "__main__":
    GALLERY.write_text(whole(), encoding="utf-8")
