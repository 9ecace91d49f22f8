"""`dialog audit`: whether published files give small groups away."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from dialog.auditing.answer_equations import People, make_equations
from dialog.auditing.answers import Answers
from dialog.auditing.arithmetic import one_answer, small_figures, small_remainders
from dialog.auditing.findings import Finding
from dialog.auditing.history import changed_answers, changes, whereabouts
from dialog.auditing.people import read_people
from dialog.auditing.possibilities import DisagreementError, Possibilities
from dialog.auditing.reading import Published, find, read
from dialog.core.errors import WrongInputError

BETRAYED = 1  # exit status: the files can be read, and give something away


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--k", default=10, show_default=True, type=click.IntRange(2), help="Least group.")
@click.option("--sensitive", multiple=True, help="An item that needs --k-sensitive; repeatable.")
@click.option(
    "--k-sensitive",
    default=20,
    show_default=True,
    type=click.IntRange(2),
    help="The smallest group for items named by --sensitive.",
)
@click.option(
    "--insiders", default=0, type=click.IntRange(0), help="So many know their own answers."
)
@click.option(
    "--responses",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The responses: try what somebody finds out who knows how many answered, and where.",
)
@click.option(
    "--was",
    multiple=True,
    metavar="COLUMN",
    help="With --responses: the column with the unit in an earlier release. Repeatable.",
)
def audit(
    files: tuple[Path, ...],
    *,
    k: int,
    sensitive: tuple[str, ...],
    k_sensitive: int,
    insiders: int,
    responses: Path | None,
    was: tuple[str, ...],
) -> None:
    """Try whether published FILES give a group below k away, or what hidden ones answered.

    FILES are folders with release.csv and units.csv, or the files themselves. Several folders are
    taken as releases of the same responses, the oldest first, and tried together. Everything that
    can be derived is listed, with status 1; files that cannot be read are listed with status 2.

    Whoever knows how many answered on each level of each unit finds out more about what they
    answered. With --responses that is tried too; of the answers themselves nothing is used.
    """
    folders, faults = find(list(files))
    releases = []
    for folder in folders if not faults else ():
        seen, wrong = read(folder)
        releases.append(seen)
        faults += wrong
    items = list(dict.fromkeys(item for seen in releases for item in seen.items))
    asked = list(dict.fromkeys(of for seen in releases for of, _cell in seen.answers))
    people = None
    if responses is not None:
        if len(was) not in {0, len(releases) - 1}:
            faults.append("Ange --was en gång för varje publicering utom den sista.")
        people, wrong = read_people(responses, was, asked, releases=len(releases))
        faults += wrong
    if faults:
        raise WrongInputError("Filerna går inte att pröva:", tuple(faults))
    ks = {
        item: (max(k, k_sensitive) if item in sensitive else k) + insiders for item in ["", *items]
    }
    found = 0
    for finding in _try(releases, ks, people):
        found += 1
        click.echo(str(finding))
    if found:
        click.echo(f"{found} fynd. Publicera inte.", err=True)
        sys.exit(BETRAYED)  # `ctx.exit` is lost where the command is run with standalone_mode=False
    click.echo(f"Inga fynd: ingen grupp under {k + insiders} går att räkna fram.")


def _try(
    releases: Sequence[Published], ks: dict[str, int], people: People | None
) -> Iterator[Finding]:
    for item, k in ks.items():
        for seen in releases:
            yield from small_figures(seen, item, k)
            yield from small_remainders(seen, item, k)
            yield from one_answer(seen, item)
        yield from changes(releases, item, k)
        yield from changed_answers(releases, item, k)
    for at, item in enumerate(ks):
        click.echo(f"… {at + 1} av {len(ks)}: {item or 'antal svarande'}", err=True)
        try:
            yield from _bounds(releases, item, ks)
            yield from _answers(releases, item, ks[item], people)
        except DisagreementError:
            yield from _each(releases, item, ks)


def _answers(
    releases: Sequence[Published], item: str, k: int, people: People | None = None
) -> Iterator[Finding]:
    """Answers of hidden groups that can be computed, or too closely."""
    name = " + ".join(seen.name for seen in releases)
    equations = make_equations(releases, whereabouts(releases), item, people)
    if equations is None:
        return
    table = Answers(equations, k=k)
    for cell, mean in table.exact():
        what = f"svaren går att räkna ut: medelvärdet {mean:.2f}."
        if not table.has_numbers:
            what = "svaren går att räkna ut."
        yield Finding(name, item, cell, what)
    width = table.mean_width()
    if width is not None and width < table.enough:
        what = f"dolda medelvärden kan i snitt bara ligga {width:.2f} isär."
        yield Finding(name, item, ("", ""), what)


def _each(releases: Sequence[Published], item: str, ks: dict[str, int]) -> Iterator[Finding]:
    """Releases of responses that have changed in between: the changes are looked at by themselves,
    and so is each release.
    """
    for seen in releases:
        try:
            yield from _bounds([seen], item, ks)
            yield from _answers([seen], item, ks[item])
        except DisagreementError:
            yield Finding(seen.name, item, ("", ""), "siffrorna motsäger varandra.")


def _bounds(releases: Sequence[Published], item: str, ks: dict[str, int]) -> Iterator[Finding]:
    where, name = whereabouts(releases), " + ".join(seen.name for seen in releases)
    together = [""] if not item else ["", item]
    asked = [(together, [ks[""]] * len(together))]
    if ks[item] > ks[""]:  # of itself it gives away no group below its own k
        asked.append(([item], [ks[item]]))
    for items, least in asked:
        for bound in Possibilities(releases, where, items).small(least):
            what = f"högst {bound.most} personer är möjligt."
            yield Finding(name, bound.item, bound.cell, what)
