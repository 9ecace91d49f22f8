"""`dialog diary …`: authorities, where each diary stands, whether it is whole; archiving."""

import sys
from pathlib import Path
from typing import Final

import click
from sqlmodel import Session, col, select

from dialog.core.diary import numbers
from dialog.core.diary.chain import Fault, Found, Head
from dialog.core.errors import WrongInputError
from dialog.diary import indexing, verifying
from dialog.diary.archive import package
from dialog.diary.comparing import What, Wrong
from dialog.diary.models import DiaryAuthority, Numbering
from dialog.people import steps
from dialog.settings import from_environment
from dialog.storage.clock import now
from dialog.storage.engine import session_at

WORDS: Final = {
    Fault.MISSING: "the entry is gone",
    Fault.MOVED: "the entry does not follow the one before it",
    Fault.CHANGED: "the entry was changed",
    Fault.OTHER_VALUE: "a value was changed: {name}",
    Fault.GONE: "a value is gone that nobody decided to dispose of: {name}",
    Fault.UNCOMMITTED: "a value was added: {name}",
    Fault.OTHER_HEAD: "the diary is not the one that was published",
}

WRONG: Final = {
    What.ENTRY: "the entry's kind, matter or number is not what was written",
    What.LINE: "what is shown is not what the entry says",
    What.WORDS: "a search finds it by other words than it has",
    What.FILES: "its files are not those that were registered",
    What.COUNT: "there are more or fewer than were numbered",
    What.AUTHORITY: "the authority has another name than when the matter was opened",
}


@click.group()
def diary() -> None:
    """The diary: what was registered, by authority."""


@diary.command()
@click.option("--name", required=True, help="The board, such as Regionstyrelsen.")
@click.option("--letters", required=True, help="What its numbers begin with, such as RS.")
@click.option("--entered", is_flag=True, help="Its numbers come from a diary that it has already.")
def authority(name: str, letters: str, *, entered: bool) -> None:
    """Give an authority a diary. Its name and letters cannot be changed afterwards."""
    letters = letters.strip().upper()
    if not numbers.is_abbreviation(letters):
        raise WrongInputError("The letters of an authority are one to eight, such as RS.")
    with session_at(from_environment().database_url) as session:
        taken = col(DiaryAuthority.letters) == letters, col(DiaryAuthority.name) == name.strip()
        if session.exec(select(DiaryAuthority).where(taken[0] | taken[1])).first():
            raise WrongInputError("There is an authority with this name or these letters already.")
        numbering = Numbering.ENTERED if entered else Numbering.OWN
        session.add(DiaryAuthority(name=name.strip(), letters=letters, numbering=numbering))
        session.commit()
    click.echo(f"{letters}\t{name.strip()}")


@diary.command()
def head() -> None:
    """Publish where each diary stands, and print it: letters, place and hash. Keep the lines where
    nobody can change them; `dialog diary verify --head FILE` tries the diary against them.
    """
    with session_at(from_environment().database_url) as session:
        for each in _authorities(session):
            at = verifying.publish(session, authority=each)
            click.echo(f"{each.letters} {at.position} {at.digest.hex()}")
        session.commit()


@diary.command()
def index() -> None:
    """Make anew by which words each line is found, where `dialog diary verify` tells of others."""
    with session_at(from_environment().database_url) as session:
        for each in _authorities(session):
            steps.hold(session, each)
            indexing.rebuild(session, authority=each)
            session.commit()
            click.echo(each.letters)


@diary.command()
@click.option("--head", "file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Lines that `dialog diary head` printed before.")  # fmt: skip
def verify(file: Path | None) -> None:
    """Try every entry of every diary. Exit status 1 if one is not as it was written."""
    kept = _read(file) if file else {}
    failed = False
    with session_at(from_environment().database_url, reading=True) as session:
        boards = _authorities(session)
        for unknown in sorted(kept.keys() - {each.letters for each in boards}):
            click.echo(f"{unknown}: the diary is gone")
            failed = True
        for each in boards:
            whole = True
            heads = kept.get(each.letters, [])
            for found in verifying.faults(session, authority=each, heads=heads):
                click.echo(f"{each.letters} {found.position}: {_words(found)}")
                whole, failed = False, True
            if whole:
                click.echo(f"{each.letters}: {each.entries} entries, all as they were written")
    sys.exit(1 if failed else 0)


@diary.command()
@click.option("--authority", "letters", required=True, help="The letters of its numbers.")
@click.option("--year", required=True, type=int, help="Of the matters' numbers.")
@click.option("--into", required=True, help="The folder that gets the package as a folder.",
              type=click.Path(path_type=Path, file_okay=False))  # fmt: skip
def archive(letters: str, year: int, into: Path) -> None:
    """A year's matters for the archive: XML after FGS Ärendehantering, every file, and SHA-256 of
    all of it (BagIt). It holds what is withheld from everybody.
    """
    settings = from_environment()
    with session_at(settings.database_url, reading=True) as session:
        found = {each.letters: each for each in _authorities(session)}.get(letters.strip().upper())
        if found is None:
            raise WrongInputError("No authority has these letters.")
        made = package.deliver(
            session, authority=found, year=year, into=into, documents=settings.documents, at=now()
        )
    click.echo(f"{made.folder}: {made.matters} matters, {made.documents} documents,"
               f" {made.files} files, {made.size} bytes")  # fmt: skip
    if made.left_out:
        click.echo(f"{made.left_out} files were left out: a virus scanner holds or removed them")


def _authorities(session: Session) -> list[DiaryAuthority]:
    return list(session.exec(select(DiaryAuthority).order_by(col(DiaryAuthority.letters))))


def _words(found: Found | Wrong) -> str:
    if isinstance(found, Wrong):
        return WRONG[found.what]
    return WORDS[found.fault].format(name=found.name)


def _read(file: Path) -> dict[str, list[Head]]:
    heads: dict[str, list[Head]] = {}
    for number, line in enumerate(file.read_text().splitlines(), 1):
        try:
            letters, position, digest = line.split()
            heads.setdefault(letters, []).append(Head(int(position), bytes.fromhex(digest)))
        except ValueError:
            raise WrongInputError(
                f"Line {number} of {file.name} is not one that `dialog diary head` printed."
            ) from None
    return heads
