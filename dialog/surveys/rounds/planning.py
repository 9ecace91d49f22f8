"""Planning a round: a draft that is filled in part by part, then handed to review."""

from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.answers import longest
from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.core.questionnaire import dump
from dialog.surveys import result_tables
from dialog.surveys.models import Access, Round, RoundState, Survey
from dialog.surveys.rounds import steps
from dialog.surveys.rounds.checklist import count_people, missing, questionnaire_of
from dialog.surveys.rounds.states import CREATE, PLAN, Action

K_DEFAULT: Final = 10
K_SENSITIVE_DEFAULT: Final = 20
MOST_REMINDERS: Final = 3
NO_SECRECY: Final = "Ingen bestämmelse om sekretess bedöms gälla för svaren."
# What is published of each question and scale: by unit, and by level within each verksamhet.
TABLES: Final = {"units": True, "levels": True}
PLANNED: Final = frozenset(
    {
        "title",
        "access",
        "audience",
        "sender",
        "message",
        "opens_on",
        "closes_at",
        "reminders",
        "k",
        "k_sensitive",
        "key_holder",
        "tables",
        "programme_id",
        "sub_study",
        "released_from",
        "result_groups",
        "keep_list_until",
        "keep_rows_until",
        "keep_unit_until",
        "keep_texts_until",
        "keep_unopened_until",
        "secrecy_note",
        "assessment_number",
    }
)  # fmt: skip - read as a list


def create(
    session: Session,
    *,
    survey: Survey,
    author_id: UUID,
    title: str,
    access: Access,
    standing: UUID | None = None,
) -> Round:
    """A new draft; `standing`: see `change`."""
    round_ = Round(
        survey_id=survey.id,
        author_id=author_id,
        title=one_line(title),
        access=access,
        k=K_DEFAULT,
        k_sensitive=K_SENSITIVE_DEFAULT,
        tables=dict(result_tables.WHOLE if standing else TABLES),
        standing_plan=standing,
    )
    session.add(round_)
    session.flush()
    count_people(session, round_=round_)
    steps.keep(session, round_=round_, action=CREATE, by=author_id)
    return round_


def change(
    session: Session, *, round_: Round, by: UUID, standing: UUID | None = None, **values: Any
) -> None:
    """Write down parts of the plan, by their names in PLANNED. Only a draft can be changed; one
    that was made from a plan approved once for many, only from that plan (`standing`).
    """
    steps.hold(session, round_=round_)
    if round_.standing_plan != standing:
        raise RefusedError(
            _(
                "Omgången är gjord efter en plan som är godkänd för flera omgångar. Den ändras inte"
                " för sig: ändra planen, och låt den godkännas på nytt."
            )
        )
    if round_.state is not RoundState.DRAFT:
        raise IllegalTransitionError(
            _("Planen är låst sedan omgången lämnades till granskning. Ta tillbaka den först.")
            if round_.state is RoundState.REVIEW
            else _("Planen är låst sedan omgången godkändes.")
        )
    for name, value in values.items():
        if name not in PLANNED:
            raise KeyError(name)
        setattr(round_, name, one_line(value) if name in {"title", "sender"} else value)
    session.add(round_)
    if "audience" in values:
        count_people(session, round_=round_)
    if by != round_.author_id and by not in steps.people_who(
        session, round_=round_, actions=(PLAN,)
    ):
        steps.keep(session, round_=round_, action=PLAN, by=by)


def one_line(text: str) -> str:
    """Titles and senders become headers of mail: no line breaks, no double spaces."""
    return " ".join(text.split())


def submit(session: Session, *, round_: Round, by: UUID) -> None:
    """Hand the plan to an approver. The questionnaire is copied now: what is reviewed is what is
    approved, whatever happens to the survey meanwhile.
    """
    steps.check(session, round_=round_, action=Action.SUBMIT)
    count_people(session, round_=round_)
    lacking = missing(session, round_=round_, counted=True)
    if lacking:
        raise RefusedError(_("Omgången är inte färdig för granskning.") + " " + lacking[0].sentence)
    form = questionnaire_of(session, round_=round_)
    round_.questionnaire = dump(form).decode()
    round_.length = longest(form)
    steps.take(session, round_=round_, action=Action.SUBMIT, by=by)


def withdraw(session: Session, *, round_: Round, by: UUID) -> None:
    """Take the plan back from review, to change it."""
    steps.take(session, round_=round_, action=Action.WITHDRAW, by=by)
    thaw(session, round_=round_)


def thaw(session: Session, *, round_: Round) -> None:
    """A draft has no copy of its own of the questionnaire: it follows the survey again."""
    round_.questionnaire, round_.length = "", 0
    session.add(round_)
