"""Documents over HTTP: added to an item of an agenda, looked at, renewed, taken away."""

import io
import re
from concurrent.futures import ThreadPoolExecutor

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlmodel import Session

from dialog.documents import folder as folders
from dialog.meetings import agenda, planning, step_views, steps
from dialog.meetings.item_states import ItemAction
from dialog.meetings.models import AgendaItem, MeetingSeries
from dialog.meetings.states import SLUGS, Action
from tests.conftest import sign_in
from tests.documents import hostile, samples
from tests.documents.cast import Cast


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


def address(cast: Cast, at: int = 0) -> str:
    return f"/handlingar/{cast.documents()[at].id}"


def test_a_document_is_added_seen_and_saved_with_its_name(cast: Cast) -> None:
    given = samples.pdf()
    assert cast.hand_in(given).status_code == 302
    invited = cast.as_(cast.people[1])
    page = invited.get(f"/moten/{cast.held.id}/dagordning").text
    assert "Underlag åäö.pdf" in page
    assert "inte virusgranskad" in page
    saved = invited.get(f"{address(cast)}/1/fil")
    assert saved.data == given
    assert saved.headers["Content-Disposition"] == (
        'attachment; filename="Underlag aao.pdf";'
        " filename*=UTF-8''Underlag%20%C3%A5%C3%A4%C3%B6.pdf"
    )
    assert saved.headers["Content-Type"] == "application/pdf"
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in saved.headers["Content-Security-Policy"]
    assert "no-store" in saved.headers["Cache-Control"]


def test_each_kind_can_be_looked_at_and_saved(cast: Cast) -> None:
    browser = cast.as_(cast.secretary)
    for at, (name, make) in enumerate(samples.WHOLE.items()):
        assert cast.hand_in(make(), name=name).status_code == 302
        saved = browser.get(f"{address(cast, at)}/1/fil")
        assert saved.status_code == 200
        assert saved.headers["Content-Disposition"].startswith("attachment")
        assert browser.get(address(cast, at)).status_code == 200


def test_a_page_of_a_pdf_is_a_picture_with_its_text(cast: Cast) -> None:
    cast.hand_in(samples.written_pdf("Först läget", "Sedan frågorna"))
    browser = cast.as_(cast.people[1])
    first, second = (browser.get(f"{address(cast)}?sida={page}").text for page in (1, 2))
    assert "Först läget" in first
    assert "Sedan frågorna" in second
    assert "Sedan frågorna" not in first
    drawn = browser.get(f"{address(cast)}/1/sida/2")
    assert drawn.headers["Content-Type"] == "image/png"
    assert "sandbox" in drawn.headers["Content-Security-Policy"]
    assert Image.open(io.BytesIO(drawn.data)).width in (1400, 1401)
    for beyond in (
        f"{address(cast)}?sida=3",
        f"{address(cast)}/1/sida/3",
        f"{address(cast)}/1/sida/0",
    ):
        assert browser.get(beyond).status_code == 404


@pytest.mark.parametrize("number", [0, 2, 2**31, 2**63, 10**40])
def test_a_version_that_there_cannot_be_is_not_there(cast: Cast, number: int) -> None:
    cast.hand_in()
    browser = cast.as_(cast.people[1])
    for page in (f"?version={number}", f"/{number}/fil", f"/{number}/bild", f"/{number}/sida/1"):
        assert browser.get(f"{address(cast)}{page}").status_code == 404, page
    assert browser.get(f"{address(cast)}/1/sida/{number}").status_code == 404


def test_a_picture_is_shown_as_it_was_drawn_anew(cast: Cast) -> None:
    cast.hand_in(samples.photo(), name="Foto.jpg")
    shown = cast.as_(cast.people[1]).get(f"{address(cast)}/1/bild")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert b"Maja" not in shown.data
    assert cast.as_(cast.people[1]).get(f"{address(cast)}/1/sida/1").status_code == 404


