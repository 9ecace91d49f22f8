"""Letters to an authority, as far as each has come, for the walk over every page."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from dialog.diary import registering
from dialog.diary.facts import Facts
from dialog.diary.models import DiaryAuthority, Direction
from dialog.documents import taking
from dialog.people.models import Person
from dialog.settings import Settings
from dialog.storage.clock import now, today
from dialog.submissions.handling import asking, assigning, entering, replying
from dialog.submissions.intake import batches
from dialog.submissions.models import Submission
from tests.documents import samples
from tests.submissions import letters


def handle(
    db: Session,
    settings: Settings,
    *,
    board: DiaryAuthority,
    organisation: UUID,
    acting: UUID,
    registrar: Person,
    handler: Person,
) -> dict[str, UUID]:
    """By what was done with them last. `acting` signs what is asked about, which is not
    told openly.
    """
    names = ("received", "registered", "assigned", "asked", "proposed", "replied")
    made = {
        name: letters.received(
            db, settings, board=board, subject=f"Bemanning {serial}",
            signers=[organisation, acting] if name == "asked" else [organisation],
            at=now() - timedelta(days=20 - serial),
        )
        for serial, name in enumerate(names, 1)
    }  # fmt: skip
    for name in names[1:]:
        open_to_all = "Förbundet" if name != "asked" else None
        _register(db, made[name], board, by=registrar.id, shown=open_to_all)
    for name in names[2:]:
        assigning.assign(
            db, submission=made[name], by=registrar.id, handler_id=handler.id,
            promised_on=today() + timedelta(days=9),
        )  # fmt: skip
    paper: Any = letters.taken(settings, "Fråga.pdf", pages=2)
    asking.ask(
        db, submission=made["asked"], by=handler.id, text="Gäller det natten?",
        paper=paper, at=now(),
    )  # fmt: skip
    for name in names[4:]:
        said: dict[str, Any] = {"submission": made[name], "by": handler.id}
        reply = replying.write(db, text="Vi *anställer* fler.", seen=0, **said)
        replying.propose(db, seen=reply.revision, **said)
    replying.approve(
        db, submission=made["replied"], by=registrar.id, seen=1, at=now(),
        paper=letters.taken(settings, "Svar.pdf", pages=3),
    )  # fmt: skip
    db.commit()
    return {name: each.id for name, each in made.items()}


def wait(db: Session, settings: Settings, *, by: UUID) -> UUID:
    """A batch that its registrar has not cut up yet."""
    pages = ("Till styrelsen, om natten", "Asta Ask", "", "Kära nämnd", "Bo Berg")
    taken = taking.take(
        io.BytesIO(samples.written_pdf(*pages)), name="Måndagens post.pdf", otherwise="bunt",
        folder=settings.documents, scanner="",
    )  # fmt: skip
    board = db.exec(select(DiaryAuthority.id).order_by(DiaryAuthority.name)).first()
    assert board is not None
    made = batches.keep(db, taken=taken, authority_id=board, arrived_on=today(), by=by)
    db.commit()
    return made.id


def _register(
    db: Session, letter: Submission, board: DiaryAuthority, *, by: UUID, shown: str | None
) -> None:
    said: dict[str, Any] = {"at": now(), "by": by}
    matter = registering.open_matter(
        db, authority=board, subject=letter.subject, public_subject=letter.subject, **said
    )
    facts = Facts(
        subject=letter.subject, public_subject=letter.subject, arrived_on=today(),
        correspondent="Förbundet", public_correspondent=shown, direction=Direction.IN,
    )  # fmt: skip
    entering.register(db, submission=letter, facts=facts, matter=matter, **said)
