"""Code in the documentation runs as it stands."""

import re
from pathlib import Path

import matplotlib as mpl
import pytest

REPOSITORY = Path(__file__).parents[2]
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
SETTING = """
import excitable as ex
from excitable.units import *
run = ex.simulate(ex.LIF, 50*ms, scheme="rk4", I=300*pA)
"""


@pytest.mark.parametrize(
    "page", [page for page in PAGES if BLOCK.search(page.read_text(encoding="utf-8"))],
    ids=lambda page: page.name,
)  # fmt: skip
def test_the_python_blocks_of_a_page_run_in_order(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    namespace = {}
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    assert blocks
    for number, block in enumerate([SETTING, *blocks]):
        code = compile(block, f"{page.name}, block {number}", "exec")
        exec(code, namespace)  # noqa: S102 - our own documentation
    assert mpl.get_backend()
