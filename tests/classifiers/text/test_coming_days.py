"""Days to come in headlines of languages beside English."""

from __future__ import annotations

from datetime import date

import pytest

from classifiers.text.coming_days import coming_days

FRIDAY = date(2024, 11, 8)
THURSDAY, DECEMBER, NEXT_WEEK, NEXT_MONTH, NEXT_YEAR = (
    ("day", date(2024, 11, 14)),
    ("month", date(2024, 12, 31)),
    ("week", date(2024, 11, 17)),
    ("month", date(2024, 12, 31)),
    ("year", date(2025, 12, 31)),
)
NINTH = ("day", date(2024, 12, 9))
NAMED = [
    ("de", "Putin reist am Donnerstag nach Minsk", THURSDAY),
    ("de", "Gipfel am 9. Dezember geplant", NINTH),
    ("de", "Manöver im Dezember", DECEMBER),
    ("de", "Kim will nächste Woche nach Moskau", NEXT_WEEK),
    ("de", "Werk soll nächstes Jahr fertig sein", NEXT_YEAR),
    ("fr", "Poutine sera jeudi à Minsk", THURSDAY),
    ("fr", "Un sommet prévu le 9 décembre", NINTH),
    ("fr", "Manœuvres en décembre", DECEMBER),
    ("fr", "Lavrov attendu la semaine prochaine à Téhéran", NEXT_WEEK),
    ("es", "Putin viajará el jueves a Minsk", THURSDAY),
    ("es", "Firmarán el 9 de diciembre", NINTH),
    ("es", "Maniobras en diciembre", DECEMBER),
    ("it", "Putin giovedì a Minsk", THURSDAY),
    ("it", "Vertice il 9 dicembre", NINTH),
    ("it", "Manovre a dicembre", DECEMBER),
    ("pt", "Putin chega na quinta-feira a Minsk", THURSDAY),
    ("pt", "Cimeira a 9 de dezembro", NINTH),
    ("nl", "Poetin donderdag naar Minsk", THURSDAY),
    ("nl", "Top op 9 december", NINTH),
    ("ro", "Putin merge joi la Minsk", THURSDAY),
    ("ro", "Summit pe 9 decembrie", NINTH),
    ("ru", "Путин в четверг посетит Минск", THURSDAY),
    ("ru", "Лавров прибудет в Тегеран в среду", ("day", date(2024, 11, 13))),
    ("ru", "Саммит пройдёт 9 декабря", NINTH),
    ("ru", "Газпром увеличит поставки в декабре", DECEMBER),
    ("ru", "Учения начнутся на следующей неделе", NEXT_WEEK),
    ("ru", "Завод откроют в будущем году", NEXT_YEAR),
    ("uk", "Лавров прибуде до Тегерана в середу", ("day", date(2024, 11, 13))),
    ("uk", "Саміт відбудеться 9 грудня", NINTH),
    ("uk", "Навчання розпочнуться наступного тижня", NEXT_WEEK),
    ("pl", "Putin w czwartek poleci do Mińska", THURSDAY),
    ("pl", "Ławrow przyleci w środę", ("day", date(2024, 11, 13))),
    ("pl", "Szczyt 9 grudnia", NINTH),
    ("pl", "Ćwiczenia w grudniu", DECEMBER),
    ("pl", "Rozmowy w przyszłym tygodniu", NEXT_WEEK),
    ("cs", "Putin přiletí ve čtvrtek", THURSDAY),
    ("cs", "Summit 9. prosince", NINTH),
    ("tr", "Putin perşembe günü Minsk'e gidiyor", THURSDAY),
    ("tr", "Zirve 9 Aralık'ta", NINTH),
    ("tr", "Tatbikat Aralık ayında", DECEMBER),
    ("tr", "Görüşme önümüzdeki hafta", NEXT_WEEK),
    ("he", "פוטין יבקר במינסק ביום חמישי", THURSDAY),
    ("he", "הפסגה תתקיים ב-9 בדצמבר", NINTH),
    ("he", "תרגיל בדצמבר", DECEMBER),
    ("ar", "بوتين يزور مينسك الخميس", THURSDAY),
    ("ar", "القمة في 9 ديسمبر", NINTH),
    ("ar", "مناورات في ديسمبر", DECEMBER),
    ("ar", "لافروف يصل إلى طهران الأسبوع المقبل", NEXT_WEEK),
    ("fa", "پوتین پنجشنبه به مینسک می‌رود", THURSDAY),
    ("fa", "نشست ۹ دسامبر برگزار می‌شود", NINTH),
    ("fa", "رزمایش سال آینده گسترده‌تر می‌شود", NEXT_YEAR),
    ("zh", "普京将于周四访问明斯克", THURSDAY),
    ("zh", "峰会将于12月9日举行", NINTH),
    ("zh", "普京将于14日访问明斯克", THURSDAY),
    ("zh", "军演将于12月举行", DECEMBER),
    ("zh", "拉夫罗夫下周访华", NEXT_WEEK),
    ("zh", "工厂明年投产", NEXT_YEAR),
    ("ja", "プーチン氏、木曜日にミンスク訪問へ", THURSDAY),
    ("ja", "首脳会談は12月9日に", NINTH),
    ("ja", "来月に合同演習", NEXT_MONTH),
    ("ko", "푸틴, 목요일 민스크 방문", THURSDAY),
    ("zh", "拉夫罗夫下周四访华", THURSDAY),
    ("fr", "Poutine à Minsk jeudi de la semaine prochaine", THURSDAY),
    ("ru", "Саммит пройдёт 9 декабря 2024 года", NINTH),
    ("es", "La firma, el 9 de diciembre de 2024", NINTH),
    ("ko", "정상회담 12월 9일 개최", NINTH),
    ("ko", "다음 주 방러", NEXT_WEEK),
    ("ko", "내년 공장 가동", NEXT_YEAR),
]


