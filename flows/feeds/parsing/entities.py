"""XML entities that are declared to blow up whoever reads them, refused before any parser sees them."""

from __future__ import annotations

import re

MAX_ENTITIES, MAX_ENTITY, MAX_GROWTH = 300, 100, 4_000_000
"""Declarations, characters in one, and characters that the uses of all of them may come to."""

_INTERNAL_SUBSET = re.compile(rb"<!DOCTYPE\s[^>\[]{0,2000}\[", re.I)
_DECLARATION = re.compile(rb"<!ENTITY\s+(%\s+)?([^\s\"'>]{1,200})\s+(SYSTEM|PUBLIC|\"[^\"]*\"|'[^']*'|)", re.I)
_REFERENCE = re.compile(rb"[&%][A-Za-z_:]")


def are_hostile(document: bytes) -> bool:
    """Whether a document declares entities that refer to each other (a few lines stand for gigabytes), that are long or
    many, or whose uses come to more than ``MAX_GROWTH`` characters. Declared characters, as ``nbsp``, are fine; names
    of files and addresses are left to the parsers, none of which ever opens one."""
    if not _INTERNAL_SUBSET.search(document):
        return False  # Declarations stand nowhere else: these are words of an article about XML.
    declarations = _DECLARATION.findall(document)
    if len(declarations) > MAX_ENTITIES:
        return True
    growth = 0
    for _, name, value in declarations:
        if len(value) > MAX_ENTITY or _REFERENCE.search(value):
            return True
        growth += len(value) * document.count(b"&" + name + b";")
    return growth > MAX_GROWTH
