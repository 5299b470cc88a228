"""What no file of the package may hold."""

import ast
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PACKAGE = REPOSITORY / "src" / "excitable"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 600

FORBIDDEN_CALLS = {
    "eval": "text is never evaluated",
    "exec": "text is never evaluated",
    "compile": "text is never evaluated",
    "__import__": "use importlib with a fixed name",
    "sympify": "text is never evaluated",
    "parse_expr": "text is never evaluated",
    "lambdify": "text is never evaluated",
    "print": "the package returns values; only the command line writes",
    "breakpoint": "left over from debugging",
}
FORBIDDEN_MODULES = {
    "pickle",
    "cPickle",
    "dill",
    "cloudpickle",
    "joblib",
    "marshal",
    "shelve",
    "sympy",
}


def identify(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def called_name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=("sympy" | "builtins")), attr=name):
            return name
    return ""


def imported_modules(node: ast.AST) -> set[str]:
    match node:
        case ast.Import(names=names):
            return {alias.name.split(".")[0] for alias in names}
        case ast.ImportFrom(module=str(module), level=0):
            return {module.split(".")[0]}
    return set()


def faults(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Call) and (name := called_name(node)) in FORBIDDEN_CALLS:
            found.append(f"line {line}: {name}(): {FORBIDDEN_CALLS[name]}")
        if isinstance(node, ast.Assert):
            found.append(f"line {line}: assert: raise one of excitable.errors instead")
        if bad := imported_modules(node) & FORBIDDEN_MODULES:
            found.append(f"line {line}: import of {', '.join(sorted(bad))}")
        if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
            if not (isinstance(node.value, ast.Constant) and node.value.value is False):
                found.append(f"line {line}: allow_pickle must be False")
        if isinstance(node, ast.Raise) and "NotImplementedError" in ast.dump(node):
            found.append(f"line {line}: NotImplementedError: something is not finished")
    return found


@pytest.mark.parametrize("path", SOURCES, ids=identify)
def test_no_forbidden_calls(path):
    assert faults(ast.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "eval('1')",
        "builtins.exec('x = 1')",
        "import pickle",
        "from sympy import Symbol",
        "assert x",
        "np.load(f, allow_pickle=True)",
        "raise NotImplementedError",
    ],
)
def test_the_scan_sees_each_fault(text):
    assert len(faults(ast.parse(text))) == 1


@pytest.mark.parametrize(
    "path", [*SOURCES, *sorted((REPOSITORY / "tests").rglob("*.py"))], ids=identify
)
def test_no_file_is_too_long(path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_FILE, f"{lines} lines: split it by idea"


@pytest.mark.parametrize("path", SOURCES, ids=identify)
def test_nothing_is_left_open(path):
    text = path.read_text(encoding="utf-8")
    assert not [mark for mark in ("TODO", "FIXME", "XXX", "HACK") if mark in text]


def test_no_folder_is_crowded():
    for folder in {path.parent for path in SOURCES}:
        files = list(folder.glob("*.py"))
        limit = 60 if folder.name in ("models", "synapses") else 24
        assert len(files) <= limit, f"{identify(folder)} holds {len(files)} files"