@pytest.mark.parametrize(("language", "text", "named"), NAMED)
def test_a_day_to_come_is_read(language: str, text: str, named: tuple[str, date]) -> None:
    found = next(coming_days(text, language, FRIDAY))
    assert (found.span, found.last) == named


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Am Morgen griffen Drohnen an"),
        ("de", "Manöver im Oktober"),
        ("fr", "Sommet du 7 novembre"),
        ("es", "Llegan por la mañana"),
        ("pl", "Liście w lipie"),
        ("ru", "Среда обитания"),
        ("zh", "日本和俄罗斯"),
        ("zh", "十月自俄罗斯进口原油保持首位"),
        ("ko", "일본과 러시아"),
        ("ko", "3일 만에 합의"),
        ("xx", "9 December"),
        ("ro", "În mai multe țări"),
        ("ro", "De două luni"),
        ("tr", "Naim Kasım konuştu"),
        ("tr", "Rusya yeni pazar arıyor"),
        ("he", "יולי אדלשטיין הודיע"),
        ("he", "יום שני ברציפות"),
        ("fa", "سه سال آینده"),
        ("fr", "Xi reçu jeudi dernier"),
        ("fr", "Le monde d'après-demain"),
        ("zh", "普京表明日本立场"),
        ("zh", "上周四会晤"),
        ("zh", "2023年12月9日会晤"),
        ("ko", "국내일정 공개"),
        ("es", "Firmaron el 9 de diciembre de 2023"),
        ("he", "שיגורים מאיראן"),
        ("he", "לראשונה מאז דצמבר 2019"),
        ("ko", "개봉 17일 만에 500만 돌파"),
        ("ar", "طائرة قرب مطار بغداد"),
        ("ar", "إصابة فلسطينيين اثنين"),
        ("pl", "W środku była kobieta"),
        ("pl", "Kąpiel w czerwonej farbie"),
        ("ru", "В среднем получали больше"),
        ("ru", "Корабль идёт в Средиземное море"),
    ],
)
def test_what_is_past_or_another_word_is_not(language: str, text: str) -> None:
    assert list(coming_days(text, language, FRIDAY)) == []


def test_a_day_alone_is_of_the_month_in_which_it_lies_nearest() -> None:
    assert [each.last for each in coming_days("普京3日访华", "zh", date(2024, 11, 28))] == [date(2024, 12, 3)]
    assert list(coming_days("普京30日访华", "zh", date(2024, 12, 1))) == []


def test_a_month_half_a_year_ago_is_that_of_the_next_year() -> None:
    assert [each.last for each in coming_days("Visite le 3 février", "fr", FRIDAY)] == [date(2025, 2, 3)]
