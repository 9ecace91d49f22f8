"""Mail to owners before and after the day, once each, with no more in it than is needed."""

from datetime import UTC, datetime, timedelta

import time_machine
from sqlmodel import Session

from dialog.commitments import owning, recording, reminding
from dialog.commitments.models import Commitment
from dialog.commitments.proposing import Recipient
from dialog.storage.clock import today
from tests import makers
from tests.commitments.cast import Cast


def remind(cast: Cast, *, day: int, hour: int = 9) -> list[str]:
    """What is sent so many days from today: subjects."""
    cast.db.commit()
    moment = datetime.combine(today(), datetime.min.time(), UTC) + timedelta(days=day, hours=hour)
    cast.forget_letters()
    with time_machine.travel(moment, tick=False):
        for _time in range(2):  # twice changes nothing
            reminding.remind_due(makers.desk(cast.db))
        cast.work()
    return [
        next(line for line in letter.splitlines() if line.startswith("Subject: "))[9:]
        for letter in cast.letters()
        if f"<{cast.owner.email}>" in letter
    ]


def test_an_owner_is_reminded_before_on_and_after_the_day_once_each(cast: Cast) -> None:
    cast.accepted(due=10)
    cast.work()
    sent = {
        day: found
        for day in (1, 3, 4, 9, 10, 11, 13, 24, 25, 38)
        if (found := remind(cast, day=day))
    }
    assert list(sent) == [3, 10, 11, 24]
    assert all(len(found) == 1 for found in sent.values())
    assert "ska vara gjort" in sent[3][0]
    assert "i dag" in sent[10][0]
    assert "försenat" in sent[11][0]


def test_nobody_is_written_to_at_night(cast: Cast) -> None:
    cast.accepted(due=7)
    cast.work()
    assert remind(cast, day=0, hour=3) == []
    assert len(remind(cast, day=0)) == 1


def test_another_day_is_reminded_of_anew_and_the_old_one_no_more(cast: Cast) -> None:
    made = cast.accepted(due=7)
    cast.work()
    assert len(remind(cast, day=0)) == 1
    with time_machine.travel(datetime.now(UTC), tick=False):
        later = today() + timedelta(days=20)
        ask = {"commitment": made, "by": cast.owner.id, "reason": "Det dröjer."}
        owning.ask_for_date(cast.db, due=later, **ask)  # type: ignore[arg-type]  # three of them
        recording.decide_on_date(cast.db, commitment=made, by=cast.secretary.id, granted=True)
    cast.work()
    assert remind(cast, day=8) == []
    assert len(remind(cast, day=13)) == 1


def test_a_reminder_of_a_day_that_was_moved_meanwhile_is_not_sent(cast: Cast) -> None:
    made = cast.accepted(due=7)
    cast.work()
    cast.forget_letters()
    moment = datetime.combine(today(), datetime.min.time(), UTC) + timedelta(hours=9)
    with time_machine.travel(moment, tick=False):
        reminding.remind_due(makers.desk(cast.db))
        made.due = today() + timedelta(days=20)
        cast.db.add(made)
        cast.work()
    assert cast.letters() == []


def test_after_a_long_standstill_a_reminder_is_left_out_and_not_sent_late(cast: Cast) -> None:
    cast.accepted(due=7)
    cast.work()
    assert remind(cast, day=5) == []


def test_what_is_done_is_not_reminded_of(cast: Cast) -> None:
    cast.report_done(cast.accepted(due=7))
    cast.work()
    assert remind(cast, day=0) == []


def test_a_reminder_has_the_title_and_the_page_and_nothing_of_anybody_else(cast: Cast) -> None:
    made = cast.accepted(due=7)
    cast.work()
    remind(cast, day=0)
    (letter,) = cast.letters()
    text = letter.partition("\n\n")[2]
    assert made.title in text
    assert f"/ataganden/{made.id}" in text
    for name in (cast.owner.name, cast.secretary.name, made.promise, made.question):
        assert name not in text


def test_mail_is_in_the_language_of_its_reader(cast: Cast) -> None:
    cast.owner.language = "en"
    cast.db.commit()
    cast.propose()
    cast.work()
    (letter,) = cast.letters()
    assert "Subject: You are asked to take on a commitment" in letter


def test_the_owner_and_the_keeper_hear_of_each_other_and_the_one_it_was_promised_to(
    cast: Cast, db: Session
) -> None:
    made: Commitment = cast.propose(recipient=Recipient("Ombudet", person_id=cast.people[0].id))
    cast.work()
    assert "föreslås ansvara" in cast.letters()[-1]
    owning.accept(db, commitment=made, by=cast.owner.id, due=today() + timedelta(days=9))
    later = today() + timedelta(days=20)
    owning.ask_for_date(db, commitment=made, by=cast.owner.id, due=later, reason="Det dröjer.")
    cast.forget_letters()
    cast.work()
    (letter,) = cast.letters()
    assert f"<{cast.secretary.email}>" in letter
    cast.forget_letters()
    recording.decide_on_date(db, commitment=made, by=cast.secretary.id, granted=True)
    cast.report_done(made)
    cast.answer(made, cast.people[0].id, yes=True)
    cast.work()
    heads = "\n".join(cast.letters())
    assert "Ett åtagande är bekräftat" in heads
    assert "Det lovades dig" not in heads  # it was answered before the mail was sent
