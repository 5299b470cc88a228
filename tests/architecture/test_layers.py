"""The import rules hold, and the tool that enforces them can fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def lint_imports(source: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--config", REPOSITORY / "pyproject.toml", *options],
        cwd=source.parent,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_import_points_down():
    result = lint_imports(REPOSITORY / "src")
    assert result.returncode == 0, result.stdout + result.stderr


def test_an_import_that_points_up_is_refused(tmp_path):
    source = tmp_path / "src"
    shutil.copytree(REPOSITORY / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
    errors = source / "excitable" / "errors"
    module = errors / "__init__.py" if errors.is_dir() else errors.with_suffix(".py")
    module.write_text(module.read_text() + "\nfrom excitable import recording\n")
    result = lint_imports(source, "--contract", "layers")
    assert result.returncode == 1, result.stdout + result.stderr
    assert "excitable.errors -> excitable.recording" in result.stdout


def test_a_part_outside_the_layers_is_refused(tmp_path):
    source = tmp_path / "src"
    shutil.copytree(REPOSITORY / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
    (source / "excitable" / "utilities.py").write_text('"""A part that no layer names."""\n')
    result = lint_imports(source, "--contract", "layers")
    assert result.returncode == 1, result.stdout + result.stderr
    assert "utilities" in result.stdout
