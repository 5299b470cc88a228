"""The settings of the tools reach the files they are about."""

import re
import tomllib
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
SETTINGS = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
TOOLS = SETTINGS["tool"]
PARTS = {
    path.stem
    for path in (REPOSITORY / "src" / "excitable").iterdir()
    if (path.is_dir() and (path / "__init__.py").exists())
    or (path.suffix == ".py" and path.stem != "__init__")
}


def package_name(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def all_requirements() -> set[str]:
    extras = SETTINGS["project"]["optional-dependencies"].values()
    lists = [SETTINGS["project"]["dependencies"], *extras]
    return {requirement for names in lists for requirement in names}


def test_the_folders_that_the_tools_name_exist():
    named = [
        *TOOLS["pytest"]["ini_options"]["testpaths"],
        *TOOLS["pyright"]["include"],
        *TOOLS["ruff"]["src"],
        *TOOLS["hatch"]["build"]["targets"]["wheel"]["packages"],
        TOOLS["hatch"]["version"]["path"],
        *(pattern.split("/")[0] for pattern in TOOLS["ruff"]["lint"]["per-file-ignores"]),
    ]
    assert [path for path in named if not (REPOSITORY / path).exists()] == []


def test_the_source_distribution_names_what_exists():
    for pattern in TOOLS["hatch"]["build"]["targets"]["sdist"]["include"]:
        assert list(REPOSITORY.glob(pattern.lstrip("/"))), pattern


def test_every_part_stands_in_a_layer():
    contract = TOOLS["importlinter"]["contracts"][0]
    layered = set(re.findall(r"\w+", " ".join(contract["layers"])))
    assert PARTS - layered == set(contract["exhaustive_ignores"])


def test_the_import_contracts_leave_no_part_out():
    for contract in TOOLS["importlinter"]["contracts"][1:-1]:
        covered = {module.removeprefix("excitable.") for module in contract["source_modules"]}
        assert covered <= PARTS
        free = PARTS - covered - {"__main__"}
        allowed = {
            "matplotlib": {"plotting"},
            "numba": {"numerics", "codegen", "simulation"},
            "pint": {"units"},
        }[contract["id"]]
        assert free == allowed, contract["id"]


def test_every_requirement_states_its_lower_bound():
    for requirement in all_requirements():
        assert ">=" in requirement or package_name(requirement) == "excitable", requirement


def test_the_lock_names_every_requirement_at_one_version():
    lock = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lock if not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.!+]+", pin)] == []
    locked = {package_name(pin) for pin in pins}
    wanted = {package_name(requirement) for requirement in all_requirements()} - {"excitable"}
    assert wanted - locked == set()


def test_warnings_are_errors_without_a_class_wide_exception():
    first, *exceptions = TOOLS["pytest"]["ini_options"]["filterwarnings"]
    assert first == "error"
    for exception in exceptions:
        action, message, *_ = exception.split(":")
        assert action == "ignore"
        assert len(message) > 10, f"{exception}: name the message"


def test_the_versions_of_python_are_the_ones_declared():
    declared = [
        line.rsplit(" ", 1)[1]
        for line in SETTINGS["project"]["classifiers"]
        if re.search(r":: 3\.\d+$", line)
    ]
    assert SETTINGS["project"]["requires-python"] == f">={declared[0]}"
    assert TOOLS["pyright"]["pythonVersion"] == declared[0]
    assert TOOLS["ruff"]["target-version"] == "py" + declared[0].replace(".", "")


def test_the_version_is_the_same_everywhere():
    import excitable

    citation = (REPOSITORY / "CITATION.cff").read_text(encoding="utf-8")
    changes = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"version: {excitable.__version__}\n" in citation
    assert f"## {excitable.__version__}" in changes
