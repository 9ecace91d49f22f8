"""What minutes are told of a negotiation: who writes and reads them, what they begin with, and when
they may go round. The day of conclusion stands in them; that of attestation is a step of its own.
"""

from collections.abc import Iterator
from typing import Final
from uuid import UUID, uuid5

from flask import url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlmodel import Session, col, select

from dialog.core.negotiating.matters import ATTESTED, LOCAL, State
from dialog.core.negotiating.rules import Event
from dialog.meetings.models import Meeting, MeetingInvitation
from dialog.minutes.places import Line, Place
from dialog.negotiations import claiming, meeting_up, parties, queries, words
from dialog.negotiations.models import MblMatter, MblStep
from dialog.negotiations.parties import Party
from dialog.negotiations.positions import Position
from dialog.negotiations.steps import ENDS, STEPS
from dialog.people.permissions import People
from dialog.storage.clock import today
from dialog.unions import queries as unions
from dialog.unions.models import Mandate, UnionBody
from dialog.web.i18n import all_of, day

ABOUT: Final = "mbl-matter"
NOT_BEGUN: Final = frozenset(
    {State.REQUESTED, State.CALLED, State.PREPARED, State.INFORMED, State.NOTED}
)


def people(session: Session, matter_id: UUID) -> People:
    """The body's secretary and the negotiators write; who represents in the body reads."""
    matter = session.get_one(MblMatter, matter_id)
    body = session.get_one(UnionBody, matter.body_id)
    held = unions.representatives(session, bodies=[body.id], on=today())
    return People(
        running=frozenset({body.secretary_id}),
        representing=frozenset((person, of) for of, person in held),
        of_body=body.id,
        lapsed=unions.lapsed(session, body_id=body.id, on=today()),
    )


def lines(session: Session, matter_id: UUID) -> list[Line]:
    """The matter, who was there, the claims that were put forward, and the outcome. What is written
    down is in Swedish, whoever asks for it.
    """
    matter = session.get_one(MblMatter, matter_id)
    all_ = parties.parties_of(session, matter_id=matter_id)
    stands = queries.position(session, matter=matter)
    rules = stands.rules
    with force_locale("sv"):
        about = "\n\n".join(
            filter(None, (words.paragraph(matter.paragraph, rules), matter.background))
        )
        outcome = " ".join(_outcome(stands))
        return [
            Line(_("Ärendet"), about, matter.id, words.state(matter, rules).capitalize()),
            Line(
                _("Parter och närvaro"),
                "\n".join(_presence(session, matter, all_)),
                uuid5(matter.id, "presence"),
            ),
            *_claims(session, all_),
            Line(_("Utfall"), _why(session, matter), uuid5(matter.id, "outcome"), outcome),
        ]


def _presence(session: Session, matter: MblMatter, all_: list[Party]) -> Iterator[str]:
    yield str(_("Parter: %(parties)s.", parties=all_of([each.name for each in all_])))
    for meeting, _item in meeting_up.meetings_of(session, matter=matter):
        there = _there(session, meeting, all_)
        if meeting.starts_at and there:
            yield str(
                _("Närvarande %(day)s enligt listan: %(parties)s.",
                  day=day(meeting.starts_at), parties=all_of(there))
            )  # fmt: skip


def _there(session: Session, meeting: Meeting, all_: list[Party]) -> list[str]:
    """The organisations of which somebody checked in; the employer is told by who writes."""
    came = (
        select(Mandate.organisation_id)
        .join(MeetingInvitation, col(MeetingInvitation.person_id) == col(Mandate.person_id))
        .where(
            MeetingInvitation.meeting_id == meeting.id,
            col(MeetingInvitation.body_id) == col(Mandate.body_id),
            col(MeetingInvitation.came_at).is_not(None),
        )
    )
    organisations = set(session.exec(came))
    return [each.name for each in all_ if each.row.organisation_id in organisations]


def _claims(session: Session, all_: list[Party]) -> Iterator[Line]:
    for each in claiming.claims_of(session, parties=all_, own=None):
        heading = _("Yrkande från %(party)s", party=each.party.name)
        dropped = str(_("Återtaget")) if each.claim.dropped_at else ""
        yield Line(heading, each.versions[-1].text, each.claim.id, dropped)


def _outcome(stands: Position) -> Iterator[str]:
    happened, wording = stands.happened, words.of(stands.rules)
    if Event.CONCLUDED in happened:
        ended = wording.ended_agreed if stands.agreed else wording.ended_not_agreed
        yield str(ended) % {"day": day(happened[Event.CONCLUDED])}
    if Event.CENTRAL_CONCLUDED in happened:
        yield str(
            _("Den centrala förhandlingen avslutades %(day)s.",
              day=day(happened[Event.CENTRAL_CONCLUDED]))
        )  # fmt: skip


def _why(session: Session, matter: MblMatter) -> str:
    """What was written when it ended: of a disagreement, what each of the parties holds."""
    ended = select(MblStep.reason).where(
        MblStep.matter_id == matter.id, col(MblStep.action).in_(ENDS)
    )
    return session.exec(ended).first() or ""


def _hindrance(session: Session, matter_id: UUID) -> str:
    matter = session.get_one(MblMatter, matter_id)
    if matter.state not in LOCAL:
        return ""
    return str(words.of(queries.position(session, matter=matter).rules).not_ended)


def _locked(session: Session, matter_id: UUID) -> None:
    """The day of attestation is kept beside that of conclusion."""
    matter = session.get_one(MblMatter, matter_id)
    STEPS.keep(session, matter, ATTESTED, by=None, day=today())


PLACE: Final = Place(
    name=_l("Förhandlingar"),
    list_url=lambda: url_for("unions.bodies"),
    url=lambda matter_id: url_for("negotiations.matter", matter_id=matter_id),
    people=people,
    lines=lines,
    hindrance=_hindrance,
    locked=_locked,
)
