"""The finding of a picture of differences, in a sentence."""

from collections.abc import Sequence

from flask_babel import gettext as _

from dialog.results.contrasts import Contrast
from dialog.results.wording import decimal, said


def gap_sentence(contrasts: Sequence[Contrast], sides: tuple[str, str]) -> str:
    """Where two groups of levels differ the most; or that they do not, as far as can be told.
    `sides` are words for the two, as they stand in a sentence.
    """
    most = most_certain(contrasts)
    if most is None:
        return str(_("Inga skillnader är så stora att slumpen inte kan förklara dem."))
    words = {
        "title": said(most.scale.title),
        "one": sides[0],
        "other": sides[1],
        "by": decimal(abs(most.difference.estimate)),
        "low": decimal(min(abs(most.difference.interval.low), abs(most.difference.interval.high))),
        "high": decimal(max(abs(most.difference.interval.low), abs(most.difference.interval.high))),
    }
    if most.difference.estimate > 0:
        sentence = _(
            "Störst är skillnaden i %(title)s: %(one)s svarar %(by)s högre än %(other)s"
            " (mellan %(low)s och %(high)s)."
        )
    else:
        sentence = _(
            "Störst är skillnaden i %(title)s: %(one)s svarar %(by)s lägre än %(other)s"
            " (mellan %(low)s och %(high)s)."
        )
    return str(sentence) % words


def change_sentence(contrasts: Sequence[Contrast]) -> str:
    """What has changed the most; or that nothing has, as far as can be told."""
    most = most_certain(contrasts)
    if most is None:
        return str(_("Inga förändringar är så stora att slumpen inte kan förklara dem."))
    words = {"title": said(most.scale.title), "by": decimal(abs(most.difference.estimate))}
    if most.difference.estimate > 0:
        return str(_("Mest har %(title)s ökat, med %(by)s.")) % words
    return str(_("Mest har %(title)s minskat, med %(by)s.")) % words


def most_certain(contrasts: Sequence[Contrast]) -> Contrast | None:
    """The largest difference that chance does not explain."""
    certain = [one for one in contrasts if one.difference.certain]
    return max(certain, key=lambda one: abs(one.difference.estimate), default=None)
