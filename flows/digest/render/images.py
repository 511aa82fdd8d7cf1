"""Images of an edition: base64 in its content, related parts in a mail, data addresses in a page of its own."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

_CID = re.compile(r"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+")


class Image(NamedTuple):
    """One image. Pages name it as ``cid:`` and its cid (``chart-1@axiswatch``)."""

    cid: str
    subtype: str
    data: bytes


def images(content: Mapping[str, Any]) -> list[Image]:
    """The images that the content carries under ``images``: mappings with cid, type (``image/png``) and data (base64).

    Raises ValueError for one whose cid or type cannot stand in a header.
    """
    return [_image(each) for each in content.get("images", ())]


def _image(told: Mapping[str, Any]) -> Image:
    kind, _, subtype = str(told["type"]).partition("/")
    if kind != "image" or not subtype.isalnum() or not _CID.fullmatch(told["cid"]):
        raise ValueError(f"an image {told['cid']!r} of type {told['type']!r} cannot be mailed")
    return Image(told["cid"], subtype, base64.b64decode(told["data"]))


def standalone(html: str, content: Mapping[str, Any]) -> str:
    """The page with its images inside it, so that a browser shows them without the mail."""
    for image in images(content):
        data = base64.b64encode(image.data).decode()
        html = html.replace(f"cid:{image.cid}", f"data:image/{image.subtype};base64,{data}")
    return html
