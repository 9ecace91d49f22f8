"""The parts of an application, each a page with a form; and the variables of each of its rounds."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.people.signing_in import permitted
from dialog.research import applying, forms, letters, offers
from dialog.research import page as pages
from dialog.research.completeness import data_part, missing
from dialog.research.conditions import CONDITIONS
from dialog.research.models import DataApplication, DataChoice, RoundData, State
from dialog.research.people_lines import Person
from dialog.surveys.models import Round
from dialog.web.database import session
from dialog.web.forms import status


@dataclass(frozen=True)
class Part:
    """A part of the form: its place in the address, its title, its form."""

    slug: str
    title: Any
    form: Any


PARTS: Final[dict[str, Part]] = {
    "principal": Part("huvudman", _l("Vem står bakom studien?"), forms.PrincipalForm),
    "purpose": Part("syfte", _l("Vad ska uppgifterna användas till?"), forms.PurposeForm),
    "ethics": Part("etikprovning", _l("Är studien etikprövad?"), forms.EthicsForm),
    "rounds": Part("omgangar", _l("Vilka omgångar gäller det?"), forms.RoundsForm),
    "people": Part("personer", _l("Vilka får se uppgifterna?"), forms.PeopleForm),
    "conditions": Part("villkor", _l("Hur länge, och på vilka villkor?"), forms.ConditionsForm),
}
BEFORE_DATA: Final = "rounds"  # the variables of each round come after this part


@permitted("application.make")
def part(application_id: UUID, slug: str) -> Any:
    draft = pages.own(application_id)
    if draft.state is not State.DRAFT:
        return redirect(url_for("research.application", application_id=draft.id))
    name = next((name for name, part in PARTS.items() if part.slug == slug), None) or abort(404)
    form = _form(draft, name)
    if form.validate_on_submit():
        _save(draft, name, form)
        return redirect(_next(draft, name))
    page = render_template(
        f"research/{name}.html",
        application=draft,
        form=form,
        title=PARTS[name].title,
        place=places(draft).index(name) + 1,
        last=len(places(draft)),
        conditions=CONDITIONS,
    )
    return page, status(form)


def _form(draft: DataApplication, name: str) -> Any:
    data = forms.initial(PARTS[name].form, draft)
    if name == "people":
        readers = letters.readers_of(session(), application=draft)
        data["people"] = forms.people_text([Person(each.name, each.email) for each in readers])
    chosen = applying.choices_of(session(), application=draft)
    if name == "rounds":
        data["rounds"] = [str(choice.round_id) for choice in chosen]
    form = PARTS[name].form(data=data)
    if name == "rounds":
        forms.offer(form.rounds, offers.ready_rounds(session(), applicant=draft.author_id))
    return form


def _save(draft: DataApplication, name: str, form: Any) -> None:
    if name == "people":
        named = {person.email: person.name for person in form.named}
        applying.name_readers(session(), application=draft, people=named)
    elif name == "rounds":
        chosen = [UUID(each) for each in form.rounds.data or ()]
        applying.choose_rounds(session(), application=draft, rounds=chosen)
    else:
        applying.change(session(), application=draft, **forms.values(form))


def places(draft: DataApplication) -> list[str]:
    """The parts in order, with the variables of each round among them."""
    data = [data_part(each.round_id) for each in applying.choices_of(session(), application=draft)]
    order = list(PARTS)
    after = order.index(BEFORE_DATA) + 1
    return [*order[:after], *data, *order[after:]]


def title(name: str) -> Any:
    """What a part is called; None for the variables of a round."""
    return PARTS[name].title if name in PARTS else None


def address(draft: DataApplication, name: str) -> str:
    """Where the part is."""
    kind, _colon, round_id = name.partition(":")
    if round_id:
        return url_for("research.variables", application_id=draft.id, round_id=round_id)
    return url_for("research.part", application_id=draft.id, slug=PARTS[kind].slug)


def _next(draft: DataApplication, name: str) -> str:
    """The part after `name`, where it is said what `name` still lacks; after the last, or when it
    was asked for, the application.
    """
    following = places(draft)[places(draft).index(name) + 1 :]
    if not following or "tillbaka" in request.form:
        return url_for("research.application", application_id=draft.id)
    lacking = [each.sentence for each in missing(session(), application=draft) if each.part == name]
    if lacking:
        flash(" ".join([_("Sparat. Innan ansökan lämnas in:"), *lacking]), "warning")
    return address(draft, following[0])


@permitted("application.make")
def variables(application_id: UUID, round_id: UUID) -> Any:
    """Which variables of a round, and what the protection does to them."""
    draft = pages.own(application_id)
    choice = session().get(DataChoice, (draft.id, round_id)) or abort(404)
    if draft.state is not State.DRAFT:
        return redirect(url_for("research.application", application_id=draft.id))
    round_, data = session().get_one(Round, round_id), session().get_one(RoundData, round_id)
    offered = offers.offered(session(), round_=round_, data=data)
    if request.method == "POST":
        names = _ticked([variable.name for variable in offered])
        applying.choose_variables(session(), application=draft, round_id=round_id, names=names)
        if "visa" not in request.form and "alla" not in request.form:
            return redirect(_next(draft, data_part(round_id)))
        here = url_for("research.variables", application_id=draft.id, round_id=round_id)
        return redirect(f"{here}#kostnad")
    return render_template(
        "research/variables.html",
        application=draft,
        round=round_,
        sections=offers.sections(round_, offered),
        chosen=set(choice.variables),
        preview=offers.preview(data, choice.variables) if choice.variables else None,
        labels={variable.name: variable.label for variable in offered},
        place=places(draft).index(data_part(round_id)) + 1,
        last=len(places(draft)),
    )


def _ticked(offered: list[str]) -> list[str]:
    """The names that were ticked, in the order of the form; all of them when that was asked for."""
    ticked = set(offered) if "alla" in request.form else set(request.form.getlist("variabel"))
    return [name for name in offered if name in ticked]
