"""What time brings: packages that expire, reminders, masters that go with their rows."""

from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog import worker
from dialog.core.errors import RefusedError
from dialog.research import applying, ending, master_files
from dialog.research.models import (
    DataApplication,
    DataExport,
    DataPackage,
    Outcome,
    RoundData,
    State,
)
from dialog.storage.clock import now, today
from dialog.surveys.models import Round
from tests.conftest import sign_in
from tests.research.cast import Cast


def work_after(cast: Cast, days: int) -> None:
    cast.db.commit()
    with time_machine.travel(now() + timedelta(days=days), tick=True):
        worker.run(cast.desk, once=True)
    cast.db.expire_all()


def fetch(client: FlaskClient, cast: Cast, application: DataApplication) -> int:
    export = cast.db.exec(
        select(DataExport).where(DataExport.application_id == application.id)
    ).one()
    cast.db.commit()
    sign_in(client, cast.db, cast.researcher)
    return client.post(f"/forskning/{application.id}/paket/{export.id}").status_code


def test_a_package_expires_after_thirty_days_and_is_gone(client: FlaskClient, db: Session) -> None:
    cast = Cast(db)
    application = cast.generated()
    assert application.fetch_until == today() + timedelta(days=30)
    work_after(cast, 30)
    assert db.get_one(DataApplication, application.id).state is State.GENERATED
    work_after(cast, 31)
    assert db.get_one(DataApplication, application.id).state is State.EXPIRED
    assert db.exec(select(DataPackage)).all() == []
    assert fetch(client, cast, application) == 302  # back to the page, which says so
    db.commit()


def test_it_can_be_fetched_no_longer_than_the_rows_and_their_units_are_kept(db: Session) -> None:
    cast = Cast(db)
    cast.round.keep_rows_until = today() + timedelta(days=20)
    cast.round.keep_unit_until = today() + timedelta(days=5)
    db.commit()
    with_unit = cast.generated()
    without = cast.generated(names=("level", "age", "voice"))
    assert with_unit.fetch_until == today() + timedelta(days=5)
    assert without.fetch_until == today() + timedelta(days=20)
    db.commit()


def test_the_master_goes_with_the_units_and_the_rows(db: Session) -> None:
    cast = Cast(db)
    round_ = db.get_one(Round, cast.round.id)
    round_.keep_unit_until = today() + timedelta(days=5)
    round_.keep_rows_until = today() + timedelta(days=20)
    waiting = cast.approved(names=("unit", "voice"))
    round_id = round_.id
    db.commit()
    with time_machine.travel(now() + timedelta(days=6), tick=True):
        ending.dispose_masters(cast.desk)
    db.expire_all()
    data = db.get_one(RoundData, round_id)
    kept = master_files.unpack(data.master)
    assert "unit" not in kept.names
    assert "voice" in kept.names
    assert all(words[0] == "" for words, _count in data.report["groups"])
    db.commit()
    work_after(cast, 6)
    assert db.get_one(DataApplication, waiting.id).state is State.UNMADE
    work_after(cast, 21)
    data = db.get_one(RoundData, round_id)
    assert (data.master, data.report["groups"]) == (b"", [])
    with pytest.raises(RefusedError):
        applying.submit(db, application=cast.draft(names=("voice",)), by=cast.researcher.id)
    db.rollback()


def test_who_has_fetched_is_asked_what_became_of_the_data_until_it_is_reported(
    client: FlaskClient, db: Session
) -> None:
    cast = Cast(db)
    application, never = cast.generated(), cast.generated()
    assert fetch(client, cast, application) == 200

    def asked() -> int:
        return sum("Redovisa vad som blev" in letter for letter in cast.letters())

    work_after(cast, 365)
    assert asked() == 0
    for days, times in ((366, 1), (370, 1), (396, 2)):
        work_after(cast, days)
        assert asked() == times, days
    application = db.get_one(DataApplication, application.id)
    with pytest.raises(RefusedError, match="arkiverade"):
        ending.report(
            db, application=application, by=cast.researcher.id, outcome=Outcome.ARCHIVED, note=" "
        )
    ending.report(
        db,
        application=application,
        by=cast.researcher.id,
        outcome=Outcome.DISPOSED,
        note="Beslut 2027/12",
    )
    work_after(cast, 430)
    assert asked() == 2
    assert db.get_one(DataApplication, never.id).state is State.EXPIRED
    public = f"/forskning/uttag/{cast.round.id}"
    db.commit()
    assert "Gallrade: Beslut 2027/12" in client.get(public).text
