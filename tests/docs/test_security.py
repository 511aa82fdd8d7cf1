"""The security page: every threat names a test, and each named test is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ASKED = ("Feeds", "Mail", "desk", "tokens", "Models", "Prefect's API", "archive", "webhooks", "backups", "logs")
NAMED = re.compile(r"`(tests/[\w./]+\.py)::(\w+)`")


def threats() -> list[str]:
    """The rows of the tables of threats."""
    parts = re.findall(r"\| threat \|.*?\n\|---.*?\n((?:\|.*\n)+)", PAGE)
    return [row for part in parts for row in part.splitlines()]


@cache
def names_in(file: str) -> set[str]:
    """The names of the tests in that file."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_threat_names_a_test_that_is_there() -> None:
    rows = threats()
    assert len(rows) > 35
    for row in rows:
        file, name = next(iter(NAMED.findall(row)), ("", ""))
        assert file, row
        assert (ROOT / file).is_file(), row
        assert name in names_in(file), row
        assert name.startswith("test_"), row


def test_it_speaks_of_all_that_is_reached_from_outside() -> None:
    headings = " ".join(re.findall(r"^## (.+)$", PAGE, re.MULTILINE))
    assert [word for word in ASKED if word not in headings] == []


def test_the_versions_that_were_looked_up_are_those_that_are_pinned() -> None:
    pinned = dict(
        line.lower().split("==") for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line
    )
    told = re.findall(r"^\| ([\w-]+) \| ([\d.]+) \|", PAGE, re.MULTILINE)
    assert len(told) > 5
    for name, version in told:
        assert pinned[name] == version, f"{name}: look its advisories up again, and date the page anew"
