"""The joint check of a programme's releases: a duty of the worker, whenever the set has changed.

Until a set has passed, the page shows the last one that has.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.programmes import queries, trying
from dialog.programmes.figures import figures
from dialog.programmes.models import ProgrammeCheck
from dialog.programmes.side_by_side import side_by_side
from dialog.results import release_files
from dialog.results.models import Release
from dialog.storage import outbox
from dialog.surveys.models import ReceiptList
from dialog.surveys.programme_models import Programme
from dialog.surveys.rounds.desk import Desk, Duty, Finish, TakenOverError

KIND: Final = "programme.check"


def digest_of(releases: Sequence[Release]) -> str:
    """Names a set of releases, by their files."""
    named = sorted(f"{release.id}:{release.digest}" for release in releases)
    return sha256("\n".join(named).encode()).hexdigest()


def ask_due(desk: Desk) -> None:
    """Have each set tried that was not. Asked twice, it is one duty."""
    with desk.reading() as session:
        due = [
            (programme.id, digest_of(releases))
            for programme in session.exec(select(Programme))
            if (releases := queries.released(session, programme=programme))
            and known(session, programme_id=programme.id, digest=digest_of(releases)) is None
        ]
    if not due:
        return
    with desk.writing() as session:
        for programme_id, digest in due:
            payload = {"programme": str(programme_id), "digest": digest}
            outbox.put(session, kind=KIND, key=f"{KIND}:{programme_id}:{digest}", payload=payload)
        session.commit()


def known(session: Session, *, programme_id: UUID, digest: str) -> ProgrammeCheck | None:
    query = select(ProgrammeCheck).where(
        ProgrammeCheck.programme_id == programme_id, ProgrammeCheck.digest == digest
    )
    return session.exec(query).first()


def last_passed(session: Session, *, programme_id: UUID) -> ProgrammeCheck | None:
    """What the page may show: the latest set that passed."""
    query = select(ProgrammeCheck).where(
        ProgrammeCheck.programme_id == programme_id, col(ProgrammeCheck.passed)
    )
    return session.exec(query.order_by(col(ProgrammeCheck.made_at).desc())).first()


def check(desk: Desk, duty: Duty) -> Finish | None:
    """What the worker does. Cut off, it is begun again and finds the same."""
    programme_id, digest = UUID(str(duty.payload["programme"])), str(duty.payload["digest"])
    with desk.reading() as session:
        programme = session.get_one(Programme, programme_id)
        releases = queries.released(session, programme=programme)
        if digest_of(releases) != digest:
            return None  # another has come: that set has a duty of its own
        by_part = queries.by_part(session, programme=programme)
        folders = [_written(session, release, desk.settings.files) for release in releases]
        shown = figures(side_by_side(session, releases=by_part))
        receipts = list(
            session.exec(
                select(ReceiptList.receipts).where(
                    col(ReceiptList.round_id).in_([release.round_id for release in releases])
                )
            )
        )
        session.expunge_all()

    def renew(_share: float) -> None:
        with desk.writing() as session:
            if not duty.renew(session):
                raise TakenOverError
            session.commit()
        desk.meanwhile()

    found = {
        "releases": [
            trying.tried(release, folder, tell=renew)
            for release, folder in zip(releases, folders, strict=True)
        ],
        "answers_in_two_rounds": trying.shared_answers(receipts),
        "figures": len(shown),
        "figures_that_do_not_follow": trying.unfounded(
            shown,
            {
                str(release.id): trying.scores_in(folder / "release.csv")
                for release, folder in zip(releases, folders, strict=True)
            },
        ),
    }

    def finish(session: Session) -> None:
        if known(session, programme_id=programme_id, digest=digest) is None:
            session.add(
                ProgrammeCheck(
                    programme_id=programme_id,
                    digest=digest,
                    passed=passes(found),
                    releases=[str(release.id) for release in releases],
                    record=found,
                )
            )

    return finish


def passes(found: dict[str, Any]) -> bool:
    """Whether nothing was found that should not be."""
    return (
        all(each["as_published"] and each["findings"] == 0 for each in found["releases"])
        and not found["answers_in_two_rounds"]
        and not found["figures_that_do_not_follow"]
    )


def _written(session: Session, release: Release, files: Path) -> Path:
    """The folder of the release's files as they are served, with what `dialog audit` reads."""
    for name in ("release.csv", "units.csv"):
        release_files.file(session, release=release, name=name, files=files)
    return release_files.folder(files, release)
