"""How entries are found by words: what the full-text index holds of them, and what is asked of it.

The index takes a run of letters for one word. Chinese and Japanese put no spaces between words and Korean ties endings
to them, so their runs are indexed once more as overlapping pairs of characters: any two or more characters in a row
are found, wherever they stand. The trigram index that SQLite has finds nothing shorter than three characters (most
Chinese words have two), and storing mixed feeds took three times as long with it, against 1.25 times with the pairs.
"""

from __future__ import annotations

import re
import sqlite3

# Letters only: kana, Han, Hangul. What SQLite's tokenizer does not know as a letter would split the pairs.
_RUN = re.compile(r"([ぁ-ゖァ-ヺー-ヿ々〆\u3400-\u4dbf\u4e00-\u9fcc\uac00-\ud7a3\U00020000-\U0002a6d6]+)")


def pairs(text: str) -> str:
    """The overlapping pairs of every run of Chinese, Japanese or Korean letters, each run closed by its last letter
    alone (so no phrase reaches from one run into the next), and what of other scripts is tied to such a run, which
    the index would take for one word with it. Empty for other text."""
    if text.isascii() or not _RUN.search(text):
        return ""
    tied = (word for word in text.split() if _RUN.search(word))
    return " ".join(piece for word in tied for part in _RUN.split(word) for piece in _pieces(part))


def _pieces(part: str) -> list[str]:
    if not _RUN.fullmatch(part):
        return [part] if any(map(str.isalnum, part)) else []
    return [part[start : start + 2] for start in range(len(part))]


def index(connection: sqlite3.Connection, entry_id: int, title: str, summary: str, paired: str) -> None:
    """Put a new entry into the index; ``paired`` are its `pairs`. What is changed or deleted later triggers see to."""
    row = (entry_id, title, summary, paired)
    connection.execute("INSERT INTO entries_fts (rowid, title, summary, pairs) VALUES (?, ?, ?, ?)", row)


def match_query(words: str) -> str:
    """What was typed as a full-text query that asks for every word of it; empty where no word is in it.

    Nothing of it is taken for query syntax.
    """
    readable = words.replace("\0", " ").encode(errors="ignore").decode()
    parts = [part for word in readable.split() for part in _RUN.split(word)]
    # What has no letter or digit is in no index: asked for, it would hide what the other words find.
    return " ".join(_phrase(part) for part in parts if any(map(str.isalnum, part)))


def _phrase(part: str) -> str:
    if not _RUN.fullmatch(part):
        return '"' + part.replace('"', '""') + '"'
    if len(part) == 1:
        return f'pairs : "{part}" *'
    return 'pairs : "' + " ".join(_pieces(part)[:-1]) + '"'
