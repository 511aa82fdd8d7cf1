"""Links by which a reader judges an entry: each holds a token that allows one verdict on one entry.

Tokens are signed with a secret that never leaves the machine: HMAC-SHA-256 (RFC 2104), cut to 160 bits.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import os
import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from db.records import LabelValue
from flows.config.environment import desk_secret
from flows.config.settings import Config
from flows.digest.content.edition import EditionContent
from flows.digest.content.story import JudgeLink

logger = logging.getLogger(__name__)

VERDICTS: Mapping[LabelValue, str] = {"relevant": "Relevant", "not_relevant": "Not relevant", "unsure": "Unsure"}
"""What a person may say of an entry, and how a button says it."""
BYTES = 20


def secret_of(store_path: Path) -> bytes:
    """The secret of the desk: that of the environment, else of the file ``desk.secret`` beside the store, which is
    made (readable by its owner alone) where it is missing. Raises OSError."""
    if given := desk_secret():
        return given.encode()
    path = store_path.with_name("desk.secret")
    if path.exists() and not path.stat().st_size:
        path.unlink()  # what a power cut may leave behind; anybody could sign with it
    if not path.exists():
        _make(path)
    return path.read_bytes()


def _make(path: Path) -> None:
    """Write a secret, whole or not at all, and never over one that is there: two processes may come here at once."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_hex(32).encode())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def token(secret: bytes, edition: str, entry: int, verdict: str) -> str:
    """The token for that verdict on that entry of that edition: 27 letters, digits, - and _."""
    return signed(secret, f"judge\n{edition}\n{entry}\n{verdict}")


def signed(secret: bytes, words: str) -> str:
    """These words, signed: 27 letters, digits, - and _."""
    made = hmac.new(secret, f"axiswatch desk\n{words}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made[:BYTES]).decode().rstrip("=")


def path_of(edition: str, entry: int, verdict: str, allowed_by: str) -> str:
    """The address of a judgement below the root of the desk; ``allowed_by`` is its token."""
    return f"judge/{quote(edition, safe='')}/{entry}/{verdict}?t={allowed_by}"


def with_links(content: EditionContent, current: Config) -> EditionContent:
    """The edition's content with a link for each verdict on each near miss, where there is a desk and no other place
    is named for it. Without them, and with a warning, where the secret cannot be used."""
    root = current.desk.root
    if not root or not content.near or current.digest.review:
        return content
    try:
        secret = secret_of(current.store.path)
    except OSError as error:
        # The digest goes out without its buttons: it is what the reader waits for.
        logger.warning("no links to judge by: %s: %s; mend or remove that file", error.filename, error.strerror)
        return content
    judged = tuple(replace(story, judge=_links(root, secret, content.name, story.entry)) for story in content.near)
    return replace(content, near=judged, desk_is_local=current.desk.is_local)


def _links(root: str, secret: bytes, edition: str, entry: int) -> tuple[JudgeLink, ...]:
    return tuple(
        JudgeLink(name=name, link=f"{root}/{path_of(edition, entry, verdict, token(secret, edition, entry, verdict))}")
        for verdict, name in VERDICTS.items()
    )
