"""The suites are read as they speak, by small ones of our own: what agrees, what is decided, what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.suites.__main__ import SUITES, cases_of, main
from tests.suites.cases import Case, Claim
from tests.suites.comparison import DECISIONS, KINDS, judged
from tests.suites.oracles.feedparser import read_expression
from tests.suites.rules import RULES

RSS = "<rss version='2.0'><channel><title>Quay</title><item>{}</item></channel></rss>"
TUGS = "<title>Tugs</title><guid>1</guid><link>https://quay.example/1</link>"
TUGS += "<pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate>"
GO = 'func TestTugs(t *testing.T) {\n\tdata := `DOC`\n\tfeed, err := Parse("https://quay.example/", data)\n'
GO += '\tif feed.Entries[0].Title != "TITLE" {\n\t}\n}\n'
PHP = "function getTitleDataProvider(): array\n{ return [\n'One' => [\n<<<XML\nDOC\nXML\n,\n'TITLE',\n], ]; }\n"
RUST = '#[test]\nfn tugs() {\n    let data = test::fixture_as_string("a.xml");\n    let expected = Feed::new()\n'
RUST += (
    '        .entry(Entry::default().title(Text::new("TITLE".into())).published("Sat, 21 Nov 2026 10:00:00 GMT"));\n}\n'
)
READER = "import datetime\nentries = [EntryData(feed_url=feed.url, id='1', title='TITLE',\n"
READER += "    published=datetime.datetime(2026, 11, 21, 10, 0, tzinfo=datetime.UTC), authors=(Author(name=''),))]\n"
EXPECT = "<!--\nDescription: tugs\nExpect:      not bozo and entries[0]['title'] == 'TITLE'\n-->\n"
FILES = {
    "feedparser": {"tests/wellformed/a.xml": EXPECT + "DOC"},
    "gofeed": {
        "testdata/translator/rss/a.xml": "DOC",
        "testdata/translator/rss/a.json": '{"items": [{"title": "TITLE"}]}',
    },
    "rss-parser": {"test/input/a.rss": "DOC", "test/output/a.json": '{"feed": {"items": [{"title": "TITLE"}]}}'},
    "reader": {"tests/data/a.rss": "DOC", "tests/data/a.rss.py": READER},
    "simplepie": {"tests/Unit/ItemTest.php": PHP, "tests/Unit/AuthorTest.php": ""},
    "miniflux": {"internal/reader/rss/parser_test.go": GO},
    "feed-rs": {"feed-rs/fixture/a.xml": "DOC", "feed-rs/src/parser/rss2/tests.rs": RUST},
}


def written(folder: Path, suite: str, title: str, element: str = TUGS) -> Path:
    for name, text in FILES[suite].items():
        file = folder / suite / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("DOC", RSS.format(element)).replace("TITLE", title), encoding="utf-8")
    return folder / suite


@pytest.mark.parametrize("suite", FILES)
def test_each_suite_is_read_as_it_speaks(suite: str, tmp_path: Path) -> None:
    (case,) = cases_of(suite, written(tmp_path, suite, "Tugs"))
    assert judged(case, suite).outcome == "right"
    (case,) = cases_of(suite, written(tmp_path, suite, "Barges"))
    verdict = judged(case, suite)
    assert verdict.outcome == "wrong"
    assert verdict.wrong[0].startswith("title of 0: 'Barges' is ours 'Tugs'")


def test_a_suite_of_validity_asks_for_reading_and_for_dates(tmp_path: Path) -> None:
    folder = tmp_path / "testcases" / "rss"
    folder.mkdir(parents=True)
    expected = {
        "a": ("!Error", TUGS),
        "b": ("ValidRFC2822Date{parent:item,element:pubDate}", TUGS),
        "c": ("ValidRFC2822Date{parent:item,element:pubDate}", "<title>T</title><pubDate>soon</pubDate>"),
        "d": ("MissingTitle", "<link>https://quay.example/2</link>"),
    }
    for name, (message, element) in expected.items():
        text = f"<!--\n  Description:  tugs\n  Expect:       {message}\n-->\n{RSS.format(element)}"
        (folder / f"{name}.xml").write_text(text, encoding="utf-8")
    outcomes = [judged(case, "feedvalidator").outcome for case in cases_of("feedvalidator", tmp_path)]
    assert outcomes == ["right", "right", "wrong", "sound"]


@pytest.mark.parametrize(
    ("expression", "claims", "charset"),
    [
        ("entries[0].title == 'A' and feed['link'] == 'B'", [(0, "title", "A"), (None, "link", "B")], ""),
        ("entries[1]['author'] == entries[1]['author_detail']['name'] == 'A'", [(1, "author", "A")] * 2, ""),
        ("entries[0]['summary'] == 'a' + 'b'", [(0, "summary", "ab")], ""),
        ("not bozo and encoding == 'koi8-r'", [], "koi8-r"),
        ("__import__('os').system('true') or entries[0].title == 'A'", [], ""),
        ("len(entries[0]['tags']) == 2", [], ""),
        ("entries[0]['title'", [], ""),
    ],
)
def test_of_an_expression_only_comparisons_are_read(
    expression: str, claims: list[tuple[int | None, str, str]], charset: str
) -> None:
    read = read_expression(expression)
    assert ([(claim.entry, claim.field, claim.value) for claim in read[0]], read[1]) == (claims, charset)


@pytest.mark.parametrize(
    ("claim", "element", "kind"),
    [
        (
            Claim(0, "summary", "<p>Two <b>tugs</b></p>"),
            "<description>&lt;p>Two &lt;b>tugs&lt;/b>&lt;/p></description>",
            "plain text",
        ),
        (Claim(0, "link", "javascript:x()"), "<title>T</title><link>javascript:x()</link>", "web links only"),
        (
            Claim(0, "author", "a@quay.example (Ann)"),
            "<title>T</title><author>a@quay.example (Ann)</author>",
            "no mail addresses",
        ),
        (Claim(0, "title", "All of it"), "<description>All of it.</description>", "a title's stand-in"),
    ],
)
def test_what_was_decided_is_counted_by_kind(claim: Claim, element: str, kind: str) -> None:
    verdict = judged(Case("a.xml", RSS.format(element).encode(), (claim,)), "feedparser")
    assert (verdict.outcome, dict(verdict.decided)) == ("decided", {kind: 1})


def test_a_lost_title_is_no_decision() -> None:
    case = Case("a.xml", RSS.format("<description>Else.</description>").encode(), (Claim(0, "title", "Tugs leave"),))
    assert judged(case, "feedparser").outcome == "wrong"


def test_the_table_of_decisions_knows_every_kind_and_suite() -> None:
    used = {row["kind"] for row in DECISIONS["documents"]} | set(RULES)
    assert used == set(KINDS)
    assert {row["suite"] for row in DECISIONS["documents"]} <= set(SUITES)


def test_the_command_tells_and_fails_by_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, "gofeed", "Tugs")
    assert main([str(tmp_path)]) == 0
    written(tmp_path, "gofeed", "Barges")
    assert main([str(tmp_path), "--show"]) == 1
    said = capsys.readouterr().out
    assert "a.xml: title of 0: 'Barges' is ours 'Tugs'" in said
    assert main(["--sources"]) == 0
    assert "https://github.com/kurtmckee/feedparser FOLDER/feedparser" in capsys.readouterr().out
