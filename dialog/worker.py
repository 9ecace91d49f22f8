"""What runs in the background: duties leased from the outbox, and what the date brings.

Several workers may run at once: a duty is leased by one, and what the date brings is done under a
lock on its round and only if it still has to be. Whatever is cut off is done again; each part says
why that is harmless.
"""

import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from threading import Event
from types import FrameType
from typing import Final
from uuid import UUID

import click
import structlog
from sqlmodel import Session

from dialog.commitments import duties as commitment_duties
from dialog.desk import Desk, Duty, Finish, Handler, PostponedError, TakenOverError
from dialog.documents import duties as document_duties
from dialog.documents import forgetting
from dialog.followups import following
from dialog.meetings import documenting, relaying, telling, unmandated
from dialog.meetings import letters as meeting_letters
from dialog.meetings.live import answer_letters, moderating
from dialog.meetings.live import disposing as meeting_disposing
from dialog.minutes import letters as minutes_letters
from dialog.minutes import telling as minutes_telling
from dialog.negotiations import documenting as negotiation_minutes
from dialog.negotiations import letters as negotiation_letters
from dialog.negotiations import telling as negotiation_telling
from dialog.people import mails, undelivered
from dialog.programmes import checking
from dialog.requests import disposing as request_disposing
from dialog.requests import letters as request_letters
from dialog.research import ending, letters, making, preparing
from dialog.results.correcting import remaking
from dialog.results.publishing import making as result_making
from dialog.retention import carrying_out, running
from dialog.settings import from_environment
from dialog.storage import heartbeat, outbox
from dialog.storage.clock import now
from dialog.storage.engine import make_engine
from dialog.storage.private import require_private
from dialog.submissions import disposing as submission_disposing
from dialog.submissions import drafting
from dialog.submissions import letters as submission_letters
from dialog.submissions import telling as submission_telling
from dialog.submissions.handling import letters as handler_letters
from dialog.submissions.handling import reminding as handler_reminding
from dialog.submissions.intake import batches, mailbox
from dialog.surveys.rounds import (
    bounces,
    disposing,
    duties,
    inviting,
    opening_duties,
    publishing,
    reminding,
    response_rate,
    sending,
)
from dialog.surveys.trustees import asking
from dialog.unions import addresses as union_addresses
from dialog.unions import disposing as union_disposing
from dialog.web.logs import use_logging

log = structlog.get_logger()
IDLE = 0.5  # seconds between looks at the outbox
KEEP_DONE = timedelta(days=30)
NAME: Final = "worker"


def send_password_mail(desk: Desk, duty: Duty) -> Finish | None:
    """Killed between sending and marking, it sends the same link again: harmless."""
    settings = desk.settings
    with desk.reading() as session:
        message = mails.render_password_mail(session, duty.payload, settings=settings)
    if message is None:
        return None
    return undelivered.noting(UUID(str(duty.payload["person_id"])), desk.send(message))


def keep_house(desk: Desk) -> None:
    """Forget duties that were done long ago."""
    with desk.writing() as session:
        outbox.forget_done(session, before=now() - KEEP_DONE)
        session.commit()


def beat(desk: Desk) -> None:
    with desk.writing() as session:
        heartbeat.beat(session, name=NAME)
        session.commit()


HANDLERS: Final[Mapping[str, Handler]] = {
    "round.announce": duties.announce,
    sending.INVITATION: sending.send_batch,
    sending.REMINDER: sending.send_batch,
    mails.KIND: send_password_mail,
    asking.KIND: asking.send,
    letters.KIND: letters.send,
    telling.KIND: meeting_letters.send,
    telling.REMINDER: meeting_letters.send_reminders,
    telling.SEAT: meeting_letters.send_seat,
    minutes_telling.KIND: partial(
        minutes_letters.send,
        reach={
            documenting.ABOUT: documenting.reach,
            negotiation_minutes.ABOUT: negotiation_letters.reach,
        },
    ),
    negotiation_telling.KIND: negotiation_letters.send,
    moderating.KIND: answer_letters.send,
    relaying.KIND: meeting_disposing.relay,
    preparing.KIND: preparing.prepare,
    making.KIND: making.make,
    union_addresses.KIND: union_addresses.send,
    forgetting.KIND: forgetting.remove_file,
    submission_telling.KIND: submission_letters.send,
    drafting.SCRUB: drafting.scrub_withdrawn,
    running.KIND: partial(
        carrying_out.carry_out,
        forgets=(submission_disposing.forget, request_disposing.forget),
        in_use=(submission_disposing.in_use, request_disposing.in_use),
        tables=(*submission_disposing.TABLES, *request_disposing.TABLES),
    ),
    **commitment_duties.HANDLERS,
    handler_letters.KIND: handler_letters.send,
    request_letters.KIND: request_letters.send,
    publishing.KIND: result_making.make,
    remaking.KIND: remaking.make,
    checking.KIND: checking.check,
}
# Takes minutes or much memory: not begun while another of them is in hand.
LONG: Final = frozenset(
    {preparing.KIND, making.KIND, publishing.KIND, remaking.KIND, checking.KIND}
)
# What is looked at every so many seconds.
DATED: Final[Mapping[Callable[[Desk], None], float]] = {
    beat: heartbeat.EVERY.total_seconds(),
    duties.announce_all: 300,
    inviting.start_due: 20,
    duties.close_due: 2,
    opening_duties.open_due: 2,
    opening_duties.end_overdue: 600,
    reminding.remind_due: 60,
    telling.remind_due: 60,
    response_rate.update_due: 60,
    asking.ask_due: 20,
    bounces.read_reports: 10,
    mailbox.read_mailbox: 5,
    batches.forget_due: 600,
    disposing.dispose_due: 600,
    meeting_disposing.dispose_due: 600,
    unmandated.forget_due: 600,
    ending.expire_due: 600,
    ending.dispose_masters: 600,
    ending.ask_for_reports: 3600,
    checking.ask_due: 60,
    union_disposing.dispose_due: 600,
    union_addresses.forget_unconfirmed: 3600,
    document_duties.scan_due: 30,
    following.follow_due: 10,
    **commitment_duties.DATED,
    handler_reminding.remind_due: 300,
    keep_house: 86_400,
}


