"""`dialog audit`: whether published files give small groups away."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from dialog.auditing.arithmetic import one_answer, small_figures, small_remainders
from dialog.auditing.findings import Finding
from dialog.auditing.history import changed_answers, changes, whereabouts
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
def audit(
    files: tuple[Path, ...],
    *,
    k: int,
    sensitive: tuple[str, ...],
    k_sensitive: int,
    insiders: int,
) -> None:
    """Try whether published FILES give a group below k away.

    FILES are folders with release.csv and units.csv, or the files themselves. Several folders are
    taken as releases of the same responses, the oldest first, and tried together. Everything that
    can be derived is listed, with status 1; files that cannot be read are listed with status 2.
    """
    folders, faults = find(list(files))
    releases = []
    for folder in folders if not faults else ():
        seen, wrong = read(folder)
        releases.append(seen)
        faults += wrong
    if faults:
        raise WrongInputError("Filerna går inte att pröva:", tuple(faults))
    items = list(dict.fromkeys(item for seen in releases for item in seen.items))
    ks = {
        item: (max(k, k_sensitive) if item in sensitive else k) + insiders for item in ["", *items]
    }
    found = 0
    for finding in _try(releases, ks):
        found += 1
        click.echo(str(finding))
    if found:
        click.echo(f"{found} fynd. Publicera inte.", err=True)
        sys.exit(BETRAYED)  # `ctx.exit` is lost where the command is run with standalone_mode=False
    click.echo(f"Inga fynd: ingen grupp under {k + insiders} går att räkna fram.")


def _try(releases: Sequence[Published], ks: dict[str, int]) -> Iterator[Finding]:
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
        except DisagreementError:
            yield from _each(releases, item, ks)


def _each(releases: Sequence[Published], item: str, ks: dict[str, int]) -> Iterator[Finding]:
    """Releases of responses that have changed in between: the changes are looked at by themselves,
    and so is each release.
    """
    for seen in releases:
        try:
            yield from _bounds([seen], item, ks)
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
