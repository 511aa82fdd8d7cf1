"""What no log may say: secrets that this process knows, addresses of people, and links that are keys. Every record is
masked where it is made, so that no handler of ours, of Prefect's or of a library's gets it unmasked.

Imports nothing of Prefect, nor of the config: it is there before either is read.
"""

from __future__ import annotations

import base64
import html
import json
import logging
import re
import traceback
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, quote_plus

SECRET, ADDRESS, LOGIN, TOKEN = "<secret>", "<address>", "<login>", "<token>"
SHORT = 6
"""Shorter secrets count as whole words alone: "abc" is a part of too many."""
LONGEST = 20_000
"""Characters of a message that are kept; the rest is counted. One record must not fill a disk."""

_RULES = (
    # The login of a URL, up to the last @ before its path: whatever a password is made of.
    (re.compile(r"(?<=://)[^\s/@]*(?:@[^\s/@]*)*@(?=[^\s/@])"), f"{LOGIN}@"),
    # A token of the desk in the path of a link. The words are those of flows.digest.*_links.
    (re.compile(r"(/unsubscribe/|/follow/(?:stop/)?\d+/)[\w~.-]+"), rf"\1{TOKEN}"),
    # What a URL or a header says after a name that means a key.
    (
        re.compile(
            r"(?i)(\b(?:api[_-]?|access[_-]?)?(?:key|token)|\bpass(?:word|wd)?|\bsecret|\bsig(?:nature)?|[?&]t)="
            r"(?!<)[^\s&;,'\"<>]+"
        ),
        rf"\1={SECRET}",
    ),
    (re.compile(r"(?i)\b(authorization\W{1,4}(?:basic|bearer)|auth (?:plain|login)) +[^\s'\",]+"), rf"\1 {SECRET}"),
    # A mail address, also as it stands in a link; looked for from where a word begins alone: from each of its letters
    # a word of a hundred thousand took minutes.
    (
        re.compile(
            r"(?<![^\s<>,;:\"'()\[\]\\/?&=@|])[^\s<>,;:\"'()\[\]\\/?&=@|]+(?:@|%40)(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]"
        ),
        ADDRESS,
    ),
)
_hidden: dict[str, str] = {}


def hide(values: Iterable[str], instead: str = SECRET) -> None:
    """Have these texts masked from now on, in every form in which a message may hold them."""
    if fresh := [value for value in values if value.strip() and value not in _hidden]:
        _hidden.update({form: instead for value in fresh for form in _forms(value)})
        _pattern.cache_clear()


def masked(text: str) -> str:
    """The text without what no log may say."""
    pattern, instead = _pattern()
    if pattern is not None:
        text = pattern.sub(lambda found: instead.get(found[0].casefold(), SECRET), text)
    for rule, replacement in _RULES:
        text = rule.sub(replacement, text)
    return text


def without_secrets(text: str) -> str:
    """The text without the secrets that this process knows, and nothing else changed: for whoever called a command, and
    may have to see which address in a config is wrong."""
    pattern, instead = _pattern()
    if pattern is None:
        return text
    kept = {form for form, name in instead.items() if name == ADDRESS}
    return pattern.sub(lambda found: found[0] if found[0].casefold() in kept else SECRET, text)


def mask_records() -> None:
    """Mask every record that is made in this process from now on."""
    make = logging.getLogRecordFactory()
    if getattr(make, "masks", False):
        return

    def made(*args: object, **more: object) -> logging.LogRecord:
        record = make(*args, **more)
        _mask(record)
        return record

    made.masks = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(made)


def _mask(record: logging.LogRecord) -> None:
    try:
        told = record.getMessage()
    except Exception:
        # A handler would complain of it on standard error, with all of its arguments.
        told = f"{record.msg!r} % {record.args!r}"
        record.msg, record.args = told, None
    safe = _cut(masked(told))
    if safe != told:
        record.msg, record.args = safe, None
    if record.exc_info and record.exc_info[1] is not None:
        # Whoever formats the record takes this text, and makes none of the error itself.
        record.exc_text = _cut(masked("".join(traceback.format_exception(*record.exc_info)).rstrip("\n")))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} … and {len(text) - LONGEST} more characters"


def _forms(value: str) -> set[str]:
    plain = value.strip()
    coded = base64.b64encode(plain.encode()).decode()
    made = {quote(plain, safe=""), quote_plus(plain), html.escape(plain), repr(plain)[1:-1], json.dumps(plain)[1:-1]}
    return {value, plain, coded.rstrip("="), base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")} | made


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str] | None, dict[str, str]]:
    if not _hidden:
        return None, {}
    # The longest first: where one form is the beginning of another, the whole of it must go.
    forms = sorted(_hidden, key=len, reverse=True)
    parts = [re.escape(form) if len(form) >= SHORT else rf"(?<!\w){re.escape(form)}(?!\w)" for form in forms]
    return re.compile("|".join(parts), re.IGNORECASE), {form.casefold(): _hidden[form] for form in forms}
