"""Pages of groups: the list, one group with its mandates, and what is said of it."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.organisation import queries as organisation
from dialog.organisation.models import Unit
from dialog.organisation.naming import suggestion
from dialog.people.addresses import UnknownAddressError
from dialog.people.models import Person
from dialog.people.permissions import may
from dialog.people.signing_in import actor, me, permitted
from dialog.unions import keeping, queries, words
from dialog.unions import page as pages
from dialog.unions.forms import BodyForm
from dialog.unions.models import UnionBody
from dialog.web.database import session
from dialog.web.forms import refuse, status


@permitted("mandate.own")
def bodies() -> Any:
    """All, for negotiators and registrars; for others those of which they are secretary."""
    search = request.args.get("sok", "").strip()[:100]
    everyones = may(actor(), "body.see")
    found = queries.bodies(
        session(),
        search=search,
        page=request.args.get("sida", 1, int),
        of=None if everyones else me(),
    )
    return render_template(
        "unions/bodies.html", found=found, search=search, everyones=everyones, words=words
    )


@permitted("mandate.own")
def body(body_id: UUID) -> Any:
    return render_template("unions/body.html", **pages.facts(pages.existing(body_id)))


@permitted("body.make")
def new_body() -> Any:
    return _page(None, BodyForm())


@permitted("mandate.own")
def edit_body(body_id: UUID) -> Any:
    found = pages.existing(body_id, "body.keep")
    return _page(found, BodyForm(data=_filled(found)))


def _page(found: UnionBody | None, form: BodyForm) -> Any:
    form.nodes = organisation.nodes(session())
    if form.validate_on_submit():
        try:
            saved = keeping.save_body(session(), body=found, said=form.said())
        except RefusedError as refused:
            unknown = isinstance(refused, UnknownAddressError)
            refuse(form.secretary if unknown else form.name, refused.sentence)
        else:
            flash(_("Gruppen är sparad."), "info")
            return redirect(url_for("unions.body", body_id=saved.id))
    return render_template("unions/edit_body.html", form=form, body=found), status(form)


def _filled(found: UnionBody) -> dict[str, Any]:
    unit = session().get_one(Unit, found.unit_id)
    nodes = organisation.nodes(session(), with_closed=True)
    node = next(each for each in nodes if each.id == unit.id)
    return {
        "name": found.name,
        "kind": found.kind.value,
        "unit": suggestion(node),
        "secretary": session().get_one(Person, found.secretary_id).email,
        "keep_months": found.keep_months,
        "keep_decision": found.keep_decision,
    }
