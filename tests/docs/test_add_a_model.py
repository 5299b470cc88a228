"""CONTRIBUTING promises that a model is one file: do it, in a copy of the package."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def package_with_one_more_file(tmp_path_factory):
    guide = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    block = re.search(r"```python\n(.*?)```", guide, re.DOTALL).group(1)
    source = tmp_path_factory.mktemp("clone") / "src"
    shutil.copytree(REPOSITORY / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
    code = re.sub(r"^   ", "", block, flags=re.MULTILINE)
    (source / "excitable" / "models" / "quadratic_voltage.py").write_text(code)
    return source


def python(source, *arguments):
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_package_finds_the_file(package_with_one_more_file):
    result = python(package_with_one_more_file, "-m", "excitable", "models")
    assert result.returncode == 0, result.stderr
    assert "QuadraticVoltage" in result.stdout


@pytest.mark.slow
def test_the_laws_examine_it(package_with_one_more_file):
    program = (
        "import excitable as ex, sys; check = ex.check_model(ex.models.QuadraticVoltage);"
        "sys.stdout.write(str(check.report)); sys.exit(not check.passed)"
    )
    result = python(package_with_one_more_file, "-c", program)
    assert result.returncode == 0, result.stdout + result.stderr
