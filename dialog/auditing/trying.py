"""Trying published files from outside: releases of the same responses together, and those of
different responses each for itself.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dialog.auditing.answer_equations import People, make_equations
from dialog.auditing.answers import Answers
from dialog.auditing.arithmetic import at_an_end, one_answer, small_figures, small_remainders
from dialog.auditing.equations import Kind
from dialog.auditing.findings import Finding
from dialog.auditing.history import changed_answers, changes, whereabouts
from dialog.auditing.mean_equations import has_means_only, make_mean_equations
from dialog.auditing.measures import NO_MEASURES, Measures
from dialog.auditing.occupied import occupied
from dialog.auditing.possibilities import DisagreementError, Possibilities
from dialog.auditing.reading import Published

Least = Mapping[str, int]  # by item the smallest group; "" is the groups themselves
Tell = Callable[[int, int, str], None]  # the number of the item in hand from 1, of how many, which
TellApart = Callable[[str], None]  # the item whose releases contradict each other


@dataclass(frozen=True)
class Known:
    """What somebody knows beside the files."""

    people: People | None
    measures: Measures


def least(
    releases: Sequence[Published],
    *,
    k: int,
    sensitive: Sequence[str] = (),
    k_sensitive: int = 0,
    insiders: int = 0,
) -> dict[str, int]:
    """The smallest group of every item in the releases."""
    items = list(dict.fromkeys(item for seen in releases for item in seen.items))
    return {
        item: (max(k, k_sensitive) if item in sensitive else k) + insiders for item in ["", *items]
    }


def silent(*_what: object) -> None:
    """Tells nobody."""


def together(
    releases: Sequence[Published],
    ks: Least,
    people: People | None = None,
    measures: Measures = NO_MEASURES,
    *,
    tell: Tell = silent,
    apart: TellApart = silent,
) -> Iterator[Finding]:
    """Everything that can be derived from releases of the same responses, the oldest first, by
    somebody who knows how many `people` are where, if that is given, and the `measures`. Where
    several are of different responses, each is tried for itself, and `apart` is told.
    """
    known = Known(people, measures)
    for item, k in ks.items():
        for seen in releases:
            yield from small_figures(seen, item, k)
            yield from small_remainders(seen, item, k)
            yield from one_answer(seen, item)
            if item in measures.ends:
                yield from at_an_end(seen, item, measures.ends[item])
        yield from changes(releases, item, k)
        yield from changed_answers(releases, item, k)
    for at, item in enumerate(ks):
        tell(at + 1, len(ks), item)
        try:
            yield from _bounds(releases, item, ks)
            yield from _answers(releases, item, ks[item], known)
        except DisagreementError:
            if len(releases) > 1:
                apart(item)
            yield from _each(releases, item, ks, known)


def _answers(releases: Sequence[Published], item: str, k: int, known: Known) -> Iterator[Finding]:
    """Answers of hidden groups that can be computed, or too closely."""
    name = " + ".join(seen.name for seen in releases)
    where, people = whereabouts(releases), known.people
    equations = make_equations(releases, where, item, people)
    if item in known.measures.ends and has_means_only(releases, item):
        ends = known.measures.ends[item]
        equations = make_mean_equations(releases, where, item, ends, people)
    if equations is None:
        return
    table = Answers(equations, k=k)
    exact = list(table.exact())
    open_ = {one.number for one in exact if one.empty}
    if open_:
        open_ -= occupied(releases, where, item, equations, sorted(open_))
    for one in exact:
        what = f"svaren går att räkna ut: medelvärdet {one.mean:.2f}."
        if not table.has_numbers:
            what = "svaren går att räkna ut."
        cell, if_somebody = equations.cells[one.number], one.number in open_
        yield Finding(name, item, cell, what, if_somebody=if_somebody)
    width = table.mean_width(open_)
    if width is not None and width < table.enough:
        what = f"dolda medelvärden kan i snitt bara ligga {width:.2f} isär."
        yield Finding(name, item, ("", ""), what)


def _each(releases: Sequence[Published], item: str, ks: Least, known: Known) -> Iterator[Finding]:
    """Releases of responses that have changed in between: the changes are looked at by themselves,
    and so is each release.
    """
    for at, seen in enumerate(releases):
        own = None if known.people is None else _people_of(at, known.people)
        try:
            yield from _bounds([seen], item, ks)
            yield from _told(seen, item, ks[item], Known(own, known.measures))
        except DisagreementError:
            yield Finding(seen.name, item, ("", ""), "siffrorna motsäger varandra.")


def _told(seen: Published, item: str, k: int, known: Known) -> Iterator[Finding]:
    """Where the people are not those of the release, that is said, and it is tried without them."""
    try:
        yield from _answers([seen], item, k, known)
    except DisagreementError:
        if known.people is None:
            raise
        what = "siffrorna motsäger varandra: de publicerade och de svarande."
        yield Finding(seen.name, item, ("", ""), what)
        yield from _answers([seen], item, k, Known(None, known.measures))


def _people_of(release: int, people: People) -> People:
    """Those who were in a unit of that release, by the unit that they were in then."""
    found: dict[str, Counter[Kind]] = {}
    for item, kinds in people.items():
        found[item] = Counter()
        for (units, level), n in kinds.items():
            if units[release]:
                found[item][(units[release],), level] += n
    return found


def _bounds(releases: Sequence[Published], item: str, ks: Least) -> Iterator[Finding]:
    where, name = whereabouts(releases), " + ".join(seen.name for seen in releases)
    nested = [""] if not item else ["", item]
    asked = [(nested, [ks[""]] * len(nested))]
    if ks[item] > ks[""]:  # of itself it gives away no group below its own k
        asked.append(([item], [ks[item]]))
    for items, smallest in asked:
        for bound in Possibilities(releases, where, items).small(smallest):
            what = f"högst {bound.most} personer är möjligt."
            yield Finding(name, bound.item, bound.cell, what)
