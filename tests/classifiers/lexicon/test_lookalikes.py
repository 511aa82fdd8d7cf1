"""Words of everyday life that look like a party's name, language by language: what the lexicon must not take them for.

Each text stands with the actors that are really named in it.
"""

from __future__ import annotations

import pytest

from classifiers.lexicon.mentions import find_actors
from classifiers.lexicon.read import read_lexicon
from classifiers.text.fold import fold

NOBODY: dict[str, tuple[str, ...]] = {
    "en": (
        "The Lancet published a study in the shape of a letter",
        "A Richard Wagner evening, then the putinesca",
        "Novak Djokovic plays in the final",
        "Costa Rica is known for its birds",
        "The woman felt malicious; she teapots and brews",
        "Petro Poroshenko met Kim Philby's biographer",
        "A zircon ring and a muscatel", "An African American choir sang at Emirates Stadium",
        "Paris Hilton wore a chinos suit",
        "Jordan River, Nile, Nilgiri tea",
        "Ottoman footstools and a Roman omen",
        "A germane remark of the seamstress on ukuleles",
        "A chad, a serbonian bog, a mallet",
    ),
    "ru": (
        "Лавровый лист и лавры победителя",
        "Мини-отель для туристов",
        "Индивидуальный предприниматель из индустрии моды",
        "Индейка по-домашнему, индейцы и индюки",
        "Сирень зацвела, сироп готов",
        "Тиранозавр и тиран",
        "Кубатура и кубок по хоккею, кубики",
        "Малина, маленький и малый бизнес",
        "Чадо и чадра",
        "Оманула, обманула, роман окончен",
        "Ливень, ливрея и ливер",
        "Сериал и серьга, сербать чай",
        "Катаракта и катар дыхательных путей", "Новак Джокович вышел в финал",
        "Иракез, ирокез и ирис",
    ),
    "uk": (
        "Лавровий лист і лаври",
        "Індивідуальний захист, індустрія моди",
        "Індик запечений, індики на фермі",
        "Сирний пиріг і сироп",
        "Тиранозавр і тиран",
        "Кубок з хокею, кубики льоду",
        "Малина і маленький будинок",
        "Роман письменника, романтика",
        "Злива і ліверна ковбаса",
        "Серіал про лікарів",
    ),
    "pl": (
        "Nikt mu nie ufa",
        "Malina i mali chłopcy, mały dom",
        "Rosół i rosa na trawie",
        "Indyk pieczony, indywidualny rachunek",
        "Chinina i chichot",
        "Kubek herbaty, kubatura domu",
        "Syrop na kaszel, syrena alarmowa",
        "Omańcza, omamy, roman",
        "Sernik, serwis i serial",
        "Czad w mieszkaniu",
        "Na katar i gorączkę u dzieci",
        "Turkot kół, turkus",
        "Irys w ogrodzie",
    ),
    "de": (
        "Der Pol der Batterie, die Polung",
        "Der Rüssel des Elefanten, Russ im Kamin",
        "Das Chinin und die Chinchillas",
        "Indiz und Index, Indianer im Film",
        "Mehrmalige Versuche, einmalige Malereien",
        "Der Oma nie, der Roman von Romanisten",
        "Serbelt, Servietten und Serien",
        "Uranus, Iris und Iridium",
        "Die Türkis-Farbe, türkisblau",
        "Schade, die Tschadore",
        "Der Kubus, kubische Formen",
        "Richard Wagners Ring in Bayreuth",
    ),
    "fr": (
        "Le rustre et la rousse, un roussi",
        "Chiner aux puces, un chineur, une machine",
        "Le malin, la malice et le mal",
        "Un cube, cubique, incubateur",
        "Le herbier, les exerbes du verbe",
        "Un indice, l'indigo, l'industrie",
        "Le roman, Roman et romance",
        "Une dame, des dames, le jeu de dames",
        "Le tchador et le chat",
        "Les turquoises de la mer",
        "Un ours blanc, un russule des bois",
        "Le riz au curry",
    ),
    "es": (
        "Un rusiente fuego, la rusticidad",
        "La cochina chinche",
        "Una maliciosa idea, la malicia, malísimo",
        "El cubo, la cubierta y el cubil",
        "La serbal del bosque, el servicio",
        "El índice, el indicio y la industria",
        "Ellos irán mañana de compras",
        "La turquesa del anillo",
        "El romance, Román y el romano",
        "Siriaco, sirope y sirena",
        "El níspero y Costa Rica",
        "Las chinchillas y la cochinilla",
    ),
    "zh": (
        "俄亥俄州举行选举",
        "俄勒冈州山火",
        "中心广场与国际象棋",
        "古巴比伦的历史",
        "印象派画展与印刷术",
        "伊人与伊妹儿",
        "马里兰州的学校",
        "马里奥赛车游戏",
        "朝阳区的天气",
        "土豆与耳机",
        "乍看之下",
        "阿曼达的新书",
        "尼康相机",
    ),
    "ko": (
        "사랑이란 무엇인가",
        "행복이란 것은",
        "인도적 지원을 확대",
        "인도를 걷던 보행자",
        "중구의 시장",
        "러닝 대회와 러브레터",
        "소란을 피우다",
        "말리는 사람, 머리를 말리다",
        "쿠폰 할인",
        "오만한 태도",
        "카드 결제, 차도를 건너다",
        "이란성 쌍둥이",
        "조선소와 조선업 수주",
        "우박 피해",
    ),
    "fa": (
        "در آستانه سفر او",
        "در آستانه سال نو و برگزاری جشن",
        "روسری و روستا",
        "روسپی و عروس",
        "ظروف چینی و چین دامن", "چین و چروک صورت",
        "هندوانه و هندسه",
        "عمو و عماد و عمارت",
        "کوبیدن و کوبنده",
        "مالی و اعتباری سازمان",
        "مسائل مالی شرکت",
        "چادر سیاه",
        "ترکیب و ترکش",
        "سور و ساز عروسی",
    ),
    "ar": (
        "عروس وعروسة، فاروس",
        "الدروس والفيروس",
        "تخمين وتحسين المدينة",
        "هندسة البناء والمهندس",
        "مالي ومصرفي، المركز المالي",
        "كوب شاي",
        "مناورات السلام",
        "قاعدة عين الأسد",
        "في العاصمة عمان",
        "القطرات والقطار",
        "الشرعية والشريعة، أحكام الشرع",
        "تركيب الأجهزة وتركيز",
    ),
    "he": (
        "כיוון שירד גשם, הכיוון השתנה",
        "בית הרוס, עירוס המים",
        "פרוסה של לחם, פרוסות",
        "הסינון של המים, סינר",
        "הודעה לעיתונות, הודיה",
        "אי ראיה, אירוע",
        "סורג וסורר",
        "מאליו, שמאלי",
        "קובה במרק",
        "הטורקיז והטור",
        "אומן ואמן",
        "תורכם הגיע, מתורגמן",
        "סרבן וסרבנות",
    ),
    "it": (
        "La rosa e il rosso del tramonto", "Cinema e cinghiali nel parco",
        "Cubo di Rubik e cubetti di ghiaccio", "Tacchino e patate, ciambelle e caffè",
        "Sciroppo per la tosse e siringhe", "Serbare un ricordo, serbatoio pieno",
        "Putto barocco, statue di gesso", "Novak Djokovic vince la finale", "La catarsi e il catarro",
        "Giordano Bruno e il Rinascimento", "Iridi e libri di fiabe",
    ),
    "pt": (
        "O peru de Natal e o arroz", "Chinelo e chinchila no quintal", "Cubo de gelo e cubículo",
        "Males do inverno, tosse e gripe", "O índio do filme e os indígenas da floresta",
        "Xarope para a tosse, sereia e sérum", "Catarro e catarata", "Romã e romance",
        "Novak Djokovic vence a final", "Rusga entre vizinhos", "Iremos ao cinema",
    ),
    "tr": (
        "Teklif kabul edildi, heyet kabul etti",
        "Kabul salonu hazır, kabul töreni bitti",
        "Mali tablolar ve mali müşavir", "Küp şeker ve kübik ev", "Hint yağı ve hindi dolması",
        "Tohum serpmek, serpinti", "Çini vazo ve çinko", "Rüya ve rüzgar", "İrade ve iradesizlik",
        "Novak Djokovic finali kazandı", "Suriçi gezisi, sürü", "Körebe oyunu", "Çatı ve çat kapı",
    ),
    "ja": (
        "露天風呂とラーメン", "中国地方の天気は雨", "いらない物を捨てる", "インドア派の休日",
        "キューバリブレを飲む", "北の国から", "シリアルを朝食に食べる", "マリモと湖", "カタルシスを味わう",
        "おまんじゅうを食べる", "ノバク・ジョコビッチが優勝", "セルフサービスの店", "ロシアンブルーの猫",
    ),
}  # fmt: skip


