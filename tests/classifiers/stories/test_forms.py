"""What form an entry has beside a plain report, by its headline, in every language."""

from __future__ import annotations

import pytest

from classifiers.stories.forms import form_of

HEADLINES = (
    ("Live: Minister lands in Minsk", "live"),
    ("Bridge war live: ministers decry plan", "live"),
    ("Bridge live briefing: what ministers say", "live"),
    ("Your Wednesday Briefing: Ministers Meet at the Bridge", "briefing"),
    ("Relacja na żywo: szczyt w Mińsku", "live"),
    ("Саммит в Минске – онлайн", "live"),
    ("실시간: 민스크 정상회담", "live"),
    ("War briefing: what to know today", "briefing"),
    ("Дайджест: пять новостей дня", "briefing"),
    ("Opinion | The bridge that nobody needs", "opinion"),
    ("Kommentar: Eine Brücke ins Nichts", "opinion"),
    ("社论：一座谁都不需要的桥", "opinion"),
    ("Why the bridge was never finished", "explainer"),
    ("Dlaczego most nigdy nie powstał", "explainer"),
    ("Will the bridge open this year?", "explainer"),
    ("橋は今年開通するか？", "explainer"),
    ("هل يُفتتح الجسر هذا العام؟", "explainer"),
    ("Podcast: a bridge too long", "newsletter"),
    ("News quiz: which bridge opened?", "quiz"),
    ("The bridge opens – in pictures", "caption"),
)
PLAIN = (
    "Minister lands in Minsk",
    "Minsk opens its bridge to lorries",
    "Live-fire drill begins near Minsk",
    "Opinions differ on the bridge, minister says",
    "Мост в Минске открыли для грузовиков",
    "명천 다리 개통",
)


@pytest.mark.parametrize(("title", "form"), HEADLINES)
def test_forms_are_told_by_their_headline(title: str, form: str) -> None:
    assert form_of(title) == form


@pytest.mark.parametrize("title", PLAIN)
def test_a_plain_report_is_one(title: str) -> None:
    assert form_of(title) == "report"


@pytest.mark.parametrize(
    ("link", "form"),
    [
        ("https://daily.example/opinion/2031/a-bridge-too-long", "opinion"),
        ("https://daily.example/world/commentisfree/2031/mar/04/bridge", "opinion"),
        ("https://daily.example/newsletters/2031/bridge", "newsletter"),
        ("https://daily.example/world/live/2031/bridge", "live"),
        ("https://daily.example/world/opinion", "report"),
        ("https://daily.example/world/2031/opinion-on-the-bridge", "report"),
        ("https://opinion.example/world/bridge", "report"),
        ("https://[bad/opinion/bridge", "report"),
        ("", "report"),
    ],
)
def test_the_section_of_an_address_tells_a_form(link: str, form: str) -> None:
    """The last part is the title, and a host is no section."""
    assert form_of("Minister lands in Minsk", link) == form


def test_a_headline_says_more_than_its_section() -> None:
    assert form_of("Live: Minister lands in Minsk", "https://daily.example/opinion/bridge") == "live"
