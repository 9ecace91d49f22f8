"""`dialog round …`: rounds from the command line, for those who look after the server."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

import click
from sqlmodel import Session, col, select

from dialog.core.errors import WrongInputError
from dialog.core.levels import Level
from dialog.organisation import queries as organisation
from dialog.organisation.models import Unit
from dialog.settings import Settings, from_environment
from dialog.storage.clock import STOCKHOLM
from dialog.storage.engine import make_engine, make_sessions
from dialog.storage.files import create_once
from dialog.surveys.models import Round
from dialog.surveys.rounds import inviting, reconciling, stacks, steps
from dialog.surveys.rounds.words import step_words

ON_SERVER = "Från kommandoraden."


@contextmanager
def _session(settings: Settings) -> Iterator[Session]:
    """A session that is committed if nothing was refused."""
    engine = make_engine(settings.database_url)
    try:
        with make_sessions(engine)() as session:
            yield session
            session.commit()
    finally:
        engine.dispose()


def _round(session: Session, round_id: UUID) -> Round:
    found = session.get(Round, round_id)
    if found is None:
        raise WrongInputError("There is no such round. `dialog round list` shows all of them.")
    return found


@click.group("round")
def round_() -> None:
    """Rounds: where they stand, and to open, pause, prolong and close them.

    Plans are made and approved in the browser.
    """


@round_.command("list")
def list_() -> None:
    """Print every round: identifier, state, deadline, title."""
    with _session(from_environment()) as session:
        for each in session.exec(select(Round).order_by(col(Round.closes_at), col(Round.title))):
            click.echo(f"{each.id}  {each.state:<9}  {_moment(each.closes_at):<16}  {each.title}")


@round_.command()
@click.argument("round_id", type=click.UUID)
def show(round_id: UUID) -> None:
    """Print what has happened to a round, and the numbers that may be seen."""
    with _session(from_environment()) as session:
        found = _round(session, round_id)
        click.echo(f"{found.title}: {found.state}, closes {_moment(found.closes_at)}")
        click.echo(f"invited {found.invited}")
        if found.rate_shown_on:
            shown = f"fewer than {found.k}" if found.rate_shown is None else found.rate_shown
            click.echo(f"answered {shown}, counted {found.rate_shown_on}")
        if found.ending_note:
            click.echo(found.ending_note)
        for step, name in steps.steps_of(session, round_=found):
            click.echo(f"  {_moment(step.at)}  {step_words(step)}{f' ({name})' if name else ''}")


@round_.command("open")
@click.argument("round_id", type=click.UUID)
def open_(round_id: UUID) -> None:
    """Open an approved round now; the worker sends its mail."""
    settings = from_environment()
    with _session(settings) as session:
        found = _round(session, round_id)
        inviting.start(session, round_=found, by=None, settings=settings)
        click.echo(f"Open. {found.invited} invited.")


@round_.command()
@click.argument("round_id", type=click.UUID)
@click.option("--reason", default=ON_SERVER, help="Why; shown on the round's page.")
def pause(round_id: UUID, reason: str) -> None:
    """Take no answers for now."""
    with _session(from_environment()) as session:
        steps.pause(session, round_=_round(session, round_id), by=None, reason=reason)
    click.echo("Paused.")


@round_.command()
@click.argument("round_id", type=click.UUID)
def resume(round_id: UUID) -> None:
    """Take answers again."""
    with _session(from_environment()) as session:
        steps.resume(session, round_=_round(session, round_id), by=None)
    click.echo("Open again.")


@round_.command()
@click.argument("round_id", type=click.UUID)
def reconcile(round_id: UUID) -> None:
    """After a restore: find out who has had a token, so that the round may go on."""
    settings = from_environment()
    with _session(settings) as session:
        found = _round(session, round_id)
        if found.reconcile_since is None:
            click.echo("Nothing to reconcile: no backup has been restored under this round.")
            return
        marks = reconciling.reconcile(session, round_=found, by=None, settings=settings)
    click.echo(f"Reconciled. Issued since the backup was made: {marks.taken}.")
    click.echo("Let it go on with `dialog round resume`.")


@round_.command()
@click.argument("round_id", type=click.UUID)
@click.option("--unit", "code", help="Code of the unit to which the answers belong at first.")
@click.option("--level", type=click.Choice([level.value for level in Level]), help="Their level.")
@click.option("--count", type=int, required=True, help="How many codes: from k to 500.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="PDF.")
def codes(round_id: UUID, code: str | None, level: str | None, count: int, out: Path) -> None:
    """Make a stack of one-use codes, and the sheets of slips with them. Print the file and then
    delete it: whoever has it can use the codes.
    """
    settings = from_environment()
    if out.exists():
        raise WrongInputError(f"{out} exists already. Choose another name.")
    with _session(settings) as session:
        found = _round(session, round_id)
        stack = stacks.make(
            session,
            round_=found,
            count=count,
            by=None,
            unit=_unit(session, code) if code else None,
            level=Level(level) if level else None,
        )
        made = stacks.printed(session, round_=found, stack=stack, settings=settings)
        create_once(out, made)
    click.echo(f"{count} codes in {out}. Print it, and then delete it.")


def _unit(session: Session, code: str) -> Unit:
    found = organisation.unit(session, code=code)
    if found is None:
        raise WrongInputError(f"There is no unit {code}.")
    return found


@round_.command()
@click.argument("round_id", type=click.UUID)
@click.option(
    "--until",
    required=True,
    type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    help="The new deadline, Swedish time: 2026-10-14T17:00.",
)
def extend(round_id: UUID, until: datetime) -> None:
    """Move the deadline later."""
    with _session(from_environment()) as session:
        found = _round(session, round_id)
        closes_at = until.replace(tzinfo=STOCKHOLM)
        steps.extend(session, round_=found, by=None, closes_at=closes_at)
        click.echo(f"Closes {_moment(found.closes_at)}.")


@round_.command()
@click.argument("round_id", type=click.UUID)
@click.confirmation_option(prompt="A closed round never opens again. Close it?")
def close(round_id: UUID) -> None:
    """Take no more answers, for good. The ballots are then handed over and opened."""
    with _session(from_environment()) as session:
        steps.close(session, round_=_round(session, round_id), by=None, reason=ON_SERVER)
    click.echo("Closed.")


def _moment(when: datetime | None) -> str:
    return when.astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M") if when else "-"
