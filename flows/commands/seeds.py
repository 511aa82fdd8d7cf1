"""`axiswatch seeds`: the essays that the model is trained on. Thin: the work is in `classifiers.relevance.essays` and
`essay_rows`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import session
from flows.commands.session import CommandError, config_of, watched

if TYPE_CHECKING:
    from classifiers.relevance.essay_rows import Essay
    from classifiers.relevance.essays import ListedEssay

seeds = typer.Typer(no_args_is_help=True, help="The essays behind the model: the shipped ones as rows, and yours.")
HTML = (".html", ".htm", ".xhtml")
LARGEST = 20 * 2**20
"""Bytes of a file above which it is no essay."""


@seeds.command("add")
def add_seed(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="an essay as text, Markdown or HTML, in UTF-8")],
    title: Annotated[str, typer.Option(help="its title, where the file does not tell it")] = "",
    author: Annotated[str, typer.Option(help="who wrote it")] = "",
    date: Annotated[str, typer.Option(help="when it came out")] = "",
    address: Annotated[str, typer.Option(help="where it stands on the web")] = "",
) -> None:
    """Let the model learn from a further essay of yours. Its text is kept beside the store, for nobody else to read.

    Example: axiswatch seeds add essay.md --title "On the entente" --author "A. Author"
    """
    from classifiers.relevance.essays import add
    from flows.feeds.parsing.saved_page import document_text

    content = _content(file)
    text, told = _decoded(file, content), {"title": title, "author": author, "date": date, "address": address}
    if file.suffix.lower() in HTML:
        document = document_text(text)
        text, told = document.text, told | {"title": title or document.title}
    essay = add(text, content, file.stem, told, config_of(ctx).classifier.essays)
    session.out.print(f"added {essay.title}: {_passages(essay)}, {essay.sha256[:12]}", markup=False)
    session.out.print("it counts after the next `axiswatch retrain`, if the candidate passes")


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(f"{file} is larger than {LARGEST >> 20} MB: no essay; give its text alone")
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"cannot read the essay {file}: {error.strerror}") from error


def _decoded(file: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is no text in UTF-8 ({error.reason}); save it as UTF-8 text or HTML") from error


@seeds.command("list")
def list_seeds(ctx: typer.Context) -> None:
    """Show the essays that the model is trained on: those that ship with the project, then yours.

    Example: axiswatch seeds list
    """
    from classifiers.relevance.essays import leftovers, list_all

    folder = config_of(ctx).classifier.essays
    for left in leftovers(folder):
        told = f"{left}.txt has no rows, its adding was cut short: add its file again, or axiswatch seeds remove {left}"
        session.err.print(told, markup=False, soft_wrap=True)
    for listed in list_all(folder):
        session.out.print(_line(listed), markup=False, soft_wrap=True)
        if not listed.fresh:
            told = f"{listed.essay.title}: its rows are of other features; {_remedy(listed)}"
            session.err.print(told, markup=False, soft_wrap=True)


def _remedy(listed: ListedEssay) -> str:
    if not listed.own:
        return "it teaches nothing until `axiswatch seeds build` makes them anew"
    if listed.kept:
        return "they are made anew from its text at the next training"
    return "its text was not kept: add its file again with `axiswatch seeds add FILE`, until then it teaches nothing"


def _passages(essay: Essay) -> str:
    return f"{essay.passages} passage{'' if essay.passages == 1 else 's'}"


def _line(listed: ListedEssay) -> str:
    essay = listed.essay
    told = ", ".join(part for part in (essay.author, essay.date, essay.address) if part)
    whose = "yours " if listed.own else "shipped"
    return f"{whose} {essay.sha256[:12]} {essay.title}{f' ({told})' if told else ''}: {_passages(essay)}"


@seeds.command("remove")
def remove_seed(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="the title, or the beginning of the checksum (seeds list shows both)")],
) -> None:
    """Take away an essay that you added. Those that ship with the project stay.

    Example: axiswatch seeds remove "On the entente"
    """
    from classifiers.relevance.essay_rows import SeedError
    from classifiers.relevance.essays import remove, remove_leftover

    folder = config_of(ctx).classifier.essays
    try:
        essay = remove(name, folder)
    except SeedError:
        if not remove_leftover(name, folder):
            raise
        session.out.print(f"removed what was left of {name}", markup=False)
        return
    session.out.print(f"removed {essay.title}; the next `axiswatch retrain` learns without it", markup=False)


@seeds.command("build")
def build_seeds(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="essays as text or Markdown")],
    to: Annotated[Path | None, typer.Option(help="where to write [default: the file of the topic]")] = None,
) -> None:
    """Make the feature rows of the topic's essays anew, after a change of the lexicon; no sentence of theirs is kept.

    Example: axiswatch seeds build essays/*.md
    """
    from classifiers.relevance.essay_rows import build, shipped

    watched(ctx)
    target = to or shipped()
    for essay in build(files, target):
        session.out.print(f"{essay.passages:>5} passages  {essay.title}", markup=False)
    session.out.print(f"wrote {target}", markup=False)
