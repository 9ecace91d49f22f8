"""The joint check of a programme's releases: a duty of the worker, whenever the set has changed.

Until a set has passed, the page shows the last one that has.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.desk import Desk, Duty, Finish, TakenOverError
from dialog.programmes import queries, trying
from dialog.programmes.figures import figures
from dialog.programmes.models import ProgrammeCheck
from dialog.programmes.side_by_side import side_by_side
from dialog.results import release_files
from dialog.results.models import Release
from dialog.storage import outbox
from dialog.surveys.models import ReceiptList
from dialog.surveys.programme_models import Programme

KIND: Final = "programme.check"


def digest_of(releases: Iterable[tuple[UUID, str]]) -> str:
    """Names a set of releases, by the ids and the digests of their files."""
    named = sorted(f"{release}:{digest}" for release, digest in releases)
    return sha256("\n".join(named).encode()).hexdigest()


def ask_due(desk: Desk) -> None:
    """Have each set tried that was not. Asked twice, it is one duty."""
    with desk.reading() as session:
        due = [
            (programme.id, digest_of(names))
            for programme in session.exec(select(Programme))
            if (names := queries.names(session, programme=programme))
            and known(session, programme_id=programme.id, digest=digest_of(names)) is None
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
        studies = queries.studies(session, programme=programme)
        chains = queries.chains(studies)
        if digest_of(queries.named(chains)) != digest:
            return None  # another has come: that set has a duty of its own
        by_part = {study.part: study.releases for study in studies}
        folders = [
            [_written(session, release, desk.settings.files) for release in chain]
            for chain in chains
        ]
        shown = figures(side_by_side(session, releases=by_part))
        receipts = _receipts(session, [chain[-1].round_id for chain in chains])
        session.expunge_all()

    def renew(_share: float) -> None:
        with desk.writing() as session:
            if not duty.renew(session):
                raise TakenOverError
            session.commit()
        desk.meanwhile()

    found = {
        "rounds": [
            trying.tried(chain, places, tell=renew)
            for chain, places in zip(chains, folders, strict=True)
        ],
        "answers_in_two_rounds": trying.shared_answers(receipts),
        "figures": len(shown),
        "figures_that_do_not_follow": trying.unfounded(
            shown,
            {
                str(chain[-1].id): trying.scores_in(places[-1] / "release.csv")
                for chain, places in zip(chains, folders, strict=True)
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
                    releases=[str(chain[-1].id) for chain in chains],
                    record=found,
                )
            )

    return finish


def passes(found: dict[str, Any]) -> bool:
    """Whether nothing was found that should not be."""
    return (
        all(each["findings"] == 0 for each in found["rounds"])
        and all(file["as_published"] for each in found["rounds"] for file in each["files"])
        and not found["answers_in_two_rounds"]
        and not found["figures_that_do_not_follow"]
    )


def _receipts(session: Session, round_ids: Sequence[UUID]) -> list[bytes]:
    """The lists of ballots that were opened in each round."""
    query = select(ReceiptList.receipts).where(col(ReceiptList.round_id).in_(round_ids))
    return list(session.exec(query))


def _written(session: Session, release: Release, files: Path) -> Path:
    """The folder of the release's files as they are served, with what `dialog audit` reads."""
    for name in ("release.csv", "units.csv"):
        release_files.file(session, release=release, name=name, files=files)
    return release_files.folder(files, release)
