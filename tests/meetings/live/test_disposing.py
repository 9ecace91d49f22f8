"""What votes and support needed is disposed of when it is not needed, and counts stay."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlmodel import Session

from dialog.meetings import door, relaying, steps
from dialog.meetings.floor import speaking
from dialog.meetings.floor.models import MeetingFloor
from dialog.meetings.floor.speaking import Rules
from dialog.meetings.live import disposing, moderating, passes, questions, slips, supporting
from dialog.meetings.live_models import (
    MeetingKey,
    MeetingPass,
    MeetingPoll,
    MeetingQuestion,
    MeetingSlip,
    MeetingSupport,
    MeetingVote,
    PollKind,
    PollState,
)
from dialog.meetings.models import Meeting, MeetingState, MeetingStep
from dialog.meetings.polling import polls, words
from dialog.meetings.states import Action
from dialog.storage.clock import now
from dialog.storage.outbox import OutboxRow
from tests import makers
from tests.conftest import sign_in
from tests.meetings.cast import Cast
from tests.meetings.live.passes import pass_of
from tests.meetings.live.test_guests import guest, rows

TABLES = (MeetingKey, MeetingPass, MeetingSlip, MeetingSupport, MeetingVote)


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db, people=11)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    meeting = cast.invited(guests=True)
    steps.take(cast.db, meeting=meeting, action=Action.BEGIN, by=cast.secretary.id)
    for person in cast.people:
        door.enter(cast.db, meeting=meeting, person_id=person.id)
    cast.db.commit()
    return meeting


@pytest.fixture
def poll(db: Session, meeting: Meeting) -> MeetingPoll:
    made = polls.make(db, meeting=meeting, question="Nu?", kind=PollKind.SCALE, options=[])
    polls.open_(db, poll=made)
    db.commit()
    return made


def take_part(cast: Cast, meeting: Meeting, poll: MeetingPoll) -> MeetingQuestion:
    """Everybody votes and supports a question, and a guest does."""
    db = cast.db
    row = questions.put(db, meeting=meeting, once="x", text="Varför?")
    moderating.show(db, question=row, by=cast.secretary.id)
    (code,) = slips.make(db, cast.settings.keys, meeting=meeting, count=1)
    db.commit()
    clients = []
    for person in cast.people:
        clients.append((sign_in(cast.app.test_client(), db, person), ""))
        db.commit()
    for client, slip in [*clients, (guest(cast, meeting), code)]:
        mine = pass_of(cast.app, client, meeting, slip=slip)
        assert mine.spend(f"rostningar/{poll.id}/rost", choices=[2]).status_code == 200
        assert mine.spend(f"fragor/{row.id}/stod").status_code == 200
    return row


def dispose(cast: Cast) -> None:
    cast.db.commit()
    disposing.dispose_due(makers.desk(cast.db, cast.settings))
    for row in cast.db:
        cast.db.refresh(row)
    cast.db.commit()


def end(cast: Cast, meeting: Meeting) -> None:
    steps.take(cast.db, meeting=meeting, action=Action.END, by=cast.secretary.id)
    cast.db.commit()


def test_seven_days_after_the_meeting_only_counts_are_left_also_of_a_poll_left_open(
    cast: Cast, meeting: Meeting, poll: MeetingPoll
) -> None:
    row = take_part(cast, meeting, poll)
    end(cast, meeting)
    for days in (0, 6.9):
        with time_machine.travel(now() + timedelta(days=days)):
            dispose(cast)
        assert all(rows(cast.db, table) for table in TABLES)
    with time_machine.travel(now() + timedelta(days=7.1)):
        dispose(cast)
        dispose(cast)  # by another worker, or again
    for table in TABLES:
        assert rows(cast.db, table) == []
    assert (poll.state, poll.voted, poll.tally) == (PollState.CLOSED, 12, [0, 0, 12, 0, 0])
    assert supporting.counts(cast.db, meeting=meeting) == {row.id: 12}
    kept = [each for each in rows(cast.db, MeetingStep) if each.action == steps.DISPOSE]
    assert [(each.meeting_id, each.person_id) for each in kept] == [(meeting.id, None)]


def test_a_meeting_that_nobody_ends_is_disposed_of_as_others_seven_days_after_it_was_to_end(
    cast: Cast, meeting: Meeting, poll: MeetingPoll
) -> None:
    take_part(cast, meeting, poll)
    speaking.settle(cast.db, meeting=meeting, rules=Rules(open=True))
    cast.db.commit()
    assert meeting.ends_at is not None
    for days, left in ((6.9, True), (7.1, False)):
        with time_machine.travel(meeting.ends_at + timedelta(days=days)):
            dispose(cast)
            assert questions.are_taken(cast.db, meeting=meeting) is left
            assert bool(rows(cast.db, MeetingFloor)) is left
            assert all(bool(rows(cast.db, table)) is left for table in TABLES)
    assert (meeting.state, poll.tally) == (MeetingState.LIVE, [0, 0, 12, 0, 0])


def test_of_words_only_those_that_all_saw_are_kept_and_how_many_others_there_were(
    cast: Cast, meeting: Meeting
) -> None:
    db = cast.db
    made = []
    for question in ("Läst", "Oläst"):
        poll = polls.make(db, meeting=meeting, question=question, kind=PollKind.WORDS, options=[])
        polls.open_(db, poll=poll)
        db.add_all(
            MeetingVote(
                poll_id=poll.id,
                pass_hash=f"{number:064}",
                choices=["Trygg", ("Anna", "ANNA")[number % 2]],
            )
            for number in range(10)
        )
        db.commit()
        polls.close(db, poll=poll)
        made.append(poll)
    passes.public_key(db, meeting=meeting)  # there is no pass without one
    words.show(db, poll=made[0], hidden=["anna"])
    end(cast, meeting)
    with time_machine.travel(now() + timedelta(days=7.1)):
        dispose(cast)
        words.show(db, poll=made[0], hidden=["trygg"])  # found afterwards: gone at once
        db.commit()
    read, unread = made
    assert (read.tally, read.voted, unread.tally, unread.state) == ([], 10, [], PollState.CLOSED)
    clouds = [each.cloud for each in polls.shown(db, meeting=meeting)]
    assert [(cloud.words, cloud.hidden) for cloud in clouds if cloud] == [([], 2), ([], 2)]


def test_while_a_backup_reads_a_table_the_files_wait_and_nobody_waits_behind(
    cast: Cast, meeting: Meeting
) -> None:
    if cast.db.get_bind().dialect.name == "sqlite":
        pytest.skip("SQLite locks no table")
    desk = makers.desk(cast.db, cast.settings)
    relaying.ask(cast.db, meeting_id=meeting.id, after="test")
    cast.db.commit()
    with desk.engine.connect() as backup:
        backup.execute(sa.text("LOCK TABLE meeting_pass IN ACCESS SHARE MODE"))
        cast.work()
    (duty,) = [each for each in rows(cast.db, OutboxRow) if each.key.endswith(":test")]
    assert (duty.done_at, duty.failed) == (None, False)
    assert duty.not_before > now()


def test_a_meeting_that_comes_back_keeps_its_passes_and_one_that_is_called_off_does_not(
    cast: Cast,
) -> None:
    postponed, cancelled = cast.invited(guests=True), cast.invited(guests=True)
    for meeting, action in ((postponed, Action.POSTPONE), (cancelled, Action.CANCEL)):
        slips.make(cast.db, cast.settings.keys, meeting=meeting, count=1)
        steps.take(cast.db, meeting=meeting, action=action, by=cast.secretary.id)
    dispose(cast)
    assert {row.meeting_id for row in rows(cast.db, MeetingSlip)} == {postponed.id}


def test_after_an_item_no_row_lies_where_it_came(
    cast: Cast, meeting: Meeting, poll: MeetingPoll
) -> None:
    take_part(cast, meeting, poll)
    polls.close(cast.db, poll=poll)
    before = _files(cast.db)
    cast.work()
    assert not before & _files(cast.db)  # what lay in the old ones went with them
    ordered = "" if cast.db.get_bind().dialect.name == "sqlite" else "ORDER BY ctid"
    for table, key in (("meeting_support", "pass_hash"), ("meeting_pass", "person_id")):
        query = sa.text(f"SELECT {key} FROM {table} {ordered}")
        found = [str(each) for each in cast.db.connection().execute(query).scalars()]
        assert len(found) >= 11
        assert found == sorted(found)
    cast.db.commit()


def _files(db: Session) -> set[int]:
    """The files of the tables, which PostgreSQL numbers anew when it writes them anew."""
    db.commit()
    if db.get_bind().dialect.name == "sqlite":
        return set()
    names = ", ".join(f"pg_relation_filenode('{table}')" for table in disposing.TABLES)
    found = set(db.connection().execute(sa.text(f"SELECT {names}")).one())
    db.commit()
    return found
