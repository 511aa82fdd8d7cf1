"""Whether two machines score alike: a hash of all that an entry's score comes from, the model left out."""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import classifiers
from classifiers.topics.active import active

LIBRARIES = ("ahocorasick-rs", "babel", "mmh3", "numpy", "py3langid", "scipy")
"""Those that take part in a score."""
KINDS = (".py", ".toml", ".json", ".jsonl", ".npz", ".tsv", ".txt")


class OtherProgramError(Exception):
    """A worker elsewhere would score otherwise; the message names its machine and the remedy."""

    @classmethod
    def here(cls) -> OtherProgramError:
        """Of this machine."""
        return cls(
            f"the worker on {platform.node()} has another axiswatch, topic or libraries than the one that sends it"
            " entries; install the same version there with the same constraints.txt, and the topic in the same place"
        )


def program_hash() -> str:
    """16 hex digits that are the same where the code and data that score, the topic that is watched, Python and the
    libraries are."""
    made = hashlib.sha256(repr((sys.version_info[:2], [(name, version(name)) for name in LIBRARIES])).encode())
    for root in (Path(classifiers.__file__).parent, active().folder):
        for file in _files(root):
            made.update(file.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return made.hexdigest()[:16]


def _files(root: Path) -> Iterator[Path]:
    yield from (file for file in sorted(root.rglob("*")) if file.suffix in KINDS and file.is_file())
