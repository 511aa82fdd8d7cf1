"""The seed essays as hashed feature rows: `build` makes them from the texts, which the project must not ship;
`read_essays` gives them to training. A bigram hashed into one of 32,768 columns, without its place in the text,
cannot be turned back into a sentence."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from scipy.sparse import csr_matrix

from classifiers.lexicon.analysis import analyse
from classifiers.relevance.pipeline import Rows, make_rows
from classifiers.relevance.spec import Spec
from classifiers.relevance.versions import FEATURES_VERSION, features_version
from classifiers.text.toml_text import read_toml
from classifiers.topics.active import active, shipped_id

FORMAT = 1
ESSAYS, BIBLIOGRAPHY = "essays.npz", "bibliography.toml"
DRAFT = ".draft-"
"""How the name of a file begins while it is being written."""
PASSAGE_WORDS = 60
"""Sentences are gathered into passages of about this many words: the length of a feed's headline and lead."""
SHORTEST = PASSAGE_WORDS // 3
WRAPPED = 120
"""Characters: where no line is longer, line ends are mere wrapping; else each line is a paragraph."""
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=[ \t]*(?:[#>|*+-]|\d+\.\s))")
"""A blank line, or a line that begins as a heading, quotation, table or list."""
_SENTENCE = re.compile(r"(?<=[.!?])[\"”)]*\s+")


class SeedError(Exception):
    """An essay or the built file cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class Essay:
    """What the manifest tells of an essay: never its words."""

    title: str
    author: str
    date: str
    address: str
    sha256: str
    passages: int


def build(files: Sequence[Path], target: Path) -> list[Essay]:
    """Read the essays and write ``target`` (npz) with its manifest (``target`` + ".json") beside it.

    Raises SeedError for a file that is missing, is no text, or holds no passage.
    """
    essays: list[Essay] = []
    passages: list[str] = []
    for file in files:
        text = _read(file)
        own = split_passages(text)
        if not own:
            raise SeedError(f"{file} holds no passage of {SHORTEST} words; is it an essay?")
        passages += own
        checksum = hashlib.sha256(file.read_bytes()).hexdigest()
        essays.append(Essay(**describe(file.stem, text, checksum), sha256=checksum, passages=len(own)))
    rows = rows_of(passages)
    if rows is None:
        raise SeedError(f"no passage of these essays names {active().both}: nothing to learn from them")
    write(target, rows, essays)
    return essays


def rows_of(passages: Sequence[str]) -> Rows | None:
    """The rows of those passages that name the focus and a partner, the others teach nothing; None where none does."""
    analyses = [analysis for analysis in map(analyse, passages) if analysis.joins]
    return make_rows(analyses, Spec().hash_bits) if analyses else None


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SeedError(f"cannot read the essay {file}: {error}") from error


def split_passages(text: str) -> list[str]:
    """The essay's paragraphs cut into passages of whole sentences, about PASSAGE_WORDS words each."""
    passages: list[str] = []
    is_wrapped = max(map(len, text.splitlines()), default=0) <= WRAPPED
    for paragraph in _PARAGRAPH.split(text) if is_wrapped else text.splitlines():
        plain = _LINK.sub(r"\1", " ".join(paragraph.split())).strip(" #*_<>")
        sentences: list[str] = []
        for sentence in _SENTENCE.split(plain):
            sentences.append(sentence)
            if len(" ".join(sentences).split()) >= PASSAGE_WORDS:
                passages.append(" ".join(sentences))
                sentences = []
        passages.append(" ".join(sentences))
    return [passage for passage in passages if len(passage.split()) >= SHORTEST]


def describe(stem: str, text: str, checksum: str) -> dict[str, str]:
    """Title, author, date and address: from the topic's bibliography where the file is in it, else as far as the text
    tells them; the file's name (``stem``) stands in for a title."""
    listed = active().folder / BIBLIOGRAPHY
    known = read_toml(listed) if listed.is_file() else {}
    if checksum in known:
        return dict(known[checksum])
    head = text[:600]
    title = re.search(r"^#\s+(.+)$", head, re.MULTILINE)
    author = re.search(r"^By\s+\[?([^\]\n(]+)", head, re.MULTILINE)
    date = re.search(r"^(\w+ \d{1,2}, \d{4})\s*$", head, re.MULTILINE)
    address = re.search(r"<(https?://[^>]+)>", text)
    return {
        "title": title.group(1).strip() if title else stem.replace("-", " ").replace("_", " "),
        "author": author.group(1).strip() if author else "",
        "date": date.group(1) if date else "",
        "address": address.group(1) if address else "",
    }


def write(target: Path, rows: Rows, essays: Sequence[Essay]) -> None:
    """Write the rows (npz) and their manifest beside them."""
    names = sorted({name for features in rows.mentions for name in features})
    dense = np.array([[features.get(name, 0.0) for name in names] for features in rows.mentions])
    arrays: dict[str, Any] = {"mention_names": np.array(names), "mentions": dense}
    for block in ("words", "characters"):
        sparse: csr_matrix = getattr(rows, block)
        arrays |= {f"{block}_data": sparse.data, f"{block}_indices": sparse.indices, f"{block}_starts": sparse.indptr}
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)
    replace_file(target, packed.getvalue())
    manifest = {
        "format": FORMAT,
        "hash_bits": Spec().hash_bits,
        "features_version": FEATURES_VERSION,
        "rows": len(rows.mentions),
        "essays": [asdict(essay) for essay in essays],
        **({} if active().id == shipped_id() else {"topic": active().id}),
    }
    told = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    replace_file(manifest_of(target), told.encode())


def replace_file(target: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file whole or not at all, by a draft of this process's own. Raises OSError."""
    with tempfile.NamedTemporaryFile(prefix=DRAFT, dir=target.parent, delete=False) as file:
        file.write(content)
    draft = Path(file.name)
    try:
        draft.chmod(mode)
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def without_zeros(rows: Rows) -> Rows:
    """The rows as they come back from a file: without features of the value 0."""
    mentions = tuple({name: value for name, value in features.items() if value} for features in rows.mentions)
    return Rows(mentions, rows.words, rows.characters)


def manifest_of(target: Path) -> Path:
    """Where the manifest of a built file lies."""
    return target.with_name(target.name + ".json")


def shipped() -> Path:
    """The built file of the topic."""
    return active().folder / ESSAYS


def list_essays(target: Path) -> tuple[list[Essay], bool]:
    """(the essays of a built file, whether its rows are of today's features and of the topic)."""
    manifest = _manifest(target)
    return [Essay(**essay) for essay in manifest["essays"]], _is_fresh(manifest)


def _is_fresh(manifest: dict[str, Any]) -> bool:
    # Files from before versions were numbers name the hash of the code that made them.
    named = manifest.get("features_version", manifest.get("code_hash"))
    is_ours = manifest.get("topic", shipped_id()) == active().id
    return is_ours and features_version(str(named)) == FEATURES_VERSION


def _manifest(target: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(manifest_of(target).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SeedError(f"cannot read {manifest_of(target)}: {error}; run `axiswatch seeds build` again") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise SeedError(f"{manifest_of(target)} is of another format; run `axiswatch seeds build` again")
    return manifest


def read_essays(target: Path) -> Rows:
    """The essays' rows. Raises SeedError for a file that is damaged, not ours, or of other features."""
    manifest = _manifest(target)
    bits = manifest["hash_bits"]
    if not _is_fresh(manifest):
        raise SeedError(f"{target} was read for other features; run `axiswatch seeds build` or `add` again")
    if bits != Spec().hash_bits:
        raise SeedError(f"{target} was built for another classifier; run `axiswatch seeds build` or `add` again")
    try:
        with target.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            names = [str(name) for name in arrays["mention_names"]]
            mentions = tuple(
                {name: float(value) for name, value in zip(names, row, strict=True) if value}
                for row in arrays["mentions"]
            )
            blocks = [_block(arrays, name, (len(mentions), 2**bits)) for name in ("words", "characters")]
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise SeedError(f"cannot read {target}: {error}; run `axiswatch seeds build` again") from error
    return Rows(mentions, blocks[0], blocks[1])


def _block(arrays: Any, name: str, shape: tuple[int, int]) -> csr_matrix:
    return csr_matrix((arrays[f"{name}_data"], arrays[f"{name}_indices"], arrays[f"{name}_starts"]), shape=shape)
