"""feedparser: each file begins with a comment whose ``Expect`` is an expression of Python about the result.

Of such an expression the comparisons with a constant are read, joined by ``and``; it is never evaluated.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from flows.feeds.parsing.encoding import to_utf8
from tests.suites.cases import Case, Claim, Field

_EXPECT = re.compile(r"Description:\s*(.*?)\s*Expect:\s*(.*?)\s*-->", re.DOTALL)
_HEADER = re.compile(r"^Header:\s+([^:]+):(.*)$", re.MULTILINE)
FIELDS: dict[str, Field] = {
    "title": "title", "title_detail.value": "title", "link": "link", "id": "guid", "guid": "guid",
    "author": "author", "author_detail.name": "author", "summary": "summary", "description": "summary",
    "subtitle": "summary", "tagline": "summary", "summary_detail.value": "summary", "subtitle_detail.value": "summary",
    "tagline_detail.value": "summary", "description_detail.value": "summary", "content.0.value": "content",
    "content_detail.value": "content", "published_parsed": "published", "date_parsed": "published",
    "updated_parsed": "published", "modified_parsed": "published", "created_parsed": "published",
    "issued_parsed": "published", "language": "language", "title_detail.language": "language",
}  # fmt: skip


def cases(root: Path) -> Iterator[Case]:
    """The documents of its tests, with what their comments say."""
    for file in sorted((root / "tests").rglob("*.*")):
        if file.suffix in (".xml", ".json"):
            yield _case(file, root)


def _case(file: Path, root: Path) -> Case:
    body = file.read_bytes()
    text = _text(body)
    name = file.relative_to(root).as_posix()
    headers = {key.lower(): value.strip() for key, value in _HEADER.findall(text)}
    told = _EXPECT.search(text)
    claims, charset, must_read = read_expression(told[2]) if told else ((), "", False)
    if file.suffix == ".json":  # of whose document nothing is kept but its entries
        claims = tuple(claim for claim in claims if claim.entry is not None)
    address = headers.get("content-location", "") or f"http://127.0.0.1:8097/{name}"
    return Case(name, body, claims, headers.get("content-type", ""), address, charset, must_read)


def _text(body: bytes) -> str:
    """The document as text, so far as its comment can be read in it."""
    return to_utf8(body).decode("utf-8", "ignore")


def read_expression(expression: str) -> tuple[tuple[Claim, ...], str, bool]:
    """(what it says of what is compared, the encoding that it names, whether it says that the document is sound)."""
    try:
        tree = ast.parse(expression, mode="eval").body
    except SyntaxError:
        return (), "", False
    parts = list(_conjuncts(tree))
    claims, charset = [], ""
    for path, value in (pair for part in parts for pair in _equalities(part)):
        if path == ["encoding"] and isinstance(value, str):
            charset = value
        elif claim := _claim(path, value):
            claims.append(claim)
    return tuple(claims), charset, any(ast.unparse(part) == "not bozo" for part in parts)


def _conjuncts(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        for value in node.values:
            yield from _conjuncts(value)
    else:
        yield node


def _equalities(node: ast.expr) -> Iterator[tuple[list[str], object]]:
    """(path, constant) of each comparison in ``a == b == "…"``."""
    if not isinstance(node, ast.Compare) or not all(isinstance(op, (ast.Eq, ast.Is)) for op in node.ops):
        return
    sides = [node.left, *node.comparators]
    try:
        value = ast.literal_eval(_joined(sides[-1]))
    except ValueError:
        return
    yield from ((_path(side), value) for side in sides[:-1])


def _joined(node: ast.expr) -> ast.expr:
    """Texts that are added to each other as one constant."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return ast.Constant(ast.literal_eval(_joined(node.left)) + ast.literal_eval(_joined(node.right)))
    return node


def _path(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [*_path(node.value), node.attr]
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return [*_path(node.value), str(node.slice.value)]
    return ["?"]


def _claim(path: list[str], value: object) -> Claim | None:
    is_entry = path[0] == "entries" and len(path) > 1 and path[1].isdigit()
    if not is_entry and path[0] not in ("feed", "channel"):
        return None
    inner = ".".join(path[2:] if is_entry else path[1:])
    field: Field | None = "authors" if re.fullmatch(r"authors\.\d+\.name", inner) else FIELDS.get(inner)
    entry = int(path[1]) if is_entry else None
    if entry is None and (field in ("author", "authors", "published") or inner == "title_detail.language"):
        return None  # of the whole document, what only its entries are asked for
    if field == "published":
        return Claim(entry, field, _moment(value)) if isinstance(value, tuple) and len(value) == 9 else None
    return Claim(entry, field, value) if field and (value is None or isinstance(value, str)) else None


def _moment(parts: tuple[int, ...]) -> datetime:
    year, month, day, hour, minute, second = parts[:6]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
