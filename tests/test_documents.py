"""What the documents name is there: decisions in their index, paths in DESIGN.md."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
DECISIONS = ROOT / "docs" / "decisions"
ROOTS = ("flows", "classifiers", "db", "tests", "docs")


def test_every_decision_is_in_the_index_under_its_title() -> None:
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- \[(\d{4})\]\((\S+)\) (.+) \(\d{4}-\d\d-\d\d\)$", index, re.MULTILINE)
    files = sorted(DECISIONS.glob("0*.md"))
    assert [name for _, name, _ in listed] == [file.name for file in files]
    assert [int(number) for number, _, _ in listed] == list(range(1, len(files) + 1))
    titles = [file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for file in files]
    assert [title for _, _, title in listed] == titles


def test_every_path_that_the_design_names_exists() -> None:
    told = re.findall(r"`([\w./-]+)`", (ROOT / "DESIGN.md").read_text(encoding="utf-8"))
    paths = [path for path in told if path.partition("/")[0] in ROOTS and "/" in path]
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).exists()] == []
