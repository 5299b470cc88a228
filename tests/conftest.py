"""Fixtures that several parts share."""

import importlib.util
import json
import os
import sys
from pathlib import Path

import pytest

INTERPRETED = os.environ.get("NUMBA_DISABLE_JIT", "0") not in {"", "0"}
ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_modifyitems(items):
    """Leave out what needs compiled kernels where they are interpreted."""
    if INTERPRETED:
        reason = "kernels are interpreted: no machine code, and Python's own overflow errors"
        for item in items:
            if item.get_closest_marker("compiled"):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder with real recordings and reference numbers, which do not travel with the package."""
    folder = Path(os.environ.get("EXCITABLE_SHARED") or ROOT.parent / "shared")
    if folder.is_dir():
        return folder
    reason = f"no folder {folder}; set EXCITABLE_SHARED to the one that holds recordings/"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def reference():
    """The module `tests/reference.py`: models by hand, integrated by SciPy's DOP853."""
    name = "_reference"
    if name not in sys.modules:
        path = Path(__file__).with_name("reference.py")
        spec = importlib.util.spec_from_file_location(name, path)
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def reference_entries(shared):
    """Entries of the reference numbers whose id begins with a text."""
    path = shared / "reference" / "dynamics.json"
    entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
    return lambda start: [entry for entry in entries if entry["id"].startswith(start)]
