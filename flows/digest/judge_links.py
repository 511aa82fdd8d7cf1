"""Links by which a reader judges an entry: each holds a token that allows one verdict on one entry."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar
from urllib.parse import quote

from db.records import LabelValue
from flows.config.settings import Config
from flows.digest.content.edition import EditionContent
from flows.digest.content.story import JudgeLink, StoryContent
from flows.digest.desk_secret import secret_of, signed

logger = logging.getLogger(__name__)

VERDICTS: Mapping[LabelValue, str] = {"relevant": "Relevant", "not_relevant": "Not relevant", "unsure": "Unsure"}
"""What a person may say of an entry, and how a button says it."""
AnyStory = TypeVar("AnyStory", bound=StoryContent)


def token(secret: bytes, edition: str, entry: int, verdict: str) -> str:
    """The token for that verdict on that entry of that edition: 27 letters, digits, - and _."""
    return signed(secret, f"judge\n{edition}\n{entry}\n{verdict}")


def path_of(edition: str, entry: int, verdict: str, allowed_by: str) -> str:
    """The address of a judgement below the root of the desk; ``allowed_by`` is its token."""
    return f"judge/{quote(edition, safe='')}/{entry}/{verdict}?t={allowed_by}"


def with_links(content: EditionContent, current: Config) -> EditionContent:
    """The edition's content with a link for each verdict on each near miss and on each story that only perhaps belongs
    in it, where there is a desk and no other place is named for it. Without them, and with a warning, where the secret
    cannot be used."""
    root = current.desk.root
    doubted = [story for story in content.told() if story.doubt]
    if not root or not (content.near or doubted) or current.digest.review:
        return content
    try:
        secret = secret_of(current.store.path)
    except OSError as error:
        # The digest goes out without its buttons: it is what the reader waits for.
        logger.warning("no links to judge by: %s: %s; mend or remove that file", error.filename, error.strerror)
        return content

    def judged(stories: tuple[AnyStory, ...]) -> tuple[AnyStory, ...]:
        return tuple(replace(each, judge=_links(root, secret, content.name, each.entry)) for each in stories)

    groups = tuple(
        replace(each, stories=judged(each.stories)) if each.part == "perhaps" else each for each in content.groups
    )
    return replace(content, groups=groups, near=judged(content.near), desk_is_local=current.desk.is_local)


def _links(root: str, secret: bytes, edition: str, entry: int) -> tuple[JudgeLink, ...]:
    return tuple(
        JudgeLink(name=name, link=f"{root}/{path_of(edition, entry, verdict, token(secret, edition, entry, verdict))}")
        for verdict, name in VERDICTS.items()
    )
