"""Samverkan under an agreement that goes instead of paragraphs, over real HTTP."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlmodel import Session, select

from dialog.core.errors import RefusedError
from dialog.core.negotiating.matters import Action, State
from dialog.core.negotiating.rules import Paragraph
from dialog.meetings import planning
from dialog.meetings.models import AgendaItem, Meeting, MeetingState, MeetingStep
from dialog.meetings.planning import Plan
from dialog.minutes.models import Minutes
from dialog.negotiations import agreeing, parties, steps
from dialog.negotiations.models import MblAgreement, MblItem, MblMatter, MblStep
from dialog.negotiations.steps import Said
from dialog.storage.clock import now, today
from dialog.unions.models import BodyKind
from tests.negotiations.cast import TITLE, Cast
from tests.negotiations.taking import take
from tests.unions.cast import days_ago

SAID = {
    "name": "Samverkansavtal Ljung", "meet_weeks": "2", "central_days": "10", "central_weeks": "3",
    "call_days": "7", "attestation_days": "7", "documents_days": "7",
}  # fmt: skip
ALL = ["replaces_11", "replaces_12", "replaces_19"]
GROUND = "Samverkan (i stället för 11 § MBL)"


class Together(Cast):
    """The body is a samverkansgrupp, whose agreement goes instead of all that it can."""

    def __init__(self, app: Flask, db: Session) -> None:
        super().__init__(app, db)
        self.body.kind = BodyKind.COOPERATION
        db.commit()
        self.of_body = f"/facklig-samverkan/{self.body.id}/forhandlingar"
        self.employer = self.browser(self.negotiator)
        said = {**SAID, "from_day": days_ago(50).isoformat(), "replaces": ALL}
        assert self.employer.post(f"{self.of_body}/tider", data=said).status_code == 302


def test_a_matter_in_samverkan_ends_in_disagreement_and_then_waits_for_the_agreements_days(
    app: Flask, db: Session
) -> None:
    cast = Together(app, db)
    employer, vera = cast.employer, cast.browser(cast.vera)
    matter = cast.matter(day=days_ago(20))
    page = f"/forhandlingar/{matter}"
    shown = vera.get(page).text
    for words in (GROUND, SAID["name"], "väckt", "Gruppen ska ha tagit upp ärendet"):
        assert words in shown
    assert "samverkan är inte avslutad" in shown
    with app.test_request_context():
        meeting = planning.create(
            db, by=cast.secretary.id, plan=Plan("Gruppens möte"), body_id=cast.body.id
        )
    db.commit()
    assert take(employer, matter, "kalla", days_ago(19), meeting=str(meeting.id)) == 302
    item = db.get_one(AgendaItem, db.exec(select(MblItem)).one().item_id)
    assert item.title == f"{GROUND}: {TITLE}"
    db.commit()
    for slug in ("borja", "ajournera", "borja"):
        assert take(employer, matter, slug, days_ago(10), reason="Fler frågor.") == 302
    assert "/frantrad" not in vera.get(page).text
    assert take(vera, matter, "frantrad", today(), reason="Nej.") == 404
    with app.test_request_context(), pytest.raises(RefusedError, match="frånträds inte"):
        steps.take(
            db, matter=db.get_one(MblMatter, matter), action=Action.WITHDRAW,
            party=parties.parties_of(db, matter_id=matter)[1], by=cast.vera.id,
            said=Said(today(), "Nej."),
        )  # fmt: skip
    db.rollback()
    assert take(vera, matter, "oenighet", today(), reason="Nej.") == 404  # the employer writes it
    said = {"reason": "Facken vill vänta, arbetsgivaren vill börja."}
    assert take(employer, matter, "oenighet", today()) == 422
    assert "Vad menar var och en" in employer.get(f"{page}/oenighet").text
    assert take(employer, matter, "oenighet", days_ago(10), **said) == 302
    step = db.exec(select(MblStep).where(MblStep.action == Action.DISAGREE)).one()
    assert step.day == today()  # an earlier one would take away the agreement's days
    assert step.person_id == cast.negotiator.id
    db.commit()
    shown = vera.get(page).text
    assert said["reason"] in shown
    assert "avslutad i oenighet" in shown
    assert take(employer, matter, "beslut", today()) == 422
    assert take(vera, matter, "begar-centralt", today()) == 302
    assert cast.stands(matter).state is State.CENTRAL_REQUESTED
    employer.post(f"{page}/protokoll")
    minutes = db.exec(select(Minutes)).one()
    assert minutes.title == f"{GROUND}: {TITLE}"
    db.commit()
    written = employer.get(f"/anteckningar/{minutes.id}/skriv").text
    for words in ("Samverkan avslutades i oenighet", said["reason"]):
        assert words in written
    looks = [(client, each) for client in (employer, vera) for each in (page, cast.of_body, "/")]
    for client, address in [*looks, (employer, f"{cast.of_body}/dagordning")]:
        seen = client.get(address)
        assert seen.status_code == 200
        assert "11 § MBL" not in seen.text.replace(GROUND, "")


def test_an_agreement_goes_instead_of_paragraphs_in_a_samverkansgrupp_alone_and_never_of_38(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    employer = cast.browser(cast.negotiator)
    of_body = f"/facklig-samverkan/{cast.body.id}/forhandlingar"
    said = {**SAID, "from_day": today().isoformat(), "replaces": ALL}
    assert 'name="replaces"' not in employer.get(f"{of_body}/tider").text
    employer.post(f"{of_body}/tider", data=said)
    (kept,) = db.exec(select(MblAgreement)).all()
    assert not any(getattr(kept, column) for column in ALL)
    other = {**kept.model_dump(exclude={"id", "body_id"}), "from_day": days_ago(9)}
    other["replaces_12"] = True
    with app.test_request_context(), pytest.raises(RefusedError, match="samverkansgrupp"):
        agreeing.agree(db, body=cast.body, said=other)
    db.rollback()


def test_what_goes_instead_goes_for_what_is_raised_from_its_day_on_and_turns_nothing(
    app: Flask, db: Session
) -> None:
    cast = Together(app, db)
    employer, vera = cast.employer, cast.browser(cast.vera)
    hired = cast.matter(Paragraph.HIRED_WORK, day=days_ago(3))
    before = cast.matter(day=days_ago(60))
    for matter in (hired, before):
        assert "frantrad" in _under_way(cast, matter)
    assert take(employer, hired, "oenighet", today(), reason="Nej.") == 404
    times = vera.get(f"{cast.of_body}/tider").text
    assert f"{SAID['name']} går i stället för 11, 12 och 19 §§ MBL" in times
    for order in ("Samverkan (i stället för 11 och 12 §§ MBL)", "Förhandling (38 § MBL)"):
        assert order in times
    raised = vera.post(f"{cast.of_body}/begar", data={"title": "Schemat"}).location
    assert "Väckte ärendet" in employer.get(raised).text
    two = ["replaces_11", "replaces_12"]
    for name, from_day, replaces, answer in (
        (SAID["name"], 5, two[:1], 422),
        ("Annat namn", 0, ALL, 422),  # of what was raised today
        ("Äldre avtal", 59, two, 302),  # goes until the next one: nothing is there from those days
    ):
        when = {"from_day": days_ago(from_day).isoformat(), "replaces": replaces}
        data = {**SAID, "name": name, **when}
        assert employer.post(f"{cast.of_body}/tider", data=data).status_code == answer
    came = vera.get(f"{cast.of_body}/tider").text.partition("Gällde förut")[2]
    assert "Äldre avtal, från" in came
    assert "i stället för 11 och 12 §§ MBL" in came
    for address in (f"{cast.of_body}/ny", f"{cast.of_body}/planera"):
        shown = employer.get(address).text
        assert f"{SAID['name']} går i stället för 11, 12 och 19 §§ MBL" in shown
        assert GROUND in shown


def _under_way(cast: Together, matter: UUID) -> str:
    take(cast.employer, matter, "borja", days_ago(2))
    return cast.employer.get(f"/forhandlingar/{matter}").text


def test_information_on_the_agenda_of_a_groups_meeting_is_given_when_that_has_ended(
    app: Flask, db: Session
) -> None:
    cast = Together(app, db)
    employer, vera = cast.employer, cast.browser(cast.vera)
    matter = cast.matter(Paragraph.INFORMED)
    page = f"/forhandlingar/{matter}"
    db.get_one(MblMatter, matter).title = "x" * 180  # as long as it can be
    db.commit()
    employer.post(f"{page}/skicka", data={"words": "Vi har köpt nya datorer."})
    with app.test_request_context():
        meeting = planning.create(
            db, by=cast.secretary.id, plan=Plan("Gruppens möte"), body_id=cast.body.id
        )
    db.commit()
    chosen = {"meeting": str(meeting.id), "matters": [str(matter)]}
    assert employer.post(f"{cast.of_body}/dagordning", data=chosen).status_code == 302
    item = db.exec(select(AgendaItem)).one()
    assert item.title.startswith("Information i samverkansgruppen (i stället för 19 § MBL): xx")
    db.commit()
    waits = "Läs det som är skickat"
    shown = vera.get(page).text
    assert "Information i samverkansgruppen (i stället för 19 § MBL)" in shown
    assert waits in shown
    held = db.get_one(Meeting, meeting.id)
    held.state, held.starts_at = MeetingState.ENDED, now() - timedelta(hours=1)  # it began late
    held.ends_at = now()
    db.add(
        MeetingStep(meeting_id=held.id, at=now(), action="begin", before="invited", after="live")
    )
    db.commit()
    shown = vera.get(page).text
    assert "Informationen är given i samverkansgruppen" in shown
    assert waits not in shown
    employer.post(f"{page}/skicka", data={"words": "Det kom en faktura till."})
    shown = vera.get(page).text  # what was sent afterwards was not given there
    assert "Det som skickades före mötet Gruppens möte är givet där" in shown
    assert shown.count(waits) == 1
    held.starts_at = now() - timedelta(days=3)  # and somebody pressed the button today
    db.add(held)
    db.commit()
    assert vera.get(page).text.count(waits) == 2
