"""Views: what one reader wishes to see of an edition. A pure function of the edition's content and the wishes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flows.config.settings import RecipientSettings
from flows.digest.display_text import one_line, partner_name

StoryContent = Mapping[str, Any]
WHOLE = "Overview, charts and claims are those of the whole edition."


def view(content: Mapping[str, Any], reader: RecipientSettings) -> Mapping[str, Any]:
    """The content with the stories that the reader wishes to see, wherever they stand, and a line that says how many
    there are in all. The counts are those of what is left; the ledger of what was read stays whole.

    A wish that the edition cannot answer (channels, where its stories carry none) hides nothing, and that is said.
    """
    if not wishes(reader):
        return content
    all_told = list(stories(content))
    kept: dict[str, Any] = _pruned(content, reader, can_channels=_carries_channels(all_told))
    kept["counts"] = dict(content["counts"]) | _counts(kept)
    if "late" in kept:
        late = list(stories(kept["late"]))
        kept["late"] = {**kept["late"], "total": len(late), "entries": sum(each["entries"] for each in late)}
    kept["view"] = wishes(reader)
    shown, total = kept["counts"]["shown"], content["counts"]["shown"]
    kept["marks"] = [*content.get("marks", ()), f"Your part ({kept['view']}): {shown} of {total} stories. {WHOLE}"]
    if reader.channels and not _carries_channels(all_told):
        kept["marks"].append("This edition names no channels: none were left out for yours.")
    return kept


def wishes(reader: RecipientSettings) -> str:
    """The reader's wishes in words; empty where everything is wished for."""
    told = [
        ", ".join(partner_name(partner) for partner in reader.partners),
        ", ".join(one_line(channel.replace("_", " "), 40) for channel in reader.channels),
        f"at least {100 * reader.min_probability:.0f}%" if reader.min_probability else "",
        f"in {', '.join(one_line(language, 12) for language in reader.language)}" if reader.language else "",
    ]
    return "; ".join(filter(None, told))


def wanted(story: StoryContent, reader: RecipientSettings, *, can_channels: bool = True) -> bool:
    """Whether the story is one that the reader wishes to see."""
    return (
        _meets(reader.partners, story.get("partner_ids", ()))
        and (not can_channels or _meets(reader.channels, story.get("channels", ())))
        and story.get("probability", story["percent"] / 100) >= reader.min_probability
        and _meets(tuple(map(_primary, reader.language)), (_primary(story["language"] or "und"),))
    )


def stories(value: Any) -> Iterator[StoryContent]:
    """Every story that stands anywhere in the content."""
    if _is_story(value):
        yield value
        return
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for each in inner:
        yield from stories(each)


def _is_story(value: Any) -> bool:
    return isinstance(value, Mapping) and {"headline", "percent", "language"} <= value.keys()


def _carries_channels(told: list[StoryContent]) -> bool:
    return any(story.get("channels") for story in told)


def _meets(wished: tuple[str, ...], there: Any) -> bool:
    return not wished or not set(wished).isdisjoint(there)


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _pruned(value: Any, reader: RecipientSettings, *, can_channels: bool) -> Any:
    if isinstance(value, Mapping):
        return {key: _pruned(each, reader, can_channels=can_channels) for key, each in value.items()}
    if not isinstance(value, list):
        return value
    left = [each for each in value if not _is_story(each) or wanted(each, reader, can_channels=can_channels)]
    pruned = [each if _is_story(each) else _pruned(each, reader, can_channels=can_channels) for each in left]
    return [new for old, new in zip(left, pruned, strict=True) if not _emptied(old, new)]


def _emptied(old: Any, new: Any) -> bool:
    """Whether this is a group that has lost all its stories."""
    return isinstance(old, Mapping) and bool(old.get("stories")) and not new["stories"]


def _counts(kept: Mapping[str, Any]) -> dict[str, int]:
    told = list(stories(kept.get("groups", [])))
    late = sum(story["entries"] for story in stories(kept.get("late", {})))
    outlets = {name for story in told for name in (story["outlet"], *(other["outlet"] for other in story["others"]))}
    return {
        "stories": len(told),
        "shown": len(told),
        "flagged": sum(story["entries"] for story in told) + late,
        "outlets": len(outlets) + max((story["others_left"] for story in told), default=0),
    }
