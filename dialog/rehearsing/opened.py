"""The documents that come of opened answers: the answers, what is reviewed of them, the result."""

from collections.abc import Iterator

from flask_babel import gettext as _

from dialog.core.columns import TABULATED
from dialog.core.questionnaire import Kind, Questionnaire, items
from dialog.rehearsing.calendar import Calendar
from dialog.rehearsing.columns import ANSWERED, WRITTEN
from dialog.rehearsing.paper import Paper, until
from dialog.surveys.models import Round

TEXTS = frozenset({Kind.SHORT, Kind.LONG})


def papers(round_: Round, form: Questionnaire, days: Calendar) -> Iterator[Paper]:
    yield from _answers(round_, form, days)
    yield from _results(days)
    if _texts_in(form):
        yield from _reviewed(round_, days)


def _texts_in(form: Questionnaire) -> bool:
    return any(item.kind in TEXTS for item in items(form))


def _answers(round_: Round, form: Questionnaire, days: Calendar) -> Iterator[Paper]:
    if any(item.kind in TABULATED for item in items(form)):
        yield Paper(
            "rows",
            _("Svaren, en rad för varje"),
            _(
                "Utan namn och i slumpad ordning. Enhet och nivå står bara där minst %(k)s svar"
                " delar dem.",
                k=round_.k,
            ),
            since=days.opened,
            until=until(round_, "rows"),
            earliest=True,
            disposed=True,
            tables=("response",),
            columns=ANSWERED,
        )
    if _texts_in(form):
        yield Paper(
            "texts",
            _("Fritexterna som de skrevs"),
            _(
                "Skilda från raderna: det går inte att se vilka svar en text hör ihop med. Den som"
                " har skrivit något om sig själv kan kännas igen på det."
            ),
            since=days.opened,
            until=until(round_, "texts"),
            earliest=True,
            disposed=True,
            tables=("text_answer",),
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
        tables=("release", "release_group"),
    )


def _reviewed(round_: Round, days: Calendar) -> Iterator[Paper]:
    yield Paper(
        "decided",
        _("Besluten om fritexterna"),
        _("Vem som har granskat varje text, när, och vad som bestämdes. Gallras med texterna."),
        since=days.published,
        until=until(round_, "texts"),
        earliest=True,
        disposed=True,
        tables=("text_decision",),
    )
    yield Paper(
        "approved",
        _("Fritexterna som de får visas"),
        _(
            "Citat, ibland med ord dolda, eller en sammanfattning, vid regionen, en förvaltning"
            " eller en verksamhet. Inte vilken text det kommer från, och inte när."
        ),
        since=days.published,
        earliest=True,
        tables=("approved_text",),
    )
