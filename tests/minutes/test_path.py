"""Minutes over HTTP: written, sent round, amended, attested, locked, and added to."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pikepdf
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import ProgrammingError
from sqlmodel import Session, col, select

from dialog.commitments import proposing as proposing_promises
from dialog.commitments.proposing import Owner, Recipient
from dialog.core.errors import IllegalTransitionError
from dialog.meetings import promising, registering, steps
from dialog.meetings.live import questions
from dialog.meetings.live_models import MeetingVote, PollKind, QuestionState
from dialog.meetings.models import Meeting, MeetingState, MeetingStep
from dialog.meetings.polling import polls
from dialog.meetings.states import Action
from dialog.minutes import attesting, circulating, proposing, writing
from dialog.minutes.models import (
    MinutesAttestation,
    MinutesProposal,
    MinutesState,
    MinutesStep,
    MinutesVersion,
)
from dialog.people.models import Account, Person
from tests.conftest import sign_in
from tests.minutes.cast import PASSWORD, Cast

As = Callable[[Person], FlaskClient]


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


@pytest.fixture
def as_(app: Flask, db: Session) -> As:
    """A browser of its own for each person."""
    browsers: dict[UUID, FlaskClient] = {}

    def of(person: Person) -> FlaskClient:
        if person.id not in browsers:
            browsers[person.id] = sign_in(app.test_client(), db, person)
        return browsers[person.id]

    return of


def begun(cast: Cast, as_: As) -> str:
    """The address of new minutes."""
    meeting = cast.held()
    answer = as_(cast.secretary).post(f"/moten/{meeting.id}/anteckningar")
    assert answer.status_code == 302
    return f"/anteckningar/{cast.minutes().id}"


def write(cast: Cast, as_: As, at: int, text: str, **more: Any) -> Any:
    section = cast.sections()[at]
    data = {"version": section.version, "heading": section.heading, "text": text, **more}
    address = f"/anteckningar/{section.minutes_id}/skriv/{section.id}"
    return as_(cast.secretary).post(address, data=data, headers={"Accept": "application/json"})


def circulated(cast: Cast, as_: As) -> str:
    """Minutes with a text, sent round to two attesters."""
    address = begun(cast, as_)
    assert write(cast, as_, 1, "Vi **enades**:\n\n- en sak").status_code == 200
    for person in (cast.chair, cast.other):
        as_(cast.secretary).post(f"{address}/justerare", data={"person": person.id, "vad": "till"})
    assert as_(cast.secretary).post(f"{address}/skicka", data={"reason": ""}).status_code == 302
    return address


def attest(cast: Cast, as_: As, person: Person, number: int = 1, password: str = PASSWORD) -> Any:
    address = f"/anteckningar/{cast.minutes().id}/justera"
    return as_(person).post(address, data={"number": number, "password": password})


def locked(cast: Cast, as_: As) -> str:
    address = circulated(cast, as_)
    for person in (cast.chair, cast.other):
        assert attest(cast, as_, person).status_code == 302
    return address


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


def test_nothing_is_sent_round_without_attesters_or_while_the_meeting_goes_on(
    cast: Cast, as_: As, db: Session
) -> None:
    address = begun(cast, as_)
    refused = as_(cast.secretary).post(f"{address}/skicka", data={"reason": ""})
    assert refused.status_code == 422
    assert "Välj först vilka som ska justera" in refused.text
    db.exec(sa.update(Meeting).values(state=MeetingState.LIVE))
    db.commit()
    as_(cast.secretary).post(f"{address}/justerare", data={"person": cast.chair.id})
    refused = as_(cast.secretary).post(f"{address}/skicka", data={"reason": ""})
    assert refused.status_code == 422
    assert "Mötet pågår" in refused.text
    assert cast.minutes().state is MinutesState.DRAFTING


def test_when_all_have_attested_with_their_password_the_text_is_locked(cast: Cast, as_: As) -> None:
    address = circulated(cast, as_)
    assert "Det är inte ditt lösenord" in attest(cast, as_, cast.chair, password="fel").text
    assert not cast.read(select(MinutesAttestation))
    assert attest(cast, as_, cast.chair).status_code == 302
    assert attest(cast, as_, cast.chair).status_code == 302  # sent twice
    assert cast.minutes().state is MinutesState.CIRCULATED
    assert attest(cast, as_, cast.other).status_code == 302
    assert cast.minutes().state is MinutesState.LOCKED
    (meeting,) = cast.read(select(Meeting))
    assert meeting.state is MeetingState.DOCUMENTED
    last = cast.read(select(MeetingStep).order_by(col(MeetingStep.at)))[-1]
    assert (last.action, last.person_id) == ("document", None)
    steps = [step.action for step in cast.read(select(MinutesStep).order_by(col(MinutesStep.at)))]
    assert steps == ["begin", "circulate", "attest", "attest", "complete", "lock"]
    page = as_(cast.people[0]).get(address).text
    (version,) = cast.versions()
    assert version.text_hash in page
    assert "<strong>enades</strong>" in page
    assert "stämmer inte med" not in page


def test_who_is_to_attest_and_who_was_invited_are_written_to(cast: Cast, as_: As) -> None:
    circulated(cast, as_)
    cast.work()
    (letter,) = cast.mail_to(cast.chair)
    assert letter["Subject"] == "Anteckningar att justera: Dialogmöte"
    subjects = [mail["Subject"] for mail in cast.mail_to(cast.people[0])]
    assert subjects[-1] == "Anteckningar att läsa: Dialogmöte"


def test_an_amendment_that_is_taken_in_makes_a_version_that_all_attest_anew(
    cast: Cast, as_: As
) -> None:
    address = circulated(cast, as_)
    attest(cast, as_, cast.chair)
    section = cast.sections()[1]
    data = {"text": "Vi enades om två saker", "reason": "Det var två"}
    sent = as_(cast.people[0]).post(f"{address}/avsnitt/{section.id}", data=data)
    assert sent.status_code == 302
    (proposal,) = cast.read(select(MinutesProposal))
    waits = attest(cast, as_, cast.other)
    assert waits.status_code == 422
    assert "inte är avgjorda" in waits.text
    decide = f"{address}/forslag/{proposal.id}"
    assert as_(cast.people[0]).get(decide).status_code == 404
    taken = as_(cast.secretary).post(decide, data={"vad": "ta-in", "answer": ""})
    assert taken.status_code == 302
    assert [version.number for version in cast.versions()] == [1, 2]
    assert cast.sections()[1].text == "Vi enades om två saker"
    outdated = attest(cast, as_, cast.other, number=1)
    assert outdated.status_code == 422
    assert "Läs den nya versionen" in outdated.text
    attest(cast, as_, cast.other, number=2)
    assert cast.minutes().state is MinutesState.CIRCULATED  # the first's was of version 1
    attest(cast, as_, cast.chair, number=2)
    assert cast.minutes().state is MinutesState.LOCKED
    compared = as_(cast.people[0]).get(f"{address}/versioner").text
    assert "Ändrat" in compared
    assert "<del>" in compared
    assert "<ins>" in compared


def test_an_amendment_is_declined_only_with_a_reason(cast: Cast, as_: As) -> None:
    address = circulated(cast, as_)
    data = {"text": "Något annat", "reason": "Bättre"}
    as_(cast.chair).post(f"{address}/avsnitt/{cast.sections()[1].id}", data=data)
    (proposal,) = cast.read(select(MinutesProposal))
    decide = f"{address}/forslag/{proposal.id}"
    without = as_(cast.secretary).post(decide, data={"vad": "avboj", "answer": " "})
    assert without.status_code == 422
    assert "Skriv varför" in without.text
    as_(cast.secretary).post(decide, data={"vad": "avboj", "answer": "Så sades det inte"})
    assert "Så sades det inte" in as_(cast.chair).get(address).text
    assert len(cast.versions()) == 1


def test_an_objection_sends_the_text_back_and_ends_the_attestations_given(
    cast: Cast, as_: As
) -> None:
    address = circulated(cast, as_)
    attest(cast, as_, cast.chair)
    as_(cast.other).post(f"{address}/invand", data={"reason": "Fel beslut"})
    assert cast.minutes().state is MinutesState.OBJECTED
    assert "Fel beslut" in as_(cast.secretary).get(address).text
    assert write(cast, as_, 1, "Rätt beslut").status_code == 200
    reader = as_(cast.people[0]).get(address).text
    assert "enades" in reader  # readers see what was sent round, not what is being written
    assert "Rätt beslut" not in reader
    without = as_(cast.secretary).post(f"{address}/skicka", data={"reason": ""})
    assert without.status_code == 422
    as_(cast.secretary).post(f"{address}/skicka", data={"reason": "Beslutet är rättat"})
    attest(cast, as_, cast.other, number=2)
    assert cast.minutes().state is MinutesState.CIRCULATED
    attest(cast, as_, cast.chair, number=2)
    assert cast.minutes().state is MinutesState.LOCKED


def test_an_attester_who_has_left_is_replaced_with_a_reason(
    cast: Cast, as_: As, db: Session
) -> None:
    address = circulated(cast, as_)
    replace = f"{address}/justerare/{cast.other.id}"
    assert as_(cast.secretary).get(replace).status_code == 404  # has not left
    db.get_one(Account, cast.other.id).closed = True
    db.commit()
    chosen = {"person": cast.people[0].id}
    assert as_(cast.secretary).post(replace, data={**chosen, "reason": ""}).status_code == 422
    found = as_(cast.secretary).get(f"{replace}?sok=Person+0").text
    assert str(cast.people[0].id) in found
    given = {**chosen, "reason": "Har slutat"}
    assert as_(cast.secretary).post(replace, data=given).status_code == 302
    assert "Har slutat" in as_(cast.secretary).get(address).text
    assert "Justera</a>" in as_(cast.people[0]).get(address).text


def test_a_locked_text_is_changed_by_nobody(cast: Cast, as_: As, db: Session) -> None:
    address = locked(cast, as_)
    minutes, section, before = cast.minutes(), cast.sections()[1], cast.versions()
    by, me = cast.secretary.id, cast.chair.id
    proposal = MinutesProposal(
        minutes_id=minutes.id, section_id=section.id, based_on=section.version, before="",
        text="x", reason="x", author_id=by,
    )  # fmt: skip
    db.add(proposal)
    db.commit()
    tries: list[Callable[[], Any]] = [
        lambda: writing.save(
            db, minutes=minutes, section_id=section.id, version=section.version, heading="x",
            text="x", by=by,
        ),
        lambda: writing.add_section(db, minutes=minutes, heading="x", by=by),
        lambda: writing.bring_in(db, minutes=minutes, lines=[], by=by),
        lambda: circulating.circulate(db, minutes=minutes, lines=[], by=by, reason="x"),
        lambda: proposing.propose(
            db, minutes=minutes, section=section, text="x", reason="x", by=me
        ),
        lambda: proposing.accept(db, minutes=minutes, proposal=proposal, by=by, answer="x"),
        lambda: attesting.object_(db, minutes=minutes, person_id=me, reason="x"),
        lambda: attesting.choose(db, minutes=minutes, person_id=cast.people[0].id, by=by),
        lambda: attesting.unchoose(db, minutes=minutes, person_id=me),
    ]  # fmt: skip
    for each in tries:
        with cast.app.test_request_context(), pytest.raises(IllegalTransitionError):
            each()
        db.rollback()
    assert cast.minutes().state is MinutesState.LOCKED
    assert [row.text_hash for row in cast.versions()] == [row.text_hash for row in before]
    assert "låst" in as_(cast.secretary).get(address).text


def test_a_locked_text_changed_behind_the_application_is_refused_or_noticed(
    cast: Cast, as_: As, db: Session
) -> None:
    address = locked(cast, as_)
    forged = sa.update(MinutesVersion).values(sections=[])
    if db.get_bind().dialect.name == "postgresql":
        with pytest.raises(ProgrammingError, match="permission denied"):
            db.exec(forged)
        db.rollback()
        return
    db.exec(forged)
    db.commit()
    assert "stämmer inte med" in as_(cast.people[0]).get(address).text


def test_a_correction_stands_below_the_locked_text(cast: Cast, as_: As) -> None:
    address = circulated(cast, as_)
    early = as_(cast.secretary).post(f"{address}/tillagg", data={"text": "För tidigt"})
    assert early.status_code == 422
    for person in (cast.chair, cast.other):
        attest(cast, as_, person)
    hashes = [version.text_hash for version in cast.versions()]
    as_(cast.secretary).post(f"{address}/tillagg", data={"text": "Det var *tre* saker"})
    page = as_(cast.people[0]).get(address).text
    assert "Det var <em>tre</em> saker" in page
    assert [version.text_hash for version in cast.versions()] == hashes


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_paper_is_accessible_and_holds_the_attestations(
    cast: Cast, as_: As, language: str
) -> None:
    address = locked(cast, as_)
    answer = as_(cast.people[0]).get(f"{address}/anteckningar.pdf?lang={language}")
    assert answer.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == language


def test_what_is_typed_as_html_is_shown_as_it_was_typed(cast: Cast, as_: As) -> None:
    address = begun(cast, as_)
    write(
        cast, as_, 1, "<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://z.se/y.png)"
    )
    page = as_(cast.secretary).get(address).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


def test_the_front_page_says_what_is_to_attest_and_how_far_ones_own_have_come(
    cast: Cast, as_: As
) -> None:
    address = circulated(cast, as_)
    attest(cast, as_, cast.chair)
    data = {"text": "Något annat", "reason": "Bättre"}
    as_(cast.other).post(f"{address}/avsnitt/{cast.sections()[1].id}", data=data)
    assert "Du är vald att justera" not in as_(cast.chair).get("/").text
    assert "Du är vald att justera" in as_(cast.other).get("/").text
    own = as_(cast.secretary).get("/").text
    assert "1 av 2 har justerat." in own
    assert "1 ändringsförslag att avgöra." in own
    assert address not in as_(cast.people[0]).get("/").text


def test_two_who_attest_at_the_same_moment_lock_the_text_once(
    cast: Cast, as_: As, app: Flask
) -> None:
    circulated(cast, as_)
    browsers = [as_(person) for person in (cast.chair, cast.other)]
    address = f"/anteckningar/{cast.minutes().id}/justera"
    data = {"number": 1, "password": PASSWORD}
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one.post(address, data=data).status_code, browsers))
    assert answers == [302, 302]
    assert cast.minutes().state is MinutesState.LOCKED
    actions = [step.action for step in cast.read(select(MinutesStep))]
    assert actions.count("lock") == 1


def test_a_text_that_is_too_long_for_a_section_is_cut_between_paragraphs() -> None:
    text = "aaaa\n\nbbbb\n\ncccccccccccccccc"
    assert writing.pieces(text, longest=12) == ["aaaa\n\nbbbb", "cccccccccccc", "cccc"]
    assert writing.pieces("", longest=12) == [""]
