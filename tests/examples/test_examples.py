"""Each example runs, prints what stands beside it, and stays short enough to read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
SCRIPTS = sorted(EXAMPLES.glob("*.py"))
LONGEST = 40


@pytest.mark.slow
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_an_example_prints_what_stands_beside_it(script, tmp_path):
    result = subprocess.run(
        [sys.executable, "-W", "error", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout == script.with_suffix(".out").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_an_example_is_short(script):
    assert len(script.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_the_model_in_a_file_is_the_model_in_the_script():
    import excitable as ex

    in_file = ex.read(EXAMPLES / "own_model.toml")
    namespace = {}
    source = (EXAMPLES / "own_model.py").read_text(encoding="utf-8").split("drive =")[0]
    exec(compile(source, "own_model.py", "exec"), namespace)  # noqa: S102 - our own example
    assert in_file.to_dict() == namespace["cell"].to_dict()
