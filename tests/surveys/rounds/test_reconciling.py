"""After a restore nobody who has had a token can get a second one."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog import backing_up
from dialog.core.ballots import state
from dialog.core.ballots.state import BoxState
from dialog.core.errors import RefusedError
from dialog.storage.clock import today
from dialog.storage.engine import make_engine, session_at
from dialog.surveys import issued_marks, keys
from dialog.surveys.models import Invitation, Round, RoundState, RoundStep
from dialog.surveys.opening import exchange
from dialog.surveys.rounds import inviting, reconciling, steps
from dialog.surveys.rounds.reconciling import Marks
from tests import makers
from tests.pipeline import Pipeline


@pytest.fixture
def opened(pipeline: Pipeline) -> Pipeline:
    """An open round with the file that opening a round begins; one of twelve has answered."""
    issued_marks.begin(pipeline.settings, round_id=pipeline.round.id)
    pipeline.answer(pipeline.invited[0])
    return pipeline


def forget(pipeline: Pipeline, *, before: RoundState = RoundState.OPEN) -> None:
    """Make the database what it was before anybody answered, as a restore does."""
    db = pipeline.db
    db.rollback()
    db.exec(sa.update(Invitation).values(issued=False, blinded_hash=""))
    pipeline.round.state = before
    db.add(pipeline.round)
    db.commit()


def restored(pipeline: Pipeline) -> list[Round]:
    """What restoring does after the database was put back."""
    waiting = reconciling.after_restore(pipeline.db, settings=pipeline.settings)
    pipeline.db.commit()
    pipeline.app.extensions["answering"].forget()
    return waiting


def reconcile(pipeline: Pipeline) -> Marks:
    marks = reconciling.reconcile(
        pipeline.db, round_=pipeline.round, by=None, settings=pipeline.settings
    )
    pipeline.db.commit()
    return marks


def resume(pipeline: Pipeline) -> None:
    steps.resume(pipeline.db, round_=pipeline.round, by=None)
    pipeline.db.commit()
    pipeline.app.extensions["answering"].forget()


def issued(db: Session) -> set[int]:
    db.rollback()
    found = set(db.exec(select(Invitation.number).where(col(Invitation.issued))))
    db.rollback()
    return found


def test_a_restored_round_is_paused_and_may_not_go_on_before_it_is_reconciled(
    opened: Pipeline,
) -> None:
    forget(opened)
    assert restored(opened) == [opened.round]
    assert opened.round.state is RoundState.PAUSED
    refused = opened.issue(opened.seal(), opened.invited[1].link)
    assert (refused.status_code, refused.json and refused.json["reason"]) == (423, "paused")
    with pytest.raises(RefusedError, match="reconcile"):
        steps.resume(opened.db, round_=opened.round, by=None)


def test_after_reconciling_who_has_had_a_token_gets_no_other(opened: Pipeline) -> None:
    forget(opened)
    restored(opened)
    reconcile(opened)
    resume(opened)
    again = opened.issue(opened.seal("1"), opened.invited[0].link)
    assert (again.status_code, again.json and again.json["reason"]) == (409, "issued")
    opened.answer(opened.invited[1])
    assert issued(opened.db) == {who.number for who in opened.invited[:2]}


def test_after_reconciling_a_lost_answer_can_still_be_sent(opened: Pipeline) -> None:
    who, made = opened.invited[1], opened.seal()
    first = opened.token(made, who.link)
    forget(opened)
    restored(opened)
    reconcile(opened)
    resume(opened)
    assert opened.token(made, who.link) == first
    assert opened.post(first).status_code == 201


def test_somebody_who_is_a_person_is_known_by_that(pipeline: Pipeline) -> None:
    issued_marks.begin(pipeline.settings, round_id=pipeline.round.id)
    who = pipeline.invite(pipeline.units[0], person_id=makers.person(pipeline.db).id)
    pipeline.db.commit()
    pipeline.answer(who)
    forget(pipeline)
    restored(pipeline)
    assert issued(pipeline.db) == {who.number}


def test_reconciling_is_kept_as_a_step_and_done_once(opened: Pipeline) -> None:
    forget(opened)
    restored(opened)
    assert reconcile(opened) == Marks(taken=0)  # the restore has taken them already
    assert reconcile(opened) == Marks()
    actions = [step.action for step in opened.db.exec(select(RoundStep).order_by("at"))]
    assert actions == ["restore", "reconcile"]


def test_without_the_file_a_round_can_only_be_closed(opened: Pipeline) -> None:
    issued_marks.forget(opened.settings, round_id=opened.round.id)
    forget(opened)
    restored(opened)
    with pytest.raises(RefusedError, match="Stäng den"):
        reconcile(opened)
    opened.db.rollback()
    steps.close(opened.db, round_=opened.round, by=None)
    assert opened.round.state is RoundState.CLOSED


def test_a_file_older_than_the_backup_is_not_enough(opened: Pipeline) -> None:
    path = opened.settings.keys / "rounds" / f"{opened.round.id}.issued"
    older = path.read_bytes()
    opened.answer(opened.invited[1])
    path.write_bytes(older)  # the keys came from an old copy
    restored(opened)
    with pytest.raises(RefusedError, match="äldre"):
        reconcile(opened)


def test_a_round_that_closed_meanwhile_is_closed_and_counts_right(opened: Pipeline) -> None:
    opened.change(RoundState.CLOSED)
    forget(opened)
    assert restored(opened) == []
    assert opened.round.state is RoundState.CLOSED
    assert issued(opened.db) == {opened.invited[0].number}


def test_a_round_that_was_opened_meanwhile_never_opens_again(opened: Pipeline) -> None:
    forget(opened, before=RoundState.APPROVED)
    opened.round.opens_on = today()
    assert restored(opened) == [opened.round]
    with pytest.raises(RefusedError, match="reconcile"):
        inviting.start(opened.db, round_=opened.round, by=None, settings=opened.settings)
    with pytest.raises(RefusedError, match="Avbryt"):
        reconcile(opened)


def test_cancelling_a_round_that_was_opened_meanwhile_destroys_what_was_answered(
    opened: Pipeline,
) -> None:
    forget(opened, before=RoundState.APPROVED)
    restored(opened)
    reconciling.cancel(
        opened.db,
        round_=opened.round,
        by=opened.author.id,
        reason="Återställd",
        settings=opened.settings,
    )  # fmt: skip - three lines are enough
    opened.db.commit()
    told = keys.side(opened.settings).read_own(exchange.state_file(opened.round.id))
    assert told is not None
    assert state.load(told).state is BoxState.DONE
    with pytest.raises(keys.LostKeyError):
        keys.ballot_key(opened.settings, round_id=opened.round.id)


def test_a_round_that_was_never_opened_is_left_alone(pipeline: Pipeline) -> None:
    made = Round(survey_id=pipeline.round.survey_id, author_id=pipeline.author.id, title="Annan")
    pipeline.db.add(made)
    pipeline.db.commit()
    waiting = restored(pipeline)
    assert made not in waiting
    assert made.reconcile_since is None


def test_a_whole_backup_put_back_with_the_commands_unissues_nobody(
    opened: Pipeline,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip - long names
    settings = opened.settings
    if "sqlite" not in settings.database_url:
        pytest.skip("PostgreSQL's own test is in tests/storage: here others are connected")
    monkeypatch.setenv("DIALOG_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DIALOG_DATABASE_URL", settings.database_url)
    _stamp(settings.database_url)
    monkeypatch.setattr("dialog.storage.backup_sqlite.upgrade", lambda *_args: None)
    opened.db.rollback()
    backing_up.backup.callback(tmp_path / "copy")  # type: ignore[misc]  # click's own
    opened.answer(opened.invited[1])
    opened.db.close()
    for application in (opened.app, opened.box):
        application.extensions["engine"].dispose()
    opened.app.extensions["answering"].forget()
    backing_up.restore.callback(tmp_path / "copy", yes=True)  # type: ignore[misc]  # click's own
    assert str(opened.round.id) in capsys.readouterr().out
    with session_at(settings.database_url) as db:
        round_ = db.get_one(Round, opened.round.id)
        assert round_.state is RoundState.PAUSED
        reconciling.reconcile(db, round_=round_, by=None, settings=settings)
        steps.resume(db, round_=round_, by=None)
        db.commit()
    again = opened.issue(opened.seal("1"), opened.invited[1].link)
    assert again.status_code == 409


def _stamp(url: str) -> None:
    """Tables made without the migrations lack the note of which they are at."""
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES ('0001')"))
    engine.dispose()
