"""What a mail of a followed thread says beside the story that tells what is new: the thread and its steps so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.digest.content.record import ABSENT, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedStep(Record):
    """A story of the thread in a line: its ``day`` ("17 Nov"), its number in the store, how its lead tells it, the act
    in our words (``gloss``, for headlines in other languages), how far that had come, and who told it. ``is_new``: the
    mail brings it."""

    day: str
    story: int
    headline: str
    link: str
    language: str
    gloss: str
    status: str
    outlets: tuple[str, ...]
    outlets_left: int = 0
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedThread(Record):
    """The thread, called by what its first story told, as one reader follows it.

    ``thread`` is the number of that story; ``subject`` is what the mail is called, ``since`` when the reader began,
    ``steps`` those so far, in the order of time, the earliest ``steps_left`` only counted. ``page`` is the page of the
    thread in the archive, ``stop`` where the reader stops following, ``one_click`` the same for mail programs,
    ``again`` where they follow it again; each may be empty. ``ended`` says why the mail is the last; else it is empty.
    """

    thread: int
    name: str
    language: str
    subject: str
    since: str
    quiet_days: int
    steps: tuple[DatedStep, ...]
    steps_left: int = 0
    page: str = ""
    stop: str = ""
    one_click: str = field(default="", metadata=ABSENT)
    again: str = field(default="", metadata=ABSENT)
    ended: str = field(default="", metadata=ABSENT)
