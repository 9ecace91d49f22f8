"""Following a meeting by numbered events: none missed, none twice, from any process."""

import asyncio
import json
import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlmodel import Session, select

from dialog.meetings import agenda, events, steps
from dialog.meetings.groups import working
from dialog.meetings.groups.models import Dealing
from dialog.meetings.item_states import ItemAction
from dialog.meetings.live import hub, showing, streaming
from dialog.meetings.live.streaming import Streams
from dialog.meetings.live_models import EventKind, MeetingEvent
from dialog.meetings.models import Meeting
from dialog.meetings.states import Action
from dialog.storage.clock import STOCKHOLM
from dialog.storage.engine import make_sessions
from tests import makers
from tests.conftest import sign_in
from tests.meetings.cast import Cast
from tests.meetings.live.streams import Browser, apart, happen, numbers_in


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.invited()


def cookie_of(app: Flask, db: Session, cast: Cast, number: int = 0) -> str:
    client = sign_in(app.test_client(), db, cast.people[number])
    cookie = client.get_cookie("dialog")
    assert cookie
    db.commit()
    return cookie.value


def test_numbers_have_no_gaps_though_many_write_and_some_give_up(
    app: Flask, db: Session, meeting: Meeting
) -> None:
    before = db.get_one(Meeting, meeting.id, populate_existing=True).events
    db.commit()

    def write(*, giving_up: bool) -> None:
        for _time in range(5):
            with make_sessions(app.extensions["engine"])() as session:
                events.tell(session, meeting_id=meeting.id, kind=EventKind.AGENDA)
                session.rollback() if giving_up else session.commit()

    threads = [
        threading.Thread(target=write, kwargs={"giving_up": each % 2 == 1}) for each in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [each.number for each in events.newer(db, meeting_id=meeting.id, than=before)]
    assert found == list(range(before + 1, before + 16))


def test_an_event_is_written_with_what_it_tells_of_or_not_at_all(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    line = agenda.Line("Läget")
    item = agenda.add(db, meeting=meeting, line=line, by=cast.secretary.id)
    steps.take(db, meeting=meeting, action=Action.BEGIN, by=cast.secretary.id)
    agenda.take(db, item=item, action=ItemAction.BEGIN)
    db.commit()
    count = len(db.exec(select(MeetingEvent)).all())
    agenda.take(db, item=item, action=ItemAction.HANDLE)
    db.rollback()
    assert len(db.exec(select(MeetingEvent)).all()) == count


def test_without_a_stream_the_application_tells_what_is_newer_and_ends(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    client = sign_in(app.test_client(), db, cast.people[0])
    address = f"/moten/{meeting.id}/handelser"
    start = numbers_in(client.get(address).text)
    assert start == list(range(1, len(start) + 1))
    happen(app, meeting.id, 3)
    answer = client.get(f"{address}?efter={start[-1]}")
    assert answer.mimetype == "text/event-stream"
    assert numbers_in(answer.text) == [start[-1] + n for n in (1, 2, 3)]
    assert "event: slut" in answer.text
    resumed = client.get(f"{address}?efter=0", headers={"Last-Event-ID": str(start[-1] + 2)})
    assert numbers_in(resumed.text) == [start[-1] + 3]


def test_two_stream_processes_give_every_browser_every_event_once_and_in_order(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    cookie = cookie_of(app, db, cast)
    address = f"/moten/{meeting.id}/handelser"

    async def follow() -> None:
        processes = Streams(app), Streams(app)
        browsers = [
            Browser(processes[number % 2], address, "vy=rum&efter=0", cookie) for number in range(6)
        ]
        for browser in browsers:
            await browser.until(1)
        before = numbers_in(browsers[0].text)[-1]
        await asyncio.to_thread(happen, app, meeting.id, 7)
        late = Browser(processes[0], address, f"efter={before + 2}", cookie)
        for browser in browsers:
            assert await browser.until(before + 7) == list(range(1, before + 8))
            assert "event: lage" in browser.text
        assert await late.until(before + 7) == list(range(before + 3, before + 8))
        for browser in [*browsers, late]:
            browser.gone.set()
            await asyncio.wait_for(browser.task, 5)
        for process in processes:
            assert not process._hub._followed

    apart(follow())


def test_groups_get_more_time_once_and_every_clock_follows_from_two_processes(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    steps.take(db, meeting=meeting, action=Action.BEGIN, by=cast.secretary.id)
    work = working.begin(
        db, meeting=meeting, item=None, task="Vad först?", number=2, how=Dealing.DEALT, minutes=10
    )
    db.commit()
    lead = sign_in(app.test_client(), db, cast.secretary)
    cookie, address = cookie_of(app, db, cast), f"/moten/{meeting.id}/handelser"

    def give(minutes: int, seen: int) -> str:
        data = {"more": minutes, "seen": seen}
        path = f"/moten/{meeting.id}/grupper/mer-tid"
        return lead.post(path, data=data, follow_redirects=True).text

    def ends(minutes: int) -> str:
        return (work.began_at + timedelta(minutes=minutes)).astimezone(STOCKHOLM).isoformat()

    async def follow() -> None:
        browsers = [
            Browser(Streams(app), address, f"efter=0&vy={view}", cookie)
            for view in ("rum", "grupp", "skarm")
        ]
        for browser in browsers:
            await browser.until(1)
        assert "Alla ser det." in await asyncio.to_thread(give, 5, 10)
        assert "redan fått en ny tid" in await asyncio.to_thread(give, 5, 10)  # sent twice
        for browser in browsers:
            await browser.told(ends(15))
            browser.gone.set()

    apart(follow())
    work.began_at -= timedelta(minutes=40)  # the time has been over for long
    db.add(work)
    db.commit()
    give(2, 15)
    assert ends(43) in lead.get(f"/moten/{meeting.id}/rum/leda").text


def test_many_that_come_back_at_once_are_given_one_page_made_once(
    app: Flask, db: Session, cast: Cast, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = cookie_of(app, db, cast)
    made: list[str] = []

    def making(*given: Any, view: str, **more: Any) -> str:
        made.append(view)
        return html(*given, view=view, **more)

    html = showing.html
    monkeypatch.setattr(showing, "html", making)

    async def follow() -> None:
        streams = Streams(app)
        query = "vy=rum&efter=0"
        browsers = [
            Browser(streams, f"/moten/{meeting.id}/handelser", query, cookie) for _ in range(8)
        ]
        for browser in browsers:
            await browser.until(1)
            assert "event: lage" in browser.text
            browser.gone.set()

    apart(follow())
    assert made == ["rum"]


def test_the_stream_is_closed_to_who_may_not_see_the_meeting(
    app: Flask, db: Session, meeting: Meeting
) -> None:
    client = sign_in(app.test_client(), db, makers.person(db, "Nils Nyfiken"))
    cookie = client.get_cookie("dialog")
    db.commit()

    async def follow() -> list[int]:
        streams = Streams(app)
        address = f"/moten/{meeting.id}/handelser"
        tried = [
            Browser(streams, address, "", cookie.value if cookie else ""),
            Browser(streams, address, "", "nobody"),
            Browser(streams, "/moten", "", ""),
        ]
        for each in tried:
            await asyncio.wait_for(each.task, 10)
        return [each.status for each in tried]

    assert apart(follow()) == [403, 403, 404]


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "PULSE_EVERY", 0.1)
    monkeypatch.setattr(streaming, "OPEN_FOR", (0.5, 0.5))


@pytest.mark.usefixtures("hurried")
def test_a_quiet_stream_beats_and_ends_by_asking_to_come_again(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    cookie = cookie_of(app, db, cast)

    async def follow() -> str:
        browser = Browser(Streams(app), f"/moten/{meeting.id}/handelser", "efter=999", cookie)
        await asyncio.wait_for(browser.task, 10)
        return browser.text

    text = apart(follow())
    assert text.count("event: puls") > 2
    assert json.loads(text.rsplit("data: ", 1)[1])["om"] <= 1_000


def test_one_look_serves_all_streams_and_a_failed_one_is_followed_by_the_next() -> None:
    meeting, looks = UUID(int=1), [0]

    def look(_meetings: Any) -> dict[UUID, int]:
        looks[0] += 1
        if looks[0] == 2:
            raise OSError
        return {meeting: looks[0]}

    async def wait() -> list[int | None]:
        made = hub.Hub(look, every=0.01)
        for _each in range(50):
            made.follow(meeting)
        return await asyncio.gather(*(made.newer(meeting, than=2, within=5) for _each in range(50)))

    assert apart(wait()) == [3] * 50
    assert looks[0] < 8


def test_only_the_room_may_talk_to_the_stream(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    object.__setattr__(app.extensions["settings"], "stream_url", "https://stream.example.org")
    client = sign_in(app.test_client(), db, cast.secretary)
    db.commit()
    policies = {
        path: client.get(path).headers["Content-Security-Policy"]
        for path in (f"/moten/{meeting.id}/rum", f"/moten/{meeting.id}", "/om/anonymitet")
    }
    found = ["stream.example.org" in policy for policy in policies.values()]
    assert found == [True, False, False]
