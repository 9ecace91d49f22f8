"""Pages for those who write: the sections, sending them round, and addenda."""

from typing import Any, NamedTuple
from uuid import UUID

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dialog.core.errors import RefusedError
from dialog.minutes import adding, circulating, queries, telling, writing
from dialog.minutes import page as pages
from dialog.minutes.forms import AddendumForm, CirculateForm, HeadingForm, SectionForm
from dialog.minutes.models import MinutesSection
from dialog.minutes.page import Shown
from dialog.minutes.states import WRITTEN
from dialog.people.signing_in import me, permitted
from dialog.web.database import session
from dialog.web.forms import status, written


class Unsaved(NamedTuple):
    """What somebody typed that was not saved, and why; `theirs` if another's text is there now."""

    section_id: UUID
    heading: str
    text: str
    sentence: str
    theirs: MinutesSection | None = None


def _page(shown: Shown, unsaved: Unsaved | None = None, heading: HeadingForm | None = None) -> str:
    return render_template(
        "minutes/write.html",
        sections=queries.sections_of(session(), minutes=shown.minutes),
        unsaved=unsaved,
        form=heading or HeadingForm(formdata=None),
        open=shown.minutes.state in WRITTEN,
        **pages.facts(shown),
    )


@permitted("minutes.own")
def write(minutes_id: UUID) -> Any:
    return _page(pages.existing(minutes_id, "minutes.write"))


@permitted("minutes.own")
def save(minutes_id: UUID, section_id: UUID) -> Any:
    """From the script (it asks for JSON) as typed, or by the section's own button."""
    shown = pages.existing(minutes_id, "minutes.write")
    if queries.section_of(session(), minutes=shown.minutes, section_id=section_id) is None:
        abort(404)
    form = SectionForm()
    heading, text = written(form.heading), written(form.text)
    try:
        section = writing.save(
            session(), minutes=shown.minutes, section_id=section_id,
            version=form.version.data or 0, heading=heading, text=text, by=me(),
        )  # fmt: skip
    except RefusedError as refused:
        theirs = refused.section if isinstance(refused, writing.OutdatedError) else None
        return _unsaved(shown, Unsaved(section_id, heading, text, refused.sentence, theirs))
    if _from_script():
        return jsonify(version=section.version)
    flash(_("Avsnittet ”%(heading)s” är sparat.", heading=section.heading), "info")
    return redirect(url_for("minutes.write", minutes_id=minutes_id, _anchor=f"a-{section.id}"))


def _from_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _unsaved(shown: Shown, unsaved: Unsaved) -> Any:
    theirs = unsaved.theirs
    code = 409 if theirs else 422
    if not _from_script():
        return _page(shown, unsaved), code
    told = {"sentence": unsaved.sentence}
    if theirs is not None:
        told |= {"heading": theirs.heading, "text": theirs.text, "version": str(theirs.version)}
    return jsonify(told), code


@permitted("minutes.own")
def bring_in(minutes_id: UUID) -> Any:
    shown = pages.existing(minutes_id, "minutes.write")
    lines = shown.place.lines(session(), shown.minutes.about_id)
    writing.bring_in(session(), minutes=shown.minutes, lines=lines, by=me())
    flash(_("Punkterna är hämtade. Det du har skrivit är kvar."), "info")
    return _written(minutes_id)


@permitted("minutes.own")
def new_section(minutes_id: UUID) -> Any:
    shown = pages.existing(minutes_id, "minutes.write")
    form = HeadingForm()
    if form.validate_on_submit():
        section = writing.add_section(
            session(), minutes=shown.minutes, heading=written(form.heading), by=me()
        )
        return redirect(url_for("minutes.write", minutes_id=minutes_id, _anchor=f"a-{section.id}"))
    return _page(shown, heading=form), status(form)


@permitted("minutes.own")
def circulate(minutes_id: UUID) -> Any:
    shown = pages.existing(minutes_id, "minutes.write")
    minutes, place = shown.minutes, shown.place
    form, problem = CirculateForm(), place.hindrance(session(), minutes.about_id)
    if not problem and form.validate_on_submit():
        try:
            circulating.circulate(
                session(), minutes=minutes, lines=place.lines(session(), minutes.about_id),
                by=me(), reason=written(form.reason),
            )  # fmt: skip
        except RefusedError as refused:
            problem = refused.sentence
        else:
            telling.show(session(), minutes=minutes, people=shown.people.asked)
            flash(_("Anteckningarna är utskickade."), "info")
            return _read(minutes_id)
    page = render_template(
        "minutes/circulate.html", form=form, problem=problem, **pages.facts(shown)
    )
    return page, 422 if problem and request.method == "POST" else status(form)


@permitted("minutes.own")
def addendum(minutes_id: UUID) -> Any:
    shown = pages.existing(minutes_id, "minutes.write")
    form, problem = AddendumForm(), ""
    if form.validate_on_submit():
        try:
            adding.add(session(), minutes=shown.minutes, text=written(form.text), by=me())
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Tillägget står under texten."), "info")
            return _read(minutes_id)
    page = render_template(
        "minutes/addendum.html", form=form, problem=problem, **pages.facts(shown)
    )
    return page, 422 if problem else status(form)


def _read(minutes_id: UUID) -> Response:
    return redirect(url_for("minutes.minutes", minutes_id=minutes_id))


def _written(minutes_id: UUID) -> Response:
    return redirect(url_for("minutes.write", minutes_id=minutes_id))
