"""What is wrong with a batch that a trustee hands in, and what to do about it."""

from flask_babel import gettext as _

from dialog.core.ballots.batch import Fault
from dialog.core.errors import RefusedError


class NotHandedOverError(RefusedError):
    """The batch to be opened is not there yet; try again later."""


class WrongBatchError(RefusedError):
    """A batch that cannot be believed; the sentence says what is wrong and what to do."""


def of_fault(fault: Fault) -> WrongBatchError:
    words = {
        Fault.HEADER: _("Filen innehåller inga svar från Dialog. Välj filen som du har öppnat."),
        Fault.ROUND: _("Filen hör till en annan omgång. Välj den här omgångens fil."),
        Fault.LENGTH: _("Svaren i filen har fel längd. Öppna ditt lås igen med filen härifrån."),
        Fault.CUT: _("Filen kom inte fram hel. Lämna in den igen."),
        Fault.ORDER: _(
            "Svaren i filen står i fel ordning, eller ett av dem två gånger. Öppna ditt lås igen"
            " med filen härifrån."
        ),
    }
    return WrongBatchError(words[fault] + " " + nothing_lost())


def other_layers(*, layers: int, place: int) -> WrongBatchError:
    """A batch with another number of layers left than when `place` has opened."""
    if layers > place:
        words = _(
            "Ditt lås är inte öppnat i filen. Är det filen som du hämtade här? Öppna den först."
        )
    else:
        words = _("Fler lås än ditt är öppnade i filen. Välj filen från det här steget.")
    return WrongBatchError(words + " " + nothing_lost())


def other_number(*, came: int, left: int) -> WrongBatchError:
    words = _(
        "%(came)s svar lämnades till dig, men filen har %(left)s. Lika många ska lämnas vidare."
        " Öppna ditt lås igen med filen härifrån.",
        came=came,
        left=left,
    )
    return WrongBatchError(words + " " + nothing_lost())


def other_batch() -> WrongBatchError:
    words = _(
        "Det är en annan fil som har öppnats än den som väntar nu. Hämta filen och öppna den."
    )
    return WrongBatchError(words + " " + nothing_lost())


def other_record() -> WrongBatchError:
    words = _(
        "Protokollet hör inte till filen. Lämna in de två filer som kommandot skrev tillsammans."
    )
    return WrongBatchError(words + " " + nothing_lost())


def from_box() -> WrongBatchError:
    return WrongBatchError(
        _(
            "Filen från valurnan är skadad eller inte underskriven av den. Omgången är kvar"
            " som stängd. Be den som sköter driften att undersöka filen."
        )
    )


def damaged() -> WrongBatchError:
    return WrongBatchError(
        _(
            "Filen med svaren är borta eller skadad på servern. Den som öppnade senast kan lämna"
            " in sin fil en gång till, så går det vidare."
        )
    )


def nothing_lost() -> str:
    return str(_("Inget är ändrat."))
