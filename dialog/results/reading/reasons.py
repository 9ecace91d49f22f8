"""Why a unit has no result of its own, in words. It says what was decided before anybody answered,
and never how many did.
"""

from flask_babel import gettext as _

from dialog.results.reading.page import GroupPage
from dialog.web.i18n import all_of


def reason(page: GroupPage) -> str:
    """A sentence or two for a protected page; the same whatever was answered there."""
    return str(_("Här visas inget resultat.") + " " + _cause(page))


def _cause(page: GroupPage) -> str:
    if page.result_group is not None:
        return str(
            _(
                "Enheten är för liten för ett eget. Innan enkäten öppnade bestämdes att de här"
                " redovisas tillsammans: %(units)s.",
                units=all_of(page.together),
            )
        )
    if page.few_asked:
        return str(
            _(
                "Färre än %(k)s fick frågan här, så det var aldrig möjligt, hur många som än"
                " svarade.",
                k=page.release.k,
            )
        )
    return str(
        _(
            "Antingen har för få svarat, eller så skulle siffrorna göra det möjligt att räkna ut"
            " vad en liten grupp har svarat."
        )
    )


def nearest(page: GroupPage) -> str:
    """Where the answers are told of instead; empty where nothing above is published."""
    if page.nearest is None:
        return ""
    return str(_("Svaren ingår i resultatet för %(unit)s.", unit=page.nearest.name))