def test_for_who_is_not_of_the_meeting_there_is_no_document(cast: Cast) -> None:
    cast.hand_in()
    at = address(cast)
    for page in (
        at,
        f"{at}/1/fil",
        f"{at}/1/bild",
        f"{at}/1/sida/1",
        f"{at}/ny-version",
        cast.page(),
    ):
        assert cast.as_(cast.stranger).get(page).status_code == 404, page
    assert cast.hand_in(by=cast.stranger).status_code == 404
    assert cast.app.test_client().get(f"{at}/1/fil").status_code == 302  # to sign in


def test_who_only_comes_reads_and_changes_nothing(cast: Cast) -> None:
    cast.hand_in()
    coming = cast.as_(cast.people[1])
    assert 'type="file"' not in coming.get(cast.page()).text
    assert cast.hand_in(by=cast.people[1]).status_code == 404
    for page in (f"{address(cast)}/ny-version", f"{address(cast)}/ta-bort"):
        assert coming.get(page).status_code == 404
        assert coming.post(page).status_code == 404
    assert len(cast.versions()) == 1


def test_who_proposed_an_item_adds_documents_to_it_and_to_no_other(cast: Cast) -> None:
    proposer = cast.people[0]
    assert cast.hand_in(by=proposer, to=cast.page(cast.proposal)).status_code == 302
    assert cast.hand_in(by=proposer, to=cast.page(cast.item)).status_code == 404
    assert cast.hand_in(by=cast.people[1], to=cast.page(cast.proposal)).status_code == 404
    assert len(cast.documents()) == 1


def test_the_same_file_sent_twice_is_one_document(cast: Cast) -> None:
    given = samples.photo()
    for _time in range(2):
        assert cast.hand_in(given, name="a.jpg").status_code == 302
    assert len(cast.documents()) == len(cast.versions()) == 1
    cast.hand_in(given, name="a.jpg", to=cast.page(cast.proposal))
    assert len(cast.documents()) == 2
    assert len(cast.files()) == 1


def test_the_same_file_sent_at_once_from_several_places_is_one_document(cast: Cast) -> None:
    given = samples.pdf()
    browsers = [sign_in(cast.app.test_client(), cast.db, cast.secretary) for _number in range(4)]

    def send(browser: FlaskClient) -> int:
        data = {"file": (io.BytesIO(given), "Underlag.pdf")}
        return browser.post(cast.page(), data=data).status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(send, browsers)) == [302] * 4
    assert len(cast.documents()) == len(cast.versions()) == len(cast.files()) == 1


def test_a_new_version_is_shown_and_the_former_stays(cast: Cast) -> None:
    old, new = samples.pdf(1), samples.pdf(2)
    cast.hand_in(old, name="Utkast.pdf")
    to = f"{address(cast)}/ny-version"
    for _time in range(2):
        assert cast.hand_in(new, name="Slutlig.pdf", to=to).status_code == 302
    assert [each.number for each in cast.versions()] == [1, 2]
    browser = cast.as_(cast.people[1])
    assert "Slutlig.pdf" in browser.get(cast.page()).text
    assert "Utkast.pdf" not in browser.get(cast.page()).text
    assert browser.get(f"{address(cast)}/1/fil").data == old
    assert browser.get(f"{address(cast)}/2/fil").data == new
    assert "äldre version" in browser.get(f"{address(cast)}?version=1").text
    assert browser.get(f"{address(cast)}?version=3").status_code == 404


def test_what_is_taken_away_is_there_for_nobody_and_is_kept(cast: Cast) -> None:
    cast.hand_in()
    at = address(cast)
    assert cast.as_(cast.secretary).post(f"{at}/ta-bort").status_code == 302
    for page in (at, f"{at}/1/fil", f"{at}/1/sida/1"):
        assert cast.as_(cast.secretary).get(page).status_code == 404
    assert "Underlag" not in cast.as_(cast.people[1]).get(f"/moten/{cast.held.id}").text
    assert cast.documents()[0].removed_by == cast.secretary.id
    assert list(folders.kept(cast.settings.documents))
    cast.hand_in()  # handed in again, it is a document of its own
    assert len(cast.documents()) == 2


