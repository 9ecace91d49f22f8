"""The master and the packages: the same bytes, whole or absent, and never finer together."""

import io
import zipfile
from collections import Counter
from datetime import timedelta
from typing import Any

import polars as pl
import pytest
import time_machine
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog import worker
from dialog.core.errors import RefusedError
from dialog.core.questionnaire import items
from dialog.research import letters, making, master_files, preparing
from dialog.research.models import (
    DataApplication,
    DataExport,
    DataPackage,
    Preparing,
    RoundData,
    State,
)
from dialog.research.packaging import UnprotectedError, pack
from dialog.storage.clock import now
from dialog.surveys.building.instruments.speech_climate import SPEECH_CLIMATE
from dialog.surveys.models import Round, RoundState
from tests.conftest import sign_in
from tests.research.cast import ALL, Cast
from tests.results import cast as results_cast

QUASI = ("unit", "level", "age", "profession")


def package_of(db: Session, application: DataApplication) -> bytes:
    query = (
        select(DataPackage.content)
        .join(DataExport)
        .where(DataExport.application_id == application.id)
    )
    return db.exec(query).one()


def data_of(package: bytes, name: str = "data.csv") -> pl.DataFrame:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        path = next(each for each in archive.namelist() if each.endswith(f"/{name}"))
        return pl.read_csv(archive.read(path), infer_schema=False)


def test_the_same_application_gives_the_same_bytes(db: Session) -> None:
    cast = Cast(db)
    application = cast.generated()
    first = package_of(db, application)
    data = db.get_one(RoundData, cast.round.id)
    (part,) = making._parts(db, application)
    again = pack(master_files.unpack(data.master), data.report, part.order, digest=data.digest)
    assert again.content == first
    # The master too: made once more from the rows, whatever their order.
    digest = data.digest
    data.fixed, application.state = False, State.WITHDRAWN
    db.commit()
    assert cast.prepare().digest == digest


