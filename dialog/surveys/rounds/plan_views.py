"""The plan of a round, part by part: each a page with a form."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.core.errors import RefusedError
from dialog.organisation import audiences
from dialog.organisation import queries as units
from dialog.people.signing_in import me, permitted
from dialog.surveys import programmes
from dialog.surveys.models import Round, RoundState
from dialog.surveys.rounds import checklist, choosing, key_form, key_holders, planning
from dialog.surveys.rounds.forms import HowForm, ResultsForm, RetentionForm, WhenForm, WhoForm
from dialog.surveys.rounds.key_form import KeysForm
from dialog.surveys.rounds.review_form import ReviewForm
from dialog.web.database import session
from dialog.web.forms import refuse, status


@dataclass(frozen=True)
class Part:
    """A part of the plan: its place in the address, its title, its form (None: it has views of its
    own); and its template, where that has another name.
    """

    slug: str
    title: Any
    form: Any
    template: str = ""


PARTS: Final[dict[str, Part]] = {
    "who": Part("vilka", _l("Vilka får frågan?"), WhoForm),
    "how": Part("hur", _l("Hur får de frågan?"), HowForm),
    "when": Part("nar", _l("När är den öppen?"), WhenForm),
    "review": Part(
        "granskning", _l("Hör den till en oberoende granskning?"), ReviewForm, "belongs"
    ),
    "results": Part("resultat", _l("Vad publiceras?"), ResultsForm),
    "groups": Part("grupper", _l("Vilka redovisas tillsammans?"), None),  # group_views
    "keys": Part("nycklar", _l("Vem håller nycklarna?"), KeysForm),
    "retention": Part("gallring", _l("Vad sparas, och hur länge?"), RetentionForm),
}


def parts() -> dict[str, Part]:
    """The parts that there are to fill in: of a review only where there is one."""
    if programmes.programmes(session()):
        return PARTS
    return {name: part for name, part in PARTS.items() if name != "review"}


@permitted("round.plan")
def round_part(round_id: UUID, slug: str) -> Any:
    planned = session().get(Round, round_id) or abort(404)
    if planned.state is not RoundState.DRAFT or planned.standing_plan is not None:
        return redirect(url_for("surveys.round", round_id=round_id))
    known = parts()
    filled = {part.slug: name for name, part in known.items() if part.form is not None}
    name = filled.get(slug) or abort(404)
    form, shown = _form(planned, name)
    if form.validate_on_submit() and _save(planned, form):
        return redirect(_next(planned, name))
    page = render_template(
        f"surveys/rounds/{known[name].template or name}.html",
        round=planned,
        form=form,
        part=known[name],
        parts=known,
        place=list(known).index(name) + 1,
        **shown,
    )
    return page, status(form)


def _form(planned: Round, name: str) -> tuple[Any, dict[str, Any]]:
    """The form of a part as it stands, with what it offers; and what else its page shows."""
    if name == "keys":
        keys = KeysForm(data=key_form.initial(session(), planned))
        people = key_holders.eligible(session())
        keys.offer(people)
        return keys, {"people": people, "programme": programmes.of_round(session(), round_=planned)}
    form = PARTS[name].form(data=PARTS[name].form.initial(planned))
    if isinstance(form, ReviewForm):
        form.offer(programmes.programmes(session()))
    if "audience" in form:
        form.audience.offer(units.nodes(session()))
    return form, {}


def _save(planned: Round, form: Any) -> bool:
    who = me()
    values = form.values()
    try:
        if isinstance(form, KeysForm):
            choosing.choose(session(), round_=planned, by=who, **values)
            return True
        if "audience" in values:
            chosen = audiences.checked(session(), audience=form.audience.data)
            values["audience"] = chosen.as_json()
        planning.change(session(), round_=planned, by=who, **values)
    except RefusedError as refused:
        refuse(next(iter(form)), refused.sentence)
        return False
    return True


def _next(planned: Round, name: str) -> str:
    """The part after `name`, where it is said what `name` still lacks; from the last one, or if
    asked, back to the round, whose page says it of every part.
    """
    following = list(parts())
    following = following[following.index(name) + 1 :]
    if not following or "tillbaka" in request.form:
        return url_for("surveys.round", round_id=planned.id)
    lacking = [each for each in checklist.missing(session(), round_=planned) if each.part == name]
    if lacking:
        title = PARTS[name].title
        saved = _("Sparat. Gå tillbaka till delen ”%(part)s” före granskningen:", part=title)
        flash(" ".join([saved, *(each.sentence for each in lacking)]), "warning")
    return url_for("surveys.round_part", round_id=planned.id, slug=PARTS[following[0]].slug)
