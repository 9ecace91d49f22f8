"""Mandates are recorded with their days, one at a time in a body, ended, and disposed of."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.mandates import Standing, standing
from dialog.diary.models import DiaryAuthority
from dialog.organisation.models import Unit
from dialog.people.models import Role
from dialog.people.permissions import Actor, InBody, holders, may
from dialog.storage.clock import today
from dialog.submissions.models import Kind, Submission, SubmissionStep
from dialog.unions import disposing, keeping, mandating, queries
from dialog.unions.models import Mandate, MandateAction, MandateStep
from tests import makers
from tests.unions.cast import Cast, days_ago


def test_a_mandate_is_kept_with_what_was_done_and_by_whom(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    made = cast.mandate(cast.vera)
    found = queries.held(db, mandate_id=made.id)
    assert found is not None
    assert (found.person.name, found.organisation.short_name) == ("Vera Vald", "VL")
    assert found.standing is Standing.IN_FORCE
    steps = queries.steps_of(db, mandate_id=made.id)
    assert [(step.action, name) for step, name in steps] == [
        (MandateAction.RECORDED, "Sofia Sekret")
    ]


def test_somebody_has_one_mandate_in_a_body_at_a_time_and_may_have_another_after_it(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    cast.mandate(cast.vera, ends_on=today())
    with pytest.raises(RefusedError, match="redan ett uppdrag"):
        cast.mandate(cast.vera, union=1, starts_on=today())
    db.rollback()
    cast.mandate(cast.vera, union=1, starts_on=today() + timedelta(days=1))
    with app.test_request_context():
        other = cast.another("Samverkansgrupp")
    cast.mandate(cast.vera, body=other)


def test_a_mandate_is_for_a_unit_that_the_body_negotiates_for(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    elsewhere = makers.unit(db, "X", name="Annan region")
    assert elsewhere.path == "/X/"
    with pytest.raises(RefusedError, match="förhandlar för"):
        cast.mandate(cast.vera, unit_id=elsewhere.id)
    db.rollback()
    cast.mandate(cast.vera, unit_id=cast.unit.id)


def test_ending_early_keeps_the_days_that_it_was_in_force(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    made = cast.mandate(cast.vera)
    with app.test_request_context():
        mandating.change(
            db, mandate=made, starts_on=made.starts_on, ends_on=days_ago(1), deputy=False,
            by=cast.secretary.id,
        )  # fmt: skip
        db.commit()
        assert standing(made.starts_on, made.ends_on, on=today()) is Standing.ENDED
        steps = [step for step, _name in queries.steps_of(db, mandate_id=made.id)]
        assert [step.ends_on for step in steps] == [None, days_ago(1)]
        with pytest.raises(RefusedError, match="före den första"):
            mandating.change(
                db, mandate=made, starts_on=today(), ends_on=days_ago(1), deputy=False,
                by=cast.secretary.id,
            )  # fmt: skip


def test_a_representative_resigns_from_today_on_and_not_backwards(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    made = cast.mandate(cast.vera)
    with app.test_request_context():
        with pytest.raises(RefusedError, match="från i dag"):
            mandating.resign(db, mandate=made, last_day=days_ago(1))
        mandating.resign(db, mandate=made, last_day=today())
        db.commit()
        assert made.ends_on == today()


def test_what_the_database_finds_in_force_is_what_the_rule_says(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    spans = [(30, None), (30, 0), (30, 1), (0, None), (-1, None), (0, 0), (30, -5)]
    people = [makers.person(db, f"Person {number}") for number in range(len(spans))]
    for person, (first, last) in zip(people, spans, strict=True):
        cast.mandate(
            person, starts_on=days_ago(first), ends_on=None if last is None else days_ago(last)
        )
    for ago in range(-7, 35):
        day = days_ago(ago)
        found = {each for _b, each in queries.representatives(db, bodies=[cast.body.id], on=day)}
        told = {
            each.mandate.person_id
            for each in queries.mandates_of(db, body=cast.body)
            if standing(each.mandate.starts_on, each.mandate.ends_on, on=day) is Standing.IN_FORCE
        }
        assert found == told
        assert ago > 30 or found


def test_an_ended_mandate_is_disposed_of_when_its_months_are_over_and_only_by_a_decision(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    with app.test_request_context():
        kept = {months: cast.another(f"Grupp {months}", keep_months=months) for months in (0, 3)}
        kept[-1] = cast.another("Utan beslut")
    old = {
        months: cast.mandate(cast.vera, body=body, starts_on=days_ago(800), ends_on=days_ago(40)).id
        for months, body in kept.items()
    }
    in_force = cast.mandate(cast.ture, body=kept[0]).id
    for _again in range(2):
        disposing.dispose_due(makers.desk(db))
    assert {months: cast.there(made) for months, made in old.items()} == {
        0: False, 3: True, -1: True,
    }  # fmt: skip
    assert cast.there(in_force)
    steps = db.exec(select(sa.func.count()).where(col(MandateStep.mandate_id) == old[0])).one()
    assert steps == 0


def test_a_name_is_taken_once(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    with app.test_request_context():
        with pytest.raises(RefusedError, match="grupp som heter så"):
            cast.another("RS MBL")
        with pytest.raises(RefusedError, match="organisation som heter så"):
            keeping.save_organisation(
                db, organisation=None, name="Vårdförbundet Ljung", short_name=""
            )


def test_a_body_is_seen_by_its_own_its_keepers_and_registrars_and_by_no_other_role(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    body = queries.in_body(cast.body)
    assert may(Actor(cast.vera.id, acting_in=cast.body.id), "body.see", body)
    assert not may(Actor(cast.vera.id, acting_in=cast.body.id), "body.keep", body)
    assert not may(Actor(cast.vera.id, acting_in=cast.unions[0].id), "body.see", body)
    assert not may(Actor(cast.vera.id), "body.see", body)
    assert not may(Actor(), "body.see", InBody())
    assert may(Actor(cast.secretary.id), "body.keep", body)
    assert holders("body.see") == (False, False, (Role.REGISTRAR, Role.NEGOTIATOR))
    assert holders("body.keep") == (False, False, (Role.NEGOTIATOR,))


def test_nothing_else_says_of_a_person_that_they_belong_to_a_union() -> None:
    """Only a mandate, and what hangs on it, may point at both."""
    tables = Mandate.metadata.tables
    of_person = {
        table.name
        for table in tables.values()
        for key in table.foreign_keys
        if key.column.table.name in {"union_organisation", "union_body"}
    }
    # See the next test; the person of a question is the handler who asked it.
    letters = {"submission", "submission_question", "submission_signatory", "submission_step"}
    assert of_person - letters == {
        "mandate", "meeting", "meeting_invitation", "mbl_agreement", "mbl_matter", "mbl_party",
    }  # fmt: skip
    for name in ("mbl_agreement", "mbl_matter", "mbl_party"):
        assert "person" not in {key.column.table.name for key in tables[name].foreign_keys}
    assert {key.column.table.name for key in tables["union_body"].foreign_keys} == {
        "unit", "person",
    }  # fmt: skip
    assert Unit.__tablename__ == "unit"


def test_a_letter_says_of_nobody_that_they_wrote_it_for_a_union(app: Flask, db: Session) -> None:
    """Its person is staff's who write by name, or a step's of the authority; never beside an
    organisation, and the database refuses it. A handler is no author.
    """
    cast = Cast(app, db)
    board = DiaryAuthority(name="Regionstyrelsen", letters="RS")
    db.add(board)
    db.commit()
    union = cast.unions[0].id
    letter = Submission(kind=Kind.UNION, organisation_id=union, authority_id=board.id)
    db.add(letter)
    db.commit()
    step: dict[str, Any] = {
        "submission_id": letter.id,
        "action": "submit",
        "before": "",
        "after": "",
    }
    for wrong in (
        Submission(
            kind=Kind.UNION, organisation_id=union, author_id=cast.vera.id, authority_id=board.id
        ),
        SubmissionStep(organisation_id=union, person_id=cast.vera.id, **step),
    ):
        db.add(wrong)
        with pytest.raises(sa.exc.IntegrityError):
            db.commit()
        db.rollback()
