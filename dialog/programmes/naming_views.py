"""The administrator's pages of a programme: a new one, and who leads one there is."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.people.addresses import UnknownAddressError
from dialog.people.signing_in import me, permitted
from dialog.programmes import naming
from dialog.programmes.forms import ProgrammeForm
from dialog.surveys import programmes
from dialog.surveys.programme_models import Programme
from dialog.web.database import session
from dialog.web.forms import refuse, status


@permitted("programme.make", fresh=True)
def new_programme() -> Any:
    return _page(None, ProgrammeForm())


@permitted("programme.make", fresh=True)
def edit_programme(programme_id: UUID) -> Any:
    found = session().get(Programme, programme_id) or abort(404)
    people = programmes.people_of(session(), programme_id=found.id)
    filled = {
        "name": found.name,
        "principal": found.principal,
        "people": "\n".join(each.email for each in people),
    }
    return _page(found, ProgrammeForm(data=filled), people=people)


def _page(found: Programme | None, form: ProgrammeForm, **shown: Any) -> Any:
    who = me()
    if form.validate_on_submit():
        try:
            saved = naming.save(session(), programme=found, by=who, **form.values())
        except RefusedError as refused:
            unknown = isinstance(refused, UnknownAddressError)
            refuse(form.people if unknown else form.name, refused.sentence)
        else:
            flash(_("Granskningen är sparad."), "info")
            return redirect(url_for("programmes.programme", programme_id=saved.id))
    fixed = found is not None and programmes.has_approved(session(), programme=found)
    page = render_template("programmes/edit.html", form=form, programme=found, fixed=fixed, **shown)
    return page, status(form)
