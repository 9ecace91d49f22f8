"""Minutes over HTTP: begun from the meeting, and written by several."""

from sqlmodel import Session

from dialog.commitments import proposing as proposing_promises
from dialog.commitments.proposing import Owner, Recipient
from dialog.meetings import promising, registering, steps
from dialog.meetings.live import questions
from dialog.meetings.live_models import MeetingVote, PollKind, QuestionState
from dialog.meetings.models import Meeting
from dialog.meetings.polling import polls
from dialog.meetings.states import Action
from tests.minutes.cast import Cast
from tests.minutes.steps import As, begun, write


def test_minutes_begin_with_the_numbers_of_attendance_and_the_agenda_with_its_outcomes(
    cast: Cast, as_: As
) -> None:
    address = begun(cast, as_)
    first, second, third = cast.sections()
    assert first.outcome == "Kallade: 6. Kom enligt listan: 5."
    assert "Aulan" in first.text
    assert (second.heading, second.outcome) == ("Läget", "Klar")
    assert (third.heading, third.outcome) == ("Schemat", "Bordlagd till nästa möte")
    again = as_(cast.secretary).post(f"/moten/{cast.minutes().about_id}/anteckningar")
    assert again.location.endswith(address)
    assert len(cast.sections()) == 3


def test_what_has_become_known_since_is_brought_in_and_what_was_written_stays(
    cast: Cast, as_: As, db: Session
) -> None:
    address = begun(cast, as_)
    write(cast, as_, 0, "Vi var några till")
    meeting = db.get_one(Meeting, cast.minutes().about_id)
    registering.check_in(db, meeting=meeting, person_id=cast.people[5].id)
    registering.check_in(db, meeting=meeting, person_id=cast.people[0].id, came=False)
    registering.check_in(db, meeting=meeting, person_id=cast.people[1].id, came=False)
    owner, to = Owner(cast.chair.id, "Regiondirektören"), Recipient("De som var där")
    proposing_promises.propose(
        db, by=cast.secretary.id, title="Mäta igen", promise="Vi mäter igen till våren.",
        owner=owner, recipient=to, source=promising.source_of(meeting),
    )  # fmt: skip
    db.commit()
    shown = questions.put(db, meeting=meeting, once="a", text="Vad händer <b>nu</b>?")
    shown.state, shown.answered, shown.answer = QuestionState.SHOWN, True, "Vi börjar om."
    questions.put(db, meeting=meeting, once="b", text="Den här visades aldrig")
    db.commit()
    for _again in range(2):
        assert as_(cast.secretary).post(f"{address}/skriv/hamta").status_code == 302
    first, *rest = cast.sections()
    assert (first.text, first.outcome) == (
        "Vi var några till",
        "Kallade: 6. Kom enligt listan: färre än 5.",
    )
    assert [each.heading for each in rest] == ["Läget", "Schemat", "Fråga", "Åtagande: Mäta igen"]
    assert (rest[2].text, rest[2].outcome) == (
        "> Vad händer <b>nu</b>?\n\nVi börjar om.",
        "Besvarad",
    )
    assert rest[-1].text == "Vi mäter igen till våren."
    assert rest[-1].outcome == "Ansvarar: Regiondirektören."


def test_polls_are_told_of_in_swedish_and_of_fewer_than_k_only_that_they_were_held(
    cast: Cast, as_: As
) -> None:
    db, meeting = cast.db, cast.invited()
    steps.take(db, meeting=meeting, action=Action.BEGIN, by=cast.secretary.id)
    made = {}
    for question, votes in (("Går vi hem?", polls.K), ("Är kaffet gott?", polls.K - 1), ("Än?", 0)):
        poll = made[question] = polls.make(
            db, meeting=meeting, question=question, kind=PollKind.SINGLE, options=["Ja", "Nej"]
        )
        polls.open_(db, poll=poll)
        db.add_all(
            MeetingVote(poll_id=poll.id, pass_hash=f"{number:064}", choices=[number % 2])
            for number in range(votes)
        )
    for question in ("Går vi hem?", "Är kaffet gott?"):
        polls.close(db, poll=made[question])
    db.commit()
    as_(cast.secretary).post(f"/moten/{meeting.id}/anteckningar?lang=en")
    told = [each.text for each in cast.sections() if each.heading == "Omröstning"]
    assert told == [
        "> Går vi hem?\n\n10 har röstat.\n\n- Ja: 5 (50 %)\n- Nej: 5 (50 %)",
        "> Är kaffet gott?\n\nFärre än 10 röstade, så resultatet visas inte.",
    ]


def test_a_draft_is_there_only_for_those_who_run_the_meeting(cast: Cast, as_: As) -> None:
    address = begun(cast, as_)
    invited, outsider = cast.people[0], cast.other
    assert as_(cast.secretary).get(address).status_code == 200
    assert as_(invited).get(address).status_code == 404
    meeting = f"/moten/{cast.minutes().about_id}"
    assert "Anteckningar" not in as_(invited).get(meeting).text
    as_(cast.secretary).post(f"{address}/justerare", data={"person": cast.chair.id})
    assert as_(cast.chair).get(address).status_code == 404
    as_(cast.secretary).post(f"{address}/skicka", data={"reason": ""})
    assert as_(invited).get(address).status_code == 200
    assert as_(cast.chair).get(address).status_code == 200
    assert as_(outsider).get(address).status_code == 404
    assert as_(invited).get(f"{address}/skriv").status_code == 404
    assert as_(invited).get(f"{address}/justera").status_code == 404
    assert f"{meeting}/anteckningar" in as_(invited).get(meeting).text


def test_the_second_of_two_editors_sees_both_texts_and_loses_neither(cast: Cast, as_: As) -> None:
    begun(cast, as_)
    assert write(cast, as_, 1, "Den första", version=1).json == {"version": 2}
    refused = write(cast, as_, 1, "Den andra", version=1)
    assert refused.status_code == 409
    assert refused.json["text"] == "Den första"
    section = cast.sections()[1]
    assert section.text == "Den första"
    # Without a script: the page holds both, and saving again is on purpose.
    address = f"/anteckningar/{section.minutes_id}/skriv/{section.id}"
    data = {"version": 1, "heading": section.heading, "text": "Den andra"}
    page = as_(cast.secretary).post(address, data=data)
    assert page.status_code == 409
    assert "Den första" in page.text
    assert "Den andra" in page.text
    assert 'name="version" value="2"' in page.text
    assert write(cast, as_, 1, "Båda", version=2).json == {"version": 3}
    assert write(cast, as_, 1, "Båda", version=2).json == {"version": 3}  # a retry


def test_a_personal_number_is_not_kept(cast: Cast, as_: As) -> None:
    begun(cast, as_)
    refused = write(cast, as_, 1, "Anna, 811218-9876, sade")
    assert refused.status_code == 422
    assert "personnummer" in refused.json["sentence"]
    assert not cast.sections()[1].text
