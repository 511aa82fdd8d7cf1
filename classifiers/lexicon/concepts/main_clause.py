"""The stretches of a headline that assert something themselves: no question, no quotation, nothing behind a colon or
behind a word that begins a clause of the background ("after", "amid", "if")."""

from __future__ import annotations

import re
from collections.abc import Iterator

_QUOTED = re.compile(r"\"[^\"]*\"|„[^\"”]*[\"”]|(?<!\w)'(?:[^']|(?<=\w)'(?=\w))+'(?!\w)|「[^」]*」|《[^》]*》")
_END = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=\s\s))[.!]\s|[?？。;]|\s-{1,2}\s|\.{3}|…|\|")
_LABEL = re.compile(
    r"^\W*(?:breaking|exclusive|update|updated|pilne|oficjalnie|срочно|молния|[^:]*\b(?:war|wojna))[^:]*$"
)
"""What stands before a colon without saying what follows it: a label, or the war that the news is of."""
LONGEST_PREFIX = 40


def main_clauses(folded: str, cuts: re.Pattern[str]) -> list[tuple[int, int]]:
    """[start, end) of each stretch, in a text of which `without_quotations` has taken the quoted words; ``cuts`` finds
    the words by which a clause of the background begins."""
    return [span for piece in _pieces(folded) if (span := _asserted(folded, *piece, cuts))]


def without_quotations(folded: str) -> str:
    """The text with blanks in place of what others are quoted with; no offset moves."""
    return _QUOTED.sub(lambda found: " " * len(found.group()), folded)


def is_label(before: str) -> bool:
    """Whether what stands before a colon does not say what follows it."""
    return bool(_LABEL.match(before))


def _pieces(folded: str) -> Iterator[tuple[int, int]]:
    """The sentences that do not ask; what stands behind a semicolon is other news."""
    start = 0
    for found in _END.finditer(folded):
        if found.group() == ";":
            break
        if found.group() not in ("?", "？"):
            yield start, found.start()
        start = found.end()
    yield start, folded.find(";", start) if ";" in folded[start:] else len(folded)


def _asserted(folded: str, start: int, end: int, cuts: re.Pattern[str]) -> tuple[int, int] | None:
    colon = folded.find(":", start, end)
    if colon >= 0 and colon - start <= LONGEST_PREFIX and is_label(folded[start:colon]):
        start, colon = colon + 1, folded.find(":", colon + 1, end)
    if colon >= 0:
        end = colon
    if (first := cuts.search(folded, start, end)) and not folded[start : first.start()].strip():
        comma = folded.find(",", start, end)
        if comma < 0:
            return None
        start = comma + 1
    cut = cuts.search(folded, start, end)
    return start, cut.start() if cut else end
