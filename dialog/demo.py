"""The demo region: loaded on the first start through the same pipeline as everything real."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, select

from dialog import (
    demo_afterwards,
    demo_commitments,
    demo_diary,
    demo_handling,
    demo_meetings,
    demo_negotiations,
    demo_requests,
    demo_samverkan,
    demo_submissions,
    demo_unions,
)
from dialog.core.errors import RefusedError
from dialog.core.questionnaire import Text
from dialog.people.accounts import add_person, set_password, set_roles
from dialog.people.models import Person, Role
from dialog.research import preparing
from dialog.research.models import RoundData
from dialog.results.publishing import releases
from dialog.settings import Settings
from dialog.simulate import driving, rounds
from dialog.simulate.rounds import Cast, Stage
from dialog.surveys.building.instruments import all_instruments
from dialog.surveys.models import Round, RoundState

PEOPLE: Final = 600
SEED: Final = 2026
PASSWORD: Final = "lugn-sommar-vid-havet"  # noqa: S105 - the demo's own, printed for all to use
RELEASED: Final = 430  # answers to the round that is released
UNDER_WAY: Final = 140  # answers to the round that is open
# What an analyst would write to those who answer, in place of the words to whoever plans.
ABOUT: Final = {
    "samtalsklimat": Text(
        sv="Hur går det att säga vad man tycker hos oss, och vad händer sedan? Svaren används när"
        " chefer och medarbetare går igenom resultatet tillsammans.",
        en="How easy is it to say what you think here, and what happens then? The answers are used"
        " when managers and staff go through the result together.",
    ),
    "erfarenhetsinsamling": Text(
        sv="Vi samlar erfarenheter av det nya journalsystemet, för att förstå vad som hände och vad"
        " som ska göras på ett annat sätt nästa gång.",
        en="We are gathering experiences of the new care-record system, to understand what happened"
        " and what to do differently next time.",
    ),
}


@dataclass(frozen=True)
class Member:
    """Somebody of the demo's cast: who a newcomer can sign in as."""

    name: str
    email: str
    role: Role | None
    what: str


CAST: Final = (
    Member("Astrid Analysson", "analytiker@example.org", Role.ANALYST, "plans and publishes"),
    Member("Gunnar Granskfors", "granskare@example.org", Role.APPROVER, "approves"),
    Member("Gerd Granskhult", "granskare2@example.org", Role.APPROVER, "approves as the second"),
    Member("Sara Sekreterfält", "sekreterare@example.org", Role.SECRETARY, "plans meetings"),
    Member("Nore Förhandlén", "forhandlare@example.org", Role.NEGOTIATOR, "negotiates with unions"),
    Member("Vega Valdhult", "foretradare@example.org", None, "represents a union in RS MBL"),
    Member("Vera Vårdfält", "vardchef@example.org", None, "has promised what others ask for"),
    Member("Reidar Registerdal", "registrator@example.org", Role.REGISTRAR, "keeps the diary"),
    Member("Hilma Handdal", "handlaggare@example.org", Role.HANDLER, "answers letters"),
    Member("Tora Textgren", "textgranskare@example.org", Role.REVIEWER, "reviews free texts"),
    Member("Rut Forskdal", "forskare@example.org", Role.RESEARCHER, "applies for research data"),
    Member("Tove Tryggdal", "nyckelhallare@example.org", Role.TRUSTEE, "holds a key"),
    Member("Tage Trygghult", "nyckelhallare2@example.org", Role.TRUSTEE, "holds another key"),
    Member("Ada Adminfält", "administrator@example.org", Role.ADMINISTRATOR, "accounts"),
)
SECRETARY: Final = "sekreterare@example.org"
OWNER: Final = "vardchef@example.org"
REGISTRAR: Final = "registrator@example.org"
HANDLER: Final = "handlaggare@example.org"
EMPLOYEE: Final = "person00100@example.org"
REPRESENTATIVES: Final = (
    "foretradare@example.org", "person00110@example.org", "person00120@example.org",
)  # fmt: skip


def load_once(settings: Settings, *, say: Callable[[str], None], ended: Callable[[], bool]) -> None:
    """Load the demo into running applications, unless that was done. Cut off, it goes on where
    it was at the next start.
    """
    done = _done(settings)
    if done.exists():
        return
    say("Loading the demo region; this happens once and takes about a minute.")
    stage = rounds.stage(settings)
    who = _people(stage)
    try:
        first = _round(
            stage, who, "samtalsklimat", "Samtalsklimat hösten 2026", "Personaldirektören"
        )
        _answered(stage, first, RELEASED, say=say)
        _released(stage, first, who, ended=ended)
        second = _round(
            stage,
            who,
            "erfarenhetsinsamling",
            "Erfarenheter av journalsystemet",
            "Regiondirektören",
        )
        _answered(stage, second, UNDER_WAY, say=say)
        rounds.wait_for(stage, round_id=first, states=(RoundState.RELEASED,), ended=ended)
        make_ready(stage, round_id=first, by=who.analyst)
        _meetings(stage)
        _afterwards(stage, who, say=say, ended=ended)
    except RefusedError as refused:
        if not ended():
            say(f"The demo is not complete: {refused.sentence}")
        return
    finally:
        stage.engine.dispose()
    done.parent.mkdir(parents=True, exist_ok=True)
    done.touch()


