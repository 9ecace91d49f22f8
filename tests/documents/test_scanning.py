"""Virus scanning: a file with a virus is refused, one is held while the scanner is away, and what
was handed in before there was a scanner is seen later.
"""

import hashlib
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session

from dialog.documents import duties, scanning
from dialog.documents import folder as folders
from dialog.documents.models import ScanState
from tests import makers
from tests.documents.cast import Cast
from tests.documents.clamd import SIGN, clamd

INFECTED = b"Underlag\n" + SIGN


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


def states(cast: Cast) -> list[ScanState]:
    return [each.scan for each in cast.files()]


def scan_due(cast: Cast) -> None:
    cast.db.commit()
    duties.scan_due(makers.desk(cast.db, cast.settings))


def test_the_scanner_is_asked_by_either_kind_of_socket(tmp_path: Path) -> None:
    clean, bad = tmp_path / "clean", tmp_path / "bad"
    clean.write_bytes(b"a" * 200_000)
    bad.write_bytes(INFECTED)
    for at in (None, tmp_path / "s"):
        with clamd(at) as scanner:
            assert scanning.ping(scanner)
            assert scanning.scan(clean, scanner=scanner) is ScanState.CLEAN
            assert scanning.scan(bad, scanner=scanner) is ScanState.INFECTED
        assert not scanning.ping(scanner)
        assert scanning.scan(clean, scanner=scanner) is ScanState.WAITING
    assert scanning.scan(clean, scanner="") is ScanState.UNSCANNED


def test_a_file_that_the_scanner_finds_too_long_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.documents.clamd.LONGEST", 1_000)
    long = tmp_path / "long"
    long.write_bytes(bytes(5_000_000))
    with clamd() as scanner:
        assert scanning.scan(long, scanner=scanner) is ScanState.WAITING


def test_a_file_with_a_virus_is_refused_and_not_kept(cast: Cast) -> None:
    with clamd() as scanner:
        cast.scanner(scanner)
        answer = cast.hand_in(INFECTED, name="a.txt")
        assert answer.status_code == 422
        assert "skadlig kod" in answer.text
        assert cast.hand_in(b"Underlag", name="a.txt").status_code == 302
    assert states(cast) == [ScanState.CLEAN]
    assert "inte virusgranskad" not in cast.as_(cast.people[1]).get(cast.page()).text
    assert len(list(folders.kept(cast.settings.documents))) == 1


def test_while_the_scanner_is_away_a_file_is_held_and_opened_when_it_is_back(cast: Cast) -> None:
    with clamd() as gone:
        pass
    cast.scanner(gone)
    assert cast.hand_in(b"Underlag", name="a.txt").status_code == 302
    at = f"/handlingar/{cast.documents()[0].id}"
    reader = cast.as_(cast.people[1])
    assert "väntar på virusgranskning" in reader.get(cast.page()).text
    assert reader.get(f"{at}/1/fil").status_code == 409
    assert reader.get(at).status_code == 200
    scan_due(cast)
    assert states(cast) == [ScanState.WAITING]
    with clamd() as back:
        cast.scanner(back)
        scan_due(cast)
    assert states(cast) == [ScanState.CLEAN]
    assert reader.get(f"{at}/1/fil").data == b"Underlag"


def test_files_that_the_scanner_cannot_answer_for_hold_up_no_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(duties, "AT_ONCE", 1)
    monkeypatch.setattr("tests.documents.clamd.LONGEST", 1_000)
    texts = [b"a" * (2_000 + number) for number in range(2)] + [b"kort %d" % n for n in range(2)]
    with clamd() as gone:
        pass
    cast.scanner(gone)
    for text in texts:
        cast.hand_in(text, name="a.txt")
    lost = hashlib.sha256(texts[2]).hexdigest()
    folders.path_of(cast.settings.documents, lost).unlink()
    with clamd() as back:
        cast.scanner(back)
        scan_due(cast)
    scans = {each.sha256: each.scan for each in cast.files()}
    assert scans.pop(hashlib.sha256(texts[3]).hexdigest()) is ScanState.CLEAN
    assert set(scans.values()) == {ScanState.WAITING}
    assert lost in capsys.readouterr().err


def test_a_scanner_that_is_away_is_not_asked_for_each(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        cast.hand_in(b"text %d" % number, name="a.txt")
    with clamd() as gone:
        pass
    cast.scanner(gone)
    asked, real = [], scanning.scan

    def counted(path: Path, *, scanner: str) -> ScanState:
        asked.append(path)
        return real(path, scanner=scanner)

    monkeypatch.setattr(scanning, "scan", counted)
    scan_due(cast)
    assert len(asked) == 1


def test_a_virus_found_later_takes_the_file_away_for_good(cast: Cast) -> None:
    cast.hand_in(INFECTED, name="a.txt")  # there is no scanner yet
    at = f"/handlingar/{cast.documents()[0].id}"
    assert cast.as_(cast.people[1]).get(f"{at}/1/fil").data == INFECTED
    with clamd() as scanner:
        cast.scanner(scanner)
        scan_due(cast)
        scan_due(cast)
    assert states(cast) == [ScanState.INFECTED]
    assert not list(folders.kept(cast.settings.documents))
    assert cast.as_(cast.people[1]).get(f"{at}/1/fil").status_code == 409
    assert "skadlig kod" in cast.as_(cast.people[1]).get(at).text
    cast.scanner("")
    for to in (f"{at}/ny-version", cast.page(cast.proposal)):
        assert cast.hand_in(INFECTED, name="b.txt", to=to).status_code == 409  # it is remembered
