"""Pages of applications: the list, a new one, and one as it stands."""

from typing import Any, Final
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from dialog.people.models import Role
from dialog.people.signing_in import actor, me, permitted
from dialog.research import applying, entitlement, offers, part_views, queries, words
from dialog.research import page as pages
from dialog.research.forms import NewForm, offer
from dialog.research.models import State
from dialog.web.database import session
from dialog.web.forms import status, written

ENDED: Final = frozenset({State.REPORTED, State.REFUSED, State.WITHDRAWN, State.UNMADE})
FILTERS: Final = {
    "pagar": (_l("Pågår"), frozenset(State) - ENDED),
    "beslut": (_l("Väntar på beslut"), frozenset({State.SUBMITTED})),
    "avslutade": (_l("Avslutade"), ENDED),
    "alla": (_l("Alla"), frozenset(State)),
}


@permitted("application.list")
def applications() -> Any:
    """One's own; for who decides and registers, all that were handed in."""
    chosen = request.args.get("lage", "pagar")
    chosen = chosen if chosen in FILTERS else "pagar"
    all_of_them = bool(actor().roles & pages.OFFICIALS) and request.args.get("vems") != "mina"
    found = queries.page_of_applications(
        session(),
        states=FILTERS[chosen][1],
        page=request.args.get("sida", 1, int),
        of=None if all_of_them else me(),
    )
    return render_template(
        "research/applications.html",
        found=found,
        chosen=chosen,
        filters=[(slug, text) for slug, (text, _states) in FILTERS.items()],
        all_of_them=all_of_them,
        both=actor().roles >= {Role.RESEARCHER} and bool(actor().roles & pages.OFFICIALS),
        words=words,
    )


@permitted("application.make")
def new_application() -> Any:
    form = NewForm()
    ready = offers.ready_rounds(session(), applicant=me())
    offer(form.rounds, ready)
    if not form.validate_on_submit():
        to_prepare = entitlement.to_prepare(session(), person_id=me())
        page = render_template("research/new.html", form=form, ready=ready, to_prepare=to_prepare)
        return page, status(form)
    made = applying.create(
        session(),
        author_id=me(),
        title=written(form.title),
        rounds=[UUID(each) for each in form.rounds.data or ()],
    )
    first = next(iter(part_views.PARTS.values()))
    return redirect(url_for("research.part", application_id=made.id, slug=first.slug))


@permitted("application.see")
def application(application_id: UUID) -> Any:
    subject = pages.visible(application_id)
    checklist = [
        (name, part_views.title(name), part_views.address(subject, name))
        for name in part_views.places(subject)
    ]
    return render_template("research/application.html", checklist=checklist, **pages.facts(subject))
