"""What the pages of a round show: gathered here, so that views stay short."""

from datetime import date
from typing import Any

from flask import current_app

from dialog.core.questionnaire import items
from dialog.organisation import audiences
from dialog.people.signing_in import actor
from dialog.settings import Settings
from dialog.surveys import programmes, result_groups
from dialog.surveys.models import Round, RoundState, Survey
from dialog.surveys.rendering import minutes
from dialog.surveys.rounds import (
    checklist,
    key_holders,
    key_page,
    mails,
    publishing,
    queries,
    university,
    words,
)
from dialog.surveys.rounds import steps as steps_of_round
from dialog.surveys.rounds.authors import authors
from dialog.surveys.rounds.states import Action, possible
from dialog.surveys.sub_study_words import SUB_STUDIES
from dialog.web import qr
from dialog.web.database import session
from dialog.web.i18n import day

STEPS_OF_THE_RUN = (
    Action.OPEN,
    Action.RESUME,
    Action.PAUSE,
    Action.EXTEND,
    Action.CLOSE,
    Action.ARCHIVE,
    Action.WITHDRAW,
    Action.CANCEL,
)
PUBLISHED = (RoundState.RELEASED, RoundState.ARCHIVED)


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def plan(round_: Round) -> dict[str, Any]:
    """What is planned, and after approval frozen, in words."""
    form = checklist.questionnaire_of(session(), round_=round_)
    return {
        "round": round_,
        "survey": session().get_one(Survey, round_.survey_id),
        **_review(round_),
        "questionnaire": form,
        "minutes": minutes(form),
        "sensitive": sum(1 for item in items(form) if item.sensitive),
        "audience": round_.audience.get("told") or _described(round_),
        "people": round_.invited or round_.people,
        "words": words,
        "group_count": len(round_.result_groups),
        "joined_units": sum(len(group["units"]) for group in round_.result_groups),
        "reminder_days": [day(date.fromisoformat(each)) for each in round_.reminders],
        **key_page.facts(round_),
    }


def _described(round_: Round) -> str:
    return audiences.describe(session(), audience=audiences.from_json(round_.audience))


def facts(round_: Round) -> dict[str, Any]:
    """Everything on the round's page."""
    steps = steps_of_round.steps_of(session(), round_=round_)
    is_draft = round_.state is RoundState.DRAFT
    missing = checklist.missing(session(), round_=round_) if is_draft else []
    planned = plan(round_)
    making = publishing.progress(session(), round_id=round_.id)
    return {
        **planned,
        "steps": steps,
        "standing": words.standing(round_, [step for step, _name in steps]),
        "next_step": words.next_step(round_, opening=planned["now_opening"], making=making),
        "publishing": making,
        "missing": {
            part: [each.sentence for each in missing if each.part == part]
            for part in ("questionnaire", *checklist.PARTS)
        },
        "ready": is_draft and not missing,
        "possible": [action for action in STEPS_OF_THE_RUN if action in possible(round_.state)],
        "sent_back": _last_words(round_, steps),
        "mailing": queries.mailing(session(), round_=round_),
        # A release has rates of its own, of answers as they are stored. Beside those, these would
        # tell how many answers were moved to the unit above.
        "rates": _rates(round_, round_.rate_by_unit),
        "code_rates": _rates(round_, round_.codes_by_unit),
        "printed": queries.codes_printed(session(), round_=round_),
        "link": mails.link(settings(), round_.id),
        "can_approve": can_approve(round_),
        **_unready(round_),
        "under_embargo": steps_of_round.is_under_embargo(round_),
    }


def _unready(round_: Round) -> dict[str, Any]:
    """What trustees and the university have to do before the round can be approved."""
    if round_.state is not RoundState.REVIEW:
        return {"unready_keys": [], "unready": []}
    of_keys = list(key_holders.unready(session(), round_=round_))
    return {
        "unready_keys": of_keys,
        "unready": [*of_keys, *university.unready(session(), round_=round_)],
    }


def _review(round_: Round) -> dict[str, Any]:
    """Of a round of a review: which, who the university's people are, and whether it has confirmed
    the questions. After approval they are those who were named then.
    """
    programme = programmes.of_round(session(), round_=round_)
    if programme is None:
        return {"programme": None}
    who = actor().person_id
    frozen = round_.state not in programmes.UNDECIDED
    return {
        "programme": programme,
        "sub_study": SUB_STUDIES.get(round_.sub_study) if round_.sub_study else None,
        "university": programmes.approved_people(session(), round_=round_)
        if frozen
        else programmes.people_of(session(), programme_id=programme.id),
        "confirmed": frozen or university.is_confirmed(session(), round_=round_),
        "may_confirm": round_.state is RoundState.REVIEW
        and who is not None
        and university.is_university(session(), round_=round_, person_id=who),
    }


def _rates(round_: Round, counts: dict[str, list[int]]) -> list[queries.UnitRate]:
    if round_.state in PUBLISHED:
        return []
    groups = {group.code: group.name for group in result_groups.of(round_)}
    return queries.unit_rates(session(), counts=counts, groups=groups)


def can_approve(round_: Round) -> bool:
    """Whether the reader had no part in what is to be approved."""
    who = actor().person_id
    return (
        round_.state is RoundState.REVIEW
        and who is not None
        and who not in authors(session(), round_=round_)
        and not key_holders.holds_a_key(session(), round_=round_, person_id=who)
        and not university.has_part(session(), round_=round_, person_id=who)
    )


def poster(round_: Round) -> dict[str, Any]:
    """The address and its QR code as an image that stands in the page."""
    link = mails.link(settings(), round_.id)
    form = checklist.questionnaire_of(session(), round_=round_)
    return {
        "link": link,
        "qr": qr.image(link),
        "questionnaire": form,
        "minutes": minutes(form),
    }


def _last_words(round_: Round, steps: list[tuple[Any, str]]) -> str:
    """Why the draft came back from review, if that was the last thing that happened to it."""
    if round_.state is not RoundState.DRAFT:
        return ""
    changes = [step for step, _name in steps if step.before != step.after]
    return changes[-1].reason if changes and changes[-1].action == Action.SEND_BACK else ""
