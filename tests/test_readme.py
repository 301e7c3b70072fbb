"""The README says what is so: its commands are those that the checks run, its tree is the tree."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
START = "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/streamlit run app.py"
TEST = "python3 -m venv .venv && .venv/bin/pip install -r requirements-dev.txt && .venv/bin/pytest"


def test_it_opens_with_the_command_that_starts_and_the_one_that_tests():
    commands = re.search(r"```sh\n(.+?)```", README, re.DOTALL).group(1)
    assert [line for line in commands.splitlines() if line.startswith("python3")] == [START, TEST]


def test_each_command_has_its_form_for_windows():
    for command in (START, TEST):
        windows = command.replace("python3 ", "py ").replace(".venv/bin/", r".venv\Scripts" "\\")
        for part in windows.split(" && "):
            assert part in README


def test_the_checks_run_what_the_readme_says():
    checks = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for part in TEST.split(" && "):
        assert part.replace("pip install", "pip install -q") in checks or part in checks


def places_in_the_tree() -> set[Path]:
    tree = re.search(r"```\n(app\.py.+?)```", README, re.DOTALL).group(1)
    path: list[str] = []
    places = set()
    for line in tree.splitlines():
        indent, name = re.match(r"( *)(\S+)", line).groups()
        path = [*path[: len(indent) // 4], name]
        places.add(ROOT.joinpath(*path))
    return places


def test_every_place_in_its_tree_exists():
    assert [place for place in places_in_the_tree() if not place.exists()] == []


def test_its_tree_leaves_no_part_of_the_program_out():
    parts = [*(ROOT / "leadalign").glob("*/"), *(ROOT / "leadalign").glob("*.py")]
    shown = places_in_the_tree()
    assert [part for part in parts if part not in shown and part.name not in ("__init__.py", "__pycache__")] == []


def test_every_page_that_it_links_to_exists():
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", README):
        assert (ROOT / link).exists(), link
