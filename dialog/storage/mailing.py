"""Mail: to a server by SMTP, or without one as .eml files in a folder."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from dialog.core.configuration import WrongSettingError
from dialog.storage.clock import now

TIMEOUT = 30.0  # seconds for each answer of the server
PRIVATE: Final = ".private"  # in the names of files that are private messages
PERMANENT = 500  # SMTP replies from here up will not change by trying again


class UndeliverableError(Exception):
    """The server will not take mail for this address, now or later. `args[0]` is its reply's
    number; its words are left out because they may repeat the address.
    """


class Mailer(Protocol):
    def send(self, message: EmailMessage) -> None:
        """Hand over one message with one recipient.

        Raises UndeliverableError for good; OSError or smtplib.SMTPException may pass.
        """


@contextmanager
def connect(smtp_url: str, *, folder: Path) -> Iterator[Mailer]:
    """One connection for many messages; without `smtp_url`, files in `folder`."""
    if not smtp_url:
        yield FolderMailer(folder)
        return
    server = _log_in(smtp_url)
    try:
        yield ServerMailer(server)
    finally:
        try:
            server.quit()
        except (OSError, smtplib.SMTPException):
            server.close()


def stamp(message: EmailMessage, *, domain: str) -> EmailMessage:
    """Add what a message needs to travel: its date, its number, and that no person wrote it."""
    message["Date"] = format_datetime(now())
    message["Message-ID"] = make_msgid(uuid4().hex, domain=domain)
    message["Auto-Submitted"] = "auto-generated"  # no "out of office" in return
    return message


def mark_private(message: EmailMessage) -> EmailMessage:
    """Whoever reads a mailbox for somebody else is not shown the message (RFC 4021, 2.1.55), nor
    is whoever looks at mail that waits in the folder.
    """
    message["Sensitivity"] = "Private"
    return message


class ServerMailer:
    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server

    def send(self, message: EmailMessage) -> None:
        try:
            self._server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            reply = next(iter(refused.recipients.values()))[0]
            self._server.rset()
            if reply >= PERMANENT:
                raise UndeliverableError(str(reply)) from None
            raise
        except smtplib.SMTPNotSupportedError:
            # An address beyond ASCII, and a server that cannot carry it.
            raise UndeliverableError("SMTPUTF8") from None


class FolderMailer:
    """Each message a file of its own, complete from the moment it can be seen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def send(self, message: EmailMessage) -> None:
        name = uuid4().hex + (PRIVATE if message["Sensitivity"] else "")
        draft = self._folder / f".{name}.part"
        draft.write_bytes(bytes(message))
        draft.rename(self._folder / f"{name}.eml")


def _log_in(smtp_url: str) -> smtplib.SMTP:
    address = urlsplit(smtp_url)
    if address.scheme not in {"smtp", "smtps"} or not address.hostname:
        raise WrongSettingError("DIALOG_SMTP_URL must look like smtp://user:password@host:port.")
    if address.scheme == "smtps":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            address.hostname, address.port or 465, timeout=TIMEOUT, context=context
        )
    else:
        server = smtplib.SMTP(address.hostname, address.port or 25, timeout=TIMEOUT)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
    if address.username:
        server.login(unquote(address.username), unquote(address.password or ""))
    return server
