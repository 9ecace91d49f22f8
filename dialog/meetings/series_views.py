"""Pages of series of meetings."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from dialog.meetings import afterwards, queries, words
from dialog.meetings.forms import SeriesForm
from dialog.meetings.models import MeetingSeries
from dialog.people.signing_in import actor, me, permitted
from dialog.web.database import session
from dialog.web.forms import refuse, status, written


@permitted("meeting.plan")
def all_series() -> Any:
    return render_template("meetings/all_series.html", series=queries.series(session()))


@permitted("meeting.plan")
def new_series() -> Any:
    form = SeriesForm()
    made = MeetingSeries(title="", author_id=me())
    if form.validate_on_submit() and _keep(made, form):
        flash(_("Serien är upplagd."), "info")
        return redirect(url_for("meetings.series", series_id=made.id))
    return render_template("meetings/new_series.html", form=form), status(form)


@permitted("meeting.plan")
def edit_series(series_id: UUID) -> Any:
    found = session().get(MeetingSeries, series_id) or abort(404)
    form = SeriesForm(obj=found)
    if form.validate_on_submit() and _keep(found, form):
        flash(_("Sparat."), "info")
        return redirect(url_for("meetings.series", series_id=found.id))
    return render_template("meetings/new_series.html", form=form, series=found), status(form)


def _keep(series: MeetingSeries, form: SeriesForm) -> bool:
    """Write down what was filled in; False, with the fault at its field, for a name that is
    taken.
    """
    try:
        with session().begin_nested():
            series.title = written(form.title).strip()
            series.purpose = written(form.purpose).strip()
            series.asks_after, series.shows_after = form.asks_after.data, form.shows_after.data
            session().add(series)
    except IntegrityError:
        refuse(form.title, _("Det finns redan en serie som heter så. Välj ett annat namn."))
        return False
    return True


@permitted("meeting.plan")
def series(series_id: UUID) -> Any:
    found = session().get(MeetingSeries, series_id) or abort(404)
    return render_template(
        "meetings/series.html",
        series=found,
        meetings=queries.meetings_of(session(), series_id=found.id, actor=actor()),
        after=afterwards.told().series(session(), found),
        words=words,
    )
