"""The mail of a round: for everybody in a batch the same words, but for the link and the code."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from babel.dates import format_date, format_datetime

from dialog.core.questionnaire import Questionnaire, load
from dialog.settings import Settings
from dialog.storage import letters
from dialog.storage.clock import STOCKHOLM
from dialog.storage.mailing import stamp
from dialog.surveys.models import Round
from dialog.web import qr

QR_NAME = "qr"


@dataclass(frozen=True)
class Letter:
    """Words with two open places. Nobody's name, unit or level is among them."""

    sender: str
    subject: str
    text: str
    html: str
    link_place: str
    code_place: str
    domain: str

    def to(self, address: str, *, link: str, code: str) -> EmailMessage:
        """The message for one recipient, with plain text, simple HTML and a QR code."""
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = address
        message["Subject"] = self.subject
        stamp(message, domain=self.domain)
        message.set_content(self._filled(self.text, link, code))
        message.add_alternative(self._filled(self.html, link, code), subtype="html")
        page: Any = message.get_payload(1)
        page.add_related(qr.png(link), "image", "png", cid=f"<{QR_NAME}>", filename="qr.png")
        return message

    def _filled(self, words: str, link: str, code: str) -> str:
        return words.replace(self.link_place, link).replace(self.code_place, code)


def link(settings: Settings, round_id: UUID, secret: str = "") -> str:
    """The address of the answering page. A secret stands after #, so no server's log and no
    referrer ever holds it.
    """
    return f"{settings.base_url}/enkat/{round_id}" + (f"#{secret}" if secret else "")


def letter(
    round_: Round, *, settings: Settings, reminder: bool, form: Questionnaire | None = None
) -> Letter:
    """The letter of a round, in the languages of its questionnaire: the frozen one, or `form`."""
    form = form or load(round_.questionnaire)
    link_place, code_place = f"LINK-{secrets.token_hex(8)}", f"CODE-{secrets.token_hex(8)}"
    words = {
        "reminder": reminder,
        "title": {each: form.title.in_language(each) or round_.title for each in ("sv", "en")},
        "languages": form.languages,
        "sender": round_.sender,
        "message": round_.message.strip(),
        "k": round_.k,
        "link": link_place,
        "code": code_place,
        "code_page": f"{settings.base_url}/kod",
        "about": f"{settings.base_url}/om/anonymitet",
        "closes": {each: _moment(round_.closes_at, each) for each in ("sv", "en")},
        "reminders": {
            each: [_day(date.fromisoformat(day), each) for day in round_.reminders]
            for each in ("sv", "en")
        },
        "until": {
            each: {
                "rows": _day(round_.keep_rows_until, each),
                "unit": _day(round_.keep_unit_until, each),
                "texts": _day(round_.keep_texts_until, each),
                "list": _day(round_.keep_list_until, each),
            }
            for each in ("sv", "en")
        },
    }
    templates = letters.templates("dialog.surveys", "templates/surveys/rounds")
    return Letter(
        sender=settings.mail_from,
        subject=_subject(round_, reminder=reminder),
        text=templates.get_template("mail.txt").render(words),
        html=templates.get_template("mail.html").render(words),
        link_place=link_place,
        code_place=code_place,
        domain=letters.domain(settings.base_url),
    )


def preview(
    round_: Round, *, form: Questionnaire, settings: Settings, reminder: bool
) -> tuple[str, str]:
    """(subject, text) as somebody will get it, with a link and a code that lead nowhere."""
    written = letter(round_, settings=settings, reminder=reminder, form=form)
    text = written.text.replace(written.link_place, link(settings, round_.id, "…"))
    return written.subject, text.replace(written.code_place, "XXXX-XXXX-XXXX-XX")


def _subject(round_: Round, *, reminder: bool) -> str:
    last = (
        _day(round_.closes_at.astimezone(STOCKHOLM), "sv", year=False) if round_.closes_at else ""
    )
    start = "Påminnelse: " if reminder else ""
    return f"{start}{round_.title} – svara senast {last}"


def _day(day: date | None, language: str, *, year: bool = True) -> str:
    return format_date(day, "d MMMM y" if year else "d MMMM", locale=language) if day else "–"


def _moment(when: datetime | None, language: str) -> str:
    pattern = "d MMMM 'at' HH:mm" if language == "en" else "d MMMM 'kl.' HH.mm"
    return format_datetime(when, pattern, tzinfo=STOCKHOLM, locale=language) if when else "–"