def test_every_language_of_the_lexicon_is_tried() -> None:
    assert NOBODY.keys() == set(read_lexicon().languages)


@pytest.mark.parametrize("language", NOBODY)
def test_words_that_look_like_names_are_no_parties(language: str) -> None:
    found = {
        text: [text[m.start : m.end] for m in find_actors(text, fold(text), language)] for text in NOBODY[language]
    }
    assert {text: named for text, named in found.items() if named} == {}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "IOC lets Russian athletes compete", {"russia"}),
        ("en", "Myanmar's junta buys Russian jets", {"other", "russia"}),
        ("en", "The African Lion drill near Ain al-Asad", {"africa"}),
        ("en", "Kim Yong-hyun and Kim Jong Un", {"north_korea"}),
        ("en", "Colombia's Petro, not Petro Poroshenko", {"other"}),
        ("ru", "Киевская хунта", {"ukraine"}),
        ("ru", "Индонезия и Индийский океан", {"other"}),
        ("zh", "印度尼西亚总统", {"other"}),
        ("ko", "인도네시아 대통령, 인도적 지원", {"other"}),
        ("de", "Polen liegt an der Ostsee", {"europe"}),
        ("ar", "مناورات الأسد الأفريقي في المغرب", {"africa"}),
        ("es", "Irán y Rusia irán juntos", {"iran", "russia"}),
    ],
)
def test_the_names_beside_lookalikes_are_still_found(language: str, text: str, expected: set[str]) -> None:
    assert {mention.code for mention in find_actors(text, fold(text), language)} == expected
