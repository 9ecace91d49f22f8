"""Open matters on the agendas of a body."""

from flask import Flask
from sqlmodel import Session, select

from dialog.meetings import agenda, planning
from dialog.meetings.models import AgendaItem, ItemState
from dialog.meetings.planning import Plan
from dialog.negotiations.models import MblItem
from tests.negotiations.cast import TITLE, Cast
from tests.negotiations.taking import take
from tests.unions.cast import days_ago


def test_open_matters_are_put_on_a_meeting_once_and_go_on_to_the_next_with_it(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    matter = cast.matter()
    with app.test_request_context():
        meeting, following, third = (
            planning.create(db, by=cast.secretary.id, plan=Plan(name), body_id=cast.body.id)
            for name in ("Första mötet", "Andra mötet", "Tredje mötet")
        )
    db.commit()
    secretary = cast.browser(cast.secretary)
    page = f"/facklig-samverkan/{cast.body.id}/forhandlingar/dagordning"
    chosen = {"meeting": str(meeting.id), "matters": [str(matter)]}
    for _time in range(2):
        assert secretary.post(page, data=chosen).status_code == 302
    (link,) = db.exec(select(MblItem)).all()
    item = db.get_one(AgendaItem, link.item_id)
    assert (item.meeting_id, item.title) == (meeting.id, f"11 § MBL: {TITLE}")
    item.state = ItemState.TABLED
    agenda.carry_over(db, meeting=meeting, to=following)
    db.commit()
    for _time in range(2):  # there it stands already
        secretary.post(page, data={**chosen, "meeting": str(following.id)})
    assert len(agenda.items_of(db, meeting=following)) == 1
    db.commit()
    for each in (meeting, following):
        for client in (secretary, cast.browser(cast.negotiator)):
            agenda_page = client.get(f"/moten/{each.id}/dagordning").text
            assert f'href="/forhandlingar/{matter}">11 § MBL' in agenda_page
    shown = cast.browser(cast.vera).get(f"/forhandlingar/{matter}").text
    assert "Första mötet" in shown
    assert "Andra mötet" in shown
    take(secretary, matter, "borja", days_ago(2))
    to = {"reason": "Mer tid.", "meeting": str(third.id)}
    assert take(secretary, matter, "ajournera", days_ago(2), **to) == 302
    assert TITLE in secretary.get(f"/moten/{third.id}/dagordning").text
    assert secretary.post(page, data={"meeting": str(meeting.id)}).status_code == 422
    assert cast.browser(cast.vera).get(page).status_code == 404
