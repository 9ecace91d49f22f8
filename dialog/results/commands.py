"""`dialog release …`: publish a round, list releases, write their files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import click
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.people.models import Person
from dialog.people.permissions import Actor, may
from dialog.people.queries import roles_of_many
from dialog.results import queries
from dialog.results.publishing import releases
from dialog.results.release_files import FILES, digest
from dialog.settings import from_environment
from dialog.storage.engine import make_engine, make_sessions
from dialog.surveys.models import Round


@click.group()
def release() -> None:
    """Releases: a round's protected result, published once."""


@release.command("list")
def list_() -> None:
    """List the releases, the latest first."""
    with _session() as session:
        found, _pages = queries.releases(session)
        for one in found:
            click.echo(f"{one.id}  {one.released_at:%Y-%m-%d}  {one.title}")


@release.command()
@click.argument("round_id", metavar="ROUND", type=click.UUID)
@click.option("--by", required=True, help="E-mail address of the analyst who publishes.")
def publish(round_id: UUID, by: str) -> None:
    """Publish the result of ROUND, whose answers are opened. This cannot be undone."""
    with _session() as session:
        round_ = session.get(Round, round_id)
        person = session.exec(select(Person).where(col(Person.email) == by.strip().lower())).first()
        if round_ is None or person is None:
            missing = "omgången" if round_ is None else "personen"
            raise RefusedError(f"Det går inte att hitta {missing}. Kontrollera stavningen.")
        if not _may_publish(session, person):
            raise RefusedError("Personen har inte behörighet att publicera. Fråga en analytiker.")
        made = releases.publish(session, round_=round_, by=person.id, progress=_tell)
        session.commit()
        click.echo(f"{made.id}  {made.responses} svar  sha256 {made.digest}")


def _tell(done: int, of: int) -> None:
    click.echo(f"… {done} av {of} frågor och skalor är prövade", err=True)


@release.command()
@click.argument("release_id", metavar="RELEASE", type=click.UUID)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder to write the files into; the current one unless told.",
)
def export(release_id: UUID, out: Path) -> None:
    """Write the files of RELEASE into a folder: CSV, JSON and the questionnaire."""
    with _session() as session:
        found = queries.release(session, release_id=release_id)
        if found is None:
            raise RefusedError("Redovisningen finns inte. Se numren med ”dialog release list”.")
        out.mkdir(parents=True, exist_ok=True)
        for name, make in FILES.items():
            data = b"".join(make(session, found))
            (out / name).write_bytes(data)
            click.echo(f"{digest([data])}  {out / name}")


@contextmanager
def _session() -> Iterator[Session]:
    engine = make_engine(from_environment().database_url)
    try:
        with make_sessions(engine)() as session:
            yield session
    finally:
        engine.dispose()


def _may_publish(session: Session, person: Person) -> bool:
    roles = roles_of_many(session, person_ids=[person.id]).get(person.id, ())
    return person.active and may(Actor(person.id, frozenset(roles)), "release.make")
