"""The administrator's pages: the list of people, and one person with roles and account."""

from typing import Any
from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.people import accounts, forms, queries, sessions
from dialog.people.mails import ask_for_mail
from dialog.people.models import Person, Role
from dialog.people.password_links import link_key, make_link
from dialog.people.signing_in import actor, permitted
from dialog.people.words import ROLES
from dialog.web.database import session
from dialog.web.forms import refuse, status, written


@permitted("person.list")
def people() -> Any:
    search = request.args.get("sok", "").strip()[:100]
    role = _role(request.args.get("roll", ""))
    number = request.args.get("sida", 1, type=int)
    page = queries.people_page(session(), search=search, role=role, number=number)

    def address(of: int) -> str:
        return url_for("people.people", sok=search or None, roll=role and role.value, sida=of)

    return render_template(
        "people/people.html", page=page, search=search, role=role, roles=ROLES, address=address
    )


@permitted("person.change", fresh=True)
def add() -> Any:
    form = forms.PersonForm()
    if form.validate_on_submit():
        try:
            person = accounts.add_person(
                session(),
                name=written(form.name),
                email=written(form.email),
                roles=form.roles.roles,
                by=actor().person_id,
            )
        except RefusedError as refused:
            refuse(form.email, refused.sentence)
        else:
            flash(_("Personen är tillagd. Skicka en länk så att personen kan logga in."))
            return redirect(url_for("people.person", person_id=person.id))
    return render_template("people/add.html", form=form, roles=ROLES), status(form)


@permitted("person.list")
def person(person_id: UUID) -> Any:
    who = _person(person_id)
    grants = queries.grants_of(session(), person_id=who.id)
    return render_template(
        "people/person.html",
        person=who,
        account=queries.account_of(session(), person_id=who.id),
        grants=grants,
        sessions=sessions.of_person(session(), person_id=who.id),
        form=forms.RolesForm(data={"roles": [grant.role.value for grant, _by in grants]}),
        roles=ROLES,
    )


@permitted("role.grant", fresh=True)
def set_roles(person_id: UUID) -> Any:
    who, form = _person(person_id), forms.RolesForm()
    if not form.validate_on_submit():
        abort(400)
    accounts.set_roles(session(), person_id=who.id, roles=form.roles.roles, by=actor().person_id)
    return _back(who, _("Rollerna är sparade och gäller genast."))


@permitted("person.change", fresh=True)
def send_link(person_id: UUID) -> Any:
    who = _person(person_id)
    if queries.may_get_link(session(), email=who.email) is None:
        raise RefusedError(_("Kontot är stängt. Öppna det först och skicka sedan länken."))
    make_link(session(), person_id=who.id, key=link_key(current_app.extensions["settings"].keys))
    ask_for_mail(session(), person_id=who.id)
    return _back(who, _("Länken skickas med e-post. Den gäller i sju dagar."))


@permitted("person.change", fresh=True)
def end_sessions(person_id: UUID) -> Any:
    who = _person(person_id)
    sessions.end_all(session(), person_id=who.id)
    return _back(who, _("Personen är utloggad överallt."))


@permitted("person.change", fresh=True)
def close_account(person_id: UUID) -> Any:
    who = _person(person_id)
    accounts.close_account(session(), person_id=who.id)
    return _back(who, _("Kontot är stängt och personen är utloggad överallt."))


@permitted("person.change", fresh=True)
def open_account(person_id: UUID) -> Any:
    who = _person(person_id)
    accounts.open_account(session(), person_id=who.id)
    return _back(who, _("Kontot är öppet igen."))


def _person(person_id: UUID) -> Person:
    found = session().get(Person, person_id)
    return found or abort(404)


def _back(who: Person, sentence: str) -> Any:
    flash(sentence)
    return redirect(url_for("people.person", person_id=who.id))


def _role(value: str) -> Role | None:
    return Role(value) if value in set(Role) else None
