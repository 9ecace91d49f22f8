"""Two pages for a unit's conversation about its result, as tagged PDF/UA-1 by typst."""

from pathlib import Path
from typing import Any, Final

from flask_babel import format_date
from flask_babel import gettext as _

from dialog.core.published import PublishedGroup
from dialog.results import wording
from dialog.results.comparing import item_interval
from dialog.results.drawing import pictures
from dialog.results.models import Release
from dialog.results.reading import reasons, talking
from dialog.results.reading.page import GroupPage
from dialog.results.wording import decimal, said, span, whole
from dialog.web import typesetting

MOST, FEW = 5, 3  # questions, so that two pages are two
TEMPLATE: Final = Path(__file__).parent / "talk.typ"


def pdf(page: GroupPage, above: GroupPage | None = None) -> bytes:
    """The same bytes for the same page. Words go in as data, never as markup. Where the unit is
    protected, `above` is the page of the nearest that is published.
    """
    return typesetting.pdf(TEMPLATE, _data(page, above or page))


def _data(page: GroupPage, told: GroupPage) -> dict[str, Any]:
    """`told` is the page whose figures are shown."""
    return {
        "language": wording.language(),
        "title": page.group.name,
        "subtitle": _subtitle(page),
        "lead": _lead(page),
        "shown": None if told.group.protected else _shown(told.group, told),
        "questions": None if told.group.protected else _questions(told),
        "talk_title": _("Tre frågor att prata om"),
        "talk": [[one.title, one.text] for one in talking.questions(told)],
        "guide_title": _("Så kan ni göra"),
        "guide": talking.guide(page),
        "notes": [_("Det här vill vi pröva"), _("Vem gör det"), _("När ser vi efter hur det gick")],
        "protection": _(
            "Inget resultat visas för en grupp där färre än %(k)s har svarat. Ingen, inte heller"
            " chefen, kan se vem som har svarat vad.",
            k=page.release.k,
        ),
    }


def _subtitle(page: GroupPage) -> str:
    words = _(
        "Underlag för samtal. Enkäten ”%(title)s”, publicerad %(day)s.",
        title=page.release.title,
        day=_day(page.release),
    )
    if page.corrected_by is not None:
        words += " " + _("Resultatet rättades %(day)s.", day=_day(page.corrected_by))
    elif page.release.correction:
        words += " " + _("Rättat resultat.")
    return str(words)


def _day(release: Release) -> str:
    return str(format_date(release.released_at, "d MMMM yyyy"))


def _lead(page: GroupPage) -> str:
    if page.group.protected:
        words = reasons.reason(page)
        if page.nearest is not None:
            words += " " + _(
                "Svaren ingår i resultatet för %(unit)s. Läs det, och prata om hur det är hos er.",
                unit=page.nearest.name,
            )
        return words
    words = _("%(n)s svar", n=whole(page.group.n))
    if page.group.rate is not None:
        words += ", " + _("%(rate)s %% av de inbjudna", rate=page.group.rate)
    titles = [said(scale.title) for scale in page.scales]
    means = [page.compared.score(scale.name) for scale in page.scales]
    return f"{words}. {wording.scores_sentence(titles, means)}".strip()


def _shown(group: PublishedGroup, page: GroupPage) -> dict[str, Any] | None:
    """The picture of the scales with its words, and its table."""
    if not page.scales:
        return None
    others = page.compared.others[:2]
    return {
        "heading": _("Resultat för %(unit)s, och jämförelse", unit=group.name),
        "chart": pictures.of_scores(page.form, page.compared, wide=True).decode(),
        "alt": _(
            "Skalornas medelvärden för %(place)s. Alla siffror står i tabellen.", place=group.name
        ),
        "head": [
            _("Skala"),
            group.name,
            interval_heading(),
            *(other.name for other in others),
        ],
        "rows": [
            [
                said(scale.title),
                decimal(page.compared.score(scale.name)) or _("Visas inte"),
                span(page.compared.interval(scale.name)) or "–",
                *(
                    decimal(mean) or "–"
                    for mean in page.compared.other_scores(scale.name)[: len(others)]
                ),
            ]
            for scale in page.scales
        ],
        "note": _(
            "En skala är medelvärdet av flera frågor. Intervallet säger hur mycket slumpen kan ha"
            " gjort: med få svar är det brett, och en skillnad kan vara tillfällig."
        ),
    }


def _questions(page: GroupPage) -> dict[str, Any] | None:
    """The few questions in which the unit differs most."""
    found = talking.differing(page)[: MOST if len(page.scales) <= MOST else FEW]
    if not found:
        return None
    other = page.compared.others[-1]
    return {
        "heading": _("Frågor där skillnaden är störst"),
        "head": [_("Fråga"), page.group.name, interval_heading(), other.name],
        "rows": [
            [
                said(item.text),
                decimal(page.group.items[item.name].mean),
                span(item_interval(item, page.group.items[item.name])),
                decimal(other.items[item.name].mean),
            ]
            for item in found
        ],
    }


def interval_heading() -> str:
    return str(_("95 %%-intervall")) % ()
