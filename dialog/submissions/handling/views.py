"""Pages of the authority: what waits, a letter, and registering it."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.core.submissions import Action, State
from dialog.diary import registering
from dialog.diary.facts import Facts
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryMatter, Direction, Numbering
from dialog.people.models import Role
from dialog.people.signing_in import actor, me, permitted
from dialog.storage.clock import now
from dialog.submissions import receipts, steps, words
from dialog.submissions.handling import entering, page, queries
from dialog.submissions.handling.forms import EXISTING, RegisterForm
from dialog.submissions.intake import batches, mailbox
from dialog.submissions.intake import entering as intake
from dialog.submissions.models import Submission
from dialog.submissions.page import settings
from dialog.web.database import session
from dialog.web.forms import status, written


@permitted("submission.incoming")
def incoming() -> Any:
    """What waits, for registrars and for handlers, what is late first."""
    roles, db = actor().roles, session()
    registers, handles = Role.REGISTRAR in roles, Role.HANDLER in roles
    return render_template(
        "handling/incoming.html",
        registers=registers,
        handles=handles,
        to_register=queries.to_register(db) if registers else [],
        to_assign=queries.to_assign(db) if registers else [],
        to_approve=queries.to_approve(db, person_id=me()),
        mine=queries.in_hand(db, handler_id=me()) if handles else [],
        in_hand=queries.in_hand(db) if registers else [],
        aside=mailbox.aside(settings().mailbox) if registers else 0,
        batches=len(batches.waiting(db, person_id=me())) if registers else 0,
        letter_words=words,
        name_of=receipts.number_of,
    )


@permitted("submission.incoming")
def letter(submission_id: UUID) -> Any:
    found = page.existing(submission_id)
    again = intake.can_be_taken_up(session(), submission=found)
    return render_template("handling/letter.html", again=again, **page.whole(found))


@permitted("submission.register")
def register(submission_id: UUID) -> Any:
    found, db = page.existing(submission_id), session()
    senders = queries.senders_of(db, submissions=[found])[found.id]
    form, problem = RegisterForm(data=_filled(found, senders)), ""
    if form.validate_on_submit():
        try:
            _register(found, form)
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Skrivelsen har numret %(number)s.", number=page.name_of(found)))
            return redirect(url_for("submissions.step", submission_id=found.id, slug="tilldela"))
    body = render_template(
        "handling/register.html", form=form, problem=problem, came_on=queries.came_on(found),
        waiting=found.state is State.RECEIVED, entered=_numbering(found) is Numbering.ENTERED,
        **page.facts(found),
    )  # fmt: skip
    return body, 422 if problem else status(form)


def _numbering(submission: Submission) -> Numbering:
    return session().get_one(DiaryAuthority, submission.authority_id).numbering


def _filled(submission: Submission, senders: str) -> dict[str, Any]:
    """What the form begins with; of a forwarded letter, withheld what the other board withheld."""
    filled = {
        "where": "nytt", "matter_subject": submission.subject, "subject": submission.subject,
        "correspondent": senders[:300],
    }  # fmt: skip
    if submission.forwarded_from_id is None:
        return filled
    before = session().get_one(Submission, submission.forwarded_from_id)
    line = entering.line_of(session(), submission=before)
    withheld = line.public_subject is None
    return filled | {
        "withheld_matter": withheld, "withheld_subject": withheld, "secrecy": line.secrecy,
        "withheld_correspondent": line.public_correspondent is None,
    }  # fmt: skip


def _register(submission: Submission, form: RegisterForm) -> DiaryLine:
    """What the form says, in one transaction: two who do it at once wait for each other, and the
    second is told. Raises RefusedError.
    """
    steps.check(session(), submission=submission, action=Action.REGISTER)
    facts = Facts(
        subject=written(form.subject).strip(), public_subject=form.public("subject"),
        arrived_on=queries.came_on(submission), direction=Direction.IN,
        correspondent=written(form.correspondent).strip(),
        public_correspondent=form.public("correspondent"),
        secrecy=written(form.secrecy).strip(),
    )  # fmt: skip
    at = now()
    return entering.register(
        session(), submission=submission, facts=facts, at=at, by=me(),
        matter=_matter(submission, form, at=at),
    )  # fmt: skip


def _matter(submission: Submission, form: RegisterForm, *, at: Any) -> DiaryMatter:
    if form.where.data == EXISTING:
        assert form.entered is not None  # the form was validated
        return entering.existing_matter(session(), submission=submission, number=form.entered)
    return registering.open_matter(
        session(), authority=session().get_one(DiaryAuthority, submission.authority_id),
        subject=written(form.matter_subject).strip(), public_subject=form.public("matter_subject"),
        at=at, by=me(), entered=form.entered,
    )  # fmt: skip
