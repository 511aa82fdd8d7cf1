"""Images of an edition: base64 in its content, related parts in a mail, data addresses in a page of its own."""

from __future__ import annotations

import base64
import re
from typing import NamedTuple

from flows.digest.content.edition import EditionContent, Image

_CID = re.compile(r"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+")


class ImagePart(NamedTuple):
    """One image as bytes. Pages name it as ``cid:`` and its cid (``chart-1@axiswatch``)."""

    cid: str
    subtype: str
    data: bytes


def images(content: EditionContent) -> list[ImagePart]:
    """The images that the content carries. Raises ValueError for one whose cid or type cannot stand in a header."""
    return [_image(each) for each in content.images or ()]


def _image(image: Image) -> ImagePart:
    kind, _, subtype = image.type.partition("/")
    if kind != "image" or not subtype.isalnum() or not _CID.fullmatch(image.cid):
        raise ValueError(f"an image {image.cid!r} of type {image.type!r} cannot be mailed")
    return ImagePart(image.cid, subtype, base64.b64decode(image.data))


def standalone(html: str, content: EditionContent) -> str:
    """The page with its images inside it, so that a browser shows them without the mail."""
    for image in images(content):
        data = base64.b64encode(image.data).decode()
        html = html.replace(f"cid:{image.cid}", f"data:image/{image.subtype};base64,{data}")
    return html
