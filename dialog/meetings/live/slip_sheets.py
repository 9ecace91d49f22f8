"""Slips for guests as sheets to print and cut apart, in both languages."""

import secrets
from collections.abc import Sequence
from textwrap import shorten
from typing import Final

from flask_babel import force_locale
from flask_babel import gettext as _

from dialog.meetings.live import codes, guests
from dialog.meetings.models import Meeting
from dialog.settings import Settings
from dialog.web import slips
from dialog.web.i18n import LANGUAGES
from dialog.web.slips import Slip, SlipWords

LONGEST: Final = 80  # of the meeting's name: more has no room on a slip


def pdf(settings: Settings, meeting: Meeting, made: Sequence[str]) -> bytes:
    """The slips with these codes, in an order drawn now."""
    code = codes.shown(guests.code(settings.keys, meeting_id=meeting.id))
    page = f"{settings.base_url}/m"
    sheet = [Slip(codes.shown(each), f"{page}/{code}#{codes.shown(each)}") for each in made]
    secrets.SystemRandom().shuffle(sheet)
    words = []
    for language in LANGUAGES:
        with force_locale(language):
            words.append(_words(language, meeting, page.partition("://")[2], code, len(made)))
    return slips.pdf(sheet, words)


def _words(language: str, meeting: Meeting, page: str, code: str, count: int) -> SlipWords:
    title = shorten(meeting.title, LONGEST, placeholder=" …")
    return SlipWords(
        language=language,
        asks=_("Din lapp för att rösta i mötet"),
        title=title if language == LANGUAGES[0] else "",  # once is enough
        how=_(
            "Skanna rutan. Eller gå till %(page)s, skriv mötets kod %(code)s och sedan lappens.",
            page=page,
            code=code,
        ),
        protection=_(
            "Lappen ger ett pass, i en webbläsare. Ingen antecknar vem som har fått vilken."
        ),
        place="",
        cover=(
            _("Till dig som delar ut lapparna"),
            _("%(count)s lappar till mötet ”%(title)s”.", count=count, title=title),
            _("Klipp isär lapparna och blanda dem, till exempel i en låda."),
            _(
                "Ge en lapp till var och en som inte checkar in med sitt namn. Den som är incheckad"
                " har redan ett pass och ska inte ha någon lapp."
            ),
            _("Skriv inget på lapparna, och anteckna inte vem som har fått en."),
            _("Har lappar kommit bort? Dra tillbaka dem i Dialog och skriv ut nya."),
            _("Riv lappar som blir över när mötet är slut, och ta bort filen."),
        ),
    )
