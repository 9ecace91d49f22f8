"""Pages where a party writes its claims: a draft of its own, put forward when it wants."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from dialog.core.errors import RefusedError
from dialog.negotiations import claiming
from dialog.negotiations import page as pages
from dialog.negotiations.claiming import OutdatedError
from dialog.negotiations.forms import ClaimForm, read_edition
from dialog.negotiations.models import MblClaim
from dialog.people.signing_in import permitted
from dialog.web.database import session
from dialog.web.forms import status


def _put_forward(**of: Any) -> None:
    """The words that were on the page, and no others that were saved meanwhile."""
    claiming.put_forward(session(), edition=read_edition(request.form.get("edition", "")), **of)


def _drop(**of: Any) -> None:
    claiming.drop(session(), **of)


# What a button does with a claim, and what is said then.
ACTS: Final[Mapping[str, tuple[Callable[..., None], Any]]] = {
    "lagg-fram": (_put_forward, _l("Yrkandet är framlagt. Alla parter ser det.")),
    "ta-tillbaka": (_drop, _l("Yrkandet är återtaget. Det som stod finns kvar.")),
}


@permitted("matter.own")
def new_claim(matter_id: UUID) -> Any:
    shown, party = pages.own_party(matter_id)
    form, problem = ClaimForm(), ""
    if form.validate_on_submit():
        try:
            made = claiming.write(
                session(), matter=shown.matter, party=party, text=str(form.text.data)
            )
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Utkastet är sparat. Bara er part ser det."), "info")
            return redirect(_address(matter_id, made))
    page = render_template(
        "negotiations/claim.html", form=form, problem=problem, claim=None, **pages.frame(shown)
    )
    return page, 422 if problem else status(form)


@permitted("matter.own")
def claim(matter_id: UUID, claim_id: UUID) -> Any:
    shown, party = pages.own_party(matter_id)
    found = claiming.own_claim(session(), party=party, claim_id=claim_id) or abort(404)
    form = ClaimForm(data={"text": found.draft, "edition": str(found.edition)})
    problem, theirs = "", ""
    if form.validate_on_submit():
        try:
            claiming.save(
                session(), matter=shown.matter, claim=found, edition=form.read(),
                text=str(form.text.data),
            )  # fmt: skip
        except RefusedError as refused:
            problem = refused.sentence
            if isinstance(refused, OutdatedError):
                theirs, form.edition.data = found.draft, str(found.edition)
        else:
            flash(_("Utkastet är sparat. Bara er part ser det."), "info")
            return redirect(_address(matter_id, found))
    page = render_template(
        "negotiations/claim.html", form=form, problem=problem, theirs=theirs, claim=found,
        **pages.frame(shown),
    )  # fmt: skip
    return page, 422 if problem else status(form)


@permitted("matter.own")
def act(matter_id: UUID, claim_id: UUID, what: str) -> Response:
    do, said = ACTS.get(what) or abort(404)
    shown, party = pages.own_party(matter_id)
    found = claiming.own_claim(session(), party=party, claim_id=claim_id) or abort(404)
    do(matter=shown.matter, party=party, claim=found)
    flash(str(said), "info")
    return redirect(url_for("negotiations.matter", matter_id=matter_id, _anchor="yrkanden"))


def _address(matter_id: UUID, claim: MblClaim) -> str:
    return url_for("negotiations.claim", matter_id=matter_id, claim_id=claim.id)
