"""Entering a request in the diary: in a matter that there is, or in one of its own."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from dialog.core.requests import Action
from dialog.diary import files as diary_files
from dialog.diary import queries as diary
from dialog.diary import registering
from dialog.diary.facts import Facts
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryMatter, Direction
from dialog.documents.taking import Taken
from dialog.requests import steps
from dialog.requests.models import DisclosureRequest
from dialog.storage.clock import now

# What the diary says, whatever language the page of whoever registers is in.
REQUEST: Final = "Begäran om att få ta del av handlingar"
REPLY: Final = "Svar på begäran om att få ta del av handlingar"
DECISION: Final = "Beslut i fråga om att lämna ut handlingar"
UNKNOWN: Final = "Anonym"


def enter(
    session: Session,
    *,
    request: DisclosureRequest,
    authority: DiaryAuthority,
    matter: DiaryMatter | None,
    paper: Taken,
    by: UUID,
) -> DiaryLine:
    """With no `matter` a new one is opened; `paper` is the request as a PDF. The name of a private
    person who gave it stands in the diary, and not in what everybody is shown. Raises
    RefusedError.
    """
    steps.check(session, request=request, action=Action.REGISTER)
    if matter is None:
        matter = registering.open_matter(
            session, authority=authority, subject=REQUEST, public_subject=REQUEST, at=now(), by=by
        )
    sender = request.name or UNKNOWN
    facts = Facts(
        subject=REQUEST, public_subject=REQUEST, arrived_on=request.received_on,
        direction=Direction.IN, correspondent=sender,
        public_correspondent=None if request.name else sender,
    )  # fmt: skip
    line = registering.register(
        session, authority=authority, matter=matter, facts=facts, at=now(), by=by
    )
    diary_files.put(session, line=line, files=[paper], at=now(), by=by)
    steps.take(session, request=request, action=Action.REGISTER, by=by)
    request.line_id = line.id
    session.add(request)
    return line


def line_of(session: Session, *, request: DisclosureRequest) -> DiaryLine | None:
    """Where it stands in the diary."""
    return diary.line(session, line_id=request.line_id)