@dataclass
class Worker:
    """One worker's round: when it last did what."""

    desk: Desk
    last: dict[Callable[[Desk], None], float] = field(default_factory=dict)

    def do_dated(self) -> None:
        """Do what its time has come for. What goes wrong in one leaves the others alone."""
        for job, every in DATED.items():
            if self.desk.stopping.is_set():
                return
            if time.monotonic() - self.last.get(job, float("-inf")) < every:
                continue
            self.last[job] = time.monotonic()
            try:
                job(self.desk)
            except Exception as error:  # noqa: BLE001 - tried again at its next time
                _log_failure(job.__name__, error)

    def do_one(self, *, long: bool = True) -> bool:
        """Lease one duty and do it, not a `long` one unless told. False if there was none."""
        duty = self._lease(tuple(kind for kind in HANDLERS if long or kind not in LONG))
        if duty is None:
            return False
        try:
            finish = HANDLERS[duty.kind](replace(self.desk, meanwhile=self._meanwhile), duty)
            self._settle(duty, lambda row, session: _done(row, session, finish))
        except TakenOverError:
            return True
        except PostponedError as postponed:
            until = postponed.until
            self._settle(duty, lambda row, _session: outbox.postpone(row, until=until))
        except Exception as error:  # noqa: BLE001 - kept with the duty, and tried again later
            problem = _log_failure(duty.kind, error)
            self._settle(duty, lambda row, _session: outbox.failed(row, problem))
        return True

    def _meanwhile(self) -> None:
        """Do what else is due while a long duty is in hand: nobody's mail waits for it."""
        self.do_dated()
        while not self.desk.stopping.is_set() and self.do_one(long=False):
            self.do_dated()

    def _lease(self, kinds: tuple[str, ...]) -> Duty | None:
        with self.desk.reading() as session:
            if not outbox.is_waiting(session, kinds=kinds):
                return None
        with self.desk.writing() as session:
            rows = outbox.lease(session, limit=1, kinds=kinds)
            session.commit()
        return (
            Duty(rows[0].id, rows[0].kind, rows[0].payload, rows[0].leased_until) if rows else None
        )

    def _settle(self, duty: Duty, how: Callable[[outbox.OutboxRow, Session], None]) -> None:
        """Write what came of a duty, if it is still ours."""
        with self.desk.writing() as session:
            row = session.get(outbox.OutboxRow, duty.id, with_for_update=True)
            if row is not None and row.done_at is None and row.leased_until == duty.leased_until:
                how(row, session)
                session.add(row)
                session.commit()


def _done(row: outbox.OutboxRow, session: Session, finish: Finish | None) -> None:
    if finish is not None:
        finish(session)
    outbox.done(row)


def _log_failure(duty: str, error: Exception) -> str:
    """The kind of error and where, without its words: they may hold an address."""
    places, trace = [], error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename.rsplit("dialog/", 1)[-1]
        places.append(f"{file}:{trace.tb_lineno}")
        trace = trace.tb_next
    log.error("duty failed", duty=duty, error=type(error).__name__, places=places[-6:])
    return type(error).__name__


def run(desk: Desk, *, once: bool = False) -> None:
    """Work until `desk.stopping`; with `once` until nothing is left that is due now."""
    worker = Worker(desk)
    while not desk.stopping.is_set():
        worker.do_dated()
        worked = False
        while not desk.stopping.is_set() and worker.do_one():
            worked = True
            worker.do_dated()
        if once and not worked:
            return
        desk.stopping.wait(0 if once else IDLE)


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
def command(*, once: bool) -> None:
    """Send mail, open and close rounds on their dates, open answers, dispose of what is due.

    Runs until SIGTERM or Ctrl-C; it finishes the message in hand first.
    """
    settings = from_environment()
    require_private(settings.keys)
    use_logging(settings.log_level)
    stopping = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    engine = make_engine(settings.database_url)
    try:
        run(Desk(engine, settings, stopping), once=once)
    finally:
        engine.dispose()
