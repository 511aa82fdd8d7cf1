"""Broken folders of a topic, each told by file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from classifiers.topic_check.check import check
from classifiers.topic_check.faults import Fault
from classifiers.topics.active import SHIPPED
from tests.support.command import looked
from tests.support.topics import PACIFIC


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound topic in a folder of its own, to be broken."""
    return Path(shutil.copytree(PACIFIC, tmp_path / "pacific"))


def broken(folder: Path, name: str, old: str, new: str) -> int:
    """Replace ``old`` by ``new`` where it stands first in the file; returns the number of that line."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{name} holds no {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old) + len(old) - len(old.lstrip("\n"))].count("\n") + 1


def faults(folder: Path) -> list[Fault]:
    return [fault for fault in check(folder) if not fault.is_note]


@pytest.mark.parametrize("sound", [SHIPPED, PACIFIC])
def test_sound_topics_have_no_fault_and_every_language_names_every_partner(sound: Path) -> None:
    assert check(sound) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("lexicon/en.toml", 'vanuatu = ["vanuatu"', 'vanuatu = ["tarawa"', "'tarawa' is an alias of kiribati and"),
        ("lexicon/fr.toml", '\nsport = ["', '\nsport = ["", "', "an empty alias under 'sport'"),
        ("lexicon/en.toml", "nauru = [", "nawru = [", "'nawru' is no actor"),
        ("claims.toml", 'channels = ["troops", "arms"]', 'channels = ["tropps"]', "'tropps' is none of the channels"),
        ("claims.toml", '"vanuatu", "kiribati"', '"atlantis", "kiribati"', "'atlantis' is none of the partners"),
        ("claims.toml", 'direction = "from_china"', 'direction = "sideways"', "'sideways' is no direction"),
        ("claims.toml", 'direction = "from_china"', 'giver = ["atlantis"]', "'atlantis' of giver is no actor"),
        ("claims.toml", 'direction = "from_china"', "measures = 3", "write every measure as a"),
        ("claims.toml", 'id = "police-aid"\nname', 'id = "police-aid"\nnom', "'police-aid' says no name"),
        ("patterns/en.toml", "'{P}{...}one[- ]{R}", "'({P}{...}one[- ]{R}", "cannot be compiled"),
        ("patterns/en.toml", "'{P}{...}one[- ]{R}", "'{P}{spend}one[- ]{R}", "uses the list 'spend'"),
        ("patterns/fr.toml", "[channels.arms]", "[channels.armes]", "'armes' is no channel"),
        ("places.toml", '"samoa", "tonga"', '"samoa", "tango"', "'tango' of polynesia is no actor"),
        ("examples.jsonl", '"channels": ["energy_trade"]', '"channels": ["energie"]', "'energie' is none of the"),
        ("examples.jsonl", '"direction": "to_china"', '"direction": "to_mars"', "'to_mars' is no direction"),
        ("examples.jsonl", '{"id": "p1-0003"', '"id": "p1-0003"', "is not readable as JSON"),
        ("names.toml", "tuvalu*|", "tuvalu*||", "an empty alias of 'tuvalu'"),
        ("topic.toml", 'event = "AID"', 'event = "HELP"', "'HELP' is no PLOVER code"),
        ("topic.toml", 'event = "AID"', 'event = "AID", context = "sport"', "'sport' is no context of events"),
        ("topic.toml", 'mask = "xisl"', 'mask = "xchn"', "have one mask, 'xchn'"),
        ("actors.toml", 'role = "opponent"', 'role = "enemy"', "taiwan has no known role"),
        ("sample/entries.jsonl", '"outlet": "coral-wire"', '"outlet": "coral-wir"', "'coral-wir' is no outlet"),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_line(folder: Path, name: str, old: str, new: str, words: str) -> None:
    line = broken(folder, name, old, new)
    found = [fault for fault in faults(folder) if words in fault.what]
    told = f"{words!r} in {faults(folder)}"
    assert [(fault.file.relative_to(folder).as_posix(), fault.line) for fault in found] == [(name, line)], told


@pytest.mark.parametrize(
    ("wording", "words"),
    [
        ('channel = "rail"\nsays = "pays"\npatterns = ["pay"]', "'rail' is no channel"),
        ('says = "pays"\npatterns = ["{spend}"]', "uses the list 'spend'"),
        ('says = "pays"', "a wording needs says and patterns"),
    ],
)
def test_a_wording_that_cannot_be_used_is_a_fault(folder: Path, wording: str, words: str) -> None:
    file = folder / "patterns/en.toml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n[[wording]]\n{wording}\n", encoding="utf-8")
    assert [words in fault.what for fault in faults(folder)] == [True]


def test_a_language_without_cues_is_a_fault(folder: Path) -> None:
    file = folder / "lexicon/fr.toml"
    head, _, rest = file.read_text(encoding="utf-8").partition("\n[cues]\n")
    file.write_text(head + "\n[traps]\n" + rest.partition("\n[traps]\n")[2], encoding="utf-8")
    assert [str(fault).partition(": ")[2] for fault in faults(folder)] == [
        "has no cues; add [cues] with the words of this language"
    ]


def test_missing_and_unreadable_files_are_faults_and_hide_no_others(folder: Path) -> None:
    (folder / "names.toml").unlink()
    line = broken(folder, "places.toml", "[words]", "[words")
    broken(folder, "actors.toml", 'role = "opponent"', 'role = "enemy"')
    told = {(fault.file.name, fault.line): fault.what for fault in faults(folder)}
    assert "is missing" in told["names.toml", 1]
    assert "is not readable as TOML" in told["places.toml", line]
    assert any(name == "actors.toml" for name, _ in told)


def test_a_partner_that_a_language_cannot_name_is_a_note(folder: Path) -> None:
    file = folder / "lexicon/fr.toml"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if "nauru" not in line]
    file.write_text("\n".join(lines), encoding="utf-8")
    notes = [fault for fault in check(folder) if fault.is_note]
    assert [(fault.file.name, "no alias of the partner nauru" in fault.what) for fault in notes] == [("fr.toml", True)]
    assert faults(folder) == []


def test_members_belong_to_partners_and_are_named_by_some_word(folder: Path) -> None:
    file = folder / "members.toml"
    file.write_text(
        '[unnamed]\nnowhere = "a state"\n[nauru]\n"Yaren" = "nauru|"\n"Aiwo" = "zzz"\n[atlantis]\n"Troy" = "troy"\n',
        encoding="utf-8",
    )
    told = {(fault.line, fault.is_note, fault.what.partition(";")[0]) for fault in check(folder)}
    assert told == {
        (2, False, "'nowhere' is no partner"),
        (4, False, "an empty piece of 'Yaren'"),
        (5, True, "no language's word for nauru holds a piece of 'Aiwo': it is never told"),
        (6, False, "'atlantis' is no partner"),
        (7, True, "no language's word for atlantis holds a piece of 'Troy': it is never told"),
    }


def test_the_command_prints_file_and_line_and_ends_with_1(folder: Path) -> None:
    line = broken(folder, "claims.toml", 'direction = "from_china"', 'direction = "sideways"')
    result = looked("topic", "check", folder, cwd=folder)
    assert result.returncode == 1
    assert result.stdout.startswith(f"{folder}/claims.toml:{line}: the claim 'police-aid': 'sideways' is no direction")
    assert "1 fault in" in result.stderr
