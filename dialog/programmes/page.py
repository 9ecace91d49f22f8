"""What the page, the pictures and the files of a programme are made of: the last set of releases
that was tried together and passed.
"""

from dataclasses import dataclass
from uuid import UUID

from flask import abort
from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.review import SubStudy
from dialog.programmes import checking, queries
from dialog.programmes.models import ProgrammeCheck
from dialog.programmes.queries import Study
from dialog.programmes.side_by_side import SideBySide, side_by_side
from dialog.results.models import Release
from dialog.surveys.programme_models import Programme
from dialog.web.database import session


@dataclass(frozen=True)
class ProgrammePage:
    """`latest` is the check of all that is released now, None while it has not been made; `check`
    the last that passed, which `shown` is about.
    """

    programme: Programme
    studies: list[Study]
    latest: ProgrammeCheck | None
    check: ProgrammeCheck | None
    releases: list[Release]
    shown: SideBySide

    @property
    def is_waiting(self) -> bool:
        return self.latest is None and any(study.releases for study in self.studies)


def of_programme(programme_id: UUID) -> ProgrammePage:
    """The page; 404 if there is no such programme."""
    found = session().get(Programme, programme_id) or abort(404)
    return _page(session(), found)


def _page(db: Session, programme: Programme) -> ProgrammePage:
    studies = queries.studies(db, programme=programme)
    check = checking.last_passed(db, programme_id=programme.id)
    passed = set(check.releases) if check else set()
    by_part = {
        study.part: [each for chain in study.chains for each in chain if str(each.id) in passed]
        for study in studies
    }
    digest = checking.digest_of(queries.named(queries.chains(studies)))
    return ProgrammePage(
        programme=programme,
        studies=studies,
        latest=checking.known(db, programme_id=programme.id, digest=digest),
        check=check,
        releases=[each for releases in by_part.values() for each in releases],
        shown=side_by_side(db, releases=by_part),
    )


def sides(part: SubStudy) -> tuple[str, str]:
    """Whose answers are set against whose, in words that begin a cell or stand in a sentence."""
    words = {
        SubStudy.POLITICAL: (_("förtroendevalda"), _("chefer")),
        SubStudy.MANAGERS: (_("högre chefer"), _("första linjens chefer")),
        SubStudy.STAFF: (_("chefer"), _("medarbetare")),
    }
    first, second = words[part]
    return str(first), str(second)


def levels_of(part: SubStudy) -> str:
    """Which levels that is."""
    words = {
        SubStudy.POLITICAL: _("Chefer är direktörer och chefer på nivå 1 till 3."),
        SubStudy.MANAGERS: _(
            "Högre chefer är direktörer och chefer på nivå 2 och 3. Första linjens chefer är"
            " chefer på nivå 1."
        ),
        SubStudy.STAFF: _("Chefer är direktörer och chefer på nivå 1 till 3."),
    }
    shown = _("Det gäller de nivåer vars svar visas.")
    return f"{words[part]} {shown}"
