"""By what a difference from a suite is known to be one that we decided for; the reasons stand in ``decisions.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from urllib.parse import unquote

from classifiers.text.letters import letters_and_digits
from flows.feeds.parsing.authors import author_line
from flows.feeds.parsing.links import web_address
from flows.feeds.parsing.normalise import primary_language
from flows.feeds.parsing.records import RawEntry
from flows.feeds.parsing.text import plain_text
from tests.suites.cases import Case, Claim, Value
from tests.suites.reading import Reading

_MARKUP = re.compile(
    r"<!--.*?-->|<!\[CDATA\[|\]\]>|<(script|style)\b.*?</\1>|</?[a-zA-Z][^<>]*>", re.DOTALL | re.IGNORECASE
)


def _plain(value: Value) -> str:
    return plain_text(value) if isinstance(value, str) else ""


def _is_plain_text(claim: Claim, mine: Value, _: Reading, __: Case) -> bool:
    """Whether the letters are the same when markup is taken off in the simplest way, which is not the parser's."""
    if claim.field == "link" or not isinstance(mine, str) or not isinstance(claim.value, str):
        return False
    bare = unescape(_MARKUP.sub("", unescape(_MARKUP.sub("", claim.value))))
    return letters_and_digits(bare) == letters_and_digits(mine)


def _is_read_as_html(claim: Claim, mine: Value, _: Reading, __: Case) -> bool:
    return isinstance(mine, str) and claim.field != "link" and mine == _plain(claim.value)


def _is_cut(claim: Claim, mine: Value, _: Reading, __: Case) -> bool:
    return isinstance(mine, str) and mine.endswith("…") and _plain(claim.value).startswith(mine[:-1])


def _is_one_spelling(claim: Claim, mine: Value, _: Reading, case: Case) -> bool:
    told = str(claim.value or "")
    is_based = "://" not in told and unquote(str(mine or "")).endswith(told)  # the suite leaves it relative
    return claim.field == "link" and bool(mine) and (web_address(told, case.url) == mine or is_based)


def _is_no_web_link(claim: Claim, mine: Value, _: Reading, case: Case) -> bool:
    return claim.field == "link" and not mine and not web_address(str(claim.value or ""), case.url)


def _is_of_the_article(claim: Claim, mine: Value, _: Reading, case: Case) -> bool:
    """Whether the document says for a counter's address where it leads, and ours is that."""
    text = case.body.decode("utf-8", "replace")
    return claim.field == "link" and bool(mine) and f"origLink>{mine}".replace("&", "&amp;") in text


def _is_whole_second(claim: Claim, mine: Value, _: Reading, __: Case) -> bool:
    return isinstance(claim.value, datetime) and claim.value.replace(microsecond=0) == mine


def _is_text_for_a_title(claim: Claim, mine: Value, reading: Reading, case: Case) -> bool:
    """Whether the suite has the text or the link stand in for a title that is missing; so do we where entries are
    stored, from the text alone."""
    if claim.field != "title" or mine or not claim.value or claim.entry is None:
        return False
    raw = reading.raw.entries[claim.entry] if claim.entry < len(reading.raw.entries) else RawEntry()
    shown = plain_text(raw.summary or raw.content)
    return claim.value == web_address(raw.link, case.url) or (shown != "" and shown.startswith(_plain(claim.value)))


def _is_one_of_contents(claim: Claim, mine: Value, _: Reading, case: Case) -> bool:
    return (
        claim.field == "content"
        and bool(mine)
        and case.body.count(b"<content") > 1
        and (len(str(mine)) >= len(_plain(claim.value)))
    )


def _is_without_mail(claim: Claim, mine: Value, _: Reading, __: Case) -> bool:
    is_author = claim.field in ("author", "authors") and isinstance(claim.value, str)
    return is_author and "@" in str(claim.value) and author_line([str(claim.value)]) == (mine or "")


def _is_one_of_all(claim: Claim, mine: Value, _: Reading, __: Case) -> bool:
    if claim.field not in ("author", "authors") or not isinstance(mine, str) or not isinstance(claim.value, str):
        return False
    told = author_line([claim.value])
    return told != "" and f", {told}, " in f", {mine}, "


def _is_authors_of_feed(claim: Claim, mine: Value, reading: Reading, _: Case) -> bool:
    return claim.field == "author" and not claim.value and bool(mine) and claim.entry is not None and bool(reading)


def _is_content_as_summary(claim: Claim, mine: Value, reading: Reading, _: Case) -> bool:
    if claim.field != "summary" or claim.value or claim.entry is None:
        return False
    return mine == _plain(reading.raw.entries[claim.entry].content)


def _is_primary_language(claim: Claim, mine: Value, _: Reading, __: Case) -> bool:
    is_language = claim.field == "language" and claim.entry is not None
    return is_language and primary_language(str(claim.value or "")) == (mine or "")


RULES: dict[str, Callable[[Claim, Value, Reading, Case], bool]] = {
    "plain text": _is_plain_text,
    "read as HTML": _is_read_as_html,
    "cut": _is_cut,
    "one spelling": _is_one_spelling,
    "web links only": _is_no_web_link,
    "the article's own address": _is_of_the_article,
    "whole seconds": _is_whole_second,
    "a title's stand-in": _is_text_for_a_title,
    "longest content": _is_one_of_contents,
    "no mail addresses": _is_without_mail,
    "every author": _is_one_of_all,
    "authors of the feed": _is_authors_of_feed,
    "content for a summary": _is_content_as_summary,
    "primary language": _is_primary_language,
}
