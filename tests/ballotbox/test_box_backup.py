import secrets
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import select

from dialog.ballotbox import commands
from dialog.ballotbox.models import SealedBallot
from dialog.storage.engine import session_at
from dialog.storage.migrating import upgrade


def test_sealed_ballots_are_the_same_after_backup_and_restore(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path / 'box.db'}"
    monkeypatch.setenv("DIALOG_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIALOG_BOX_DATABASE_URL", url)
    upgrade("ballotbox", url)
    round_id = uuid4()
    ballots = {secrets.token_bytes(32): secrets.token_bytes(900) for _ in range(50)}
    with session_at(url) as box:
        for token, ballot in ballots.items():
            box.add(SealedBallot(round_id=round_id, token_hash=token, digest=token, ballot=ballot))
        box.commit()
    commands.backup.callback(tmp_path / "copy")  # type: ignore[misc]  # click's own
    with session_at(url) as box:
        for sealed in box.exec(select(SealedBallot)):
            box.delete(sealed)
        box.commit()
    commands.restore.callback(tmp_path / "copy", yes=True)  # type: ignore[misc]  # click's own
    with session_at(url) as box:
        assert {each.token_hash: each.ballot for each in box.exec(select(SealedBallot))} == ballots
    assert "as it was" in capsys.readouterr().out
