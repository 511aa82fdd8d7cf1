"""Stories as events: what the tags make of words, and who does it to whom."""

from __future__ import annotations

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.plover import by_tags, codebook, event_id, events_of
from classifiers.tagging.plover_words import COOPERATIVE
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from classifiers.text.fold import entry_text
from db.records.frames import Frame
from db.records.tags import Tag, Tags
from tests.support.story_entries import entry

FRICTION = [
    "China expels two Russian diplomats",
    "Turkey turns back tanker with Russian oil",
    "Azerbaijan closes Russian cultural centre in Baku",
    "Turkish banks return payments from Russia",
    "India refuses Russian offer of fighter jets",
    "Kazakhstan halts exports of drones to Russia",
    "Serbia denies selling shells to Russia",
    "Iran complains about late delivery of Russian jets",
    "Beijing rejects Moscow's terms for a gas pipeline",
    "China arrests Russian smugglers",
    "Chinese banks stop transfers to Russia",
    "Китай выслал двух российских дипломатов",
    "Турецкие банки возвращают платежи из России",
    "Індія відмовилась від російських винищувачів",
    "Туреччина вислала двох російських дипломатів",
    "Kasachstan stoppt Lieferung von Drohnen nach Russland",
    "China weist zwei russische Diplomaten aus",
    "Ankara expulse deux diplomates russes",
    "Kazachstan wstrzymał eksport dronów do Rosji",
    "China expulsa a dos diplomáticos rusos",
    "Índia recusa caças russos",
    "La Cina espelle due diplomatici russi",
    "Türkiye iki Rus diplomatı sınır dışı etti",
    "中国驱逐两名俄罗斯外交官",
    "哈萨克斯坦暂停向俄罗斯出口无人机",
    "중국, 러시아 외교관 2명 추방",
    "トルコの銀行、ロシアからの送金を返却",
    "الصين تطرد دبلوماسيين روسيين",
    "چین دو دیپلمات روس را اخراج کرد",
    "סין גירשה שני דיפלומטים רוסים",
]


def tags_for(title: str, summary: str = "") -> Tags:
    return tagged(analyse(entry_text(title, summary)), read_watchlist())


@pytest.mark.parametrize(
    ("title", "code", "mode", "source", "target"),
    [
        ("Putin and Kim sign mutual defence treaty", "SUPPORT", "", "russia", "north_korea"),
        ("Russia and China hold joint naval drills off Japan", "COOPERATE", "", "russia", "china"),
        ("US sanctions Chinese firms that supply Russia", "SANCTION", "discontinue", "united_states", "china"),
        ("China denies arming Russia", "REJECT", "assist", "china", "russia"),
        ("Washington accuses China of building drones for Russia", "ACCUSE", "allege", "united_states", "china"),
        ("Iran delivers more drones to Russia", "AID", "", "iran", "russia"),
        ("Iran will deliver more drones to Russia", "AGREE", "", "iran", "russia"),
        ("Lavrov visits Beijing", "CONSULT", "visit", "russia", "china"),
        ("Xi hosts Putin in Beijing", "CONSULT", "visit", "russia", "china"),
        ("China expels two Russian diplomats", "SANCTION", "expel", "china", "russia"),
        ("Nordkorea liefert Granaten an Russland", "AID", "", "north_korea", "russia"),
    ],
)
def test_headlines_are_coded(title: str, code: str, mode: str, source: str, target: str) -> None:
    event = events_of(entry(1, title), tags_for(title))[0]
    assert (event.code, event.mode, event.source, event.target) == (code, mode, source, target)


@pytest.mark.parametrize("title", FRICTION)
def test_friction_is_never_coded_as_cooperation(title: str) -> None:
    assert events_of(entry(1, title), tags_for(title))[0].code not in COOPERATIVE


@pytest.mark.parametrize("code", sorted(COOPERATIVE))
def test_tags_of_friction_leave_no_cooperation(code: str) -> None:
    for phase in ("", "sought", "planned", "under way", "done", "ended"):
        for vouching in ("", "plain", "alleged", "denied", "confirmed"):
            frame = Frame("transfer", "russia", "china", phase, vouching)
            tags = Tags((Tag("friction", "yes"),), frames=(frame,))
            assert by_tags(code, tags) not in COOPERATIVE


@pytest.mark.parametrize(
    ("frame", "code", "made"),
    [
        (Frame("transfer", phase="done", vouching="denied"), "AID", "REJECT"),
        (Frame("transfer", phase="ended", vouching="plain"), "AID", "SANCTION"),
        (Frame("transfer", phase="planned", vouching="plain"), "AID", "AGREE"),
        (Frame("transfer", phase="done", vouching="plain"), "MOBILIZE", "AID"),
        (Frame("joint", phase="done", vouching="plain"), "MOBILIZE", "COOPERATE"),
        (Frame("none"), "MOBILIZE", "MOBILIZE"),
        (Frame("transfer", phase="planned", vouching="plain"), "ACCUSE", "ACCUSE"),
    ],
)
def test_the_frame_says_what_an_act_comes_to(frame: Frame, code: str, made: str) -> None:
    assert by_tags(code, Tags(frames=(frame,))) == made


def test_the_channel_decides_where_no_word_does() -> None:
    bare = entry(1, "Moscow, Pyongyang and a long railway")
    tags = Tags((Tag("channel", "arms"),), frames=(Frame("transfer", "north_korea", "russia", "done", "plain"),))
    event = events_of(bare, tags)[0]
    assert (event.code, event.rule, event.source, event.contexts) == ("AID", "channel", "north_korea", ("military",))
    assert (events_of(bare)[0].code, events_of(bare)[0].rule) == ("", "nothing")


def test_what_is_not_about_the_topic_is_coded_too() -> None:
    event = events_of(entry(1, "US accuses EU of dumping steel"))[0]
    assert (event.code, event.source, event.target) == ("ACCUSE", "united_states", "europe")


def test_gifts_in_both_directions_are_two_events() -> None:
    title = "North Korea sends artillery shells to Russia"
    summary = "Russia delivers oil to North Korea. Both shipments went by rail."
    events = events_of(entry(1, title, summary), tags_for(title, summary))
    assert [(each.source, each.target) for each in events] == [("north_korea", "russia"), ("russia", "north_korea")]
    assert len({each.id for each in events}) == 2


def test_an_id_is_the_same_for_the_same_event_alone() -> None:
    title = "Iran delivers more drones to Russia"
    one, again = entry(1, title, link="https://one.example/a"), entry(2, title, link="https://one.example/a")
    ids = {events_of(each, tags_for(title))[0].id for each in (one, again)}
    assert len(ids) == 1
    event = events_of(one, tags_for(title))[0]
    assert event.id == event_id(one, event, "2026-01-02")
    assert event.id != event_id(one, event, "2026-01-03")
    assert event.id != events_of(entry(1, title, link="https://two.example/a"), tags_for(title))[0].id


def test_every_code_that_tags_can_make_is_in_the_codebook() -> None:
    assert set(codebook()["codes"]) > COOPERATIVE
