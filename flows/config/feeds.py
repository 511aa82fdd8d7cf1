"""Which feeds are read, and the packs into which the built-in ones are sorted."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from flows.config.base import Settings

PACK_OF_KIND = {
    "wire": "wires",
    "press": "press",
    "think_tank": "think-tanks",
    "official": "officials",
    "state_media": "state-media",
}
"""Kind of outlet → the pack that its built-in feeds are in."""
PACKS = tuple(PACK_OF_KIND.values())


def _known_pack(name: str) -> str:
    if name in PACKS:
        return name
    near = get_close_matches(name.lower().replace("_", "-"), PACKS, 1, 0.5)
    meant = f"did you mean {near[0]!r}? The" if near else "the"
    raise ValueError(f"there is no pack {name!r}; {meant} packs are {', '.join(PACKS)}")


Pack = Annotated[str, AfterValidator(_known_pack)]
"""The name of a pack."""


class FeedsSettings(Settings):
    """Which feeds are read."""

    file: Path | None = None
    """A TOML file of [[feed]] tables; without it, the built-in list."""
    builtin: bool = True
    """Whether the built-in list is read where ``file`` names no other."""
    packs: tuple[Pack, ...] = PACKS
    """The parts of the built-in list that are read."""
    added: Path = Path("var/feeds.toml")
    """What `axiswatch feeds add`, `remove` and `import` write; it is read after the list."""
