"""What one can follow: everything, a series, or a förvaltning, as words in a row and for people."""

from typing import Final

from sqlmodel import Session

from dialog.commitments.models import Commitment
from dialog.organisation import queries as organisation
from dialog.organisation.models import Unit

ALL: Final = "all"
SERIES: Final = "series:"
FORVALTNING: Final = "forvaltning:"


def of_commitment(session: Session, *, commitment: Commitment) -> list[str]:
    """The subjects that the commitment belongs to."""
    found = [ALL]
    if commitment.series:
        found.append(SERIES + commitment.series)
    if commitment.forvaltning_id is not None:
        found.append(FORVALTNING + session.get_one(Unit, commitment.forvaltning_id).code)
    return found


def name_of(session: Session, *, what: str) -> str:
    """The series' or the förvaltning's name; empty for everything."""
    if what.startswith(SERIES):
        return what.removeprefix(SERIES)
    if what.startswith(FORVALTNING):
        code = what.removeprefix(FORVALTNING)
        unit = organisation.unit(session, code=code)
        return unit.name if unit else code
    return ""
