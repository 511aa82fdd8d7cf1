"""What of a text is compared where case, spaces and punctuation say nothing."""

from __future__ import annotations


def letters_and_digits(text: str) -> str:
    """The letters and digits of a text, of any script, without difference of case; all else is left out."""
    return "".join(filter(str.isalnum, text.casefold()))
