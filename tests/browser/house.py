"""An instance with something of everything, so that each page has something to show."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from dialog.core.review import SubStudy
from dialog.diary.models import DiaryAuthority
from dialog.organisation import drafts, examples
from dialog.organisation.models import Unit
from dialog.organisation.reading import read
from dialog.people.models import Person, Role
from dialog.research import applying, preparing
from dialog.results.correcting import deciding as correcting
from dialog.results.correcting.deciding import Proposal
from dialog.results.models import Release
from dialog.results.publishing import releases
from dialog.reviewing import deciding, known_names
from dialog.reviewing.models import Outcome
from dialog.settings import Settings
from dialog.storage.clock import now
from dialog.storage.mailing import PRIVATE
from dialog.storage.outbox import OutboxRow
from dialog.surveys.models import Access, CodeStack, Round, TextAnswer
from dialog.surveys.rounds import joining, planning, stacks, steps
from dialog.unions import keeping
from dialog.worker import Worker
from tests import makers
from tests.browser.afterwards import Afterwards, ask_after
from tests.browser.conftest import Live
from tests.browser.diary import register_matter
from tests.browser.documents import hand_in
from tests.browser.guarded import ANSWERS, Guarding
from tests.browser.incoming import handle, wait
from tests.browser.meeting import plan_meeting
from tests.browser.minutes import Written, write_minutes
from tests.browser.promises import Promises, promise
from tests.browser.requests import Requests, ask_all
from tests.browser.retention import Disposed, list_one
from tests.browser.talks import Talks, hold
from tests.browser.unions import Represented, represent
from tests.programmes.cast import Review
from tests.results import cast as results
from tests.surveys.rounds.cast import Cast, desk_of
from tests.trustees import appoint, pair


@dataclass(frozen=True)
class House:
    """Rounds in every state that has pages of its own; `people` by their roles; one has none."""

    rounds: dict[str, UUID]
    people: dict[str, Person]
    holder: Person
    deputy: Person
    survey: UUID
    release: UUID
    opened_by_trustees: UUID
    stack: UUID
    draft: UUID
    letter: str
    promises: Promises
    application: UUID
    text: UUID
    programme: UUID
    correction: UUID
    meeting: UUID
    minutes: Written
    afterwards: Afterwards
    item: UUID
    documents: list[UUID]
    talks: Talks
    unions: Represented
    series: UUID
    format: UUID
    matter: str  # its number in an address
    requests: Requests
    disposed: Disposed
    incoming: dict[str, UUID]  # letters to the authority
    batch: UUID  # of letters that are not taken in yet


def furnish(live: Live) -> House:
    with live.app.test_request_context(), live.session() as db:
        return _Furnishing(live, db).house()


class _Furnishing:
    def __init__(self, live: Live, db: Session) -> None:
        self.live, self.db = live, db
        self.settings: Settings = live.app.extensions["settings"]
        self.units = units = results.region(db)
        self.cast = Cast(db, units=[units["E111"], units["E121"]])
        self.pairs = [pair(db, number) for number in (1, 2, 3)]
        self.published, self.release = self._published(units)
        self.text = self._with_texts(units["E211"])

    def house(self) -> House:
        review = self.cast.plan()
        planning.submit(self.db, round_=review, by=self.cast.analyst.id)
        codes, stack = self._with_codes()
        guarding = Guarding(self.live, self.db, self.cast, self.pairs)
        waiting, _held = guarding.closed()
        opened, held = guarding.closed()
        published = guarding.open(opened, held)
        making = self.cast.plan()
        for each in appoint(self.db, making, number=3, people=self.pairs):
            each.trustee.registered_at = each.trustee.own_tested_at = None
            each.trustee.deputy_tested_at, each.trustee.public_key = None, b""
            self.db.add(each.trustee)
        rounds = {
            "draft": self._with_a_group(), "review": review, "codes": codes, "making": making,
            "open": self.cast.opened_to_all(self.settings),
            "link": self.cast.opened_to_all(self.settings, access=Access.LINK),
            "waiting": waiting, "opened": opened, "approved": self.cast.approved(),
            "paused": self._paused(), "published": self.published,
        }  # fmt: skip
        self.db.commit()
        self._post_letters()
        people: dict[str, Person] = {
            Role.ANALYST: self.cast.analyst,
            Role.APPROVER: self.cast.approver,
            Role.ADMINISTRATOR: makers.administrator(self.db),
            Role.RESEARCHER: makers.person(self.db, "Frida Forsmark", Role.RESEARCHER),
            Role.TRUSTEE: self.pairs[0][0],
            Role.SECRETARY: makers.person(self.db, "Sara Sekreterare", Role.SECRETARY),
            Role.REVIEWER: makers.person(self.db, "Tora Textgren", Role.REVIEWER),
            Role.REGISTRAR: makers.person(self.db, "Rut Registrator", Role.REGISTRAR),
            Role.HANDLER: makers.person(self.db, "Hans Handson", Role.HANDLER),
            Role.NEGOTIATOR: makers.person(self.db, "Nils Negotson", Role.NEGOTIATOR),
            "signed in": self.cast.people[0],
        }
        promises = promise(
            self.db,
            self.settings,
            keeper=people[Role.SECRETARY],
            owner=people["signed in"],
            to=self.pairs[-1][0],
            unit=self.units["V11"],
        )
        draft = self._import_draft(people[Role.ADMINISTRATOR])
        meeting, item, series, format_ = plan_meeting(
            self.db, secretary=people[Role.SECRETARY], proposer=self.cast.people[0]
        )
        talks = hold(self.db, meeting, secretary=people[Role.SECRETARY], asker=self.cast.people[0])
        matter = register_matter(self.db, registrar=people[Role.REGISTRAR])
        unions = represent(
            self.db,
            self.settings,
            secretary=people[Role.SECRETARY],
            people=self.cast.people[:2],
        )
        made = House(
            rounds={name: round_.id for name, round_ in rounds.items()},
            people=people,
            holder=self.pairs[-1][0],
            deputy=self.pairs[-1][1],
            survey=self.published.survey_id,
            release=self.release.id,
            opened_by_trustees=published.id,
            stack=stack.id,
            draft=draft,
            application=self._application(people[Role.RESEARCHER]),
            text=self.text,
            programme=self._programme(people[Role.ADMINISTRATOR]),
            correction=self._correction(),
            meeting=meeting,
            minutes=write_minutes(
                self.db, secretary=people[Role.SECRETARY], attester=people["signed in"]
            ),
            afterwards=self._afterwards(people[Role.SECRETARY]),
            item=item,
            documents=hand_in(self.db, self.settings, item=item, by=people[Role.SECRETARY]),
            talks=talks,
            unions=unions,
            series=series,
            format=format_,
            disposed=list_one(self.db, by=people[Role.REGISTRAR], number=matter),
            requests=ask_all(self.db, self.settings, registrar=people[Role.REGISTRAR]),
            matter=matter,
            incoming=self._incoming(people, acting=unions.organisation),
            batch=wait(self.db, self.settings, by=people[Role.REGISTRAR].id),
            promises=promises,
            letter=self._open_letter(),
        )
        self.db.commit()
        for person in (*people.values(), made.holder, made.deputy):
            self.db.refresh(person)
        self.db.expunge_all()
        return made

    def _open_letter(self) -> str:
        """The name of a mail that waits in the folder and is shown there: not a private one."""
        names = (path.stem for path in self.settings.mail.glob("*.eml"))
        return next(name for name in names if not name.endswith(PRIVATE))

    def _incoming(self, people: dict[str, Person], *, acting: UUID) -> dict[str, UUID]:
        union = keeping.save_organisation(
            self.db, organisation=None, name="Förbundet Exempel", short_name="FE"
        )
        board = DiaryAuthority(name="Kulturnämnden", letters="KN")
        self.db.add(board)
        self.db.commit()
        return handle(
            self.db, self.settings, board=board, organisation=union.id, acting=acting,
            registrar=people[Role.REGISTRAR], handler=people[Role.HANDLER],
        )  # fmt: skip

    def _published(self, units: dict[str, Unit]) -> tuple[Round, Release]:
        rows = results.answers()
        round_ = results.opened_round(self.db, rows, units=units, author=self.cast.analyst)
        round_.key_destroyed_at = now()
        made = releases.publish(self.db, round_=round_, by=self.cast.analyst.id)
        self.db.commit()
        return round_, made

    def _with_texts(self, unit: Unit) -> UUID:
        """Free texts that wait to be reviewed, and one that was."""
        made = [
            TextAnswer(
                round_id=self.published.id,
                item="beratta",
                unit_id=unit.id,
                text=f"Ring mig på 070-174 06 0{number}, jag är på {unit.name}.",
            )
            for number in range(ANSWERS)
        ]
        self.db.add_all(made)
        self.db.flush()
        deciding.decide(
            self.db,
            text=made[0],
            outcome=Outcome.QUOTED,
            shown="Ring mig […].",
            sure=False,
            names=known_names.read(self.db),
            by=self.cast.approver.id,
        )
        self.db.commit()
        return made[1].id

    def _afterwards(self, secretary: Person) -> Afterwards:
        makers.staff(self.db, self.units, {"E111": 12})
        return ask_after(
            self.live,
            self.db,
            secretary=secretary,
            approver=self.cast.approver,
            pairs=self.pairs,
            units=("E121", "E111"),
        )

    def _with_codes(self) -> tuple[Round, CodeStack]:
        round_ = self.cast.opened_to_all(self.settings, access=Access.BOTH)
        stack = stacks.make(self.db, round_=round_, count=12, by=self.cast.analyst.id)
        self.db.commit()
        return round_, stack

    def _post_letters(self) -> None:
        self.db.execute(sa.update(OutboxRow).values(not_before=now()))  # invitations wait a while
        self.db.commit()
        worker = Worker(desk_of(self.live.app))
        while worker.do_one():
            pass

    def _with_a_group(self) -> Round:
        round_ = self.cast.plan()
        joining.declare(
            self.db, round_=round_, by=self.cast.analyst.id, name="", units=["V11", "V12"]
        )
        return round_

    def _paused(self) -> Round:
        round_ = self.cast.opened_to_all(self.settings)
        steps.pause(self.db, round_=round_, by=self.cast.analyst.id)
        return round_

    def _correction(self) -> UUID:
        """One that waits for an approver."""
        proposal = Proposal("Frågan var felöversatt.", withheld=("rost_1",))
        by = self.cast.analyst.id
        return correcting.propose(self.db, release=self.release, by=by, proposal=proposal).id

    def _application(self, by: Person) -> UUID:
        """A draft that asks for the published round, which is ready for it."""
        preparing.ask(self.db, round_=self.published, by=self.cast.analyst.id, quasi=(), k=10)
        self.db.commit()
        self._post_letters()
        made = applying.create(
            self.db, author_id=by.id, title="Tystnad och röst", rounds=[self.published.id]
        )
        self.db.commit()
        return made.id

    def _programme(self, by: Person) -> UUID:
        """A review with released rounds, tried together."""
        parts = (SubStudy.POLITICAL, SubStudy.STAFF, SubStudy.STAFF)
        review = Review(
            self.db,
            *parts,
            settings=self.settings,
            units=self.units,
            analyst=self.cast.analyst,
            administrator=by,
        )
        assert review.check().passed
        return review.of.programme.id

    def _import_draft(self, by: Person) -> UUID:
        files = [
            "\n".join(",".join(row) for row in rows).encode() for rows in examples.FILES.values()
        ]
        made = drafts.make(self.db, reading=read(*files), by=by.id)
        self.db.flush()
        return made.id
