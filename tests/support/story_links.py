"""Links that clustering proposed between stories of real days, which two readers judged: may an edition say of the
later story that it follows the earlier one?

``tests/digest/compose/story_links.jsonl`` holds the ids of the leads of both, and what each reader said: "yes", "loose"
(the same broad subject), "no". Those ``scored`` were looked at once, when decision 0096 was taken.

    python -m tests.support.story_links [--scored]
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from flows.digest.compose.inputs import ClusterFacts
from flows.digest.compose.matters import is_of_one_matter
from flows.digest.compose.story import Story
from tests.support.edition_records import composed
from tests.support.story_judgements import STREAM
from tests.support.story_steps import judged_row
from tests.support.told_stories import traces

FILE = Path(__file__).resolve().parents[1] / "digest" / "compose" / "story_links.jsonl"
Linked = Counter[tuple[bool, str]]
"""(whether an edition says so, what both readers said) → links."""


def linked(*, scored: bool) -> Linked:
    """What editions make of the links of one half on which both readers agree; nothing where the stream is not there.
    Each story is its lead alone, so that a few links come out otherwise than in the edition of their day."""
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    agreed = [row for row in rows if row["scored"] is scored and len(set(row["told"])) == 1]
    texts = _texts({row[side] for row in agreed for side in ("earlier", "later")})
    return Counter((_is_told(texts[row["earlier"]], texts[row["later"]]), row["told"][0]) for row in agreed if texts)


def _texts(ids: set[str]) -> dict[str, dict[str, Any]]:
    if not STREAM.is_file():
        return {}
    with gzip.open(STREAM, "rt", encoding="utf-8") as lines:
        return {row["id"]: row for row in map(json.loads, lines) if row["id"] in ids}


def _is_told(earlier: dict[str, Any], later: dict[str, Any]) -> bool:
    (trace,) = traces(composed([judged_row(earlier, 1)], {1: 1}))
    return is_of_one_matter(Story((judged_row(later, 2),), 2, ClusterFacts(follows=1)), trace)


def main() -> None:
    """Print what is reached."""
    found = linked(scored="--scored" in sys.argv)
    for told, name in ((True, "told as following"), (False, "not told")):
        print(name, {said: found[told, said] for said in ("yes", "loose", "no")})


if __name__ == "__main__":
    main()
