"""A round's life for simulated respondents, through the functions that people's clicks call."""

import random
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from dialog.core.ballots.peeling import Record
from dialog.core.errors import RefusedError
from dialog.core.questionnaire import Questionnaire, load
from dialog.organisation import importing
from dialog.organisation.models import Unit
from dialog.organisation.reading import read
from dialog.organisation.roster import Roster
from dialog.people.accounts import add_person
from dialog.people.models import Person, Role
from dialog.settings import Settings
from dialog.simulate import answers, region, trustees, ways_in
from dialog.simulate.respondent import Visitor
from dialog.storage.clock import now, today
from dialog.storage.engine import make_engine, make_sessions
from dialog.surveys.building import saving
from dialog.surveys.models import Access, Invitation, Round, RoundState
from dialog.surveys.opening import exchange
from dialog.surveys.rounds import approving, inviting, planning, steps

PLANTED_CHARACTERS = 20
POLL = 0.2
ENDED = (RoundState.OPENED, RoundState.UNOPENED)  # what the workers make of a closed round


@dataclass(frozen=True)
class Cast:
    """Who plans and who approves: two people, as the rules want it."""

    analyst: UUID
    approver: UUID


@dataclass(frozen=True)
class Stage:
    """Where it happens: the staff side's database and settings, as its own commands have them."""

    settings: Settings
    engine: Engine

    def session(self) -> Session:
        return make_sessions(self.engine)()


def stage(settings: Settings) -> Stage:
    return Stage(settings, make_engine(settings.database_url))


def roster_of(invented: region.Region) -> Roster:
    """The invented region, written as the two files of an import and read back as those are."""
    units = "\n".join(["unit,parent,name", *(f"{c},{p},{n}" for c, p, n in invented.units)])
    lines = (f"{who.name},{who.email},{who.unit},{who.level}" for who in invented.people)
    people = "\n".join(["name,email,unit,level", *lines])
    reading = read(units.encode(), people.encode())
    assert reading.roster is not None, reading.faults  # our own invention is in order
    return reading.roster


def populate(stage: Stage, *, people: int, seed: int) -> None:
    """Import an invented region of `people` people; again changes nothing.

    Raises RefusedError over any other organisation: its people would be taken for left, and those
    who stay would be invited.
    """
    with stage.session() as session:
        occupied = session.exec(select(Unit.id).limit(1)).first() is not None
        changes = importing.apply(session, roster=roster_of(region.invent(people, seed=seed)))
        if occupied and changes:
            session.rollback()
            raise RefusedError(
                "There is another organisation in this instance. Name one of its open rounds with"
                " --round, or use an empty folder (DIALOG_INSTANCE)."
            )
        session.commit()


def cast(stage: Stage) -> Cast:
    """An analyst and an approver of the simulation, added the first time."""
    found = []
    with stage.session() as session:
        for role, name in ((Role.ANALYST, "Analys Simulerad"), (Role.APPROVER, "Data Simulerad")):
            email = f"simulerad-{role}@example.org"
            person = session.exec(select(Person).where(Person.email == email)).first()
            found.append((person or add_person(session, name=name, email=email, roles=[role])).id)
        session.commit()
    return Cast(*found)


def open_round(
    stage: Stage,
    *,
    who: Cast,
    form: Questionnaire,
    title: str,
    sender: str,
    message: str = "",
    access: Access = Access.INVITED,
    number_of_trustees: int = 0,
    prepare: Callable[[Session, Round], None] = lambda _session, _round: None,
) -> UUID:
    """Write the survey, plan a round for everybody, have it approved, and open it. With trustees,
    two or three, their keys lie in the instance's folder `simulated-keys`. Where codes are printed,
    there is one for everybody. `prepare` adds to the plan whatever else is wanted.
    """
    with stage.session() as session:
        survey = saving.create(session, author_id=who.analyst, questionnaire=form)
        round_ = planning.create(
            session, survey=survey, author_id=who.analyst, title=title, access=access
        )
        planning.change(
            session,
            round_=round_,
            by=who.analyst,
            sender=sender,
            message=message,
            closes_at=now() + timedelta(days=14),
            keep_list_until=today() + timedelta(days=60),
            keep_unit_until=today() + timedelta(days=365),
            keep_texts_until=today() + timedelta(days=180),
            keep_rows_until=today() + timedelta(days=730),
            secrecy_note=planning.NO_SECRECY,
            assessment_number="KBD-2026-001",
        )
        if number_of_trustees:
            trustees.appoint(session, round_=round_, by=who.analyst, number=number_of_trustees)
        prepare(session, round_)
        planning.submit(session, round_=round_, by=who.analyst)
        if number_of_trustees:
            trustees.make_keys(session, round_=round_, settings=stage.settings)
        approving.approve(session, round_=round_, by=who.approver, settings=stage.settings)
        inviting.start(session, round_=round_, by=who.analyst, settings=stage.settings)
        if access.prints:
            ways_in.print_codes(session, round_=round_, by=who.analyst)
        session.commit()
        exchange.announce(round_, stage.settings)
        return round_.id


