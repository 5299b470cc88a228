"""The README keeps its promises: two commands, a picture, links that lead somewhere."""

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```bash\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]


def test_the_first_two_blocks_are_one_command_line_each_in_their_own_environment():
    main_job, tests = BLOCKS[:2]
    for command in (main_job, tests):
        assert command.count("\n") == 1
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert ".venv/bin/excitable " in main_job
    assert tests.rstrip().endswith(".venv/bin/python -m pytest -q -n auto --dist loadfile")


def test_a_picture_comes_before_the_commands():
    picture = README.index("](docs/images/")
    assert picture < README.index("```bash")


@pytest.mark.parametrize("page", PAGES)
def test_relative_links_lead_to_a_file(page):
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (REPOSITORY / target).exists()] == []


def test_ci_takes_its_test_command_from_here():
    script = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    assert "-n auto" not in script
