"""Pages of programmes for everybody: which there are, and one."""

from typing import Any
from uuid import UUID

from flask import render_template

from dialog.people.signing_in import permitted
from dialog.programmes import page
from dialog.surveys import programmes as known
from dialog.surveys.sub_study_words import SUB_STUDIES, short
from dialog.web.database import session


@permitted("programme.see")
def programmes() -> Any:
    return render_template("programmes/programmes.html", programmes=known.programmes(session()))


@permitted("programme.see")
def programme(programme_id: UUID) -> Any:
    return render_template(
        "programmes/programme.html",
        page=page.of_programme(programme_id),
        names=SUB_STUDIES,
        short=short,
        sides=page.sides,
        levels_of=page.levels_of,
    )
