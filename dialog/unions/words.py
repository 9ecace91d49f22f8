"""What pages say of groups of unions and the employer, and of mandates in them."""

from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.core.mandates import Standing
from dialog.unions.models import BodyKind, Mandate, MandateAction, UnionBody
from dialog.web.i18n import day

KINDS: Final[dict[BodyKind, Any]] = {
    BodyKind.CENTRAL: _l("Central förhandlingsgrupp"),
    BodyKind.REFERENCE: _l("Facklig referensgrupp"),
    BodyKind.COOPERATION: _l("Samverkansgrupp"),
}
STANDINGS: Final[dict[Standing, Any]] = {
    Standing.IN_FORCE: _l("Företräder nu"),
    Standing.COMING: _l("Kommande uppdrag"),
    Standing.ENDED: _l("Avslutade uppdrag"),
}
MARKS: Final[dict[Standing, Any]] = {
    Standing.IN_FORCE: _l("gäller"),
    Standing.COMING: _l("har inte börjat"),
    Standing.ENDED: _l("har upphört"),
}
HAPPENED: Final[dict[MandateAction, Any]] = {
    MandateAction.RECORDED: _l("Fördes in"),
    MandateAction.CHANGED: _l("Ändrades"),
    MandateAction.ENDED: _l("Fick en ny sista dag"),
    MandateAction.RESIGNED: _l("Lämnades av den som företräder"),
}


def room(body: UnionBody) -> str:
    """How the page of a body's matters is called."""
    together = body.kind is BodyKind.COOPERATION
    return str(_("Samverkan och förhandlingar") if together else _("Förhandlingar"))


def days(mandate: Mandate) -> str:
    """From when until when."""
    first = day(mandate.starts_on)
    if mandate.ends_on is None:
        return str(_("från %(first)s, tills vidare", first=first))
    return str(_("från %(first)s till och med %(last)s", first=first, last=day(mandate.ends_on)))
