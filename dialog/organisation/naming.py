"""Units as people write them in a field: by name, by code, or as they are suggested, with both."""

from collections.abc import Sequence

from flask_babel import gettext as _

from dialog.core.errors import WrongInputError
from dialog.organisation.queries import Node


def suggestion(node: Node) -> str:
    return f"{node.name} ({node.code})"


def code_of(text: str, nodes: Sequence[Node]) -> str | None:
    """The code of the unit that was written; None if nothing was. Raises WrongInputError where no
    unit, or more than one, is called so.
    """
    wanted = " ".join(text.split()).casefold()
    if not wanted:
        return None
    exact = [n.code for n in nodes if wanted in {suggestion(n).casefold(), n.code.casefold()}]
    found = exact or [node.code for node in nodes if wanted == node.name.casefold()]
    if not found:
        raise WrongInputError(
            _("Det finns ingen sådan enhet här. Välj i listan, eller skriv enhetens kod.")
        )
    if len(found) > 1:
        raise WrongInputError(_("Flera enheter heter så. Välj i listan, där koden också står."))
    return found[0]
