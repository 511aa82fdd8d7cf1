"""A document of a suite judged: what is as the suite says, what differs by decision and by which, what is wrong."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path

from flows.feeds.parsing.encoding import to_utf8
from tests.suites.cases import Case, Claim, Field
from tests.suites.reading import Reading, ours, read
from tests.suites.rules import RULES
from tests.support.mutations import faults

DECISIONS = tomllib.loads((Path(__file__).parent / "decisions.toml").read_text(encoding="utf-8"))
KINDS: Mapping[str, str] = DECISIONS["kinds"]
"""Kind of difference → why we want it so."""
_SHOWN: Mapping[Field, tuple[Field, ...]] = {"text": ("content", "summary")}
_ENTRY = re.compile(rb"<(?:[\w-]+:)?(?:item|entry)[\s>]")


@dataclass(slots=True)
class Verdict:
    """What came of one document. ``right`` counts what was compared and agreed; ``decided`` what differs, by kind."""

    crash: str = ""
    faults: list[str] = field(default_factory=list)
    right: int = 0
    decided: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """One word for the whole document: the worst that holds of it."""
        if self.crash or self.faults:
            return "crashed" if self.crash else "unsound"
        if self.wrong or self.decided:
            return "wrong" if self.wrong else "decided"
        return "right" if self.right else "sound"


def judged(case: Case, suite: str) -> Verdict:
    """The document read twice and held against its suite's words and our own promises."""
    try:
        reading, again = read(case), read(case)
    except Exception as error:  # whatever the parser lets through is what is being looked for
        return Verdict(crash=f"{type(error).__name__}: {error}"[:200])
    verdict = Verdict(faults=faults(reading.parsed))
    if again != reading:
        verdict.faults.append("read twice, it is another")
    if not reading.parsed.error and not reading.parsed.seen and _ENTRY.search(to_utf8(case.body, case.content_type)):
        verdict.faults.append("elements of entries stand in it: neither one nor an error came of it")
    for claim in case.claims:
        _weigh(case, reading, claim, suite, verdict)
    _weigh_whole(case, reading, suite, verdict)
    return verdict


def _weigh(case: Case, reading: Reading, claim: Claim, suite: str, verdict: Verdict) -> None:
    told = [ours(case, reading, replace(claim, field=each)) for each in _SHOWN.get(claim.field, (claim.field,))]
    mine = told[0]
    if (claim.value or "") in [each or "" for each in told]:
        verdict.right += 1
        return
    rules = ((kind, each) for kind, fits in RULES.items() for each in told if fits(claim, each, reading, case))
    kind = next((kind for kind, _ in rules), "") or named(case, suite)
    if kind:
        verdict.decided[kind] += 1
    else:
        verdict.wrong.append(f"{claim.field} of {claim.entry}: {claim.value!r:.150} is ours {mine!r:.150}")


def _weigh_whole(case: Case, reading: Reading, suite: str, verdict: Verdict) -> None:
    """What is said of the document and not of a field of it."""
    wrong = []
    if case.must_read and reading.parsed.error:
        wrong.append(f"it must be read, and ours says: {reading.parsed.error}")
    if case.must_date and not any(entry.stated_at for entry in reading.raw.entries):
        wrong.append("its date is one of its format, and we understand none")
    if case.charset and not _is_in(case):
        wrong.append(f"it is in {case.charset}, and we read it otherwise")
    verdict.right += sum((case.must_read, case.must_date, bool(case.charset))) - len(wrong)
    if wrong and (kind := named(case, suite)):
        verdict.decided[kind] += 1
    else:
        verdict.wrong += wrong


def _is_in(case: Case) -> bool:
    """Whether our reading of its bytes is that of the encoding that its suite names."""
    try:
        text = case.body.decode(case.charset, "replace")
    except LookupError:
        return False
    return to_utf8(text.encode("utf-8", "ignore")) == to_utf8(case.body, case.content_type)


def named(case: Case, suite: str) -> str:
    """The kind under which a document stands in the table by its name."""
    rows = [row for row in DECISIONS.get("documents", ()) if row["suite"] == suite]
    return next((row["kind"] for row in rows if any(fnmatchcase(case.name, each) for each in row["names"])), "")
