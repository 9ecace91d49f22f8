"""Pages of programmes for everybody: which there are, and one."""

from typing import Any
from uuid import UUID

from flask import abort, render_template

from dialog.people.signing_in import permitted
from dialog.programmes import queries
from dialog.surveys import programmes as known
from dialog.surveys.programme_models import Programme
from dialog.surveys.sub_study_words import SUB_STUDIES
from dialog.web.database import session


@permitted("programme.see")
def programmes() -> Any:
    return render_template("programmes/programmes.html", programmes=known.programmes(session()))


@permitted("programme.see")
def programme(programme_id: UUID) -> Any:
    found = session().get(Programme, programme_id) or abort(404)
    return render_template(
        "programmes/programme.html",
        programme=found,
        studies=queries.studies(session(), programme=found),
        names=SUB_STUDIES,
    )
