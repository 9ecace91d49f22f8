"""What the pages of what is asked after meetings show, and who may see them."""

from typing import Any
from uuid import UUID

from flask import abort

from dialog.core.questionnaire import load
from dialog.followups import making, planning, queries, standing, steps, words
from dialog.followups.models import FollowUp, PlanState
from dialog.followups.states import Action, possible
from dialog.meetings.models import Meeting, MeetingSeries
from dialog.people.models import Person
from dialog.people.permissions import may
from dialog.people.signing_in import actor, permit
from dialog.results import queries as releases
from dialog.results.models import Release
from dialog.results.reading import page as results
from dialog.results.reading.reach import Reach
from dialog.web.database import session

OF_THE_AUTHOR = (Action.SUBMIT, Action.WITHDRAW, Action.END)


def of_meeting(meeting_id: UUID) -> dict[str, Any]:
    """For those who run the meeting, and for those asked to come where the series says so."""
    found = session().get(Meeting, meeting_id) or abort(404)
    series = session().get(MeetingSeries, found.series_id) if found.series_id else None
    permit(
        "followup.results",
        queries.people_of_meeting(session(), meeting=found, series=series, among=actor().person_id),
    )
    asked = queries.asked_after(session(), meetings=[found.id]).get(found.id)
    plan = queries.plan_for(session(), meeting=found)
    return {
        "meeting": found,
        "of_series": series,
        "standing": standing.sentence(session(), found, asked, plan=plan),
        "result": _result(asked.release) if asked and asked.release else None,
        "round": asked.round_ if asked else None,
    }


def _result(release: Release) -> results.GroupPage:
    """The whole, and nothing below it: there is nothing."""
    top = releases.top(session(), release_id=release.id)
    found = results.group_page(
        session(), release=release, unit=top.unit, reach=Reach(everything=True)
    )
    assert found is not None  # the whole is always there
    return found


def existing(plan_id: UUID, action: str = "followup.see") -> FollowUp:
    permit(action)
    return session().get(FollowUp, plan_id) or abort(404)


def title_of(plan: FollowUp) -> str:
    return words.title(_series(plan))


def _series(plan: FollowUp) -> MeetingSeries | None:
    return session().get(MeetingSeries, plan.series_id) if plan.series_id else None


def may_open() -> bool:
    """Whether the reader can go on to any meeting."""
    return may(actor(), "meeting.run")


def of_plan(plan: FollowUp) -> dict[str, Any]:
    """Everything that approval is about, and what can be done."""
    series = _series(plan)
    form = load(plan.questionnaire) if plan.questionnaire else planning.questions()
    missing = planning.missing(session(), plan=plan) if plan.state is PlanState.DRAFT else []
    happened = steps.steps_of(session(), plan=plan)
    return {
        "plan": plan,
        "title": words.title(series),
        "of_series": series,
        "questionnaire": form,
        "holders": [
            (each, _name(each.person_id), _name(each.deputy_id))
            for each in planning.holders_of(session(), plan=plan)
        ],
        "fewest": making.fewest(plan),
        "missing": missing,
        "happened": happened,
        "sent_back": words.sent_back(plan, [step for step, _who in happened]),
        "actions": [
            each
            for each in possible(plan.state)
            if each in OF_THE_AUTHOR and not (each is Action.SUBMIT and missing)
        ],
        "can_approve": _can_approve(plan),
        "words": words,
    }


def _name(person_id: UUID) -> str:
    return session().get_one(Person, person_id).name


def _can_approve(plan: FollowUp) -> bool:
    who = actor()
    return (
        plan.state is PlanState.REVIEW
        and may(who, "followup.approve", plan)
        and who.person_id not in steps.authors(session(), plan=plan)
    )
