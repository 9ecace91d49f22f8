"""Pages of one's own: signing in and out, passwords, the account and its sessions."""

from typing import Any, Final
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user, login_fresh

from dialog.core.errors import RefusedError
from dialog.people import forms, queries, sessions
from dialog.people.accounts import keep_password
from dialog.people.mails import ask_for_mail
from dialog.people.models import Person
from dialog.people.password_links import find, link_key, make_link
from dialog.people.passwords import hash_password
from dialog.people.signing_in import actor, authenticate, enter, leave, permitted
from dialog.people.words import ROLES
from dialog.web import limits
from dialog.web.database import let_go, session
from dialog.web.forms import refuse, status, written
from dialog.web.redirects import own_path

MAILS: Final = "3 per hour"
OTHERS: Final = "others"  # in place of one session's name: every other one
NO_MATCH: Final = lazy_gettext(
    "E-postadressen och lösenordet hör inte ihop. Kontrollera båda, eller välj ett nytt lösenord"
    " under Glömt lösenordet."
)


@permitted("session.start")
def sign_in() -> Any:
    back = own_path(request.args.get("next"))
    if request.method == "GET" and actor().person_id and login_fresh():
        return redirect(back)
    form = forms.SignInForm()
    if form.validate_on_submit():
        person_id = authenticate(email=written(form.email), password=written(form.password))
        if person_id is not None:
            _enter(person_id)
            return redirect(back)
        refuse(form.password, NO_MATCH)
    return render_template("people/sign_in.html", form=form, back=back), status(form)


@permitted("session.start")
def sign_out() -> Any:
    leave(session())
    flash(_("Du är utloggad."))
    return redirect("/")


@permitted("session.start")
def forgot() -> Any:
    form = forms.ForgotForm()
    if not form.validate_on_submit():
        return render_template("people/forgot.html", form=form), status(form)
    limits.count(
        "password-mail", written(form.email).strip().lower(), at_most=MAILS, sentence=_WAIT
    )
    db = session()
    person = queries.may_get_link(db, email=written(form.email))
    if person is not None:
        make_link(db, person_id=person.id, key=_link_key(), anew=False)
    ask_for_mail(db, person_id=person.id if person else None)
    return redirect(url_for("people.link_sent"))


_WAIT: Final = lazy_gettext(
    "Flera länkar har redan skickats till den här adressen. Titta i din e-post, även bland skräp,"
    " och försök igen om en timme."
)


@permitted("session.start")
def link_sent() -> Any:
    return render_template("people/link_sent.html")


@permitted("session.start")
def choose_password() -> Any:
    form = forms.NewPasswordForm()
    if not form.validate_on_submit():
        return render_template("people/choose_password.html", form=form), status(form)
    password_hash = hash_password(written(form.new_password))
    found = find(session(), typed=written(form.code))
    if found is None:  # used meanwhile, in another window
        raise RefusedError(str(forms.LINK_GONE))
    keep_password(session(), person_id=found[0].id, password_hash=password_hash)
    _enter(found[0].id)
    flash(_("Lösenordet är valt och du är inloggad."))
    return redirect("/")


@permitted("account.own")
def account() -> Any:
    me = current_user.person
    return render_template(
        "people/account.html",
        person=me,
        grants=queries.grants_of(session(), person_id=me.id),
        sessions=sessions.of_person(session(), person_id=me.id),
        handle=sessions.handle,
        this=sessions.token_hash(current_user.token),
        role_words=ROLES,
    )


@permitted("account.own")
def change_password() -> Any:
    me = current_user.person
    form = forms.ChangePasswordForm(email=me.email)
    if form.validate_on_submit():
        let_go()  # hashing takes its time
        if authenticate(email=me.email, password=written(form.password)) is not None:
            password_hash = hash_password(written(form.new_password))
            keep_password(session(), person_id=me.id, password_hash=password_hash)
            _enter(me.id)
            flash(_("Lösenordet är bytt. Du är utloggad på alla andra enheter."))
            return redirect(url_for("people.account"))
        refuse(form.password, _("Det är inte lösenordet du har nu. Försök igen."))
    return render_template("people/change_password.html", form=form), status(form)


@permitted("account.own")
def end_session() -> Any:
    called, me = request.form.get("called", ""), current_user.person.id
    if called == OTHERS:
        sessions.end_all(session(), person_id=me, but=current_user.token)
        flash(_("Du är utloggad på alla andra enheter."))
    elif sessions.end_one(session(), person_id=me, called=called):
        flash(_("Du är utloggad på den enheten."))
    return redirect(url_for("people.account"))


def _enter(person_id: UUID) -> None:
    person = session().get(Person, person_id)
    assert person is not None
    enter(session(), person=person)


def _link_key() -> bytes:
    return link_key(current_app.extensions["settings"].keys)
