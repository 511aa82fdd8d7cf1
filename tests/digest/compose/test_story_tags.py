"""The act of a story in a reader's words: the arrow and how sure it is, how far it has come, who says so, a gloss."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records import ScoredEntry
from db.records.frames import Certainty, Frame, Phase
from db.records.tags import ClaimLink, Tag, Tags
from flows.digest.compose.arrows import chain
from flows.digest.content.arrow_signs import GIVES, GUESSED
from flows.digest.render.pages import render_html, render_text
from flows.digest.render.top_lines import top_lines
from tests.support.edition_records import HtmlPage, composed, edition, scored, stories
from tests.support.told_stories import traces

HOSTILE = '"><script>alert(1)</script>\u202e{{ 7 * 7 }}'


def told(frame: Frame, status: str = "reported") -> Tags:
    tags = (Tag("partner", "iran"), Tag("channel", "arms"), Tag("direction", "to_russia"), Tag("status", status))
    return Tags(tags, (), (), (frame,))


def arms(certainty: Certainty = "read", claimant: str = "") -> Frame:
    return Frame("transfer", "iran", "russia", "planned", "alleged", claimant, certainty)


def test_only_who_is_read_to_give_stands_at_the_arrow() -> None:
    named = told(arms())
    made = scored(1, "Drones of Iran for Russia built by men of Mali", tags=named)
    (story,) = stories(composed([replace(made, score=replace(made.score, partners=("africa", "iran")))]))
    assert story.chain == "Iran → Russia: arms"


def test_a_doubtful_act_has_no_arrow_no_status_no_channel_and_no_short_form() -> None:
    frame = replace(arms("doubtful"), vouching="denied")
    made = scored(1, "Ein langer Titel über Iran und Russland, in dem sich vieles findet und nichts geschieht, " * 2)
    made = replace(made, score=replace(made.score, tags=told(frame, "denied"), language="de", partners=("iran",)))
    (story,) = stories(composed([made]))
    assert (story.chain, story.status, story.channels, story.direction) == ("", "", (), "")
    assert not any("→" in each or "↔" in each for each in story.short_forms)


def test_doubtful_reports_have_no_vote_beside_one_that_is_read() -> None:
    doubtful = [scored(n, "Iran and Russia", tags=told(arms("doubtful")), partners=("iran",)) for n in (1, 2)]
    given = Frame("transfer", "russia", "iran", "done", "plain")
    tags = (Tag("partner", "iran"), Tag("channel", "arms"), Tag("direction", "from_russia"), Tag("status", "reported"))
    read = scored(3, "Russia sends Iran jets", tags=Tags(tags, (), (), (given,)), partners=("iran",))
    (story,) = stories(composed([*doubtful, read], {1: 7, 2: 7, 3: 7}))
    assert (story.chain, story.status) == ("Russia → Iran: arms", "")


@pytest.mark.parametrize(
    ("title", "partner", "line"),
    [
        ("Equatorial Guinea receives rifles from Russia", "africa", "Russia → Equatorial Guinea: arms"),
        ("Russia hands rifles to Indonesia", "other", "Russia → Indonesia: arms"),
        ("Russia hands rifles to the Houthis", "armed_groups", "Russia → Houthi fighters: arms"),
        ("Russia hands rifles to a state far away", "other", "Russia → Another state: arms"),
        ("Russia hands rifles to African states", "africa", "Russia → Africa: arms"),
    ],
)
def test_a_group_is_told_by_the_member_that_the_lead_names(title: str, partner: str, line: str) -> None:
    tags = (Tag("partner", partner), Tag("channel", "arms"), Tag("direction", "from_russia"))
    frame = Frame("transfer", "russia", partner, "done", "plain", "", "read")
    made = scored(1, title, tags=Tags(tags, (), (), (frame,)), partners=(partner,))
    made = replace(made, entry=replace(made.entry, summary="", body=""))
    (story,) = stories(composed([made]))
    assert (story.chain, story.partner_ids) == (line, (partner,))


@pytest.mark.parametrize(
    ("phase", "line"),
    [("done", "Russia, Iran at odds: arms"), ("ended", "Iran ↛ Russia: arms"), ("sought", "Iran ↛ Russia: arms")],
)
def test_two_who_are_at_odds_give_each_other_nothing(phase: Phase, line: str) -> None:
    title = "Iran scolds Russia over missiles"
    plain = told(replace(arms(), phase=phase))
    tags = replace(plain, tags=(*plain.tags, Tag("friction", "yes", ((5, 11),))))
    content = composed([scored(1, title, tags=tags, partners=("iran",))])
    (story,) = stories(content)
    assert story.chain == line
    (first,) = top_lines(content)
    assert first.arrow.startswith(line)


@pytest.mark.parametrize(
    ("title", "members"),
    [
        ("Russia hands rifles to Mali", ("Mali",)),
        ("Russia hands rifles to African states", ()),
        ("Russia hands rifles over", None),
    ],
)
def test_an_act_names_the_members_of_a_group(title: str, members: tuple[str, ...] | None) -> None:
    partner = "iran" if members is None else "africa"
    tags = (Tag("partner", partner), Tag("channel", "arms"), Tag("direction", "from_russia"))
    frame = Frame("transfer", "russia", partner, "done", "plain", "", "read")
    made = scored(1, title, tags=Tags(tags, (), (), (frame,)), partners=(partner,))
    made = replace(made, entry=replace(made.entry, summary="Niger waits.", body=""))
    (trace,) = traces(composed([made]))
    assert trace.act is not None
    assert trace.act.members == members


def entry(number: int, tags: Tags, language: str = "en") -> ScoredEntry:
    made = scored(number, tags=tags, partners=("iran",))
    return replace(made, entry=replace(made.entry, language=language), score=replace(made.score, language=language))


@pytest.mark.parametrize(("guessed", "line"), [(False, "Iran → Russia: arms"), (True, "Iran →? Russia: arms")])
def test_an_arrow_that_no_sentence_shows_has_a_question_mark(guessed: bool, line: str) -> None:
    assert chain(["iran"], ["arms"], "to_russia", GUESSED if guessed else GIVES) == line
    frame = arms("guessed" if guessed else "read")
    html = HtmlPage(render_html(edition([entry(1, told(frame, "alleged"))]))).text
    assert line in html


def test_what_others_answer_is_not_told_as_the_act_and_what_is_denied_keeps_its_arrow() -> None:
    given = told(arms(), "reported")
    answered = replace(given, tags=(*given.tags, Tag("response", "yes")), frames=(replace(arms(), vouching="plain"),))
    made = entry(1, answered)
    made = replace(made, entry=replace(made.entry, title="Washington bans dealings with Iran's carriers"))
    (story,) = stories(composed([made]))
    assert (story.chain, story.status) == ("answer to Iran → Russia: arms", "")
    denied = [replace(each, negated=each.kind == "direction") for each in given.tags]
    (story,) = stories(composed([entry(1, replace(given, tags=tuple(denied)))]))
    assert story.chain == "Iran → Russia: arms"


@pytest.mark.parametrize(
    ("claimant", "stance"), [("", "disputes"), ("Tehran", "disputes"), ("Washington", "cuts against")]
)
def test_a_denial_by_a_party_is_no_evidence(claimant: str, stance: str) -> None:
    link = ClaimLink("drones-ir", "cuts_against", 0.9, "")
    denied = replace(told(replace(arms(claimant=claimant), vouching="denied"), "denied"), claims=(link,))
    (story,) = stories(composed([entry(1, denied)]))
    assert [each.stance for each in story.bears] == [stance]


@pytest.mark.parametrize(
    ("frame", "line"),
    [
        (Frame("transfer", "iran", "russia", "ended", "plain"), "Iran ↛ Russia: arms"),
        (Frame("transfer", "iran", "russia", "sought", "plain"), "Iran ↛ Russia: arms"),
        (Frame("transfer", "iran", "russia", "ended", "plain", certainty="guessed"), "Russia, Iran: arms"),
        (Frame("joint", phase="ended"), "Russia, Iran: arms"),
        (Frame("joint", phase="sought"), "Russia ↔ Iran: arms"),
    ],
    ids=["refused", "held up", "who refuses is guessed", "called off", "both want it"],
)
def test_what_is_refused_or_held_up_is_not_given(frame: Frame, line: str) -> None:
    tags = told(frame)
    way = "to_russia" if frame.kind == "transfer" else "mutual"
    kept = (*(each for each in tags.tags if each.kind != "direction"), Tag("direction", way), Tag("friction", "yes"))
    assert stories(composed([entry(1, replace(tags, tags=kept))]))[0].chain == line


def test_of_several_partners_only_what_a_report_tells_of_each_is_told() -> None:
    drills = told(Frame("joint", phase="done", vouching="plain"))
    both = (Tag("partner", "iran"), Tag("partner", "china"), Tag("channel", "diplomacy"), Tag("direction", "mutual"))
    alone = (*both[:1], Tag("channel", "diplomacy"), Tag("channel", "exercises"), Tag("direction", "mutual"))
    made = [
        scored(1, tags=replace(drills, tags=both), partners=("iran", "china")),
        scored(2, tags=replace(drills, tags=alone), partners=("iran",)),
    ]
    assert stories(composed(made, {1: 7, 2: 7}))[0].chain in (
        "Russia ↔ Iran, China: diplomacy",
        "Russia ↔ China, Iran: diplomacy",
    )


def test_what_is_paid_in_return_does_not_go_the_same_way() -> None:
    given = told(arms())
    paid = replace(given, tags=(*given.tags, Tag("channel", "tech_transfer"), Tag("channel", "troops")))
    assert stories(composed([entry(1, paid)]))[0].chain == "Iran → Russia: arms, troops"


def test_one_report_that_shows_the_arrow_is_enough() -> None:
    both = [entry(1, told(arms("guessed"))), entry(2, told(arms("read")))]
    assert stories(composed(both, {1: 7, 2: 7}))[0].chain == "Iran → Russia: arms"


def test_a_headline_in_another_language_is_told_in_a_sentence_of_our_own() -> None:
    foreign, english = entry(1, told(arms()), "ko"), entry(2, told(arms()))
    content = composed([foreign, english])
    assert {story.entry: story.gloss for story in stories(content)} == {
        1: "Alleged: Iran is to send arms to Russia.",
        2: None,
    }
    shown = edition([foreign, english])
    for text in (HtmlPage(render_html(shown)).text, render_text(shown)):
        # Once at the head, and once more beside the headline that is not in English.
        assert " ".join(text.split()).count("Alleged: Iran is to send arms to Russia.") == 2


def test_what_a_feed_writes_as_a_claimant_stays_text() -> None:
    shown = edition([entry(1, told(arms(claimant=HOSTILE)), "ko")])
    page = HtmlPage(render_html(shown))
    assert "script" not in page.tags
    assert not set(page.text + render_text(shown)) & {"\u202e"}


def test_nobody_alleges_what_a_foreign_headline_only_asks() -> None:
    drills = Tags(
        (Tag("partner", "china"), Tag("channel", "exercises"), Tag("direction", "mutual")),
        frames=(Frame("joint", phase="planned", vouching="alleged"),),
    )
    title = "중러 군용기, 영공 또 넘나… 한국군 대비"
    for told, status in ((title, ""), ("중러 군용기, 영공 넘는다 주장", "planned, alleged")):
        made = scored(1, told, tags=drills, partners=("china",))
        made = replace(made, score=replace(made.score, language="ko"))
        assert [each.status for each in stories(composed([made]))] == [status]
