"""Plans and answers over HTTP: who sees what, in which words, and what is a gap."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.followups import telling
from dialog.followups.models import FollowUp, PlanState
from dialog.meetings import formats
from dialog.meetings.models import Meeting, MeetingSeries
from dialog.people.models import Role
from dialog.people.permissions import Actor
from dialog.results.models import Release
from dialog.surveys.models import RoundState
from tests import makers
from tests.conftest import sign_in
from tests.followups.cast import Cast, given


@pytest.fixture
def secretary(client: FlaskClient, db: Session, cast: Cast) -> FlaskClient:
    return sign_in(client, db, cast.secretary)


def filled(cast: Cast, **changed: str) -> dict[str, str]:
    """The form of a plan, as it is sent."""
    form = {
        "sender": "Regiondirektören",
        "open_days": "7",
        "remind_after": "3",
        "list_days": "14",
        "unopened_days": "30",
        "rows_days": "90",
        "secrecy_note": "Ingen.",
        "assessment_number": "KB 2026-9",
        **dict.fromkeys(("function_3", "person_3", "deputy_3"), ""),
    }
    for number, place in enumerate(cast.places(), start=1):
        form |= {
            f"function_{number}": place.function,
            f"person_{number}": str(place.person_id),
            f"deputy_{number}": str(place.deputy_id),
        }
    return form | changed


def only(db: Session) -> FollowUp:
    found = db.exec(select(FollowUp).execution_options(populate_existing=True)).one()
    db.commit()
    return found


def test_a_secretary_plans_and_an_approver_approves(
    app: Flask, secretary: FlaskClient, cast: Cast, db: Session
) -> None:
    assert "Det finns ingen plan ännu" in secretary.get("/uppfoljning").text
    assert secretary.post("/uppfoljning/ny", data={"serie": ""}).status_code == 302
    address = f"/uppfoljning/{only(db).id}"
    assert "Skriv vem som står bakom" in secretary.get(address).text
    refused = secretary.post(f"{address}/lamna-till-granskning")
    assert refused.status_code == 422
    wrong = secretary.post(f"{address}/andra", data=filled(cast, rows_days="20", open_days="900"))
    assert wrong.status_code == 422
    assert "mellan 2 och 30" in wrong.text
    assert 'value="Regiondirektören"' in wrong.text
    short = secretary.post(f"{address}/andra", data=filled(cast, rows_days="20"))
    assert "innan nyckelhållarnas tid" in short.text
    assert secretary.post(f"{address}/andra", data=filled(cast)).status_code == 302
    assert secretary.post(f"{address}/lamna-till-granskning").status_code == 302
    assert secretary.post(f"{address}/godkann").status_code == 404
    approver = sign_in(app.test_client(), db, cast.approver)
    assert f'href="{address}"' in approver.get("/").text
    page = approver.get(f"{address}/godkann").text
    for words in ("Jag känner mig delaktig.", "ersättare Ersatt Ek 2", "90 dagar", "färre än 20"):
        assert words in page
    no_words = approver.post(f"{address}/skicka-tillbaka", data={"reason": ""})
    assert no_words.status_code == 422
    assert approver.post(f"{address}/godkann").status_code == 302
    assert only(db).state is PlanState.APPROVED
    assert approver.post(f"{address}/godkann").status_code == 422  # once is enough


def test_the_box_is_ticked_for_a_meeting_and_by_itself_in_a_series_that_says_so(
    secretary: FlaskClient, cast: Cast, db: Session
) -> None:
    series = cast.series()
    told = {"title": series.title, "asks_after": "y", "shows_after": "y"}
    assert secretary.post(f"/moten/serier/{series.id}/andra", data=told).status_code == 302
    db.refresh(series)
    db.commit()
    assert series.asks_after
    assert series.shows_after
    assert "checked" in secretary.get(f"/moten/nytt?serie={series.id}").text
    assert "checked" not in secretary.get("/moten/nytt").text
    plan = {"title": "Möte", "day": "2031-03-05", "begins": "13:00", "ends": "15:00"}
    secretary.post("/moten/nytt", data={**plan, "series": "", "asks_after": "y"})
    meeting = db.exec(select(Meeting)).one()
    db.commit()
    assert meeting.asks_after
    page = secretary.get(f"/moten/{meeting.id}").text
    assert "Det finns ingen godkänd plan för dem" in page
    assert 'href="/uppfoljning"' in page
    taken = MeetingSeries(title="Upptagen", author_id=cast.secretary.id)
    db.add(taken)
    db.commit()
    again = secretary.post(f"/moten/serier/{series.id}/andra", data={"title": "Upptagen"})
    assert again.status_code == 422


def test_answers_are_for_those_who_run_it_and_for_those_asked_where_the_series_says_so(
    app: Flask,
    cast: Cast,
    served: Flask,
    db: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    series = cast.series()
    cast.plan(series)
    meeting, held = cast.held_meeting("Möte", series=series)
    cast.answer(meeting, *[given(4, 3, 5)] * 5, *[given(5, 3, 1)] * 5)
    cast.released(meeting, held, served)
    kept = formats.keep(db, meeting=meeting, by=cast.secretary.id, title="Samtal")
    db.commit()
    release = db.exec(select(Release)).one()
    db.commit()
    pages = [f"/uppfoljning/moten/{meeting.id}", f"/uppfoljning/serier/{series.id}"]
    pages += [f"{page}/diagram.svg" for page in pages]
    secretary = sign_in(app.test_client(), db, cast.secretary)
    asked = sign_in(app.test_client(), db, cast.people[0])
    unknown = makers.person(db, "Okänd Öberg")
    stranger = sign_in(app.test_client(), db, unknown)
    analyst = sign_in(app.test_client(), db, makers.analyst(db))
    everybody = app.test_client()
    assert [secretary.get(page).status_code for page in pages] == [200] * 4
    form = secretary.get(f"/uppfoljning/former/{kept.id}").text
    assert '<td class="number">1</td>' in form  # the version
    assert "nästan alla svarade lika" in form
    for reader in (asked, stranger, analyst):
        assert [reader.get(page).status_code for page in pages] == [404] * 4
        assert reader.get(f"/uppfoljning/former/{kept.id}").status_code == 404
    assert everybody.get(pages[0]).status_code == 302
    # It is listed nowhere, and its ordinary pages are for those who see every result.
    assert release.title not in everybody.get("/resultat").text + everybody.get("/").text
    for reader, status in ((everybody, 302), (asked, 404), (secretary, 404), (analyst, 200)):
        ends = ("", "/R", "/filer/release.csv", "/R/diagram/fraga-1.svg")
        for answer in [reader.get(f"/resultat/{release.id}{end}") for end in ends]:
            assert answer.status_code == status
            answer.close()
    series.shows_after = True
    db.add(series)
    db.commit()
    assert [asked.get(page).status_code for page in pages] == [200] * 4
    assert "Svaren finns att läsa" in asked.get(f"/moten/{meeting.id}").text
    assert [stranger.get(page).status_code for page in pages] == [404] * 4
    for who, shown in ((cast.people[0], True), (unknown, False)):  # no way to a page of others
        monkeypatch.setattr(telling, "me", lambda who=who: who.id)
        monkeypatch.setattr(telling, "actor", lambda who=who: Actor(who.id))
        with app.test_request_context():
            assert (telling.of_meeting(db, meeting, False) is not None) is shown
        db.commit()


def test_below_k_nothing_is_opened_and_the_page_shows_a_gap_with_its_reason(
    cast: Cast, served: Flask, secretary: FlaskClient
) -> None:
    series = cast.series()
    cast.plan(series)
    meeting, _held = cast.held_meeting("Möte", series=series)
    cast.answer(meeting, *[given(4, 3, 2)] * 9)
    cast.close(meeting, served)
    cast.follow()
    assert cast.round_of(meeting).state is RoundState.UNOPENED
    page = secretary.get(f"/uppfoljning/serier/{series.id}").text
    assert "Färre än 10 svar kom in" in page
    assert "<figure>" not in page
    assert secretary.get(f"/uppfoljning/serier/{series.id}/diagram.svg").status_code == 404


def test_a_facilitator_without_a_post_in_the_series_is_shown_no_way_to_it(
    app: Flask, cast: Cast, db: Session
) -> None:
    series = cast.series()
    meeting = cast.meeting(series=series)
    assert meeting.series_id
    facilitator = makers.person(db, "Frank Fält", Role.FACILITATOR)
    client = sign_in(app.test_client(), db, facilitator)
    assert client.get(f"/uppfoljning/serier/{series.id}").status_code == 404
    assert "/uppfoljning/serier/" not in client.get(f"/moten/serier/{series.id}").text
