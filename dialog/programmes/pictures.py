"""The pictures of a programme, by what they are called in addresses."""

from collections.abc import Callable
from functools import partial

from flask_babel import gettext as _

from dialog.core.scoring import ends
from dialog.programmes.page import ProgrammePage, sides
from dialog.results.drawing import pictures
from dialog.results.drawing.score_drawings import Score, dots
from dialog.results.wording import said
from dialog.surveys.sub_study_words import short

Draw = Callable[[], bytes]


def drawings(page: ProgrammePage, *, wide: bool) -> dict[str, Draw]:
    """What draws each picture that there is."""
    found: dict[str, Draw] = {}
    if page.shown.rows:
        found["skalor"] = partial(_scales, page, wide=wide)
    for study in page.shown.studies:
        if study.gap:
            one, other = sides(study.part)
            ends_of_gap = (
                _("%(who)s högre", who=other.capitalize()),
                _("%(who)s högre", who=one.capitalize()),
            )
            found[f"nivaer-{study.part.value}"] = partial(
                pictures.of_contrasts, study.gap, ends_of_gap, wide=wide
            )
        if study.change:
            ends_of_change = (_("Lägre än förra gången"), _("Högre än förra gången"))
            found[f"forandring-{study.part.value}"] = partial(
                pictures.of_contrasts, study.change, ends_of_change, wide=wide
            )
    return found


def _scales(page: ProgrammePage, *, wide: bool) -> bytes:
    scores = [
        Score(
            said(row.scale.title),
            ends(row.form, row.scale),
            row.means[0],
            "",  # one number beside several marks would be read as all of theirs
            row.means[1:],
            beside=True,
        )
        for row in page.shown.rows
    ]
    names = [short(study.part) for study in page.shown.studies]
    return dots(scores, names, _("Visas inte"), wide=wide)
