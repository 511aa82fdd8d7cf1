"""What the links of mails are signed with: a secret that never leaves the machine, and HMAC-SHA-256 (RFC 2104) cut to
160 bits."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from flows.config.environment import desk_secret

BYTES = 20
SECRET_FILE = "desk.secret"  # noqa: S105 - the name of a file, not a secret
"""Beside the store."""


def secret_of(store_path: Path) -> bytes:
    """The secret of the desk: that of the environment, else of the file ``desk.secret`` beside the store, which is
    made (readable by its owner alone) where it is missing. Raises OSError."""
    if given := desk_secret():
        return given.encode()
    path = store_path.with_name(SECRET_FILE)
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


def signed(secret: bytes, words: str) -> str:
    """These words, signed: 27 letters, digits, - and _."""
    made = hmac.new(secret, f"axiswatch desk\n{words}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made[:BYTES]).decode().rstrip("=")
