"""Messages for chats: Slack's blocks, Mattermost's attachments, an adaptive card for Teams.

Headlines are hostile: they must neither become markup nor call everyone who is in the room.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Json = dict[str, object]
SLACK_HEADER = 150
SLACK_SECTION = 3000
"""Characters that Slack takes in a header and in a section (docs.slack.dev, reference of blocks)."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>&])")
_AT = "@\u200b"
"""An at sign that calls nobody: what follows it is another character."""


@dataclass(frozen=True, slots=True)
class ChatStory:
    """A story in a message: its headline with a link (or none), and lines of plain text beneath."""

    headline: str
    link: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message in plain text: heading, lines, stories, what is left out, where the rest can be read."""

    heading: str
    opening: tuple[str, ...]
    stories: tuple[ChatStory, ...]
    closing: str
    page: str

    @property
    def plain(self) -> str:
        """What a notification shows: the heading and the first headline."""
        return " · ".join((self.heading, *(story.headline for story in self.stories[:1])))


def slack(message: ChatMessage) -> Json:
    """Slack's form: ``text`` for notifications, ``blocks`` for the room."""
    blocks: list[Json] = [{"type": "header", "text": {"type": "plain_text", "text": message.heading[:SLACK_HEADER]}}]
    blocks += [_slack_section(escaped_for_slack("\n".join(message.opening)))] if message.opening else []
    blocks += [_slack_section(_slack_story(each)) for each in message.stories]
    rest = _slack_link("the whole edition", message.page)
    if ending := " · ".join(filter(None, (message.closing, rest))):
        blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": ending, "verbatim": True}]})
    return {
        "text": escaped_for_slack(message.plain),
        "blocks": blocks,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _slack_story(story: ChatStory) -> str:
    """The story in as many lines as a section takes: cut elsewhere, its link would be open."""
    head = _slack_link(story.headline, story.link)
    if not head or len(head) > SLACK_SECTION:
        head = escaped_for_slack(story.headline)
    text = head
    for line in map(escaped_for_slack, story.lines):
        if len(text) + 1 + len(line) <= SLACK_SECTION:
            text = f"{text}\n{line}"
    return text


def _slack_link(text: str, link: str) -> str:
    return f"<{link.replace('&', '&amp;')}|{escaped_for_slack(text)}>" if link else ""


def _slack_section(text: str) -> Json:
    # Verbatim: names of people and rooms in the text stay text.
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def escaped_for_slack(text: str) -> str:
    """The text without a character that Slack takes for its own: no link, no call to a room."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mattermost(message: ChatMessage) -> Json:
    """Mattermost's form: ``text``, and an attachment for each story."""
    rest = _markdown_link("the whole edition", message.page)
    ending = " · ".join(filter(None, (message.closing, rest)))
    text = "\n".join(
        filter(None, (f"#### {escaped_markdown(message.heading)}", *map(escaped_markdown, message.opening), ending))
    )
    return {"text": text, "attachments": [_attachment(each) for each in message.stories]}


def _attachment(story: ChatStory) -> Json:
    head = _markdown_link(story.headline, story.link) or escaped_markdown(story.headline)
    text = "\n".join((f"**{head}**", *map(escaped_markdown, story.lines)))
    return {"fallback": story.headline.replace("@", _AT), "text": text}


def _markdown_link(text: str, link: str) -> str:
    safe = link.replace("(", "%28").replace(")", "%29")
    return f"[{escaped_markdown(text)}]({safe})" if link else ""


def escaped_markdown(text: str) -> str:
    """The text as Markdown that shows it and does nothing else."""
    return _MARKDOWN.sub(r"\\\1", text).replace("@", _AT)


def teams(message: ChatMessage) -> Json:
    """A message with an adaptive card, as workflows of Teams take it. Its runs of text know no markup."""
    body = [_rich(_run(message.heading, weight="Bolder", size="Medium"))]
    body += [_rich(_run(line)) for line in message.opening]
    for story in message.stories:
        body.append(_rich(_run(story.headline, weight="Bolder", link=story.link), separator=True))
        body += [_rich(_run(line, size="Small")) for line in story.lines]
    if message.closing or message.page:
        body.append(_rich(_run(message.closing or "the whole edition", link=message.page), separator=True))
    card: Json = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": message.plain,
        "body": body,
        "msteams": {"width": "Full"},
    }
    attachment: Json = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "summary": message.plain, "attachments": [attachment]}


def _rich(*runs: Json, separator: bool = False) -> Json:
    return {"type": "RichTextBlock", "inlines": list(runs), "separator": separator}


def _run(text: str, *, weight: str = "Default", size: str = "Default", link: str = "") -> Json:
    run: Json = {"type": "TextRun", "text": text, "weight": weight, "size": size}
    return run | ({"selectAction": {"type": "Action.OpenUrl", "url": link}} if link else {})
