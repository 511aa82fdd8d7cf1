"""The signs by which an edition's arrows say how sure they are, and what a reader is told of them."""

from __future__ import annotations

GIVES, GUESSED, STOPPED, MUTUAL, AT_ODDS = "→", "→?", "↛", "↔", "at odds"
LEGENDS = {
    GUESSED: "likely that way, but not surely told",
    STOPPED: "not given: held up, refused or ended",
}
"""What a sign means that is not the plain arrow, in the order in which a reader is told."""
