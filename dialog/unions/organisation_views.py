"""Pages of union organisations: which there are, and what they are called."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.people.signing_in import permitted
from dialog.unions import keeping, queries
from dialog.unions.forms import OrganisationForm
from dialog.unions.models import UnionOrganisation
from dialog.web.database import session
from dialog.web.forms import refuse, status, written


@permitted("body.make")
def organisations() -> Any:
    return render_template(
        "unions/organisations.html", organisations=queries.organisations(session())
    )


@permitted("body.make")
def new_organisation() -> Any:
    return _page(None, OrganisationForm())


@permitted("body.make")
def edit_organisation(organisation_id: UUID) -> Any:
    found = session().get(UnionOrganisation, organisation_id) or abort(404)
    filled = {"name": found.name, "short_name": found.short_name}
    return _page(found, OrganisationForm(data=filled))


def _page(found: UnionOrganisation | None, form: OrganisationForm) -> Any:
    if form.validate_on_submit():
        try:
            keeping.save_organisation(
                session(),
                organisation=found,
                name=written(form.name),
                short_name=written(form.short_name),
            )
        except RefusedError as refused:
            refuse(form.name, refused.sentence)
        else:
            flash(_("Organisationen är sparad."), "info")
            return redirect(url_for("unions.organisations"))
    page = render_template("unions/edit_organisation.html", form=form, organisation=found)
    return page, status(form)
