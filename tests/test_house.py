"""The house rules that a machine can check: directions of imports, sizes of modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LARGEST_MODULE = 400
STILL_LARGE = {"tests/indexer/checks/test_rules.py"}
"""Test modules to be parted yet; one that was parted must leave this set."""

MAY_IMPORT = {
    "archive": {"archive"},
    "indexer": {"archive", "indexer"},
    "web": {"archive", "indexer", "web"},
    "cli": {"archive", "indexer", "cli"},
    "app": {"archive", "indexer", "web", "cli"},
}
ONLY_HERE = {
    "whoosh": {"archive/engine/whoosh_"},
    "jieba": {"archive/segment.py"},
    "pypinyin": {"archive/suggest/sounds.py"},
    "flask": {"app.py", "web/"},
    "sqlite3": {"archive/store/"},
    "sqlite_utils": {"archive/store/"},
}
STAGES = {
    "layout",
    "structure",
    "identify",
    "tables",
    "projects",
    "indicators",
    "cite",
    "readers",
}
ORCHESTRATORS = {"extract", "pipeline", "workers"}


def modules() -> Iterator[Path]:
    yield ROOT / "app.py"
    for package in ("archive", "indexer", "web", "cli"):
        yield from sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} uses a relative import"
            names.add(node.module or "")
    return names


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", list(modules()), ids=relative)
def test_imports_run_one_way(path: Path) -> None:
    package = relative(path).split("/")[0].removesuffix(".py")
    ours = {name.split(".")[0] for name in imported(path)} & MAY_IMPORT.keys()
    assert ours <= MAY_IMPORT[package]


@pytest.mark.parametrize("library", ONLY_HERE)
def test_library_is_imported_in_its_one_place(library: str) -> None:
    users = {
        relative(path)
        for path in modules()
        if any(name.split(".")[0] == library for name in imported(path))
    }
    assert users, f"nothing imports {library}: the rule is stale"
    outside = {user for user in users if not any(user.startswith(p) for p in ONLY_HERE[library])}
    assert not outside


def test_stages_do_not_know_each_other() -> None:
    for path in sorted((ROOT / "indexer").rglob("*.py")):
        stage = relative(path).split("/")[1].removesuffix(".py")
        if stage not in STAGES:
            continue
        others = {name.split(".")[1] for name in imported(path) if name.startswith("indexer.")}
        assert not others & ((STAGES | ORCHESTRATORS) - {stage}), relative(path)


@pytest.mark.parametrize("folder", ["archive", "indexer"])
def test_the_architecture_names_every_package(folder: str) -> None:
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    packages = {path.parent.name for path in (ROOT / folder).glob("*/__init__.py")}
    assert packages
    assert {name for name in packages if f"| `{name}/` |" not in told} == set()


@pytest.mark.parametrize("folder", ["archive", "indexer"])
def test_tests_of_a_package_stand_in_a_folder_of_its_name(folder: str) -> None:
    tested = {path.parent for path in (ROOT / "tests" / folder).rglob("test_*.py")}
    packages = {ROOT / "tests" / relative(path.parent) for path in modules()}
    assert tested - packages == set()


def every_module() -> Iterator[Path]:
    yield from modules()
    for folder in ("tests", "bench", "samples"):
        yield from sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", list(every_module()), ids=relative)
def test_modules_are_small(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n") + 1
    assert (lines > LARGEST_MODULE) == (relative(path) in STILL_LARGE)
