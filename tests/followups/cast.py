"""A secretary, an approver, trustees, people who are asked to come, and their meetings."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from sqlmodel import Session, col, select

from dialog.ballotbox.handing_over import hand_over_due
from dialog.core.ballots.sealing import public_bytes
from dialog.desk import Desk
from dialog.followups import approving, following, planning
from dialog.followups.models import FollowUp, MeetingFollowUp
from dialog.meetings import planning as meetings
from dialog.meetings import steps as meeting_steps
from dialog.meetings import telling
from dialog.meetings.models import Meeting, MeetingSeries
from dialog.meetings.planning import Plan
from dialog.meetings.states import Action
from dialog.organisation.audiences import Audience
from dialog.people.models import Person, Role
from dialog.simulate import respondent
from dialog.simulate.respondent import Outcome, Visitor
from dialog.storage.clock import now
from dialog.storage.outbox import OutboxRow
from dialog.surveys import keys, secrets
from dialog.surveys.holders import trustees_of
from dialog.surveys.models import Invitation, Round
from dialog.surveys.opening import exchange
from dialog.surveys.rounds import opening_duties, steps
from dialog.surveys.rounds.choosing import Place
from dialog.worker import Worker
from tests import makers
from tests.trustees import FUNCTIONS, Held, pair, take_turn

PEOPLE = 24
QUESTIONS = ("kommunikation_1", "kommunikation_2", "kommunikation_3")


class Meetings:
    """Plans, meetings and what follows them, of people who are there already. The units that are
    asked to come are told by their codes.
    """

    def __init__(
        self,
        app: Flask,
        db: Session,
        *,
        secretary: Person,
        approver: Person,
        pairs: list[tuple[Person, Person]],
        units: tuple[str, ...],
    ) -> None:
        self.app, self.db = app, db
        self.settings = app.extensions["settings"]
        self.desk = Desk(app.extensions["engine"], self.settings)
        self.secretary, self.approver, self.pairs, self.units = secretary, approver, pairs, units

    def places(self) -> list[Place]:
        return [
            Place(FUNCTIONS[number], person.id, deputy.id)
            for number, (person, deputy) in enumerate(self.pairs)
        ]

    def draft(self, series: MeetingSeries | None = None, **changed: Any) -> FollowUp:
        """A plan without faults that nobody has submitted."""
        plan = planning.create(
            self.db, by=self.secretary.id, series_id=series.id if series else None
        )
        values = {"sender": "Regiondirektören", "assessment_number": "KB 2026-9", **changed}
        planning.change(self.db, plan=plan, by=self.secretary.id, places=self.places(), **values)
        self.db.commit()
        return plan

    def plan(self, series: MeetingSeries | None = None, **changed: Any) -> FollowUp:
        """An approved one."""
        plan = self.draft(series, **changed)
        planning.submit(self.db, plan=plan, by=self.secretary.id)
        approving.approve(self.db, plan=plan, by=self.approver.id)
        self.db.commit()
        return plan

    def series(self, title: str = "Ledningen möter oss", **more: Any) -> MeetingSeries:
        made = MeetingSeries(title=title, author_id=self.secretary.id, **more)
        self.db.add(made)
        self.db.commit()
        return made

    def meeting(
        self,
        title: str = "Dialogmöte",
        *,
        series: MeetingSeries | None = None,
        units: tuple[str, ...] = (),
        **more: Any,
    ) -> Meeting:
        """One that the units are invited to, and that is to be asked about."""
        starts = now() + timedelta(hours=1)
        given = {"asks_after": True, "starts_at": starts, "ends_at": starts + timedelta(hours=1)}
        plan = Plan(title, series_id=series.id if series else None, **{**given, **more})
        made = meetings.create(self.db, by=self.secretary.id, plan=plan)
        meetings.choose_audience(
            self.db, meeting=made, audience=Audience(units=units or self.units)
        )
        telling.invite(self.db, meeting=made, by=self.secretary.id)
        self.db.commit()
        return made

    def follow(self) -> None:
        """What the worker does now and then."""
        following.follow_due(self.desk)
        for row in self.db:
            self.db.refresh(row)
        self.db.commit()

    def take(self, meeting: Meeting, *actions: Action) -> None:
        for action in actions:
            meeting_steps.take(self.db, meeting=meeting, action=action, by=self.secretary.id)
        self.db.commit()

    def row_of(self, meeting: Meeting) -> MeetingFollowUp | None:
        query = select(MeetingFollowUp).where(MeetingFollowUp.meeting_id == meeting.id)
        found = self.db.exec(query.execution_options(populate_existing=True)).first()
        self.db.commit()
        return found

    def round_of(self, meeting: Meeting) -> Round:
        row = self.row_of(meeting)
        assert row is not None
        found = self.db.get_one(Round, row.round_id, populate_existing=True)
        self.db.commit()
        return found

    def make_keys(self, meeting: Meeting) -> list[Held]:
        """Every trustee of the meeting's round makes a key, and both copies are tried."""
        held = []
        for trustee, (person, deputy) in zip(
            trustees_of(self.db, round_id=self.round_of(meeting).id), self.pairs, strict=True
        ):
            private = ec.generate_private_key(ec.SECP256R1())
            trustee.public_key = public_bytes(private.public_key())
            trustee.registered_at = trustee.own_tested_at = trustee.deputy_tested_at = now()
            self.db.add(trustee)
            held.append(Held(trustee, person, deputy, private))
        self.db.commit()
        return held

    def held_meeting(self, title: str, **more: Any) -> tuple[Meeting, list[Held]]:
        """A meeting that is over, and whose round is open."""
        meeting = self.meeting(title, **more)
        self.follow()
        held = self.make_keys(meeting)
        self.take(meeting, Action.BEGIN, Action.END)
        self.follow()
        self.announce(meeting)
        return meeting, held

    def announce(self, meeting: Meeting) -> None:
        exchange.announce(self.round_of(meeting), self.settings)
        self.app.extensions["answering"].forget()

    def answer(self, meeting: Meeting, *given: dict[str, str], level: str = "") -> list[Outcome]:
        """So many of those invited answer, over HTTP, as the page lets them."""
        round_id = self.round_of(meeting).id
        invited = self.db.exec(
            select(Invitation.number).where(
                Invitation.round_id == round_id, col(Invitation.issued).is_(False)
            )
        )
        secret = keys.link_key(self.settings)
        visitors = [
            Visitor(
                secret=secrets.link_secret(secret, round_id=round_id, number=number),
                unit="R",
                level=level,
                answers=answers,
            )
            for number, answers in zip(invited.all(), given, strict=False)
        ]
        self.db.commit()
        return [
            respondent.answer(
                visitor, base_url=self.settings.base_url, round_id=str(round_id), order=order
            )
            for order, visitor in enumerate(visitors)
        ]

    def close(self, meeting: Meeting, box: Flask) -> None:
        """The time to answer is over, and the ballot box hands over."""
        round_ = self.round_of(meeting)
        steps.close(self.db, round_=round_, by=self.secretary.id)
        self.db.commit()
        exchange.announce(round_, replace(self.settings, posting_grace=0))
        known = box.extensions["announcements"]
        hand_over_due(box.extensions["engine"], side=known.side, announcements=known, now=now())
        opening_duties.open_due(self.desk)

    def open(self, meeting: Meeting, held: list[Held]) -> None:
        """The trustees take their layers off, the platform the last."""
        round_ = self.round_of(meeting)
        for each in reversed(held):
            take_turn(self.db, self.settings, round_, each)
        opening_duties.open_due(self.desk)

    def released(self, meeting: Meeting, held: list[Held], box: Flask) -> None:
        """All the way from the last answer to the result."""
        self.close(meeting, box)
        self.open(meeting, held)
        self.follow()
        self.work()

    def work_now(self) -> None:
        """Mail waits a moment for the ballot box; here it does not."""
        self.db.execute(sa.update(OutboxRow).values(not_before=now()))
        self.db.commit()
        self.work()

    def work(self) -> None:
        worker = Worker(self.desk)
        while worker.do_one():
            pass


class Cast(Meetings):
    """Two units with two dozen people, and those who run things, who are in neither."""

    def __init__(self, app: Flask, db: Session) -> None:
        db.expire_on_commit = False  # to look at a name begins no transaction that locks others out
        super().__init__(
            app,
            db,
            secretary=makers.person(db, "Sara Sekreterare", Role.SECRETARY),
            approver=makers.approver(db),
            pairs=[pair(db, number) for number in (1, 2)],
            units=("A", "B"),
        )
        self.region = makers.unit(db, "R", name="Regionen")
        places = [makers.unit(db, code, self.region) for code in self.units]
        self.people = [makers.person(db, f"Person {number}") for number in range(PEOPLE)]
        for number, person in enumerate(self.people):
            makers.post(db, person, places[number % 4 == 0])


def given(*values: int | str) -> dict[str, str]:
    """An answer to each of the three questions."""
    return {name: str(value) for name, value in zip(QUESTIONS, values, strict=True)}
