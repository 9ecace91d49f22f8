import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from dialog.settings import Settings, from_environment
from dialog.surveys import issued_marks

ROUND = uuid4()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = from_environment(DIALOG_INSTANCE=str(tmp_path))
    issued_marks.begin(made, round_id=ROUND)
    return made


def a_hash(what: str) -> str:
    return hashlib.sha256(what.encode()).hexdigest()


def noted(settings: Settings, who: UUID, what: str = "request") -> None:
    issued_marks.note(settings, round_id=ROUND, who=who, blinded_hash=a_hash(what))


def test_what_was_noted_is_read_by_mark(settings: Settings) -> None:
    who = uuid4()
    noted(settings, who)
    mark = issued_marks.mark(settings, round_id=ROUND, who=who)
    assert issued_marks.read(settings, round_id=ROUND) == {mark: a_hash("request")}


def test_a_round_without_issues_differs_from_a_lost_file(settings: Settings) -> None:
    assert issued_marks.read(settings, round_id=ROUND) == {}
    assert issued_marks.read(settings, round_id=uuid4()) is None


def test_a_torn_line_costs_only_itself(settings: Settings) -> None:
    first, second = uuid4(), uuid4()
    noted(settings, first)
    path = settings.keys / "rounds" / f"{ROUND}.issued"
    path.write_bytes(path.read_bytes()[:-30])
    noted(settings, second)
    mark = issued_marks.mark(settings, round_id=ROUND, who=second)
    assert issued_marks.read(settings, round_id=ROUND) == {mark: a_hash("request")}


def test_lines_written_at_once_are_all_there(settings: Settings) -> None:
    people = [uuid4() for _ in range(200)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda who: noted(settings, who), people))
    found = issued_marks.read(settings, round_id=ROUND)
    assert found is not None
    assert set(found) == {issued_marks.mark(settings, round_id=ROUND, who=who) for who in people}


def test_the_file_names_nobody_and_is_ours_alone(settings: Settings) -> None:
    who = uuid4()
    noted(settings, who)
    path = settings.keys / "rounds" / f"{ROUND}.issued"
    assert who.hex not in path.read_text().replace("-", "")
    assert path.stat().st_mode & 0o077 == 0


def test_one_person_has_another_mark_in_another_round(settings: Settings) -> None:
    who = uuid4()
    assert issued_marks.mark(settings, round_id=ROUND, who=who) != issued_marks.mark(
        settings, round_id=uuid4(), who=who
    )


def test_the_file_can_be_forgotten_twice(settings: Settings) -> None:
    issued_marks.forget(settings, round_id=ROUND)
    issued_marks.forget(settings, round_id=ROUND)
    assert issued_marks.read(settings, round_id=ROUND) is None
