"""One voice each, no name beside it, and nothing told of few."""

import threading

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.commitments import answering
from dialog.commitments.models import Commitment, CommitmentVoice
from dialog.core.commitments import State, Verdict
from dialog.core.errors import IllegalTransitionError
from dialog.people.models import Person
from dialog.storage.engine import make_sessions
from dialog.storage.rows import Row
from tests import makers
from tests.commitments.cast import Cast
from tests.conftest import sign_in


def voices(db: Session) -> list[CommitmentVoice]:
    found = list(db.exec(select(CommitmentVoice)))
    db.commit()
    return found


def test_a_person_has_one_voice_and_can_change_it(cast: Cast) -> None:
    made, who = cast.done(), cast.people[0].id
    cast.answer(made, who, yes=True)
    cast.answer(made, who, yes=False, words="Det saknas två.")
    assert [(voice.confirms, voice.words) for voice in voices(cast.db)] == [
        (False, "Det saknas två.")
    ]
    own = answering.voice_of(cast.db, commitment=made, person_id=who, key=cast.key)
    assert own is not None
    assert not own.confirms
    other = cast.people[1].id
    assert answering.voice_of(cast.db, commitment=made, person_id=other, key=cast.key) is None


def test_a_button_that_is_pressed_twice_at_once_gives_one_voice(cast: Cast) -> None:
    made, who, key = cast.done().id, cast.people[0].id, cast.key
    engine, together = cast.db.get_bind(), threading.Barrier(2)
    faults: list[BaseException] = []

    def press() -> None:
        try:
            with make_sessions(engine)() as session:  # type: ignore[arg-type]  # an engine
                together.wait()
                commitment = session.get_one(Commitment, made)
                answering.answer(
                    session, commitment=commitment, by=who, confirms=True, words="", key=key
                )
                session.commit()
        except BaseException as fault:  # noqa: BLE001 - told by the test
            faults.append(fault)

    presses = [threading.Thread(target=press) for _time in range(2)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert not faults
    assert len(voices(cast.db)) == 1


def test_no_row_of_a_voice_holds_a_person_or_a_time() -> None:
    columns = Row.metadata.tables["commitment_voice"].columns
    assert {column.name for column in columns} == {"id", "report_id", "mark", "confirms", "words"}


def test_marks_cannot_be_made_without_the_key(cast: Cast) -> None:
    made, who = cast.done(), cast.people[0].id
    cast.answer(made, who, yes=True)
    (voice,) = voices(cast.db)
    report = voice.report_id
    assert voice.mark == answering.mark_of(cast.key, report_id=report, person_id=who)
    assert voice.mark != answering.mark_of(b"another", report_id=report, person_id=who)


def test_when_they_are_counted_the_marks_go_and_only_words_stay(cast: Cast) -> None:
    made = cast.done()
    for place, person in enumerate(cast.people[:12]):
        words = f"Jag tycker {place}" if place < 3 else ""
        cast.answer(made, person.id, yes=place < 8, words=words)
    before = {voice.mark for voice in voices(cast.db)}
    cast.over(made)
    after = voices(cast.db)
    assert sorted(voice.words for voice in after) == [f"Jag tycker {n}" for n in range(3)]
    assert not before & {voice.mark for voice in after}
    held = [answering.held_of(cast.db, person_id=person.id, key=cast.key) for person in cast.people]
    assert not any(held)
    assert len(answering.words_of(cast.db, commitment=made)) == 3


def test_of_fewer_than_ten_nothing_is_told_and_nothing_is_kept(cast: Cast) -> None:
    made = cast.done()
    for person in cast.people[:9]:
        cast.answer(made, person.id, yes=False, words="Nej.")
    cast.over(made)
    assert (made.state, made.verdict) == (State.CLOSED, Verdict.FEW)
    assert (made.confirms, made.disputes) == (None, None)
    assert voices(cast.db) == []
    assert answering.words_of(cast.db, commitment=made) == []


def test_when_all_say_the_same_no_number_is_told(cast: Cast) -> None:
    made = cast.done()
    cast.answers(made, yes=0, no=14)
    cast.over(made)
    assert (made.state, made.confirms, made.disputes) == (State.DISPUTED, None, None)


def test_nothing_is_counted_before_the_last_day_is_over(cast: Cast) -> None:
    made = cast.done()
    cast.answers(made, yes=12, no=0)
    answering.settle_due(makers.desk(cast.db))
    cast.db.refresh(made)
    assert made.state is State.DONE
    cast.db.commit()
    cast.over(made)
    with pytest.raises(IllegalTransitionError):
        cast.answer(made, cast.people[0].id, yes=True)


def test_only_those_it_was_promised_to_can_answer_and_only_they_and_the_keepers_see_the_page(
    client: FlaskClient, db: Session, outside: Cast
) -> None:
    made = outside.done()
    page = f"/ataganden/{made.id}"
    seen: dict[str, tuple[int, int]] = {}
    for who in (outside.people[0], outside.owner, outside.secretary, outside.outsider):
        sign_in(client, db, who)
        seen[who.name] = (
            client.get(page).status_code,
            client.get(f"{page}/svara").status_code,
        )
    assert seen == {
        outside.people[0].name: (200, 200),
        outside.owner.name: (200, 404),
        outside.secretary.name: (200, 404),
        outside.outsider.name: (404, 404),
    }


def test_words_are_read_by_the_owner_and_the_keepers_alone(
    client: FlaskClient, db: Session, outside: Cast
) -> None:
    made = outside.done()
    for place, person in enumerate(outside.people[:12]):
        outside.answer(made, person.id, yes=place < 8, words="Vi saknar skrivare." * (place == 0))
    outside.over(made)
    page = f"/ataganden/{made.id}"

    def read(who: Person) -> bool:
        return "Vi saknar skrivare." in sign_in(client, db, who).get(page).text

    assert read(outside.owner)
    assert read(outside.secretary)
    assert not read(outside.people[1])
    assert "Vi saknar skrivare." not in client.get(f"/ni-sa-vi-gjorde/{made.id}").text


def test_what_is_held_is_told_to_oneself(client: FlaskClient, db: Session, outside: Cast) -> None:
    made = outside.done()
    outside.answer(made, outside.people[0].id, yes=True)
    page = sign_in(client, db, outside.people[0]).get("/konto/om-mig").text
    assert "inte är räknade än</dt><dd>1." in page
    page = sign_in(client, db, outside.owner).get("/konto/om-mig").text
    assert f"Du ansvarar för: {made.title}" in page
    page = sign_in(client, db, outside.people[1]).get("/konto/om-mig").text
    assert made.title not in page
