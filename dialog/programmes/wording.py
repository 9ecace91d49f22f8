"""What the pictures of a programme show, in a sentence."""

from collections.abc import Sequence

from flask_babel import gettext as _

from dialog.results.contrast_wording import most_certain
from dialog.results.contrasts import Contrast
from dialog.results.wording import decimal, said


def gap_sentence(contrasts: Sequence[Contrast], sides: tuple[str, str]) -> str:
    """Where two groups of levels differ the most; or that they do not, as far as can be told."""
    most = most_certain(contrasts)
    if most is None:
        return str(_("Inga skillnader är så stora att slumpen inte kan förklara dem."))
    words = {
        "title": said(most.scale.title),
        "one": sides[0],
        "other": sides[1],
        "by": decimal(abs(most.difference.estimate)),
    }
    if most.difference.estimate > 0:
        return (
            str(_("Störst är skillnaden i %(title)s: %(one)s svarar %(by)s högre än %(other)s."))
            % words
        )
    return (
        str(_("Störst är skillnaden i %(title)s: %(one)s svarar %(by)s lägre än %(other)s."))
        % words
    )
