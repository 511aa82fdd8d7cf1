"""Which headlines ask and assert nothing, in every script; titles without labels are tested where they are compared."""

from __future__ import annotations

import pytest

from classifiers.text.titles import asks


@pytest.mark.parametrize(
    "title",
    [
        "Would Moscow lend Tehran its ships?",
        "“Who pays for the port?”",
        "کشتی‌ها کجا رفتند؟",
        "러시아, 북한 항구 임대했나",
        "북한군 다시 움직일까…",
        "러 함정, 해협 또 지나나… 해군은 대비",
        "누가 배를 보냈는가",
        "俄罗斯会租用港口吗",
        "ロシアが港を借用か",
    ],
)
def test_a_headline_that_asks(title: str) -> None:
    assert asks(title)


@pytest.mark.parametrize(
    "title",
    [
        "Moscow lends Tehran its ships",
        "러시아, 항구 임대 협상에 우크라이나",
        "사업 인가",
        "俄罗斯租用港口",
        "ロシアが港を借用",
    ],
)
def test_one_that_tells(title: str) -> None:
    assert not asks(title)
