"""The public names: loaded when used, listed once, complete for editors."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import excitable

ROOT = Path(excitable.__file__)


def seen_by_editors() -> set[str]:
    """Names imported under TYPE_CHECKING, which is what completion and checkers read."""
    tree = ast.parse(ROOT.read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    return {alias.name for node in block.body for alias in getattr(node, "names", ())}


def test_the_three_lists_agree():
    lazily = {*excitable._HOME_OF, *excitable._PARTS}
    assert set(excitable.__all__) == {*lazily, "__version__"}
    assert seen_by_editors() == lazily


@pytest.mark.parametrize("name", excitable.__all__)
def test_every_public_name_loads(name):
    assert getattr(excitable, name) is not None
    assert name in dir(excitable)


def test_every_model_loads_from_the_root():
    for name in excitable.models.__all__:
        if name[0].isupper():
            assert getattr(excitable, name) is getattr(excitable.models, name)


def test_a_misspelt_name_is_answered_with_the_right_one():
    with pytest.raises(AttributeError, match="Did you mean 'simulate'"):
        excitable.simualte  # noqa: B018


def loaded_by(statement: str) -> set[str]:
    listing = "import sys; sys.stdout.write(' '.join(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", f"{statement}; {listing}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(result.stdout.split())


def test_importing_the_package_loads_nothing_heavy():
    heavy = {"numpy", "pint", "numba", "scipy", "matplotlib", "xarray", "pandas", "typer", "sympy"}
    assert loaded_by("import excitable") & heavy == set()


def test_defining_a_model_compiles_nothing():
    heavy = {"numba", "scipy", "matplotlib", "xarray", "pandas", "sympy"}
    assert loaded_by("import excitable; excitable.LIF") & heavy == set()


def test_nothing_inside_imports_the_root_itself():
    for path in ROOT.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert "excitable" not in {alias.name for alias in node.names}, path


def test_capitals_do_not_hide_a_name():
    with pytest.raises(AttributeError, match="Did you mean 'LIF'"):
        _ = excitable.Lif