def sign_ins(settings: Settings) -> list[str]:
    """The lines that say who one can sign in as."""
    width = max(len(member.email) for member in (*CAST, Member("", EMPLOYEE, None, "")))
    lines = [f"  Sign in as (password {PASSWORD}):"]
    lines += [
        f"    {member.email:<{width}}  {member.role or 'employee'}: {member.what}"
        for member in CAST
    ]
    lines.append(f"    {EMPLOYEE:<{width}}  employee: has a survey to answer")
    if not _done(settings).exists():
        lines.append("  (The demo region is not complete yet; start again to go on.)")
    return lines


def _done(settings: Settings) -> Path:
    return settings.instance / "demo-loaded"


def _people(stage: Stage) -> Cast:
    """The region and the cast, whose passwords are known."""
    rounds.populate(stage, people=PEOPLE, seed=SEED)
    with stage.session() as session:
        found = {member.email: _member(session, member) for member in CAST}
        employee = session.exec(select(Person).where(col(Person.email) == EMPLOYEE)).one()
        set_password(session, person_id=employee.id, password=PASSWORD)
        session.commit()
    return Cast(found[CAST[0].email], found[CAST[1].email])


def _member(session: Session, member: Member) -> UUID:
    person = session.exec(select(Person).where(col(Person.email) == member.email)).first()
    if person is None:
        person = add_person(session, name=member.name, email=member.email)
        set_password(session, person_id=person.id, password=PASSWORD)
    if member.role is not None:
        set_roles(session, person_id=person.id, roles=[member.role], by=None)
    return person.id


def _round(stage: Stage, who: Cast, instrument: str, title: str, sender: str) -> UUID:
    """The open or ended round of this title, or a new one."""
    with stage.session() as session:
        found = session.exec(
            select(Round.id).where(col(Round.title) == title, col(Round.author_id) == who.analyst)
        ).first()
    if found is not None:
        return found
    form = all_instruments()[instrument].model_copy(update={"description": ABOUT[instrument]})
    return rounds.open_round(stage, who=who, form=form, title=title, sender=sender)


def _answered(stage: Stage, round_id: UUID, wanted: int, *, say: Callable[[str], None]) -> None:
    """Let as many answer as are lacking; the demo's employee is left to answer by hand."""
    with stage.session() as session:
        round_ = session.get_one(Round, round_id)
        if round_.state is not RoundState.OPEN:
            return
        title = round_.title
    lacking = max(0, wanted - rounds.answered(stage, round_id=round_id))
    planned = rounds.visitors(
        stage, round_id=round_id, responses=lacking, seed=SEED, besides=frozenset({EMPLOYEE})
    )
    say(f"  {len(planned)} invented people answer “{title}” …")
    outcomes = driving.drive(planned, base_url=stage.settings.base_url, round_id=str(round_id))
    refused = sum(1 for outcome in outcomes if outcome.problem)
    if refused:
        say(f"  {refused} of them could not.")


def _released(stage: Stage, round_id: UUID, who: Cast, *, ended: Callable[[], bool]) -> None:
    """Close, wait for the workers to open the ballots, and publish."""
    with stage.session() as session:
        state = session.get_one(Round, round_id).state
    if state is RoundState.OPEN:
        rounds.close(stage, round_id=round_id, by=who.analyst)
    if state in {RoundState.OPEN, RoundState.CLOSED}:
        state = rounds.wait_for(stage, round_id=round_id, states=rounds.ENDED, ended=ended)
    if state is not RoundState.OPENED:
        return
    with stage.session() as session:
        releases.publish(session, round_=session.get_one(Round, round_id), by=who.analyst)
        session.commit()


def _meetings(stage: Stage) -> None:
    with stage.session() as session:
        people = {
            email: session.exec(select(Person.id).where(col(Person.email) == email)).one()
            for email in (SECRETARY, OWNER, EMPLOYEE, REGISTRAR)
        }
    demo_meetings.plan_meetings(stage, secretary=people[SECRETARY], employee=people[EMPLOYEE])
    demo_unions.represent_all(stage, secretary=SECRETARY, representatives=REPRESENTATIVES)
    demo_negotiations.negotiate_all(stage)
    demo_samverkan.take_up(stage, secretary=SECRETARY, representatives=REPRESENTATIVES[1:])
    demo_commitments.promise_all(stage, secretary=people[SECRETARY], owner=people[OWNER])
    demo_diary.register_all(stage, by=people[REGISTRAR])
    demo_requests.ask_all(stage, by=people[REGISTRAR])
    demo_submissions.write_all(stage)
    demo_handling.handle_all(stage, registrar=people[REGISTRAR], handler=HANDLER, owner=OWNER)


def _afterwards(
    stage: Stage, who: Cast, *, say: Callable[[str], None], ended: Callable[[], bool]
) -> None:
    """Meetings that were held, and what was answered after them."""
    with stage.session() as session:
        secretary = session.exec(select(Person.id).where(col(Person.email) == SECRETARY)).one()
    demo_afterwards.ask_after(
        stage,
        series=demo_meetings.SERIES,
        secretary=secretary,
        approver=who.approver,
        say=say,
        ended=ended,
    )


def make_ready(stage: Stage, *, round_id: UUID, by: UUID) -> None:
    """Have the released round prepared, so that the researcher has something to apply for."""
    with stage.session() as session:
        if session.get(RoundData, round_id) is None:
            round_ = session.get_one(Round, round_id)
            preparing.ask(session, round_=round_, by=by, quasi=[], k=round_.k)
            session.commit()