def test_a_refusal_says_what_to_do_and_keeps_nothing(cast: Cast) -> None:
    answer = cast.hand_in(hostile.SVG, name="bild.png")
    assert answer.status_code == 422
    assert "Spara den som PDF eller PNG" in " ".join(answer.text.split())
    assert 'aria-invalid="true"' in answer.text
    assert "Välj en fil." in cast.as_(cast.secretary).post(cast.page(), data={}).text
    assert not cast.documents()
    assert not list(folders.kept(cast.settings.documents))


def test_of_a_meeting_laid_to_rest_the_documents_stay_as_they_are(cast: Cast) -> None:
    cast.hand_in()
    for action in (Action.BEGIN, Action.END, Action.CLOSE):
        steps.take(cast.db, meeting=cast.held, action=action, by=cast.secretary.id)
    cast.db.commit()
    assert cast.hand_in(samples.pdf(2)).status_code == 404
    assert cast.as_(cast.people[1]).get(f"{address(cast)}/1/fil").status_code == 200


def test_what_is_tabled_takes_its_documents_along_and_a_copy_does_not(cast: Cast) -> None:
    cast.hand_in(samples.pdf(1))
    cast.hand_in(samples.pdf(2), to=f"{address(cast)}/ny-version")
    series = MeetingSeries(title="Serien", author_id=cast.secretary.id)
    cast.db.add(series)
    cast.db.flush()
    following = planning.create(cast.db, by=cast.secretary.id, plan=cast.plan(series_id=series.id))
    cast.held.series_id = series.id
    copied = planning.copy(cast.db, meeting=cast.held, by=cast.secretary.id)
    copied.series_id = None
    for action in (Action.BEGIN, Action.END):
        step_views.STEPS[SLUGS[action]].take(cast.db, meeting=cast.held, by=cast.secretary.id)
    cast.db.commit()
    (document,) = [each for each in cast.documents() if each.about_id != cast.item.id]
    assert cast.db.get_one(AgendaItem, document.about_id).meeting_id == following.id
    cast.db.commit()
    assert sorted(each.number for each in cast.versions()) == [1, 1, 2, 2]
    browser = cast.as_(cast.secretary)
    assert browser.get(f"/handlingar/{document.id}/2/fil").data == samples.pdf(2)
    assert "Underlag" in browser.get(f"/moten/{following.id}/dagordning").text
    assert "Underlag" not in browser.get(f"/moten/{copied.id}/dagordning").text


def test_the_agenda_on_paper_and_the_live_room_name_the_documents(cast: Cast) -> None:
    cast.hand_in()
    browser = cast.as_(cast.people[1])
    paper = browser.get(f"/moten/{cast.held.id}/dagordning.pdf").data
    assert "Underlag åäö.pdf" in pypdfium2.PdfDocument(paper)[0].get_textpage().get_text_bounded()
    steps.take(cast.db, meeting=cast.held, action=Action.BEGIN, by=cast.secretary.id)
    before = cast.held.events
    agenda.take(cast.db, item=cast.item, action=ItemAction.BEGIN)
    cast.db.commit()
    room = browser.get(f"/moten/{cast.held.id}/rum").text
    assert f"{address(cast)}" in room
    cast.hand_in(samples.pdf(2), name="Under mötet.pdf")
    assert "Under mötet.pdf" in browser.get(f"/moten/{cast.held.id}/rum").text
    cast.db.refresh(cast.held)
    assert cast.held.events > before + 1  # phones are told


def test_nobody_hands_in_without_end(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialog.documents.page.UPLOADS", "2 per hour")
    given = [cast.hand_in(b"text %d" % number, name="a.txt").status_code for number in range(3)]
    assert given == [302, 302, 429]


def test_no_name_stands_in_an_address_or_in_the_log(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    cast.hand_in(name="Klagomål mot Kalle Kula.pdf")
    cast.hand_in(hostile.SVG, name="Kalle Kula.png")
    page = cast.as_(cast.secretary).get(cast.page()).text
    cast.as_(cast.secretary).get(f"{address(cast)}/1/fil")
    assert "Kula" in page
    assert not [link for link in re.findall(r'(?:href|src)="([^"]*)"', page) if "Kula" in link]
    logged = capsys.readouterr()
    assert "/handlingar/" in logged.err
    assert "Kula" not in logged.err + logged.out
