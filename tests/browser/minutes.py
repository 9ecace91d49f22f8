"""Minutes in each state that has pages of its own, of meetings that were held."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from dialog.meetings import agenda, documenting, planning, steps
from dialog.meetings.models import ItemKind, Meeting
from dialog.meetings.states import Action
from dialog.minutes import adding, attesting, circulating, proposing, queries, writing
from dialog.minutes.models import Minutes
from dialog.people.models import Person
from dialog.storage.clock import now
from tests import makers

TEXT = """Ordföranden berättade om läget. **Vi enades** om:

- att träffas varje månad
- att alla får säga sitt, också den som inte vill säga det högt

> Det är första gången någon har frågat."""


@dataclass(frozen=True)
class Written:
    held: UUID  # a meeting without minutes yet
    by_state: dict[str, UUID]
    section: UUID  # of those that are sent round, like what follows
    proposal: UUID
    gone: UUID  # an attester who has left


def write_minutes(db: Session, *, secretary: Person, attester: Person) -> Written:
    held = _held(db, secretary)
    drafted = _begun(db, secretary, attester)
    round_ = _begun(db, secretary, attester)
    gone = makers.person(db, "Sten Slutat", email="sten@example.org")
    attesting.choose(db, minutes=round_, person_id=gone.id, by=secretary.id)
    _send(db, round_, secretary)
    gone.active = False
    section = queries.sections_of(db, minutes=round_)[1]
    for end in ("en gång till.", "och en till."):
        proposal = proposing.propose(
            db, minutes=round_, section=section, text=f"{section.text}\n\nSist {end}",
            reason="Det sades också.", by=attester.id,
        )  # fmt: skip
        if end.startswith("en gång"):
            proposing.accept(
                db, minutes=round_, proposal=proposal, by=secretary.id, answer="Det stämmer."
            )
    locked = _begun(db, secretary, attester)
    _send(db, locked, secretary)
    attesting.attest(
        db, minutes=locked, person_id=attester.id, number=1, locked=documenting.PLACE.locked,
        key=attesting.attestation_key(db.info["settings"].keys),
    )  # fmt: skip
    adding.add(db, minutes=locked, text="Mötet slutade *16.30*.", by=secretary.id)
    states = {"drafting": drafted.id, "circulated": round_.id, "locked": locked.id}
    return Written(held.id, states, section.id, proposal.id, gone.id)


def _held(db: Session, secretary: Person) -> Meeting:
    starts = now() + timedelta(days=1)
    plan = planning.Plan(
        title="Dialogmöte om höstens arbete",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place="Aulan, Regionens hus",
    )
    meeting = planning.create(db, by=secretary.id, plan=plan)
    for title, kind in (("Läget", ItemKind.INFORMATION), ("Frågor", ItemKind.DIALOGUE)):
        agenda.add(db, meeting=meeting, line=agenda.Line(title, kind), by=secretary.id)
    for action in (Action.BEGIN, Action.END):
        steps.take(db, meeting=meeting, action=action, by=secretary.id)
    return meeting


def _begun(db: Session, secretary: Person, attester: Person) -> Minutes:
    meeting = _held(db, secretary)
    made = writing.begin(
        db, about=documenting.ABOUT, about_id=meeting.id, title=meeting.title,
        lines=documenting.lines(db, meeting.id), by=secretary.id,
    )  # fmt: skip
    section = queries.sections_of(db, minutes=made)[1]
    writing.save(
        db, minutes=made, section_id=section.id, version=section.version,
        heading=section.heading, text=TEXT, by=secretary.id,
    )  # fmt: skip
    attesting.choose(db, minutes=made, person_id=attester.id, by=secretary.id)
    return made


def _send(db: Session, minutes: Minutes, secretary: Person) -> None:
    lines = documenting.lines(db, minutes.about_id)
    circulating.circulate(db, minutes=minutes, lines=lines, by=secretary.id)
