"""What the pages of an application show, and who may see them."""

from typing import Any, Final
from uuid import UUID

from flask import abort

from dialog.core.review import DataAccess
from dialog.people.models import Person, Role
from dialog.people.permissions import may
from dialog.people.signing_in import actor, me, permit
from dialog.research import (
    completeness,
    deciding,
    entitlement,
    fetching,
    letters,
    offers,
    queries,
    words,
)
from dialog.research import steps as happened
from dialog.research.conditions import CONDITIONS
from dialog.research.models import DataApplication, State
from dialog.research.states import Action, possible
from dialog.surveys.models import Round
from dialog.surveys.rounds.steps import is_under_embargo
from dialog.web.database import session

OFFICIALS: Final = frozenset({Role.APPROVER, Role.REGISTRAR})


def own(application_id: UUID) -> DataApplication:
    """The application, for who made it; else 404."""
    found = session().get(DataApplication, application_id)
    if found is None or found.author_id != me():
        abort(404)
    return found


def visible(application_id: UUID) -> DataApplication:
    """The application, for who made it; once it is registered, for those named in it, and for
    approvers and registrars. For others it does not exist.
    """
    permit("application.see")
    found = session().get(DataApplication, application_id) or abort(404)
    if found.author_id != me() and not _may_read(found):
        abort(404)
    return found


def _may_read(application: DataApplication) -> bool:
    """Somebody else than who made it: once it is registered, officials and those named in it."""
    if application.number == "" or application.state is State.DRAFT:
        return False
    official = bool(actor().roles & OFFICIALS)
    return official or fetching.is_reader(session(), application=application, person_id=me())


def facts(application: DataApplication) -> dict[str, Any]:
    """Everything on the application's page."""
    db, is_draft = session(), application.state is State.DRAFT
    mine = application.author_id == me()
    lacking = completeness.missing(db, application=application) if is_draft else []
    taken = happened.steps_of(db, application=application)
    return {
        "application": application,
        "author": db.get_one(Person, application.author_id),
        "mine": mine,
        "official": bool(actor().roles & OFFICIALS),
        "readers": letters.readers_of(db, application=application),
        "parts": _parts(application),
        "lacking": _by_part(lacking),
        "ready": is_draft and not lacking,
        "steps": taken,
        "follows": (
            is_draft
            and mine
            and entitlement.of_application(db, application=application) is DataAccess.FOLLOWS
        )
        or any(step.action == Action.FOLLOW for step, _name in taken),
        "sent_back": _last_words(application, [step for step, _name in taken]),
        "possible": possible(application.state),
        "may_decide": may(actor(), "application.approve", application)
        and deciding.may_decide(db, application=application, person_id=me()),
        "is_party": deciding.is_party(db, application=application, person_id=me()),
        "approvals": len(deciding.approvals(db, application=application)),
        "made": queries.made_for(db, application=application),
        "fetches": queries.fetches_of(db, application=application),
        "can_fetch": fetching.can_be_fetched(application)
        and fetching.is_reader(db, application=application, person_id=me()),
        "sees_counts": sees_counts,
        "conditions": CONDITIONS,
        "words": words,
    }


def _by_part(lacking: list[completeness.Lack]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in lacking:
        found.setdefault(each.part, []).append(each.sentence)
    return found


def _parts(application: DataApplication) -> list[dict[str, Any]]:
    """The rounds of the application: what is chosen, in words, and what the protection does."""
    found = []
    for choice, round_, data in offers.chosen(session(), application=application):
        offered = offers.offered(session(), round_=round_, data=data)
        chosen = [variable for variable in offered if variable.name in set(choice.variables)]
        found.append(
            {
                "name": completeness.data_part(round_.id),
                "round": round_,
                "chosen": chosen,
                "quasi": [variable for variable in chosen if variable.quasi],
                "labels": {variable.name: variable.label for variable in offered},
                "preview": offers.preview(data, choice.variables)
                if choice.variables and data.report.get("groups") and sees_counts(round_)
                else None,
            }
        )
    return found


def sees_counts(round_: Round) -> bool:
    """What is counted of the answers of a review is not shown before its day but to those who have
    the answers anyway.
    """
    who = actor().person_id
    return not is_under_embargo(round_) or (
        who is not None and entitlement.is_open_to(session(), round_=round_, person_id=who)
    )


def _last_words(application: DataApplication, steps: list[Any]) -> str:
    """What is to be completed, if that was the last thing that happened to the draft."""
    if application.state is not State.DRAFT or not steps:
        return ""
    return str(steps[-1].reason) if steps[-1].action == "send-back" else ""
