"""Fixtures that several parts share."""

import os
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