def test_killed_while_packing_it_is_made_again_whole(
    db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        pass

    cast = Cast(db)
    application = cast.approved()
    real = letters.ask_readers

    def dies(*_args: Any, **_named: Any) -> None:
        raise KilledError

    monkeypatch.setattr(letters, "ask_readers", dies)
    with pytest.raises(KilledError):
        cast.work()
    db.rollback()
    assert db.exec(select(DataExport)).all() == []
    monkeypatch.setattr(letters, "ask_readers", real)
    db.commit()
    with time_machine.travel(now() + timedelta(minutes=11)):
        worker.run(cast.desk, once=True)
    db.expire(application)
    assert application.state is State.GENERATED
    assert len(db.exec(select(DataExport)).all()) == 1
    db.commit()


def test_two_exports_joined_are_no_finer_than_the_master(db: Session) -> None:
    """Somebody holds two exports and joins them on all that both have. Every joined row's quasi-
    identifiers are those of at least k rows, or of none for sure.
    """
    cast = Cast(db)
    one = cast.generated(names=("unit", "age", "voice", "heard", "afraid"))
    two = cast.generated(names=("level", "profession", "voice", "heard", "afraid"))
    assert one.number != two.number
    left, right = (data_of(package_of(db, each)) for each in (one, two))
    db.commit()
    shared = ["voice", "heard", "afraid"]
    certain = [
        key
        for key, n in Counter(left.select(shared).iter_rows()).items()
        if n == 1 and Counter(right.select(shared).iter_rows())[key] == 1
    ]
    joined = left.join(right, on=shared, how="inner", nulls_equal=True)
    alone = [
        row
        for row in joined.iter_rows(named=True)
        if tuple(row[name] for name in shared) in certain
    ]
    assert len(alone) > 10  # answers alone do join many rows
    master = master_files.unpack(db.get_one(RoundData, cast.round.id).master)
    db.commit()
    said = Counter(zip(*(map(str, master.column(name)) for name in QUASI), strict=True))
    for row in alone:
        assert said[tuple(row[name] or "" for name in QUASI)] >= 10


def test_no_date_no_lone_number_and_no_text_leaves(db: Session) -> None:
    cast = Cast(db)
    for name in ("since", "hours", "more"):
        with pytest.raises(RefusedError):
            cast.submitted(names=(*ALL, name))
        db.rollback()
    frame = data_of(package_of(db, cast.generated()))
    db.commit()
    assert set(frame.columns) == set(ALL)


def test_what_does_not_hold_k_never_leaves(db: Session) -> None:
    cast = Cast(db)
    application = cast.approved()
    data = db.get_one(RoundData, cast.round.id)
    (part,) = making._parts(db, application)
    db.commit()
    master = master_files.unpack(data.master)
    spoiled = [list(column) for column in master.columns]
    spoiled[master.names.index("age")][0] = "47"
    columns = tuple(spoiled)
    bad = type(master)(master.variables, columns)
    with pytest.raises(UnprotectedError):
        pack(bad, data.report, part.order, digest=data.digest)


def test_sensitive_answers_differ_in_every_group_when_that_is_asked_for(db: Session) -> None:
    cast = Cast(db)
    data = cast.prepare(l=2, t=0.3)
    assert data.state is Preparing.READY
    assert data.report["sensitive"] == ["afraid"]
    frame = data_of(package_of(db, cast.generated()))
    db.commit()
    counted = frame.group_by(QUASI).agg(pl.col("afraid").n_unique(), pl.len())
    assert counted["afraid"].min() == 2
    assert counted["len"].min() >= 10  # type: ignore[operator]  # a number


def test_a_value_that_a_hierarchy_lacks_is_not_told(db: Session) -> None:
    cast = Cast(db, prepared=False)
    lines = [[str(age), "alla", "*"] for age in range(18, 40)]
    data = cast.prepare(given={"age": lines})
    assert data.state is Preparing.FAILED
    (problem,) = preparing.problems(data)
    db.commit()
    assert "täcker inte alla värden" in problem.sv
    assert not any(sign.isdigit() for sign in problem.sv)


def test_after_the_first_export_the_master_is_never_made_anew(db: Session) -> None:
    cast = Cast(db)
    cast.submitted()
    with pytest.raises(RefusedError, match="väntar på beslut"):
        cast.prepare(k=12)
    db.rollback()
    for application in db.exec(select(DataApplication)).all():
        application.state = State.WITHDRAWN
    db.commit()
    cast.generated()
    db.commit()
    with pytest.raises(RefusedError, match="samma omkodning"):
        cast.prepare(k=12)
    db.rollback()


def test_an_application_for_two_rounds_gets_a_package_of_each(db: Session) -> None:
    cast = Cast(db)
    other = results_cast.opened_round(
        db,
        [],
        units=cast.units,
        author=cast.analyst,
        title="Våren",
        state=RoundState.RELEASED,
    )
    data = cast.prepare(other)
    assert data.state is Preparing.FAILED  # nobody answered
    assert "finns inte kvar" in preparing.problems(data)[0].sv
    db.commit()


ASKED_OF_SOME = ("level", "tystad_1", "namnd_1", "namnd_2", "chefsled_1", "trygghet_1")


def _climate(cast: Cast) -> Round:
    """A round of the real questionnaire: 12 managers are asked what 9 elected and the staff are
    not.
    """
    said = {
        item.name: [option.name for option in item.options]
        for item in items(SPEECH_CLIMATE)
        if item.sensitive and item.options
    }
    people = [("V11", "staff")] * 30 + [("V11", "manager-1")] * 12 + [("R", "elected")] * 9
    rows: list[results_cast.Answered] = [
        (
            unit,
            level,
            {"trygghet_1": "5"}
            | ({name: each[place % 2] for name, each in said.items()} if unit == "V11" else {})
            | ({f"chefsled_{n}": "4" for n in range(1, 5)} if "manager" in level else {})
            | ({f"namnd_{n}": "2" for n in range(1, 6)} if level == "elected" else {}),
        )
        for place, (unit, level) in enumerate(people)
    ]
    return results_cast.opened_round(
        cast.db, rows, units=cast.units, author=cast.analyst, state=RoundState.RELEASED
    )


def test_who_was_asked_what_tells_no_level_that_is_not_published(db: Session) -> None:
    cast = Cast(db, prepared=False)
    round_ = _climate(cast)
    data = cast.prepare(round_, quasi=[])
    package = package_of(db, cast.generated(names=ASKED_OF_SOME, round_=round_))
    db.commit()
    frame = data_of(package)
    told = Counter(
        (row["level"], *(row[name] in {None, "-97"} for name in ASKED_OF_SOME[1:]))
        for row in frame.iter_rows(named=True)
    )
    assert min(told.values()) >= data.k
    assert set(frame.filter(pl.col("level") == "staff")["trygghet_1"]) == {"5"}
    assert data.report["left_out"]["namnd_1"] >= 9
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        told_of = {name.split("/")[1]: archive.read(name) for name in archive.namelist()}
    assert "har en egen kod" in told_of["README.txt"].decode()
    assert b"Borttaget" in told_of["datapackage.json"]


def test_demands_on_sensitive_answers_hold_where_some_were_left_out(db: Session) -> None:
    cast = Cast(db, prepared=False)
    round_ = _climate(cast)
    data = cast.prepare(round_, quasi=[], l=2, t=0.9)
    assert data.state is Preparing.READY, data.problem
    assert "tystad_1" in data.report["sensitive"]
    for names in (ASKED_OF_SOME, ("unit", "tystad_1", "namnd_1")):  # groups put together, too
        frame = data_of(package_of(db, cast.generated(names=names, round_=round_)))
        db.commit()
        for _key, group in frame.group_by(names[0]):
            assert len({*group["tystad_1"]} - {"-97"}) != 1


def test_who_prepares_and_who_applies_see_where_answers_are_removed(
    client: FlaskClient, db: Session
) -> None:
    cast = Cast(db, prepared=False)
    round_ = _climate(cast)
    data = cast.prepare(round_, quasi=[])
    application = cast.draft(names=("level", "namnd_1"), round_=round_)
    kept = master_files.unpack(data.master).names
    assert set(data.report["left_out"]) <= set(kept)
    db.commit()
    sign_in(client, db, cast.analyst)
    whole = client.get(f"/forskning/omgang/{round_.id}").text
    sign_in(client, db, cast.researcher)
    chosen = client.get(f"/forskning/{application.id}/variabler/{round_.id}").text
    first, other = "I nämnden kan jag", "Dåliga nyheter når"
    parts = [page.partition("Andel av raderna där svaret tas bort")[2] for page in (whole, chosen)]
    tables = [part.partition("</table>")[0] for part in parts]
    assert [first in table for table in tables] == [True, True]
    assert [other in table for table in tables] == [True, False]  # what was not chosen costs nobody
