"""What there is of a round that somebody may ask for, by its plan; and what there never is."""

from collections.abc import Iterator

from flask_babel import gettext as _

from dialog.core.questionnaire import Questionnaire
from dialog.rehearsing import opened as of_opened
from dialog.rehearsing import taking_part
from dialog.rehearsing.calendar import Calendar
from dialog.rehearsing.paper import Paper
from dialog.surveys.models import Access, KeyHolder, Round


def papers(
    round_: Round, form: Questionnaire, days: Calendar, *, opened: bool = True
) -> list[Paper]:
    """In the order in which they come to be. `opened`: enough answer for the ballots to be opened;
    else nothing comes of them.
    """
    return [
        Paper(
            "plan",
            _("Planen och frågorna"),
            _(
                "Vem som har planerat, granskat och godkänt omgången, och när. Målgruppen, tiderna,"
                " minsta grupp, resultatgrupperna och beslutet om gallring."
            ),
            tables=("round_step", "review_person"),
        ),
        *_holders(round_),
        *taking_part.papers(round_, days),
        Paper(
            "sealed",
            _("De krypterade svaren"),
            _sealed(round_),
            since=days.opens,
            until=days.sealed_until,
        ),
        Paper(
            "receipts",
            _("Listan över kvitton"),
            _("En kontrollsumma för varje kuvert som kom fram. Den säger inget om innehållet."),
            since=days.opened,
            earliest=True,
            public=True,
            tables=("receipt_list",),
        ),
        *_ceremony(round_, days),
        *(of_opened.papers(round_, form, days) if opened else ()),
    ]


def _holders(round_: Round) -> Iterator[Paper]:
    if round_.key_holder is KeyHolder.TRUSTEES:
        yield Paper(
            "holders",
            _("Listan över nyckelhållare"),
            _(
                "Vem som håller varje nyckel och vem som är ersättare, och när nyckeln gjordes,"
                " prövades och förstördes. På sidor som alla kan läsa står bara deras funktion."
            ),
            tables=("trustee", "key_test"),
        )


def _ceremony(round_: Round, days: Calendar) -> Iterator[Paper]:
    if round_.key_holder is KeyHolder.TRUSTEES:
        yield Paper(
            "ceremony",
            _("Protokollet över öppningen"),
            _(
                "Hur många kuvert varje nyckelhållare fick och lämnade, när, och kontrollsummor av"
                " dem. Vem som öppnade står också, men inte på sidor som alla kan läsa."
            ),
            since=days.opened,
            earliest=True,
            tables=("ceremony_step",),
        )


def _sealed(round_: Round) -> str:
    words = _(
        "Kuvert som ingen kan läsa, alla lika långa. De raderas när svaren har öppnats eller när"
        " tiden är ute."
    )
    if round_.key_holder is KeyHolder.PLATFORM:
        words += " " + _(
            "Plattformen har nyckeln tills den raderas. Tidigare kopior kan inte uteslutas."
        )
    return str(words)


def never(round_: Round) -> list[str]:
    """What can be asked for on no day at all, for it is never made."""
    found = [
        _("Vem som har svarat vad. Ett svar kan inte kopplas till en inbjudan."),
        _("När någon svarade, och från vilken dator, telefon eller nätadress."),
        _(
            "Ett enskilt svar med sin enhet eller grupp där färre än %(k)s svar delar den.",
            k=round_.k,
        ),
        _("Vad som står i ett krypterat kuvert, så länge det är stängt."),
    ]
    if round_.access is Access.LINK:
        found.append(_("En lista över vilka som har svarat: länken är densamma för alla."))
    if round_.access.prints:
        found.append(_("Vem som har fått vilken lapp."))
    return found
