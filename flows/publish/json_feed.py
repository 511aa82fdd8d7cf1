"""A feed as JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json

from flows.publish.atom import stamp
from flows.publish.feed_items import Feed, FeedItem

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    """The feed as a document in UTF-8. The same feed gives the same bytes."""
    document: dict[str, object] = {
        "version": VERSION,
        "title": feed.title,
        "language": "en",
        "authors": [{"name": feed.author}],
    }
    if feed.root:
        document |= {"home_page_url": feed.root + "index.html", "feed_url": feed.root + feed.place.json}
    document["items"] = [_item(each) for each in feed.items]
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _item(item: FeedItem) -> dict[str, object]:
    told: dict[str, object] = {"id": item.id, "title": item.title}
    if item.link:
        told["url"] = item.link
    told |= {
        "content_html": item.content,
        "date_published": stamp(item.published),
        "date_modified": stamp(item.updated),
    }
    return told | ({"tags": list(item.tags)} if item.tags else {})
