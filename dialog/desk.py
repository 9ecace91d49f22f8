"""What a job of the worker works with: short sessions, the settings, mail, and the duty itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from threading import Event
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from dialog.settings import Settings
from dialog.storage import mailing, outbox
from dialog.storage.engine import make_sessions


@dataclass(frozen=True)
class Desk:
    """Sessions are opened for a moment and never kept while a mail server is talked to."""

    engine: Engine
    settings: Settings
    stopping: Event = field(default_factory=Event)  # set: finish what is in hand, begin no more
    # What a duty of minutes calls now and then: the worker does what else is due.
    meanwhile: Callable[[], None] = lambda: None

    def reading(self) -> Session:
        return make_sessions(self.engine, reading=True)()

    def writing(self) -> Session:
        """The caller commits."""
        return make_sessions(self.engine)()

    def send(self, message: EmailMessage) -> str:
        """Hand over one message by mail. Why its address takes none, now or later; empty where it
        was taken. Raises OSError and smtplib.SMTPException, which may pass.
        """
        try:
            with mailing.connect(self.settings.smtp_url, folder=self.settings.mail) as mailer:
                mailer.send(message)
        except mailing.UndeliverableError as undeliverable:
            return str(undeliverable)
        return ""


@dataclass
class Duty:
    """A leased row of the outbox. `leased_until` tells whether it is still ours."""

    id: UUID
    kind: str
    payload: Mapping[str, Any]
    leased_until: datetime | None

    def renew(self, session: Session) -> bool:
        """Prolong the lease; False if another worker has taken the duty over."""
        self.leased_until = outbox.renew(session, row_id=self.id, until=self.leased_until)
        return self.leased_until is not None


class PostponedError(Exception):
    """The duty cannot be done now, and that is no fault: try again at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class TakenOverError(Exception):
    """Another worker has the duty now: leave it alone."""


# What a handler gives back is done in the transaction that marks its duty as done.
Finish = Callable[[Session], None]
Handler = Callable[[Desk, Duty], Finish | None]
