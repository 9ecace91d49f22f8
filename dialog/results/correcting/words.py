"""A correction in words: what it changes, where it stands, and why it could not be made."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.core.questionnaire import Questionnaire, items
from dialog.results import comparing, wording
from dialog.results.correcting import deciding, remaking
from dialog.results.correcting.changes import turned
from dialog.results.models import Correction, CorrectionState, Release
from dialog.surveys.rounds.publishing import Progress

S = CorrectionState
STATES: Final[Mapping[CorrectionState, Any]] = {
    S.PROPOSED: _l("Väntar på en godkännare"),
    S.APPROVED: _l("Godkänd, granskas av programmet"),
    S.PUBLISHED: _l("Publicerad"),
    S.REFUSED: _l("Kunde inte publiceras"),
    S.DECLINED: _l("Avslagen"),
    S.WITHDRAWN: _l("Tillbakatagen"),
}
REFUSALS: Final[Mapping[str, Any]] = {
    remaking.GONE: _l(
        "Svaren är gallrade, eller inte desamma som när resultatet publicerades. Därför går de inte"
        " att räkna om."
    ),
    remaking.MOVED_SINCE: _l(
        "Organisationen har ändrats sedan förslaget. Föreslå rättelsen igen. Tills dess gäller det"
        " som är publicerat."
    ),
    remaking.BETRAYS: _l(
        "Det rättade resultatet bredvid det som redan är publicerat skulle göra det möjligt att"
        " räkna ut vad en liten grupp har svarat, hur mycket som än döljs. Det som är publicerat"
        " gäller."
    ),
    remaking.ARCHIVED: _l(
        "Omgången arkiverades innan det rättade resultatet var klart. Det som är publicerat gäller."
    ),
    remaking.SAME: _l("Ingen siffra skulle bli en annan. Det som är publicerat gäller."),
}


def changes(
    form: Questionnaire,
    *,
    reorganised: bool,
    withheld: Iterable[str],
    turns: Iterable[Sequence[str]],
) -> list[str]:
    """What is corrected, a sentence each. `form` is the one that was corrected."""
    asked = {item.name: wording.said(item.text) for item in items(form)}
    scales = {scale.name: scale for scale in form.scales}
    told: list[str] = []
    if reorganised:
        told.append(_("Resultatet räknas efter organisationen som den är nu."))
    told += [_("Frågan ”%(item)s” visas inte längre.", item=asked[name]) for name in withheld]
    for name, item in turns:
        scale, words = (
            scales[name],
            {"item": asked[item], "scale": wording.said(scales[name].title)},
        )
        told.append(
            _("Frågan ”%(item)s” vänds inte längre i skalan ”%(scale)s”.", **words)
            if item in scale.reversed
            else _("Frågan ”%(item)s” vänds i skalan ”%(scale)s”.", **words)
        )
    return told


def proposed(correction: Correction, form: Questionnaire) -> list[str]:
    return changes(
        form,
        reorganised=correction.reorganised,
        withheld=correction.withheld,
        turns=correction.turned,
    )


def corrected(release: Release) -> list[str]:
    """What was corrected in a release; nothing, if it is the first."""
    told = release.correction
    if not told:
        return []
    before = questionnaire_before(release)
    return changes(
        before, reorganised=told["reorganised"], withheld=told["withheld"], turns=told["turned"]
    )


def questionnaire_before(release: Release) -> Questionnaire:
    """The form as it was before what was turned in it."""
    return turned(comparing.form(release.questionnaire), release.correction["turned"])


def standing(correction: Correction, progress: Progress | None) -> str:
    """Where it stands; `progress` is how far its making is."""
    if deciding.has_stopped(correction, progress):
        return str(_("Har stannat: godkänd, men inte granskad"))
    return str(STATES[correction.state])


def refusal(correction: Correction) -> str:
    """Why it could not be published."""
    return str(REFUSALS.get(correction.answer, correction.answer))
