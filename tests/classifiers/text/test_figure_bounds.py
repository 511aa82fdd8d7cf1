"""The most and the least that a text gives for a figure."""

from __future__ import annotations

import pytest

from classifiers.text.figure_bounds import bound_of
from classifiers.text.fold import fold
from classifiers.text.numbers.read import numbers_in


@pytest.mark.parametrize(
    ("text", "language", "bound"),
    [
        ("Cuba may send up to 3,000 soldiers", "en", "up to"),
        ("Cuba sends as many as 3,000 soldiers", "en", "up to"),
        ("Cuba sends at least 3,000 soldiers", "en", "at least"),
        ("Cuba sends more than 3,000 soldiers", "en", "at least"),
        ("Cuba sends 3,000 soldiers", "en", ""),
        ("Cuba hands over 3,000 soldiers", "en", ""),
        ("Whatever Cuba is up to, 3,000 soldiers came", "en", ""),
        ("Kuba schickt bis zu 3000 Soldaten", "de", "up to"),
        ("Kuba schickt mindestens 3000 Soldaten", "de", "at least"),
        ("Cuba envoie jusqu'à 3000 soldats", "fr", "up to"),
        ("Cuba envoie plus de 3000 soldats", "fr", "at least"),
        ("Cuba envía hasta 3000 soldados", "es", "up to"),
        ("Cuba envía al menos 3000 soldados", "es", "at least"),
        ("Cuba invia fino a 3000 soldati", "it", "up to"),
        ("Cuba invia oltre 3000 soldati", "it", "at least"),
        ("Cuba envia até 3000 soldados", "pt", "up to"),
        ("Cuba envia mais de 3000 soldados", "pt", "at least"),
        ("Kuba wyśle do 3000 żołnierzy", "pl", "up to"),
        ("Kuba wysłała ponad 3000 żołnierzy", "pl", "at least"),
        ("Куба отправит до 3000 солдат", "ru", "up to"),
        ("Куба отправила не менее 3000 солдат", "ru", "at least"),
        ("Куба відправить до 3000 солдатів", "uk", "up to"),
        ("Куба відправила понад 3000 солдатів", "uk", "at least"),
        ("Küba en fazla 3000 asker gönderiyor", "tr", "up to"),
        ("Küba en az 3000 asker gönderdi", "tr", "at least"),
        ("كوبا ترسل ما يصل إلى 3000 جندي", "ar", "up to"),
        ("كوبا ترسل أكثر من 3000 جندي", "ar", "at least"),
        ("کوبا تا 3000 سرباز می‌فرستد", "fa", "up to"),
        ("کوبا دست‌کم 3000 سرباز فرستاد", "fa", "at least"),
        ("קובה תשלח עד 3000 חיילים", "he", "up to"),
        ("קובה שלחה לפחות 3000 חיילים", "he", "at least"),
        ("古巴将派遣多达3000名士兵", "zh", "up to"),
        ("古巴派遣至少3000名士兵", "zh", "at least"),
        ("キューバ、最大3000人の兵士を派遣へ", "ja", "up to"),
        ("キューバ、3000人以上を派遣", "ja", "at least"),
        ("쿠바, 최대 3000명 파병", "ko", "up to"),
        ("쿠바, 3000명 이상 파병", "ko", "at least"),
        ("Kuba stuurt 3000 soldaten", "nl", ""),
        ("Куба увеличила контингент до 3000 солдат", "ru", ""),
        ("Kuba zwiększyła kontyngent do 3000 żołnierzy", "pl", ""),
        ("Cuba aumenta hasta 3000 soldados su contingente", "es", ""),
        ("古巴派遣超過3000名士兵", "zh", "at least"),
    ],
)
def test_the_words_beside_a_figure_say_whether_it_is_the_most_or_the_least(
    text: str, language: str, bound: str
) -> None:
    folded = fold(text)
    found = next(each for each in numbers_in(folded, language) if each.low == 3000)
    assert bound_of(folded, found.start, found.end, language) == bound