def visitors(
    stage: Stage,
    *,
    round_id: UUID,
    responses: int,
    seed: int,
    planted: bool = False,
    besides: frozenset[str] = frozenset(),
) -> list[Visitor]:
    """Invented answers of `responses` of those who can come in and have not answered, `besides`
    these addresses. With `planted`, each text holds a mark of its own.

    Raises RefusedError when fewer are left, or the round is not open.
    """
    rng = random.Random(seed)  # noqa: S311 - invented answers, not secrets
    with stage.session() as session:
        round_ = session.get(Round, round_id)
        if round_ is None or round_.state is not RoundState.OPEN:
            raise RefusedError("There is no such open round. `dialog round list` shows them.")
        form = load(round_.questionnaire)
        left = ways_in.unused(session, round_=round_, settings=stage.settings)
    invited = sorted(way for way in left if way.address not in besides)
    if len(invited) < responses:
        raise RefusedError(
            f"Only {len(invited)} of the invited have not answered; ask for fewer responses."
        )
    mood = {
        unit: min(0.95, max(0.1, rng.gauss(0.62, 0.13)))
        for unit in sorted({way.unit for way in invited})
    }
    made = []
    for way in rng.sample(invited, responses):
        mark = f"{rng.getrandbits(80):0{PLANTED_CHARACTERS}x}" if planted else ""
        brighter = 0.12 if way.level != "staff" else 0.0  # managers see it so
        leaning = mood[way.unit] + brighter
        given = answers.invent(form, level=way.level, leaning=leaning, rng=rng, planted=mark)
        made.append(Visitor(way.secret, way.unit, way.level, given, way.address, mark))
    return made


def answered(stage: Stage, *, round_id: UUID) -> int:
    """How many had a token signed: for whoever goes on where a simulation was cut off."""
    with stage.session() as session:
        query = select(func.count()).select_from(Invitation)
        of_round = (col(Invitation.round_id) == round_id, col(Invitation.issued).is_(True))
        return session.exec(query.where(*of_round)).one()


def close(stage: Stage, *, round_id: UUID, by: UUID) -> None:
    """Close at once: every simulated ballot has been posted, so there is none to wait for."""
    with stage.session() as session:
        round_ = session.get_one(Round, round_id)
        steps.close(session, round_=round_, by=by)
        exchange.announce(round_, replace(stage.settings, posting_grace=0))
        session.commit()


def open_layers(stage: Stage, *, round_id: UUID) -> Iterator[Record]:
    """Have the simulated trustees of a closed round open in turn; nothing if it has none."""
    with make_sessions(stage.engine, reading=True)() as session:
        yield from trustees.open_layers(session, round_id=round_id, settings=stage.settings)


def wait_for(
    stage: Stage,
    *,
    round_id: UUID,
    states: Collection[RoundState],
    seconds: float = 120,
    ended: Callable[[], bool] = lambda: False,
) -> RoundState:
    """Wait for the workers. Raises RefusedError when it takes longer than `seconds`."""
    deadline = time.monotonic() + seconds
    while not ended():
        with make_sessions(stage.engine, reading=True)() as session:
            state = session.get_one(Round, round_id).state
        if state in states:
            return state
        if time.monotonic() > deadline:
            raise RefusedError(
                f"The round is still {state}. Are both workers running? See `dialog worker` and"
                " `dialog box worker`."
            )
        time.sleep(POLL)
    raise RefusedError("Stopped.")
