"""What the people of a unit may talk about: three questions out of their own result, and how."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from dialog.core.questionnaire import Item
from dialog.results.comparing import Compared, item_interval
from dialog.results.reading.page import GroupPage
from dialog.results.wording import decimal, said

QUESTIONS = 3
DIFFERS = 0.1  # of a mean as it is written


@dataclass(frozen=True)
class Talk:
    """`title` is a few words, `text` a question to begin with."""

    title: str
    text: str


def questions(page: GroupPage) -> list[Talk]:
    """Three, taken from where the unit differs most from what it is compared with. No answer is
    called good or bad: which way is up is for those who talk.
    """
    found = [] if page.group.protected else [*_scales(page), *_item(page)]
    return [*found, *_always()][:QUESTIONS]


def guide(page: GroupPage) -> list[str]:
    """How to talk about a result, or about that of a larger whole where there is none of one's
    own; in the order in which it is done.
    """
    if page.group.protected:
        return _without_a_result(page)
    return [
        _("Säg först vad samtalet ska leda till och hur länge det ska hålla på."),
        _("Låt var och en läsa och tänka tyst i två minuter innan någon säger något."),
        _("Ingen ska behöva berätta vad hen har svarat, och ingen ska gissa vad andra har svarat."),
        _("Prata två och två först. Chefen lyssnar och talar sist."),
        _("Skriv upp en sak att pröva, vem som gör den och när ni ser efter hur det gick."),
    ]


def _without_a_result(page: GroupPage) -> list[str]:
    near = page.nearest
    first = (
        _(
            "Läs resultatet för %(unit)s tillsammans. Era svar finns i det, blandade med andras.",
            unit=near.name,
        )
        if near
        else _("Säg att ni inte har någon siffra att utgå från, och att det går bra ändå.")
    )  # fmt: skip - the sentence stays in one piece
    return [
        first,
        _("Låt var och en tänka tyst i två minuter: vad känner vi igen, och vad är annorlunda?"),
        _("Ingen ska behöva säga om hen har svarat, eller vad. Försök inte räkna ut det."),
        _("Är ni få, skriv på lappar. Blanda dem och läs upp dem utan att fråga vem som skrev."),
        _("Prata två och två först. Chefen lyssnar och talar sist."),
        _("Skriv upp en sak att pröva, vem som gör den och när ni ser efter hur det gick."),
    ]


def _scales(page: GroupPage) -> Iterator[Talk]:
    """The scale that lies furthest above the others', and the one furthest below."""
    if not page.compared.others:
        return
    other = page.compared.others[-1]
    differences = sorted(
        (
            (score.mean - other.scores[scale.name].mean, scale)
            for scale in page.scales
            if (score := page.group.scores.get(scale.name)) and scale.name in other.scores
        ),
        key=lambda pair: pair[0],
    )
    for differs, scale in (differences[-1:] + differences[:1]) if differences else ():
        words = {
            "title": said(scale.title),
            "other": other.name,
            "here": decimal(page.group.scores[scale.name].mean),
            "there": decimal(other.scores[scale.name].mean),
        }
        doubt = _doubt(page.compared, scale.name, other.scores[scale.name].mean)
        if differs >= DIFFERS:
            yield Talk(
                _("Högre än %(other)s: %(title)s", **words),
                _("Medelvärdet är %(here)s här och %(there)s i %(other)s.", **words)
                + doubt
                + " "
                + _("Vad hos er gör att det är så? Hur ser ni till att det förblir så?"),
            )
        elif differs <= -DIFFERS:
            yield Talk(
                _("Lägre än %(other)s: %(title)s", **words),
                _("Medelvärdet är %(here)s här och %(there)s i %(other)s.", **words)
                + doubt
                + " "
                + _("När märks det i vardagen? Vad skulle ni vilja pröva?"),
            )


def _doubt(compared: Compared, scale: str, other: float) -> str:
    interval = compared.interval(scale)
    if interval is None or not interval.low <= other <= interval.high:
        return ""
    return " " + str(_("Skillnaden kan bero på slumpen."))


def differing(page: GroupPage) -> list[Item]:
    """The questions in which the unit differs from the whole by more than chance may do, those in
    which it does so most first.
    """
    if page.group.protected or not page.compared.others:
        return []
    other = page.compared.others[-1]
    found: list[tuple[float, str, Item]] = []
    for section in page.sections:
        for item in (item for part in section.blocks for item in part.block.items):
            here, there = page.group.items.get(item.name), other.items.get(item.name)
            interval = item_interval(item, here)
            if not (interval and here and there and here.mean is not None):
                continue
            if there.mean is not None and not interval.low <= there.mean <= interval.high:
                found.append((-abs(here.mean - there.mean), item.name, item))
    return [item for _most, _name, item in sorted(found, key=lambda each: each[:2])]


def _item(page: GroupPage) -> Iterator[Talk]:
    for item in differing(page)[:1]:
        other = page.compared.others[-1]
        yield Talk(
            _("Där ni skiljer er mest"),
            _(
                "På ”%(question)s” är medelvärdet %(here)s här och %(there)s i %(other)s. Känner ni"
                " igen det? Berätta om ett tillfälle som ni minns.",
                question=said(item.text),
                here=decimal(page.group.items[item.name].mean),
                there=decimal(other.items[item.name].mean),
                other=other.name,
            ),
        )


def _always() -> list[Talk]:
    return [
        Talk(_("Det som förvånar"), _("Vad i resultatet förvånar er? Vad känner ni igen?")),
        Talk(
            _("Det som är svårt att säga"),
            _("När är det lätt att säga vad man tycker hos oss, och när är det svårt?"),
        ),
        Talk(
            _("Nästa steg"),
            _("Vad vill ni ska vara annorlunda om ett år? Vad är det första lilla steget?"),
        ),
    ]
