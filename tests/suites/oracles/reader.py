"""lemon24/reader: beside each document a module of Python whose list ``entries`` says what is read from it.

The module is read as a syntax tree and never run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.suites.cases import Case, Claim, Field

_FIELDS: dict[str, Field] = {"id": "guid", "title": "title", "link": "link", "summary": "summary"}


def cases(root: Path) -> Iterator[Case]:
    """Its documents with what is said of them."""
    for told in sorted((root / "tests" / "data").glob("*.*.py")):
        file = told.with_suffix("")
        if file.exists():
            claims = _claims(ast.parse(told.read_text(encoding="utf-8")))
            yield Case(file.name, file.read_bytes(), tuple(claims), url=f"https://suite.example/{file.name}")


def _claims(module: ast.Module) -> Iterator[Claim]:
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call) and _name(node) == "EntryData"]
    for number, call in enumerate(sorted(calls, key=lambda node: node.lineno)):
        for keyword in call.keywords:
            yield from _of_keyword(number, keyword)


def _of_keyword(number: int, keyword: ast.keyword) -> Iterator[Claim]:
    value = keyword.value
    if (field := _FIELDS.get(keyword.arg or "")) and isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield Claim(number, field, value.value)
    elif keyword.arg == "published" and isinstance(value, ast.Call):
        year, month, day, *clock = (int(ast.literal_eval(each)) for each in value.args)
        hour, minute, second = (*clock, 0, 0, 0)[:3]
        yield Claim(number, "published", datetime(year, month, day, hour, minute, second, tzinfo=UTC))
    elif keyword.arg in ("authors", "content"):
        inner: Field = "authors" if keyword.arg == "authors" else "content"
        for text in _texts(value, "name" if inner == "authors" else "value"):
            yield Claim(number, inner, text)


def _texts(node: ast.expr, name: str) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            for keyword in call.keywords:
                if keyword.arg == name and isinstance(keyword.value, ast.Constant) and keyword.value.value:
                    yield str(keyword.value.value)


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""
