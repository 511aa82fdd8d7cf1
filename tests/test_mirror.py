"""The tests mirror the tree: a module has a test file of its name, or a reason in ``covered_elsewhere.toml``."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
REASONS: dict[str, list[str]] = tomllib.loads((TESTS / "covered_elsewhere.toml").read_text(encoding="utf-8"))
ROOMS = ("flows", "classifiers", "db")
MODULES = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]


def has_its_own(module: Path) -> bool:
    """Whether there is a test file of its name, where it would be looked for: ``flows/`` is left out but for verbs."""
    path = module.relative_to(ROOT)
    inner = path.relative_to("flows") if path.parts[0] == "flows" else path
    places = [TESTS / inner.parent, TESTS / path.parent]
    return any((place / f"test_{path.name}").exists() for place in places)


def test_every_module_has_a_test_of_its_name_or_a_reason() -> None:
    without = [file for file in MODULES if file.name != "__init__.py" and not has_its_own(file)]
    assert len(MODULES) > 200
    first = {file: next((each for each in REASONS if fnmatch(_name(file), each)), "") for file in without}
    assert [_name(file) for file, pattern in first.items() if not pattern] == []
    assert set(REASONS) - set(first.values()) == set(), "these patterns excuse no module any more"


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_the_tests_that_stand_for_others_are_there() -> None:
    assert [test for test, _ in REASONS.values() if not (TESTS / test).is_file()] == []
    assert all(why for _, why in REASONS.values())
