"""Pages of series of meetings."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from dialog.meetings import queries, words
from dialog.meetings.forms import SeriesForm
from dialog.meetings.models import MeetingSeries
from dialog.people.signing_in import me, permitted
from dialog.web.database import session
from dialog.web.forms import refuse, status, written


@permitted("meeting.plan")
def all_series() -> Any:
    return render_template("meetings/all_series.html", series=queries.series(session()))


@permitted("meeting.plan")
def new_series() -> Any:
    form = SeriesForm()
    if form.validate_on_submit():
        made = MeetingSeries(
            title=written(form.title).strip(),
            purpose=written(form.purpose).strip(),
            author_id=me(),
        )
        try:
            with session().begin_nested():
                session().add(made)
        except IntegrityError:
            refuse(form.title, _("Det finns redan en serie som heter så. Välj ett annat namn."))
        else:
            flash(_("Serien är upplagd."), "info")
            return redirect(url_for("meetings.series", series_id=made.id))
    return render_template("meetings/new_series.html", form=form), status(form)


@permitted("meeting.plan")
def series(series_id: UUID) -> Any:
    found = session().get(MeetingSeries, series_id) or abort(404)
    return render_template(
        "meetings/series.html",
        series=found,
        meetings=queries.meetings_of(session(), series_id=found.id),
        words=words,
    )
