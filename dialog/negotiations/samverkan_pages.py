"""The steps of samverkan as pages, where they are others than of a negotiation; and which a matter
has.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from flask_babel import lazy_gettext as _l

from dialog.core.negotiating.matters import Action, table
from dialog.core.negotiating.rules import Rules
from dialog.negotiations.step_pages import STEPS, Step

A = Action
_OWN: Final[Mapping[str, Step]] = {
    "kalla": replace(
        STEPS["kalla"], button=_l("Kalla gruppen"), day=_l("Vilken dag kallades gruppen?")
    ),
    "borja": replace(
        STEPS["borja"],
        button=_l("Anteckna att gruppen tog upp ärendet"),
        means=_l("Gruppen har tagit upp ärendet vid ett möte. Det kan fortsätta vid fler möten."),
        done=_l("Ärendet är uppe i gruppen."),
    ),
    "ajournera": replace(
        STEPS["ajournera"],
        button=_l("Fortsätt vid ett annat möte"),
        means=_l("Gruppen blev inte klar. Ärendet tas upp igen vid ett annat möte."),
        done=_l("Ärendet fortsätter vid ett annat möte."),
    ),
    "enighet": replace(
        STEPS["enighet"],
        means=_l(
            "Alla parter är överens. Dagen då samverkan avslutas är en annan sak än dagen då"
            " protokollet justeras."
        ),
        done=_l("Samverkan är avslutad i enighet."),
        day=_l("Vilken dag avslutades samverkan?"),
    ),
    "oenighet": Step(
        A.DISAGREE,
        _l("Avsluta i oenighet"),
        _l(
            "Parterna är inte överens. Skriv ner det vid mötet. Sedan kan organisationerna begära"
            " central förhandling, så många dagar som avtalet säger."
        ),
        _l("Samverkan är avslutad i oenighet."),
        counts=_l("Oenigheten räknas från i dag, då du skriver ner den."),
        why=_l("Vad menar var och en av parterna?"),
        asks=("reason",),
        kind="danger",
    ),
    "aterkalla": replace(
        STEPS["aterkalla"],
        button=_l("Återkalla ärendet"),
        means=_l("Ni vill inte ta upp ärendet längre, och det läggs till handlingarna."),
        done=_l("Ärendet är återkallat."),
    ),
}


def pages(rules: Rules) -> Mapping[str, Step]:
    """Those of a matter under its rules, by their part of the address."""
    of = {**STEPS, **_OWN} if rules.samverkan else STEPS
    takes = table(rules)
    return {slug: step for slug, step in of.items() if step.action in takes}
