"""A trustee's key: its page, registering it, trying a copy, saying that it is lost or destroyed."""

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.ballots.encoding import decode, encode
from dialog.core.errors import WrongInputError
from dialog.people.models import Person
from dialog.people.signing_in import actor, permitted
from dialog.surveys.key_models import Trustee
from dialog.surveys.models import Round
from dialog.surveys.trustees import ending, queries, registering, trying
from dialog.surveys.trustees.page_content import KeyPage
from dialog.surveys.trustees.queries import BEFORE_APPROVAL
from dialog.web.database import session

WRONG = 422


def place(round_id: UUID) -> tuple[Round, Trustee, UUID]:
    """The round, the reader's place in it, and who that is; 404 for everybody else."""
    who = actor().person_id
    trustee = queries.place_of(session(), round_id=round_id, person_id=who)
    if trustee is None or who is None:
        abort(404)
    return session().get_one(Round, round_id), trustee, who


@permitted("key.hold")
def key(round_id: UUID) -> Any:
    round_, trustee, who = place(round_id)
    return render_template(
        "surveys/trustees/key_page.html",
        round=round_,
        trustee=trustee,
        page=_key_page(round_, trustee, who),
        before_approval=round_.state in BEFORE_APPROVAL,
        may_destroy=ending.may_be_destroyed(round_),
        needed=round_.state in ending.NEEDED,
    )


def _key_page(round_: Round, trustee: Trustee, who: UUID) -> KeyPage:
    return KeyPage(
        round_id=round_.id,
        round_title=round_.title,
        layer=trustee.place,
        places=queries.places(session(), round_id=round_.id),
        registered=encode(trustee.public_key),
        check_code=trustee.check_code,
        is_deputy=who == trustee.deputy_id,
        deputy=session().get_one(Person, trustee.deputy_id).name,
        own_tested=trustee.own_tested_at is not None,
        deputy_tested=trustee.deputy_tested_at is not None,
        is_approved=round_.state not in BEFORE_APPROVAL,
    )


@permitted("key.hold")
def register(round_id: UUID) -> Any:
    _round, trustee, who = place(round_id)
    try:
        public = decode(str(_body().get("public", "")))
    except ValueError:
        return _wrong(_("Det här är ingen öppen nyckel. Gör om nyckeln."))
    try:
        new = registering.register(session(), trustee=trustee, public=public, by=who)
    except WrongInputError as wrong:
        return _wrong(wrong.sentence)
    return jsonify(check_code=trustee.check_code), 201 if new else 200


@permitted("key.hold")
def give_test(round_id: UUID) -> Any:
    _round, trustee, who = place(round_id)
    test, sealed = trying.give(session(), trustee=trustee, by=who)
    return jsonify(
        test=str(test.id), sealed=encode(sealed), round=str(round_id), layer=trustee.place
    )


@permitted("key.hold")
def answer_test(round_id: UUID, test_id: UUID | None = None) -> Any:
    """The answer to one test, or to any that this person has taken to another computer."""
    _round, trustee, who = place(round_id)
    given = str(_body().get("answer", ""))
    try:
        trying.answer(session(), trustee=trustee, by=who, given=given, test_id=test_id)
    except WrongInputError as wrong:
        return _wrong(wrong.sentence)
    return jsonify({})


@permitted("key.hold")
def lost(round_id: UUID) -> Any:
    """Say that the key is lost, or (`hittad`) that it can be used after all."""
    _round, trustee, who = place(round_id)
    if "hittad" in request.form:
        ending.report_found(session(), trustee=trustee, by=who)
        flash(_("Tack. Nyckeln räknas med igen."), "info")
    else:
        ending.report_lost(session(), trustee=trustee, by=who)
        flash(_("De som håller i omgången kan nu se att nyckeln är förlorad."), "info")
    return redirect(url_for("surveys.key", round_id=round_id))


@permitted("key.hold")
def destroyed(round_id: UUID) -> Any:
    _round, trustee, who = place(round_id)
    ending.confirm_destroyed(session(), trustee=trustee, by=who)
    flash(_("Tack. Det syns nu på omgångens sida att nyckeln är förstörd."), "info")
    return redirect(url_for("surveys.key", round_id=round_id))


def _body() -> dict[str, Any]:
    """The fields of a JSON body; none if it is anything else."""
    read = request.get_json(silent=True)
    return read if isinstance(read, dict) else {}


def _wrong(sentence: str) -> Response:
    response = jsonify(error=sentence)
    response.status_code = WRONG
    return response
