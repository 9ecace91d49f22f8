"""Minutes over HTTP: sent round, amended, objected to, attested."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.meetings.models import Meeting, MeetingState, MeetingStep
from dialog.minutes.models import (
    MinutesAttestation,
    MinutesProposal,
    MinutesState,
    MinutesStep,
)
from dialog.people.models import Account
from tests.minutes.cast import Cast
from tests.minutes.steps import As, attest, begun, circulated, write


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
