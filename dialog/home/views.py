"""The front page, made of a part for each role one has, and what is stored about oneself."""

from typing import Any

from flask import current_app, render_template
from flask_login import current_user

from dialog.commitments import interests
from dialog.commitments import queries as commitments
from dialog.commitments import words as commitment_words
from dialog.commitments.held import held_about
from dialog.followups import queries as followups
from dialog.followups import words as followup_words
from dialog.home import about_me as about_me_
from dialog.home import keys, queries, words
from dialog.home.operation import operation
from dialog.meetings import queries as meeting_queries
from dialog.meetings import words as meeting_words
from dialog.meetings.ahead import ahead_of
from dialog.meetings.words import ANSWER_WORDS
from dialog.minutes import words as minutes_words
from dialog.minutes.waiting import Waiting
from dialog.minutes.waiting import waiting_for as minutes_waiting_for
from dialog.negotiations import mine as negotiations
from dialog.negotiations import words as negotiation_words
from dialog.organisation.wording import level_name
from dialog.people.models import Role
from dialog.people.permissions import Actor, may
from dialog.people.signing_in import actor, permitted
from dialog.people.words import ROLES
from dialog.requests import queries as requests
from dialog.requests import words as request_words
from dialog.research import queries as research
from dialog.research import words as application_words
from dialog.reviewing import queries as review
from dialog.storage.clock import today
from dialog.submissions import queries as submissions
from dialog.submissions.handling import queries as incoming
from dialog.surveys.models import RoundState
from dialog.surveys.rounds.steps import is_under_embargo
from dialog.web.database import session
from dialog.web.i18n import all_of


@permitted("page.read")
def front() -> Any:
    me = actor()
    if me.person_id is None:
        return render_template(
            "home/welcome.html",
            open_rounds=queries.open_to_all(session()),
            published=queries.published(session()),
            latest=commitments.latest(session(), forvaltningar=(), limit=queries.LATEST),
            commitment_words=commitment_words,
        )
    units = queries.forvaltningar_of(session(), person_id=me.person_id)
    return render_template(
        "home/front.html",
        name=current_user.person.name,
        waiting=queries.waiting_for(session(), person_id=me.person_id),
        open_rounds=queries.open_to_all(session()),
        published=queries.published(session(), units=units),
        keys=keys.of_person(session(), person_id=me.person_id),
        latest=commitments.latest(session(), forvaltningar=units, limit=queries.LATEST),
        interest=interests.of_interest(
            session(),
            person_id=me.person_id,
            keeps=may(me, "commitment.record"),
            limit=queries.SHOWN,
        ),
        commitment_words=commitment_words,
        ahead=ahead_of(session(), actor=me, limit=queries.SHOWN),
        meeting_words=meeting_words,
        minutes=_minutes(me),
        minutes_words=minutes_words,
        matters=negotiations.mine(session(), actor=me, limit=queries.SHOWN),
        negotiation_words=negotiation_words,
        letters=submissions.waiting(session(), organisation_id=me.acting_for)
        if me.acting_for
        else [],
        all_of=all_of,
        **_for_roles(me.roles),
    )


def _minutes(me: Actor) -> list[Waiting]:
    """Not of meetings where one represents a union, unless one does so now."""
    assert me.person_id is not None
    found = minutes_waiting_for(session(), person_id=me.person_id, limit=queries.SHOWN)
    if not found:
        return []
    hidden = meeting_queries.not_now(session(), actor=me)
    matters = [each.minutes.about_id for each in found]
    hidden |= negotiations.not_now(session(), actor=me, among=matters)
    return [each for each in found if each.minutes.about_id not in hidden]


def _for_roles(roles: frozenset[Role]) -> dict[str, Any]:
    """What the parts of the roles need; a part without anything here is not shown."""
    parts: dict[str, Any] = {"round_words": words.ROUNDS, "under_embargo": is_under_embargo}
    if roles & {Role.ANALYST, Role.APPROVER}:
        parts["rounds"] = rounds = queries.rounds_under_way(session())
        parts["approving"] = Role.APPROVER in roles
        parts["to_approve"] = [
            each
            for each in rounds
            if each.state is RoundState.REVIEW and may(actor(), "round.approve", each)
        ]
    if Role.APPROVER in roles:
        parts["plans_to_approve"] = followups.waiting(session())
        parts["plan_title"] = followup_words.title_of
    if roles & {Role.RESEARCHER, Role.APPROVER}:
        parts["applications"] = _applications(roles)
        parts["application_words"] = application_words
    if may(actor(), "request.handle"):
        parts["requests"] = requests.waiting(
            session(), limit=queries.LATEST, handler_id=requests.whose(actor())
        )
        parts["request_words"], parts["today"] = request_words, today()
    if roles & {Role.REGISTRAR, Role.HANDLER}:
        who = actor().person_id
        assert who is not None  # roles are somebody's
        parts["incoming"] = incoming.counts(
            session(), person_id=who, registers=Role.REGISTRAR in roles
        )
    if Role.REVIEWER in roles:
        parts["texts"] = [queue for queue in review.queues(session()) if queue.waiting]
    if Role.ADMINISTRATOR in roles:
        parts["operation"] = operation(session())
        parts["duty_words"] = words.DUTIES
        parts["no_scanner"] = not current_app.extensions["settings"].scanner
        parts["mail_is_kept"] = not current_app.extensions["settings"].smtp_url
    return parts


def _applications(roles: frozenset[Role]) -> dict[str, Any]:
    """A researcher's own applications, and those that wait for an approver."""
    me = actor().person_id
    assert me is not None  # roles are somebody's
    decides = Role.APPROVER in roles
    found = research.of_interest(session(), person_id=me, decides=decides, limit=queries.SHOWN)
    return {
        "researcher": Role.RESEARCHER in roles,
        "mine": [each for each in found if each.author_id == me],
        "to_decide": [each for each in found if each.author_id != me],
    }


@permitted("account.own")
def about_me() -> Any:
    return render_template(
        "home/about_me.html",
        about=about_me_.about(session(), person=current_user.person),
        answers=ANSWER_WORDS,
        held=held_about(
            session(),
            person=current_user.person,
            keys=current_app.extensions["settings"].keys,
        ),
        role_words=ROLES,
        level_name=level_name,
    )
