"""Files for researchers: the synthetic package, and the real one for people who are named."""

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, url_for
from flask_babel import gettext as _

from dialog.people.signing_in import me, permitted
from dialog.research import fetching, synthetic
from dialog.research import page as pages
from dialog.research.models import DataChoice, DataExport, RoundData
from dialog.research.packaging import file_name
from dialog.surveys.models import Round
from dialog.web.database import let_go, session


@permitted("application.see")
def synthetic_package(application_id: UUID, round_id: UUID) -> Any:
    """Invented rows with the real codebook, for the variables that are chosen so far."""
    application = pages.visible(application_id)
    choice = session().get(DataChoice, (application.id, round_id)) or abort(404)
    plan = synthetic.plan(
        session(),
        round_=session().get_one(Round, round_id),
        data=session().get_one(RoundData, round_id),
        names=choice.variables,
        language=application.language,
    )
    let_go()  # it takes some seconds
    return _zip(synthetic.build(plan), file_name(plan.title, "syntetisk"))


@permitted("application.see")
def fetch(application_id: UUID, export_id: UUID) -> Any:
    """The package. That it was fetched, and by whom, is on record before the first byte leaves."""
    application = pages.visible(application_id)
    if not fetching.is_reader(session(), application=application, person_id=me()):
        abort(404)
    export = session().get(DataExport, export_id) or abort(404)
    if export.application_id != application.id:
        abort(404)
    content = fetching.fetch(session(), export=export, by=me())
    if content is None:
        flash(_("Paketet kan inte hämtas längre."), "warning")
        return redirect(url_for("research.application", application_id=application.id))
    title = session().get_one(Round, export.round_id).title
    return _zip(content, file_name(title, application.number))


def _zip(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response
