"""What there is of a round that somebody may ask for, by its plan: since when and until when.

What is disposed of goes by the very duties that the worker does (`rounds.disposing`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from dialog.core.columns import TABULATED
from dialog.core.questionnaire import Kind, Questionnaire, items
from dialog.rehearsing.calendar import A_DAY, Calendar
from dialog.rehearsing.columns import ANSWERED, LISTED, WRITTEN, Columns
from dialog.surveys.models import Access, KeyHolder, Round
from dialog.surveys.rounds import disposing

TEXTS = frozenset({Kind.SHORT, Kind.LONG})


class There(StrEnum):
    NOT_YET = "not-yet"
    NOW = "now"
    GONE = "gone"


@dataclass(frozen=True)
class Paper:
    """`since` None: it is there already; `until` None: it is kept. Both are whole days. `earliest`:
    it may come later than on `since`. `columns`: of a table that is disposed of on a day decided.
    """

    name: str
    title: str
    about: str
    since: date | None = None
    until: date | None = None
    earliest: bool = False
    columns: Columns | None = None
    public: bool = False  # on pages that anybody can read

    def on(self, day: date) -> There:
        if self.since is not None and day < self.since:
            return There.NOT_YET
        return There.GONE if self.until is not None and self.until < day else There.NOW


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
        ),
        *_participation(round_, days),
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
        ),
        *(_answers(round_, form, days) if opened else ()),
        *(_results(days) if opened else ()),
    ]


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


def _participation(round_: Round, days: Calendar) -> Iterator[Paper]:
    if round_.access is not Access.LINK:
        yield Paper(
            "list",
            _("Deltagarlistan") if round_.access.mails else _("Listan över koder"),
            _listed(round_),
            # Codes are made and handed out from the approval on.
            since=None if round_.access.prints else days.opens,
            until=_until(round_, "list"),
            columns=LISTED,
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


def _answers(round_: Round, form: Questionnaire, days: Calendar) -> Iterator[Paper]:
    asked = list(items(form))
    if any(item.kind in TABULATED for item in asked):
        yield Paper(
            "rows",
            _("Svaren, en rad för varje"),
            _(
                "Utan namn och i slumpad ordning. Enhet och nivå står bara där minst %(k)s svar"
                " delar dem.",
                k=round_.k,
            ),
            since=days.opened,
            until=_until(round_, "rows"),
            earliest=True,
            columns=ANSWERED,
        )
    if any(item.kind in TEXTS for item in asked):
        yield Paper(
            "texts",
            _("Fritexterna som de skrevs"),
            _(
                "Skilda från raderna: det går inte att se vilka svar en text hör ihop med. Den som"
                " har skrivit något om sig själv kan kännas igen på det."
            ),
            since=days.opened,
            until=_until(round_, "texts"),
            earliest=True,
            columns=WRITTEN,
        )


def _results(days: Calendar) -> Iterator[Paper]:
    yield Paper(
        "public",
        _("Resultatet för regionen och förvaltningarna"),
        _("Sidor, diagram och filer som alla kan läsa utan att fråga."),
        since=days.published,
        earliest=True,
        public=True,
    )
    yield Paper(
        "release",
        _("Resultatets filer för alla enheter"),
        _(
            "Samma skyddade siffror för varje enhet och grupp. I Dialog ser en enhet sitt eget och"
            " chefer sina, men filerna kan begäras ut som handling."
        ),
        since=days.published,
        earliest=True,
    )


def units_gone(round_: Round, day: date) -> bool:
    """Whether the unit on the answers is disposed of on `day`."""
    return disposing.has_passed(round_, kind=disposing.KINDS["unit"], day=day)


def turning_days(
    round_: Round, found: list[Paper], days: Calendar, *, opened: bool = True
) -> list[tuple[date, list[str]]]:
    """The days on which something changes, the first first, with what does."""
    closing = _("omgången stänger, och svaren öppnas tidigast samma dag")
    events: list[tuple[date, Any]] = [
        (days.opens, _("omgången öppnar")),
        (days.opened, closing if opened else _("omgången stänger, och inga svar öppnas")),
    ]
    if opened and days.published != days.opened:
        events.append((days.published, _("resultatet kan publiceras")))
    events += [
        (one.until + A_DAY, _("%(what)s finns inte längre", what=one.title))
        for one in found
        if one.until is not None and one.name != "sealed"
    ]
    until = _until(round_, "unit")
    if opened and until is not None:
        events.append((until + A_DAY, _("enheten finns inte längre på svaren och fritexterna")))
    changes: dict[date, list[str]] = {}
    for day, what in sorted(events, key=lambda event: event[0]):
        changes.setdefault(day, []).append(str(what))
    return list(changes.items())


def _until(round_: Round, kind: str) -> date | None:
    return disposing.KINDS[kind].until(round_)


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
