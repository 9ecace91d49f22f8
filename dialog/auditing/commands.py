"""`dialog audit`: whether published files give small groups away."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from dialog.auditing.answer_equations import People
from dialog.auditing.findings import Finding
from dialog.auditing.mean_equations import has_means_only
from dialog.auditing.measures import NO_MEASURES, Measures, read_measures
from dialog.auditing.people import read_people
from dialog.auditing.reading import SCALE, Published, find, read
from dialog.auditing.trying import Least, least, together
from dialog.auditing.untried import untried
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
@click.option(
    "--questionnaire",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The questions in the platform's JSON form: try the means of scales and numbers too.",
)
@click.option("--rounds", is_flag=True, help="The folders are different rounds, not one again.")
def audit(
    files: tuple[Path, ...],
    *,
    k: int,
    sensitive: tuple[str, ...],
    k_sensitive: int,
    insiders: int,
    responses: Path | None,
    was: tuple[str, ...],
    questionnaire: Path | None,
    rounds: bool,
) -> None:
    """Try whether published FILES give a group below k away, or what hidden ones answered.

    FILES are folders with release.csv and units.csv, or the files themselves. Several folders are
    taken as releases of the same responses, the oldest first, and tried together; with --rounds as
    releases of different rounds, whose responses are others, each tried for itself. Everything that
    can be derived is listed, with status 1; files that cannot be read are listed with status 2.

    Listed apart, and no failure by itself, is what is known of a group only if somebody in it has
    answered, where the files let it be empty. Whoever protects knows whether it is, and must see to
    it that it is.

    Whoever knows how many answered on each level of each unit finds out more about what they
    answered. With --responses that is tried too, and decides whether anybody is there; of the
    answers themselves nothing is used.

    The means of scales and numbers can be tried only by somebody who knows between which numbers
    they can lie: give --questionnaire. Each question is tried by itself, together with the groups.
    What was not tried is listed at the end.
    """
    folders, faults = find(list(files))
    releases = []
    for folder in folders if not faults else ():
        seen, wrong = read(folder)
        releases.append(seen)
        faults += wrong
    asked = list(dict.fromkeys(of for seen in releases for of, _cell in seen.answers))
    measures, wrong = read_measures(questionnaire) if questionnaire else (NO_MEASURES, [])
    faults += wrong
    asked += [
        item
        for item in measures.ends
        if not item.startswith(SCALE) and has_means_only(releases, item)
    ]
    people = None
    if was and responses is None:
        faults.append("Ange --was bara med --responses: det är där kolumnen står.")
    if responses is not None and rounds:
        faults.append("Använd --responses för en omgång i taget, utan --rounds.")
    elif responses is not None:
        if len(was) not in {0, len(releases) - 1}:
            faults.append("Ange --was en gång för varje publicering utom den sista.")
        rules = measures.rules
        people, wrong = read_people(responses, was, asked, releases=len(releases), rules=rules)
        faults += wrong
    if faults:
        raise WrongInputError("Filerna går inte att pröva:", tuple(faults))
    ks = least(releases, k=k, sensitive=sensitive, k_sensitive=k_sensitive, insiders=insiders)
    found = _tell_each(_try(releases, ks, people, measures, rounds=rounds))
    for sentence in untried(releases, measures):
        click.echo(sentence)
    if found:
        click.echo(f"{found} fynd. Publicera inte.", err=True)
        sys.exit(BETRAYED)  # `ctx.exit` is lost where the command is run with standalone_mode=False
    click.echo(f"Inga fynd: ingen grupp under {k + insiders} går att räkna fram.")


def _try(
    releases: list[Published],
    ks: Least,
    people: People | None,
    measures: Measures,
    *,
    rounds: bool,
) -> Iterator[Finding]:
    if not rounds:
        yield from together(releases, ks, people, measures, tell=_tell, apart=_tell_apart)
        return
    for seen in releases:
        click.echo(seen.name, err=True)
        own = {item: k for item, k in ks.items() if not item or item in seen.counts}
        yield from together([seen], own, None, measures, tell=_tell)


def _tell_each(findings: Iterator[Finding]) -> int:
    """How many there are. Those that hold only if somebody is there are told last and not counted:
    that anybody is does not follow from the files.
    """
    found, if_somebody = 0, []
    for finding in findings:
        if finding.if_somebody:
            if_somebody.append(finding)
            continue
        found += 1
        click.echo(str(finding))
    if if_somebody:
        _tell_if_somebody(if_somebody)
    return found


def _tell_if_somebody(findings: list[Finding]) -> None:
    click.echo(
        f"Bara om någon finns där ({len(findings)}): den som vet att någon i gruppen har svarat kan"
        " räkna ut svaren. Det publicerade visar inte att någon har det: grupperna kan vara tomma."
        " Pröva med --responses för att få veta det säkert."
    )
    for finding in findings:
        click.echo(f"  {finding}")


def _tell(at: int, of: int, item: str) -> None:
    click.echo(f"… {at} av {of}: {item or 'antal svarande'}", err=True)


def _tell_apart(item: str) -> None:
    what = item or "antal svarande"
    click.echo(f"Siffrorna motsäger varandra: {what} prövas i varje publicering för sig.", err=True)
