"""What the file is called that knows of an alarm which the book does not hold."""

from __future__ import annotations

PREFIX = "alarm-"
"""Before the kind, in the name of what is no flow."""


def name_of(kind: str, subject: str) -> str:
    """Its name without the ending: a flow's failures are taken down under its own name."""
    return subject if kind == "flow failed" else PREFIX + "-".join(filter(None, (*kind.split(), subject)))
