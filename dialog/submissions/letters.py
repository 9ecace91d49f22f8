"""Mail to a representative about a letter: written when it is sent, and only if they still
represent. It says neither which union nor what the letter is about.
"""

from uuid import UUID

from dialog.core.mandates import Standing
from dialog.desk import Desk, Duty, Finish
from dialog.storage import letters, mailing
from dialog.submissions.models import Submission
from dialog.unions import queries as unions
from dialog.unions.notices import noting


def send(desk: Desk, duty: Duty) -> Finish | None:
    """Killed between sending and marking, it is sent twice: harmless."""
    settings = desk.settings
    with desk.reading() as session:
        held = unions.held(session, mandate_id=UUID(str(duty.payload["mandate"])))
        submission = session.get(Submission, UUID(str(duty.payload["submission"])))
    if held is None or submission is None or not held.person.active:
        return None
    if held.standing is not Standing.IN_FORCE:
        return None
    template = letters.templates("dialog.submissions", "templates/submissions")
    words = template.get_template("mail.txt").render(
        language=held.person.language, page=f"{settings.base_url}/skrivelser/{submission.id}"
    )
    message = letters.compose(
        words, name="", email=held.mandate.notice_email or held.person.email,
        sender=settings.mail_from, base_url=settings.base_url,
    )  # fmt: skip
    mailing.mark_private(message)
    chosen = held.mandate.id if held.mandate.notice_email else None
    return noting(held.person.id, chosen, desk.send(message))
