"""Commands about judgement: score, evaluate, explain, label, models, seeds. Thin: the work is in `classifiers`."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from flows.commands import session
from flows.commands.session import CommandError, config_of, existing_store

if TYPE_CHECKING:
    from classifiers.model import Model
    from db.types import Entry
    from flows.config import Config

seeds = typer.Typer(no_args_is_help=True, help="The seed essays as hashed feature rows.")


class Judgement(StrEnum):
    """What a person may say of an entry."""

    relevant = "relevant"
    not_relevant = "not_relevant"
    unsure = "unsure"


def champion_of(config: Config) -> Model:
    """The model that judges, trained now where there is none."""
    from classifiers.registry import ensure_champion
    from db.connect import open_store

    with closing(open_store(config.store.path)) as store:
        return ensure_champion(store, config.classifier.models, config.classifier.target_recall, datetime.now(UTC))


def score(ctx: typer.Context, file: Annotated[str, typer.Argument(help="JSONL, or JSONL.gz, or - for stdin")]) -> None:
    """Score entries: JSON lines with title, summary, body in; the same lines with score, flagged, model_version out.

    A bad line is named on stderr and left out; the exit code is then 1.

    Example: axiswatch score entries.jsonl > scored.jsonl
    """
    from flows.commands.lines import score_lines

    bad = score_lines(champion_of(config_of(ctx)), file, datetime.now(UTC))
    if bad:
        raise CommandError(f"{bad} bad line{'' if bad == 1 else 's'} left out", session.BROKEN)


def evaluate(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="labelled JSONL: title, summary, body, lang, grade, weight …")],
    ablation: Annotated[bool, typer.Option("--ablation", help="also the parts of the classifier, each alone")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="every figure as JSON")] = False,
) -> None:
    """Say how good the model is on labelled articles: English and the other languages apart.

    Example: axiswatch evaluate labelled.jsonl
    """
    from classifiers.evaluation import evaluate as report_of
    from classifiers.evaluation import read_articles
    from flows.commands.figures import print_ablation, print_report

    articles = read_articles(file)
    config = config_of(ctx)
    report = report_of(champion_of(config), articles)
    table = None
    if ablation:
        from classifiers.ablation import ablation as variants

        table = variants(articles, config.classifier.target_recall)
    if as_json:
        session.out.print_json(data=report | ({"ablation": table} if table else {}))
        return
    print_report(report)
    if table:
        print_ablation(table)


def explain(
    ctx: typer.Context,
    text: Annotated[str, typer.Option(help="a headline or a short text")] = "",
    entry: Annotated[int, typer.Option(help="the number of an entry in the store (axiswatch search shows it)")] = 0,
) -> None:
    """Say why a text or an entry scores as it does.

    Example: axiswatch explain --text "Russia ships oil to North Korea"
    """
    from classifiers.explain import reasons
    from classifiers.reading import read_text
    from classifiers.text import entry_text
    from flows.commands.figures import print_reasons

    if bool(text) == bool(entry):
        raise CommandError('give either --text "..." or --entry NUMBER')
    config = config_of(ctx)
    if entry:
        found = entry_in(config, entry)
        text = entry_text(found.title, found.summary, found.body)
    model = champion_of(config)
    reading = read_text(text)
    print_reasons(text, model.probabilities([reading])[0], model.threshold, reasons(model, reading))


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
    value: Annotated[Judgement, typer.Argument(help="your judgement")],
    note: Annotated[str, typer.Option(help="why, for whoever looks later")] = "",
) -> None:
    """Judge an entry. Labels are kept for ever, the newest counts; `axiswatch retrain` learns from them.

    Example: axiswatch label 17 not_relevant
    """
    from db import labels
    from db.types import Label

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
    for heading in ("version", "status", "made", "threshold", "figures", "note"):
        table.add_column(heading, overflow="fold")
    with existing_store(config_of(ctx)) as store:
        for version in model_table.all_versions(store):
            figures = ", ".join(f"{name} {value}" for name, value in version.metrics.items())
            made = f"{version.created_at:%Y-%m-%d %H:%M}"
            cells = (version.id, version.status, made, f"{version.threshold:.3f}", figures, version.note)
            table.add_row(*map(escape, cells))
    session.out.print(table)


@seeds.command("build")
def build_seeds(
    files: Annotated[list[Path], typer.Argument(help="essays as text or Markdown")],
    to: Annotated[Path | None, typer.Option(help="where to write [default: the file that the project ships]")] = None,
) -> None:
    """Make hashed feature rows of essays; no sentence of theirs is kept.

    Example: axiswatch seeds build essays/*.md
    """
    from classifiers.seeds import build, shipped

    target = to or shipped()
    essays = build(files, target)
    for essay in essays:
        session.out.print(f"{essay.passages:>5} passages  {essay.title}", markup=False)
    session.out.print(f"wrote {target}", markup=False)


@seeds.command("list")
def list_seeds() -> None:
    """Show the essays that the model is trained on.

    Example: axiswatch seeds list
    """
    from classifiers.seeds import list_essays, shipped

    essays, is_fresh = list_essays(shipped())
    for essay in essays:
        told = ", ".join(part for part in (essay.author, essay.date, essay.address) if part)
        session.out.print(f"{essay.title} ({told}): {essay.passages} passages, SHA-256 {essay.sha256}", markup=False)
    if not is_fresh:
        session.err.print("built by an earlier lexicon: run `axiswatch seeds build` again")
