"""`dialog survey …`: questionnaires from and to files, for those who keep them in folders."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from uuid import UUID

import click
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlmodel import Session, col, select

from dialog.core.checking import Fault, faults, worded
from dialog.core.errors import WrongInputError
from dialog.core.questionnaire import Questionnaire, dump, items
from dialog.people import queries as people
from dialog.people.models import Role
from dialog.settings import from_environment
from dialog.storage.engine import session_at
from dialog.surveys.building import queries, saving
from dialog.surveys.building.files import file_name, read_json
from dialog.surveys.building.instruments import all_instruments
from dialog.surveys.models import Survey

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
Language = Literal["sv", "en"]


@click.group()
def survey() -> None:
    """Surveys: import and export their questionnaires, and list them."""


@survey.command("import")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be taken, and change nothing.")
@click.option("--author", "email", default="", help="The author's address; else an analyst.")
@click.option(
    "--language",
    type=click.Choice(["sv", "en"]),
    default="sv",
    show_default=True,
    help="The language of texts that do not say theirs.",
)
def import_(file: Path, *, dry_run: bool, email: str, language: Language) -> None:
    """Make a new survey of FILE: an XLSForm (.xlsx), or Dialog's own format (.json).

    What cannot be taken is listed by sheet, row and reason. The survey is a draft: what has to be
    mended before it can be approved is listed too.
    """
    questionnaire = _read(file, language)
    number = len(items(questionnaire))
    questions = "1 fråga" if number == 1 else f"{number} frågor"
    click.echo(f"{questionnaire.title.in_language(language)}: {questions} att svara på.")
    _tell_faults(questionnaire)
    if dry_run:
        click.echo("Inget har sparats (--dry-run).")
        return
    with _session() as session:
        author_id, name = _author(session, email)
        made = saving.create(session, author_id=author_id, questionnaire=questionnaire)
        session.commit()
        click.echo(f"Sparad som enkät {made.id}. Författare: {name}.")


@survey.command("export")
@click.argument("which", metavar="SURVEY")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def export(which: str, file: Path | None, *, force: bool) -> None:
    """Write a survey's questionnaire to FILE: an XLSForm, or if FILE ends in .json Dialog's own.

    SURVEY is an identifier from `dialog survey list`, or a questionnaire that comes with Dialog:
    samtalsklimat, erfarenhetsinsamling, kommunikationsuppfoljning or efter-motet.
    """
    questionnaire = _questionnaire(which)
    target = file or Path(file_name(questionnaire.title.in_language("sv"), UUID(int=0), "xlsx"))
    if target.exists() and not force:
        raise WrongInputError(f"{target} finns redan. Välj ett annat namn eller lägg till --force.")
    content = dump(questionnaire) if target.suffix == ".json" else _spreadsheet(questionnaire)
    try:
        target.write_bytes(content)
    except OSError as wrong:
        raise WrongInputError(f"Det gick inte att skriva {target}: {wrong.strerror}.") from None
    click.echo(str(target))


@survey.command("list")
@click.option("--archived", is_flag=True, help="Those that were put away.")
def list_(*, archived: bool) -> None:
    """Print every survey: identifier, number of items, title."""
    with _session() as session:
        wanted = select(Survey).where(col(Survey.archived) == archived)
        for each in session.exec(wanted.order_by(col(Survey.title), col(Survey.id))):
            number = len(items(queries.questionnaire_of(each)))
            click.echo(f"{each.id}  {number:>4}  {each.title}")


@contextmanager
def _session() -> Iterator[Session]:
    """A session; a database that cannot be used is said to be so."""
    try:
        with session_at(from_environment().database_url) as session:
            yield session
    except (OperationalError, ProgrammingError):
        raise WrongInputError(
            "Databasen går inte att använda just nu. Är den ny, kör `dialog migrate`. Se annars "
            "att DIALOG_DATABASE_URL är rätt, och försök igen om en stund."
        ) from None


def _read(file: Path, language: Language) -> Questionnaire:
    """The questionnaire; what became of the file is printed."""
    if file.suffix.lower() == ".json":
        return read_json(file.read_bytes())
    from dialog.surveys.building.xlsform.reading import read  # noqa: PLC0415 - half a second of libraries

    found = read(file, language=language)
    for title, findings in (("Tas med", found.taken), ("Följer inte med", found.left)):
        click.echo(f"{title} ({len(findings)}):")
        for finding in findings:
            click.echo(f"  {finding.sentence()}")
    return found.questionnaire


def _tell_faults(questionnaire: Questionnaire) -> None:
    found = faults(questionnaire)
    if found:
        click.echo(f"Att rätta innan enkäten kan godkännas ({len(found)}):")
    for fault in found:
        click.echo(f"  {_place(fault)}{worded(fault).sv}")


def _place(fault: Fault) -> str:
    return f"{fault.place}: " if fault.place else ""


def _author(session: Session, email: str) -> tuple[UUID, str]:
    """Who is to stand as the author: whoever has this address, else the first of the analysts."""
    if email:
        who = people.person_by_email(session, email=email)
        if who is None:
            raise WrongInputError(f"Det finns ingen person med adressen {email}.")
        return who.id, who.name
    analysts = people.people_page(session, role=Role.ANALYST).people
    who_can = next((one for one in analysts if one.active and not one.closed), None)
    if who_can is None:
        raise WrongInputError(
            "Det finns ingen analytiker som kan stå som författare. Lägg till en med `dialog "
            "person add --role analyst`, eller ange någon med --author."
        )
    return who_can.id, who_can.name


def _questionnaire(which: str) -> Questionnaire:
    built_in = all_instruments().get(which)
    if built_in:
        return built_in
    try:
        survey_id = UUID(which)
    except ValueError:
        survey_id = None
    with _session() as session:
        found = queries.survey(session, survey_id) if survey_id else None
        if found is None:
            raise WrongInputError(
                f"Det finns ingen enkät {which}. `dialog survey list` visar dem som finns."
            )
        return queries.questionnaire_of(found)


def _spreadsheet(questionnaire: Questionnaire) -> bytes:
    from dialog.surveys.building.xlsform.writing import write  # noqa: PLC0415 - the same

    return write(questionnaire)
