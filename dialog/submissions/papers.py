"""A letter and its receipt on paper, as tagged PDF/UA-1 by typst."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from babel.dates import format_date
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session

from dialog.diary.models import DiaryAuthority
from dialog.minutes import markup
from dialog.storage.clock import today
from dialog.submissions import letter_files, queries, receipts
from dialog.submissions.models import Submission
from dialog.unions.models import UnionOrganisation
from dialog.web import typesetting
from dialog.web.i18n import all_of, language, moment

TEMPLATE: Final = Path(__file__).parent / "letter.typ"


def letter(data: dict[str, Any]) -> bytes:
    return typesetting.pdf(TEMPLATE, data)


def letter_data(session: Session, submission: Submission) -> dict[str, Any]:
    """What goes into the PDF of a union's letter."""
    return written(
        session,
        authority_id=submission.authority_id,
        subject=submission.subject,
        body=submission.body,
        signed=senders(session, submission),
        enclosed=[each.version.name for each in letter_files.attachments_of(session, submission)],
    )


def written(
    session: Session,
    *,
    authority_id: UUID,
    subject: str,
    body: str,
    signed: Sequence[str],
    enclosed: Sequence[str],
    kind: str = "Skrivelse",
) -> dict[str, Any]:
    """What goes into the PDF of something that somebody writes to the authority: the text, to whom,
    from whom, and what is enclosed. In Swedish whoever submits it: it is the authority's document.
    """
    with force_locale("sv"):
        return {
            "language": "sv",
            "kind": kind,
            "title": subject,
            "facts": [
                (_("Till"), session.get_one(DiaryAuthority, authority_id).name),
                (_("Dag"), format_date(today(), "d MMMM y", locale="sv")),
            ],
            "blocks": markup.blocks(body),
            "signed_title": _("Undertecknas av"),
            "signed": list(signed),
            "files_title": _("Bilagor"),
            "files": [(name, "") for name in enclosed],
            "note": "",
        }


def senders(session: Session, submission: Submission) -> list[str]:
    """The organisations that sign, by name, the one that writes first."""
    writer = session.get_one(UnionOrganisation, submission.organisation_id).name
    others = [each.organisation.name for each in queries.signers_of(session, submission=submission)]
    return [writer, *(name for name in others if name != writer)]


def receipt(session: Session, submission: Submission) -> bytes:
    """What the authority has received, from whom and when, with what shows that it is the same."""
    assert submission.submitted_at is not None
    return typesetting.pdf(
        TEMPLATE,
        {
            "language": language(),
            "kind": _("Kvitto"),
            "title": _("Mottagningsnummer %(number)s", number=receipts.number_of(submission)),
            "facts": [
                (_("Inkom"), moment(submission.submitted_at)),
                (_("Till"), session.get_one(DiaryAuthority, submission.authority_id).name),
                (_("Från"), all_of(senders(session, submission))),
                (_("Vad den gäller"), submission.subject),
            ],
            "blocks": [],
            "signed_title": "",
            "signed": [],
            "files_title": _("Filer, med avtryck (SHA-256)"),
            "files": [
                (each.version.name, each.version.sha256)
                for each in letter_files.of(session, submission)
            ]
            + [(_("Allt tillsammans"), submission.digest)],
            "note": _(
                "Avtrycket av allt är SHA-256 av de rader som programmet sha256sum skriver för"
                " filerna, i ordningen här. Diarienumret kommer när skrivelsen är diarieförd."
            ),
        },
    )
