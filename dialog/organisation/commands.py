"""`dialog organisation …`: the import for those who run it from a schedule."""

from pathlib import Path

import click

from dialog.core.errors import RefusedError, WrongInputError
from dialog.organisation.comparing import Changes, Kind, compare
from dialog.organisation.importing import apply, refuse_to_lose_administrators
from dialog.organisation.reading import read
from dialog.organisation.roster import File, Reading
from dialog.organisation.snapshots import snapshot
from dialog.organisation.wording import kind_name, listed_faults
from dialog.settings import from_environment
from dialog.storage.engine import session_at

SHOWN_FAULTS = 100
SHOWN_CHANGES = 20
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def upgrade(side: str, url: str) -> None:
    """Bring the database up to date."""
    from dialog.storage import migrating  # noqa: PLC0415 - alembic is slow to load

    migrating.upgrade(side, url)


@click.group()
def organisation() -> None:
    """The organisation: units, and people with their posts."""


@organisation.command("import")
@click.argument("units", type=FILE)
@click.argument("people", type=FILE)
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Go on also when more than a fifth would leave.")
def import_(units: Path, people: Path, *, dry_run: bool, yes: bool) -> None:
    """Make the organisation what two CSV files say, all of it or nothing.

    UNITS has the columns unit, parent and name; PEOPLE has name, email, unit and level. Who is not
    in the file any more is deactivated, not deleted.
    """
    reading = read(units.read_bytes(), people.read_bytes())
    names = {File.UNITS: units.name, File.PEOPLE: people.name}
    for file, column in reading.ignored:
        click.echo(f"{names[file]}: kolumnen ”{column}” används inte.", err=True)
    if reading.roster is None:
        raise refusal(reading, names)
    url = from_environment().database_url
    upgrade("staff", url)
    with session_at(url) as session:
        changes = compare(snapshot(session), reading.roster)
        refuse_to_lose_administrators(session, changes=changes)
        _tell(changes)
        if dry_run:
            click.echo("Inget har ändrats (--dry-run).")
            return
        if changes.sweeping and not yes:
            raise RefusedError(
                "Mer än en femtedel av personerna eller enheterna skulle försvinna. Inget har"
                " ändrats. Är det rätt, kör igen med --yes."
            )
        if changes:
            apply(session, roster=reading.roster)
            session.commit()
            click.echo("Organisationen är inläst.")


def refusal(reading: Reading, names: dict[File, str]) -> WrongInputError:
    """Every fault as a line with place and reason, up to SHOWN_FAULTS."""
    faults = listed_faults(reading, names=names, at_most=SHOWN_FAULTS)
    lines = [f"{place}: {sentence}" for place, sentence in faults]
    if len(reading.faults) > SHOWN_FAULTS:
        lines.append(f"… och {len(reading.faults) - SHOWN_FAULTS} fel till.")
    return WrongInputError(
        f"Inget har lästs in: {len(reading.faults)} fel i filerna.", tuple(lines)
    )


def _tell(changes: Changes) -> None:
    if not changes:
        click.echo("Inget skiljer sig från organisationen som den är.")
    for kind, rows in changes.by_kind.items():
        if not rows:
            continue
        click.echo(f"{kind_name(kind)}: {len(rows)}")
        if kind in {Kind.UNIT_NEW, Kind.PERSON_NEW} and len(rows) > SHOWN_CHANGES:
            continue  # a first import would say everything
        for row in rows[:SHOWN_CHANGES]:
            change = " → ".join(part for part in (row.before, row.after) if part)
            click.echo(f"  {row.key}  {row.name}  {change}".rstrip())
        if len(rows) > SHOWN_CHANGES:
            click.echo(f"  … och {len(rows) - SHOWN_CHANGES} till")
