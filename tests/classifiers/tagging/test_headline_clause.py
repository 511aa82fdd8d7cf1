"""The clause that a headline tells plainly."""

from __future__ import annotations

import pytest

from classifiers.tagging.headline_clause import clause_of
from classifiers.tagging.joint_acts import Told


@pytest.mark.parametrize(
    ("headline", "language", "clause"),
    [
        ("Мадуро прибыл в Москву на переговоры", "ru", "Maduro visits Russia"),
        ("Maduro viajará a Moscú", "es", "Maduro is to visit Russia"),
        ("Putin und Xi unterzeichnen in Moskau einen Vertrag", "de", "Putin and Xi sign a treaty"),
        ("Kim ratifiziert den Beistandspakt mit Moskau", "de", "Kim ratifies a mutual defence pact with Russia"),
        ("Irans Parlament ratifiziert Vertrag mit Russland", "de", "Iran's parliament ratifies a treaty with Russia"),
        ("王毅会见绍伊古", "zh", "Wang Yi meets Shoigu"),
        ("习近平利马会见拜登", "zh", "Xi meets Biden"),
        ("러시아·이란 정상회담 개최", "ko", "Russia and Iran meet"),
        ("한중 정상회담… 경제 협력 논의", "ko", "China and South Korea meet"),
        ("中俄会谈：加强合作", "zh", "China and Russia meet"),
        ("外交部：中方支持朝俄发展双边关系", "zh", "China supports ties between North Korea and Russia"),
    ],
)  # fmt: skip
def test_who_does_what_to_whom(headline: str, language: str, clause: str) -> None:
    found = clause_of(Told(headline, "", language))
    assert found is not None
    assert found.text == clause


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("Wie Putin den Vertrag mit Kuba sah", "de"),  # no act
        ("Sprecher: Vertrag mit Russland unterzeichnet", "de"),  # nobody does it
        ("Putin, Xi und Modi unterzeichnen Vertrag", "de"),  # three are no plain subject
        ("Nach dem Treffen mit Putin in Kasan unterzeichnet Xi nichts", "de"),  # nothing is signed
        ("Мадуро прибыл на переговоры", "ru"),  # nowhere
        ("外交部：中方支持对话", "zh"),  # no two parties have ties
        ("한국 정상회담", "ko"),  # one party alone
        ("习近平会见卢拉", "zh"),  # whom no table names
        ("Министр России обсудил в Минске учения", "ru"),  # where they met is not whom he met
    ],
)
def test_what_is_not_plain_is_no_clause(headline: str, language: str) -> None:
    assert clause_of(Told(headline, "", language)) is None
