"""What stands at the foot of a reader's mail: why they get it, how they leave, where else the edition is to be seen."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flows.digest.content.edition import EditionContent
from flows.digest.content.followed import FollowedThread

HERE = ("127.0.0.1", "localhost", "::1")
"""Names and addresses of a machine for itself (RFC 6761, 6.3; RFC 4291, 2.5.3)."""


@dataclass(frozen=True, slots=True)
class MailFooter:
    """The lines of the footer; an empty one is left out. ``unsubscribe`` is where the reader leaves by the press of a
    button or by a mail, ``page`` the edition on the web (which the text has
    named before), ``desk`` the root of the pages that judge, ``followed`` the thread that a mail of one tells."""

    title: str
    recipient: str
    sender: str
    unsubscribe: str
    page: str = ""
    desk: str = ""
    followed: FollowedThread | None = None

    @property
    def stop_by_mail(self) -> str:
        """Where the reader of a thread writes to stop following it; empty in other mails."""
        return stop_by_mail(self.sender, self.followed) if self.followed else ""

    @property
    def stop_is_local(self) -> bool:
        """Whether the page on which the reader stops opens on the machine of the desk alone."""
        return self.followed is not None and leads_here_alone(self.followed.stop)

    @property
    def is_by_mail(self) -> bool:
        """Whether the reader leaves by writing a mail."""
        return self.unsubscribe.startswith("mailto:")

    @property
    def is_desk_here(self) -> bool:
        """Whether the desk answers on the monitor's own machine alone."""
        return leads_here_alone(self.desk)


def leads_here_alone(address: str) -> bool:
    """Whether the address is one that every machine has for itself, so that it leads readers elsewhere nowhere."""
    return urlsplit(address).hostname in HERE


def stop_by_mail(sender: str, followed: FollowedThread) -> str:
    """A mail to the sender that asks to stop following that thread."""
    return f"mailto:{sender}?subject=stop%20following%20thread%20{followed.thread}"


def desk_of(content: EditionContent) -> str:
    """The root of the desk that the edition's own links lead to; empty where it has none."""
    links = [each.link for story in (*content.near, *content.told()) for each in story.judge]
    return next((link.partition("/judge/")[0] for link in links if urlsplit(link).scheme in ("http", "https")), "")
