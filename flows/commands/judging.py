"""Commands about judgement: score, evaluate, explain, label, models. Thin: the work is in `classifiers`."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from flows.commands import session
from flows.commands.session import CommandError, config_of, existing_store

if TYPE_CHECKING:
    from classifiers.relevance.model import Model
    from classifiers.tagging.watchlist import Watchlist
    from db.records import Entry
    from flows.config.settings import Config


class LabelChoice(StrEnum):
    """What a person may say of an entry."""

    relevant = "relevant"
    not_relevant = "not_relevant"
    unsure = "unsure"


def champion_of(config: Config) -> Model:
    """The model that judges, trained now where there is none."""
    from classifiers.relevance.champion import ensure_champion
    from db.connect import open_store

    with closing(open_store(config.store.path)) as store:
        policy = config.classifier
        return ensure_champion(store, policy.models, policy.target_recall, datetime.now(UTC), policy.essays)


def watchlist_of(config: Config) -> Watchlist:
    """The claims of the topic with those of the config's own file."""
    from classifiers.tagging.watchlist import read_watchlist

    return read_watchlist(config.claims.file)


def score(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(help="JSONL, or JSONL.gz, or - for stdin")],
    events: Annotated[
        bool, typer.Option("--events", help="also event, source and target (docs/codebook.md) of every line")
    ] = False,
) -> None:
    """Score entries: JSON lines with title, summary, body in; the same lines with score, flagged, language,
    known_language, model_version and the tags out: partners, channels, direction, response, friction, claims.

    The language and the date that a line gives are heeded. Where known_language is false the lexicon does not cover
    the language, and the score says nothing. With --events every line, flagged or not, also gets its PLOVER code and
    who did it to whom.

    A bad line is named on stderr and left out; the exit code is then 1.

    Example: axiswatch score entries.jsonl > scored.jsonl
    Example: axiswatch score --events entries.jsonl
    """
    from flows.commands.json_lines import score_lines

    config = config_of(ctx)
    bad = score_lines(champion_of(config), file, datetime.now(UTC), watchlist_of(config), events)
    if bad:
        raise CommandError(f"{bad} bad line{'' if bad == 1 else 's'} left out", session.BROKEN)


def evaluate(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="labelled JSONL: title, summary, body, lang, grade, weight …")],
    ablation: Annotated[bool, typer.Option("--ablation", help="also the parts of the classifier, each alone")] = False,
    tags: Annotated[bool, typer.Option("--tags", help="also the tags, on grade 2")] = False,
    claims: Annotated[
        bool, typer.Option("--claims", help="also the claim links: a field claims says the truth")
    ] = False,
    claims_file: Annotated[
        Path | None, typer.Option(help="JSON: article id -> claim ids, in place of the field")
    ] = None,
    report_file: Annotated[
        Path | None,
        typer.Option("--report", help="where every figure goes [default: evaluation/MODEL.json by the store]"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="every figure as JSON")] = False,
) -> None:
    """Say how good the model is on labelled articles: English and the other languages apart.

    Every figure goes to the report file too, with the worst misses and false alarms by id; no word of an article does.

    Example: axiswatch evaluate labelled.jsonl --tags
    """
    from classifiers.relevance.evaluation import evaluate as report_of
    from classifiers.relevance.evaluation import read_articles
    from flows.commands.report_tables import print_ablation, print_report, write_report
    from flows.commands.tag_tables import print_tagging

    articles = read_articles(file)
    config = config_of(ctx)
    model = champion_of(config)
    report = report_of(model, articles)
    table = tagging = None
    if ablation:
        from classifiers.relevance.ablation import ablation as variants

        table = variants(articles, config.classifier.target_recall, model.spec.model)
    if tags or claims or claims_file:
        tagging = _tagging(config, file, claims_file)
    whole = report | ({"ablation": table} if table else {}) | {"tags": tagging or {}}
    written = write_report(whole, report_file or config.store.path.parent / "evaluation" / f"{report['model']}.json")
    if as_json:
        session.out.print_json(data=whole)
        return
    print_report(report)
    if table:
        print_ablation(table)
    if tagging:
        print_tagging(tagging, tags, claims or claims_file is not None)
    session.out.print(f"\nevery figure, and the worst misses and false alarms by id: {written}", markup=False)


def _tagging(config: Config, file: Path, claims_file: Path | None) -> dict[str, Any]:
    from classifiers.tagging.evaluation import evaluate_tags, read_claims_of, read_tagged

    claims = read_claims_of(claims_file) if claims_file else None
    return evaluate_tags(read_tagged(file, claims), watchlist_of(config))


def explain(
    ctx: typer.Context,
    text: Annotated[str, typer.Option(help="a headline or a short text")] = "",
    entry: Annotated[int, typer.Option(help="the number of an entry in the store (axiswatch search shows it)")] = 0,
) -> None:
    """Say why a text or an entry scores as it does, and what it is tagged with: the words of each tag, the claims with
    their reasons.

    Example: axiswatch explain --entry 17
    """
    from classifiers.lexicon.analysis import analyse
    from classifiers.relevance.explain import reasons
    from classifiers.tagging.tags import tagged
    from classifiers.text.fold import entry_text
    from flows.commands.report_tables import print_reasons
    from flows.commands.tag_tables import print_tags

    if bool(text) == bool(entry):
        raise CommandError('give either --text "..." or --entry NUMBER')
    config = config_of(ctx)
    if entry:
        found = entry_in(config, entry)
        text = entry_text(found.title, found.summary, found.body)
    model = champion_of(config)
    analysis = analyse(text)
    probability = model.probabilities([analysis])[0]
    print_reasons(text, probability, model.threshold, reasons(model, analysis))
    watchlist = watchlist_of(config)
    print_tags(text, tagged(analysis, watchlist, probability=probability), analysis.language, watchlist)


def entry_in(config: Config, entry_id: int) -> Entry:
    """The entry of that number. Raises CommandError where there is none."""
    from db import entries

    with existing_store(config) as store:
        found = entries.find(store, entry_id)
    if found is None:
        raise CommandError(f"there is no entry {entry_id} in the store; axiswatch search finds entries")
    return found


def label(
    ctx: typer.Context,
    entry: Annotated[int, typer.Argument(help="the number of the entry (axiswatch search shows it)")],
    value: Annotated[LabelChoice, typer.Argument(help="your judgement")],
    note: Annotated[str, typer.Option(help="why, for whoever looks later")] = "",
) -> None:
    """Judge an entry. Labels are kept for ever, the newest counts; `axiswatch retrain` learns from them.

    Example: axiswatch label 17 not_relevant
    """
    from db import labels
    from db.records import Label

    config = config_of(ctx)
    found = entry_in(config, entry)
    with existing_store(config) as store:
        labels.append(store, Label(entry, value.value, datetime.now(UTC), note=note))
    session.out.print(f"labelled {value.value}: {found.outlet}: {found.title}", markup=False)


def models(ctx: typer.Context) -> None:
    """List the model versions, the newest first.

    Example: axiswatch models
    """
    from db import models as model_table

    table = Table(box=None, pad_edge=False)
    for heading in ("version", "status", "kind", "made", "threshold", "figures", "note"):
        table.add_column(heading, overflow="fold")
    with existing_store(config_of(ctx)) as store:
        for version in model_table.all_versions(store):
            figures = ", ".join(f"{name} {value}" for name, value in version.metrics.items())
            made = f"{version.created_at:%Y-%m-%d %H:%M}"
            cells = (version.id, version.status, version.kind, made, f"{version.threshold:.3f}", figures, version.note)
            table.add_row(*map(escape, cells))
    session.out.print(table)
