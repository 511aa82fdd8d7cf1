"""The text part's lines: 72 columns at the most, whatever the script; links whole."""

from __future__ import annotations

import random
import textwrap
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows.config.settings import Config
from flows.digest.judge_links import with_links
from flows.digest.render.mail_footer import MailFooter
from flows.digest.render.pages import render_parts, with_footer
from flows.digest.render.wrapping import NEVER_FIRST, TEXT_WIDTH, columns, wrapped
from tests.support import sample_editions
from tests.support.edition_records import edition, scored

CHINESE = "发言人回应有关提问时说，不了解有关情况，如何发展关系是两国自己的事。"
KOREAN = "당국자는 두 나라가 다음 달에 다시 만나 협정을 논의할 것이라고 말했다"


def test_a_wide_character_takes_two_columns_and_a_mark_above_none() -> None:
    assert [columns(text) for text in ("ab", "京河", "한강", "e\u0301", "نهٔ", "")] == [2, 4, 4, 1, 2, 0]


@pytest.mark.parametrize("text", [CHINESE * 4, f"{KOREAN} " * 4, f"3. {CHINESE} | in Chinese, told by outlets " * 3])
@pytest.mark.parametrize("indent", ["", "    "])
def test_no_line_is_wider_and_nothing_is_lost(text: str, indent: str) -> None:
    lines = wrapped(text, indent, "- ").splitlines()
    assert max(map(columns, lines)) <= TEXT_WIDTH
    assert min(map(columns, lines[:-1])) > TEXT_WIDTH - 16, "lines are filled"
    assert "".join(lines).replace(" ", "")[1:] == text.replace(" ", "")
    assert not [line for line in lines if line.strip()[:1] in NEVER_FIRST]


def test_korean_is_broken_between_words() -> None:
    assert " ".join(wrapped(f"{KOREAN} {KOREAN}").splitlines()) == f"{KOREAN} {KOREAN}"


def test_a_link_beside_wide_words_stays_whole() -> None:
    link = "https://news.example/" + "a-long-path-" * 9
    assert link in wrapped(f"京河日报 {link} 京河日报").splitlines()


def test_other_texts_are_as_the_library_has_them() -> None:
    draw = random.Random(1)
    for _ in range(200):
        text = " ".join("x" * draw.randint(1, 90 if draw.random() < 0.05 else 12) for _ in range(draw.randint(0, 40)))
        assert wrapped(text, "  ", "") == textwrap.fill(
            text, TEXT_WIDTH, subsequent_indent="  ", break_on_hyphens=False, break_long_words=False
        )


def test_the_text_of_every_sample_day_stays_within_it(tmp_path: Path) -> None:
    desk = Config.model_validate({"store": {"path": tmp_path / "watch.db"}})
    foot = MailFooter(
        "한강 감시" * 9, "a@x.example", "d@w.example", "https://w.example/u", desk="http://127.0.0.1:8737"
    )
    wide = edition([scored(1, CHINESE * 3, summary=KOREAN * 3, outlet=KOREAN), scored(2, outlet=CHINESE)], {1: 1, 2: 1})
    for told in (*sample_editions.editions(date(2024, 11, 10)), wide):
        linked = replace(told, content=with_links(told.content, desk))
        text = with_footer(render_parts(linked), foot).text
        assert [line for line in text.splitlines() if columns(line) > TEXT_WIDTH and "://" not in line] == []
