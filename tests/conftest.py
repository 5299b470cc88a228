"""Fixtures that several parts share."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


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
