"""What leadalign stands on: each thing named with its reason, locked, and free for a company to use."""

import ast
import re
import sys
from importlib.metadata import distributions, metadata, packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"^(?P<name>[\w-]+)(\[\w+\])?==(?P<version>\S+)\s+# (?P<reason>\w.+)$")
LOCKED = re.compile(r"^([\w.-]+)==([^ ;\\]+)[^\n]*((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+)", re.MULTILINE)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


INSTALLED = {canonical(found.name) for found in distributions()}


def named(file: str) -> dict[str, str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    found = [NAMED.match(line) for line in lines if line and not line.startswith(("#", "-r"))]
    assert all(found), f"a line of {file} has no exact version or no reason"
    return {match["name"]: match["version"] for match in found}


def locked(file: str) -> dict[str, str]:
    return {name: version for name, version, _ in LOCKED.findall((ROOT / file).read_text(encoding="utf-8"))}


@pytest.mark.parametrize("stem", ["requirements", "requirements-dev"])
def test_what_is_named_with_a_reason_is_locked_with_hashes_in_the_same_version(stem: str):
    assert named(f"{stem}.in").items() <= locked(f"{stem}.txt").items()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_line_of_a_lock_has_its_hashes_and_no_address(file: str):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert len(re.findall(r"^[\w.-]+==", text, re.MULTILINE)) == len(locked(file))
    assert not re.search(r"://|index-url|find-links|file:|/home|/tmp|/opt", text)


def test_the_checks_run_on_the_very_versions_that_people_install():
    assert locked("requirements.txt").items() <= locked("requirements-dev.txt").items()


def test_what_the_program_imports_is_named():
    names = set(named("requirements.in"))
    providers_of = packages_distributions()
    for file in [ROOT / "app.py", *ROOT.glob("leadalign/**/*.py"), *ROOT.glob("pages/*.py")]:
        for module in imported_by(file) - set(sys.stdlib_module_names) - {"leadalign"}:
            providers = {canonical(name) for name in providers_of.get(module, [])}
            assert providers & names, f"{file.name} imports {module}, which requirements.in does not name"


def imported_by(file: Path) -> set[str]:
    tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {
        name.split(".")[0]
        for node in tree
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
        if name
    }


@pytest.mark.parametrize("name", sorted(locked("requirements-dev.txt")))
def test_a_company_may_use_it(name: str):
    if name not in INSTALLED:
        return  # locked for another platform
    facts = metadata(name)
    licence = [facts.get("License-Expression") or (facts.get("License") or "")[:100]]
    licence += [line for line in facts.get_all("Classifier") or [] if line.startswith("License")]
    assert not re.search(r"\bA?GPL|\bLGPL|GNU|Commons Clause|Business Source", " ".join(licence))
