"""Tags and claims as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table

from flows.commands.session import out

if TYPE_CHECKING:
    from classifiers.tagging.watchlist import Watchlist
    from db.records.tags import ClaimLink, Quantity, Tag, Tags

KINDS = ("partners", "channels", "response", "friction")
MEASURES = ("precision", "recall", "f1")


def print_tags(text: str, tags: Tags, language: str, watchlist: Watchlist) -> None:
    """The act in a sentence with what it was read from, every tag with the words that caused it, the quantities, and
    the claims with their reasons. The first line of ``text``, which is in that language, is the headline."""
    _print_act(text, tags, language)
    for tag in tags.tags:
        value = "" if tag.value == "yes" else f" {_value(tag)}"
        out.print(f"  {tag.kind}{value}{_denied(tag)}{_words(text, tag.spans)}", markup=False)
    for quantity in tags.quantities:
        out.print(f"  quantity {_amount(quantity)}{_denied(quantity)}{_words(text, quantity.spans)}", markup=False)
    for link in tags.claims:
        out.print(f"  {claim_line(link, watchlist)}", markup=False)
    if tags.tags and not tags.claims:
        out.print("  no claim of the watchlist")


def _print_act(text: str, tags: Tags, language: str) -> None:
    from classifiers.tagging.gloss import gloss_of, told_in

    for frame in tags.frames:
        out.print(f"  in short: {gloss_of(tags, told_in(text, language))}", markup=False)
        doubt = f" ({frame.certainty})" if frame.certainty != "read" and not frame.giver else ""
        parts: list[str] = [frame.kind + doubt]
        roles = [f"giver {_party(frame.giver)}", f"receiver {_party(frame.receiver)} ({frame.certainty})"]
        parts += roles if frame.giver else []
        parts += [f"phase {frame.phase}"] if frame.phase else []
        parts += [f"vouching {frame.vouching}"] if frame.vouching else []
        parts += [f"claimant {frame.claimant}"] if frame.claimant else []
        out.print(f"  act {', '.join(parts)}{_words(text, frame.spans)}", markup=False)


def _value(tag: Tag) -> str:
    """The value of a tag in words."""
    from flows.digest.display_text import channel_name

    if tag.kind == "partner":
        return _party(tag.value)
    return channel_name(tag.value) if tag.kind == "channel" else tag.value.replace("_", " ")


def _party(actor: str) -> str:
    """An actor of the topic as readers know it."""
    from classifiers.topics.active import active
    from flows.digest.display_text import partner_name

    known = active().actors.get(actor)
    return partner_name(actor) if actor in active().partners or known is None else known.name


def _denied(tag: Tag | Quantity) -> str:
    return " (denied)" if tag.negated else ""


def _words(text: str, spans: Sequence[tuple[int, int]]) -> str:
    words = dict.fromkeys(" ".join(text[start:end].split()) for start, end in spans)
    return ": " + ", ".join(f"'{word}'" for word in words) if words else ""


def _amount(quantity: Quantity) -> str:
    from classifiers.text.figure_words import in_words
    from classifiers.text.figures import stored

    figure = stored(quantity)
    return in_words(figure) if figure else f"{quantity.amount:,.10g} {quantity.unit or quantity.counted}".rstrip()


def claim_line(link: ClaimLink, watchlist: Watchlist) -> str:
    """On which claim an entry bears, how, how surely and why."""
    named = claim_title(link.claim, watchlist)
    return f"claim {named}: {link.stance.replace('_', ' ')}, {link.strength:.2f}: {link.reason}"


def claim_title(claim: str, watchlist: Watchlist) -> str:
    """``Oil and gas (energy-cn)``: the name for readers, and the id that options and settings take."""
    name = watchlist.names.get(claim, claim)
    return claim if name == claim else f"{name} ({claim})"


def print_tagging(figures: Mapping[str, Any], tags: bool, claims: bool) -> None:
    """What the tags and the claim links reach, English and the other languages apart."""
    for name, told in figures.items():
        out.print(f"\n{'English' if name == 'english' else 'Other languages'}, {told['articles']} articles of grade 2")
        table = Table(box=None, pad_edge=False)
        table.add_column("tag")
        for measure in MEASURES:
            table.add_column(measure, justify="right")
        for kind in KINDS if tags else ():
            table.add_row(kind, *(f"{told[kind][measure]:.3f}" for measure in MEASURES))
        if tags:
            table.add_row("direction", "", "", f"accuracy {told['direction']['accuracy']:.3f}")
        if claims and "claims" in told:
            row = told["claims"]
            table.add_row(f"claims ({row['articles']} articles)", *(f"{row[measure]:.3f}" for measure in MEASURES))
        out.print(table)
    if claims and not any("claims" in told for told in figures.values()):
        out.print("no article of the file says its claims: give them with --claims-file")
