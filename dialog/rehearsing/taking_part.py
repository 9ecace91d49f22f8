"""The documents of who is asked, and of who takes part."""

from collections.abc import Iterator

from flask_babel import gettext as _

from dialog.rehearsing.calendar import Calendar
from dialog.rehearsing.columns import LISTED
from dialog.rehearsing.paper import Paper, until
from dialog.surveys.models import Access, Round


def papers(round_: Round, days: Calendar) -> Iterator[Paper]:
    """Before the answers are opened."""
    if round_.access is not Access.LINK:
        yield Paper(
            "list",
            _("Deltagarlistan") if round_.access.mails else _("Listan över koder"),
            _listed(round_),
            # Codes are made and handed out from the approval on.
            since=None if round_.access.prints else days.opens,
            until=until(round_, "list"),
            disposed=True,
            tables=("invitation",),
            columns=LISTED,
        )
    if round_.access.prints:
        yield Paper(
            "stacks",
            _("Högarna med lappar"),
            _(
                "För varje hög: hur många koder, för vilken enhet och nivå, när den gjordes och om"
                " den är tillbakadragen. Vilka koder som har använts står i listan."
            ),
            until=until(round_, "list"),
            disposed=True,
            tables=("code_stack",),
        )
    if round_.access is Access.LINK:
        yield Paper(
            "marks",
            _("Märken efter dem som har svarat"),
            _(
                "Kontrollsumman av varje begäran om att få svara. Den säger inte vem, inte när och"
                " inte vad."
            ),
            since=days.opens,
            until=until(round_, "list", "rows"),
            disposed=True,
            tables=("link_issue",),
        )
    yield Paper("rates", _("Hur många som har svarat"), _rates(round_), since=days.opens)


def _listed(round_: Round) -> str:
    words = {
        Access.INVITED: _(
            "Vilka som fick frågan och vilka som har svarat. Inte när, och inte vad."
        ),
        Access.CODES: _(
            "Vilka koder som har använts. Inte av vem, inte när, och inte till vad. Koder kan göras"
            " när omgången är godkänd."
        ),
        Access.BOTH: _(
            "Vilka som fick frågan med mejl och vilka som har svarat, och vilka koder som har"
            " använts. Inte när, och inte vad. Koder kan göras när omgången är godkänd, och"
            " inbjudningarna när den öppnar."
        ),
    }
    return str(words[round_.access])


def _rates(round_: Round) -> str:
    if round_.access is Access.LINK:
        words = _(
            "I hela omgången, räknat en gång om dagen. Bara tal från %(k)s visas.", k=round_.k
        )
    else:
        words = _(
            "I hela omgången och för varje förvaltning, räknat en gång om dagen. Bara tal från"
            " %(k)s visas.",
            k=round_.k,
        )
    return str(words)
