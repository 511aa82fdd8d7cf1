"""What others' tools say of our pages: the Nu HTML checker of their markup, axe-core of who can read them.

``make page-checkers`` fetches both from the npm registry; versions stand in ``tests/page_checkers/package.json``.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.support.chrome import Visitor

MODULES = Path(__file__).parents[1] / "page_checkers" / "node_modules"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
AXE = MODULES / "axe-core" / "axe.min.js"
needs_nu = pytest.mark.skipif(
    not NU.is_file() or shutil.which("java") is None,
    reason="there is no Nu HTML checker on this machine: make page-checkers (it needs npm, and Java to run)",
)
needs_axe = pytest.mark.skipif(
    not AXE.is_file(), reason="there is no axe-core on this machine: make page-checkers (it needs npm)"
)
PATIENCE = 300
"""Seconds for one call of the checker, on a machine that is busy."""


def markup_errors(pages: Iterable[Path], allowed: str = r"(?!)") -> list[str]:
    """``page: what is wrong`` by the Nu HTML checker, style sheets too; without what the pattern ``allowed`` finds."""
    call = ["java", "-jar", str(NU), "--format", "json", "--also-check-css", "--exit-zero-always", *map(str, pages)]
    done = subprocess.run(call, capture_output=True, text=True, check=True, timeout=PATIENCE)
    told = json.loads(done.stderr)["messages"]
    wrong = [each for each in told if each["type"] != "info" and not re.search(allowed, each["message"])]
    return [f"{Path(each.get('url', '')).name}: {each['message']} {each.get('extract', '')}" for each in wrong]


def violations(guest: Visitor, without: Collection[str] = ()) -> list[str]:
    """``rule: where`` of what axe-core finds wrong in the page that is open, but for the rules that are left out."""
    guest.run(AXE.read_text(encoding="utf-8"))
    rules = {rule: {"enabled": False} for rule in without}
    guest.run(
        f"axe.run(document, {json.dumps({'rules': rules, 'resultTypes': ['violations']})})"
        ".then((found) => { window.axeFound = JSON.stringify(found.violations); },"
        " (error) => { window.axeFound = JSON.stringify([{id: String(error), nodes: []}]); })"
    )
    guest.until("typeof window.axeFound === 'string'")
    found: list[dict[str, Any]] = json.loads(guest.run("window.axeFound"))
    return [f"{each['id']}: {[node['html'][:200] for node in each['nodes'][:3]]}" for each in found]
