"""Who may not follow a body's meeting any more is cut off, though their stream is open."""

import asyncio

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.meetings.live import streaming
from dialog.meetings.live.streaming import Streams
from dialog.people.models import Person
from dialog.unions.models import Mandate
from tests.conftest import sign_in
from tests.meetings.live.streams import Browser, apart, happen, numbers_in
from tests.meetings.representing import Meetings, acting
from tests.unions.cast import days_ago


def cookie_in(client: FlaskClient) -> str:
    cookie = client.get_cookie("dialog")
    assert cookie
    return cookie.value


def test_the_stream_of_a_bodys_meeting_ends_for_who_has_stopped_acting_or_whose_mandate_is_over(
    app: Flask, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Meetings(app, db)
    meeting = cast.called(by=cast.negotiator, own=True)
    address, query = f"/moten/{meeting.id}/handelser", "efter=0&vy=rum"
    here, elsewhere = (acting(app.test_client(), cast) for _browser in range(2))
    cookies = [cookie_in(client) for client in (here, elsewhere)]
    db.commit()
    lead = cookie_in(sign_in(app.test_client(), db, db.get_one(Person, cast.negotiator.id)))
    db.commit()

    def end_the_mandate() -> None:
        db.get_one(Mandate, cast.vera_mandate.id).ends_on = days_ago(1)
        db.commit()

    async def follow() -> None:
        streams = Streams(app)
        stops, stays, leads = (Browser(streams, address, query, each) for each in (*cookies, lead))
        for browser in (stops, stays, leads):
            await browser.until(1)
        seen, shown = numbers_in(stops.text), stops.text.count("event: lage")
        await asyncio.to_thread(here.post, "/mina-uppdrag/sluta")
        await asyncio.to_thread(happen, app, meeting.id)
        for browser in (stays, leads):
            await browser.until(seen[-1] + 1)
        await asyncio.wait_for(stops.task, 5)
        assert (numbers_in(stops.text), stops.text.count("event: lage")) == (seen, shown)
        assert "event: slut" in stops.text
        monkeypatch.setattr(streaming, "PULSE_EVERY", 0.2)
        await asyncio.to_thread(happen, app, meeting.id)
        await stays.until(seen[-1] + 2)  # and from now on the pulse is short
        await asyncio.to_thread(end_the_mandate)
        await asyncio.wait_for(stays.task, 5)
        assert not leads.task.done()
        leads.gone.set()
        await leads.task

    apart(follow())
