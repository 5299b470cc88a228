"""The names of the analyses: listed once, loaded when used."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from excitable import analysis


def test_editors_see_what_is_listed():
    tree = ast.parse(Path(analysis.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.name for node in block.body for alias in getattr(node, "names", ())}
    assert seen == set(analysis.__all__) == {*analysis._HOME_OF, "theory"}


def test_every_name_is_there():
    for name in analysis.__all__:
        assert getattr(analysis, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'phase_plan'"):
        _ = analysis.phase_plan
    assert set(analysis.__all__) <= set(dir(analysis))


def test_one_analysis_does_not_load_the_others():
    program = (
        "import sys, excitable as ex; ex.continuation\n"
        "print([name for name in sys.modules if name.startswith('excitable.analysis.theory')])"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr
