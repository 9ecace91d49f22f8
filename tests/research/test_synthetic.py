"""The invented file: real names and codes, and nothing of anybody's answers."""

import io
import zipfile

import polars as pl
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.research import synthetic
from dialog.research.models import RoundData
from dialog.surveys.models import Response, Round
from tests.conftest import sign_in
from tests.research.cast import ALL, PROFESSIONS, Cast, forget_rows


def built(db: Session, cast: Cast) -> bytes:
    data, round_ = db.get_one(RoundData, cast.round.id), db.get_one(Round, cast.round.id)
    plan = synthetic.plan(db, round_=round_, data=data, names=[], language="sv")
    db.commit()
    return synthetic.build(plan)


def test_it_is_the_same_whatever_was_answered_and_whether_anybody_did(db: Session) -> None:
    cast = Cast(db)
    before = built(db, cast)
    row = db.exec(select(Response)).first()
    assert row is not None
    other = row.answers
    assert '"age"' in other
    db.commit()
    forget_rows(db, cast.round)
    assert built(db, cast) == before


def test_its_columns_and_codes_are_those_of_the_real_file(client: FlaskClient, db: Session) -> None:
    cast = Cast(db)
    draft = cast.draft()
    sign_in(client, db, cast.researcher)
    answer = client.get(f"/forskning/{draft.id}/syntetiskt/{cast.round.id}")
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = {name.split("/", 1)[1]: name for name in archive.namelist()}
        frame = pl.read_csv(archive.read(names["data.csv"]), infer_schema=False)
        read_me = archive.read(names["README.txt"]).decode()
    assert tuple(frame.columns) == ALL
    assert "Inget svar har lästs" in read_me
    assert set(frame["profession"].drop_nulls()) <= {*PROFESSIONS, "*"}
    assert set(frame["voice"].drop_nulls()) == {"1", "2", "3", "4", "5", "-98"}
    # Drawn by itself: nothing goes with anything.
    scored = frame.select(pl.col("voice", "heard").cast(pl.Int64)).filter(
        (pl.col("voice") > 0) & (pl.col("heard") > 0)
    )
    assert abs(scored.select(pl.corr("voice", "heard")).item()) < 0.12
