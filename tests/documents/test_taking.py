"""Files taken in: known by content, named harmlessly, bounded, and pictures drawn anew."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dialog.core.documents.kinds import MOST, Fault, Kind, UnfitError
from dialog.documents import folder as folders
from dialog.documents import taking
from dialog.documents.models import ScanState
from dialog.documents.taking import Taken
from tests.documents import samples


def take(tmp_path: Path, name: str, content: bytes) -> Taken:
    return taking.take(
        io.BytesIO(content), name=name, otherwise="handling", folder=tmp_path, scanner=""
    )


def fault(tmp_path: Path, name: str, content: bytes) -> Fault:
    with pytest.raises(UnfitError) as found:
        take(tmp_path, name, content)
    return found.value.fault


def content(tmp_path: Path, taken: Taken) -> bytes:
    return folders.path_of(tmp_path, taken.sha256).read_bytes()


@pytest.mark.parametrize("name", samples.WHOLE)
def test_each_kind_is_taken_and_keeps_its_name(tmp_path: Path, name: str) -> None:
    taken = take(tmp_path, name, samples.WHOLE[name]())
    assert taken.name == name
    assert taken.scan is ScanState.UNSCANNED
    assert taken.size == len(content(tmp_path, taken))


def test_only_pictures_are_changed(tmp_path: Path) -> None:
    for name, make in samples.WHOLE.items():
        given = make()
        taken = take(tmp_path, name, given)
        same = taken.sha256 == taken.given_sha256
        assert same is (taken.kind not in (Kind.PNG, Kind.JPEG)), name
        assert same is (content(tmp_path, taken) == given)


def test_a_photograph_loses_who_took_it_and_where_and_stands_upright(tmp_path: Path) -> None:
    given = samples.photo()
    assert b"Maja Fotograf" in given
    kept = content(tmp_path, take(tmp_path, "foto.jpg", given))
    assert b"Maja" not in kept
    with Image.open(io.BytesIO(kept)) as found:
        assert not found.getexif()
        assert found.size == (40, 60)  # turned as the camera said, and no longer said


def test_the_same_content_is_one_file_whatever_it_is_called(tmp_path: Path) -> None:
    given = samples.pdf()
    first, second = take(tmp_path, "a.pdf", given), take(tmp_path, "b.pdf", given)
    assert first.sha256 == second.sha256
    assert len(list(folders.kept(tmp_path))) == 1
    photo = samples.photo()
    assert take(tmp_path, "a.jpg", photo).sha256 == take(tmp_path, "b.jpg", photo).sha256


def test_a_pdf_knows_how_many_pages_it_has(tmp_path: Path) -> None:
    assert take(tmp_path, "a.pdf", samples.pdf(3)).pages == 3


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\maja\\Underlag.pdf", "Underlag.pdf"),
        ("\u202efdp.exe\u202c.pdf", "fdp.exe.pdf"),
        ("rad\r\nSet-Cookie: a=b.pdf", "rad Set-Cookie a=b.pdf"),
        ("", "handling.pdf"),
        ("...", "handling.pdf"),
        ("Underlag", "Underlag.pdf"),
        ("Åäö éü.PDF", "Åäö éü.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_to_show(tmp_path: Path, given: str, shown: str) -> None:
    assert take(tmp_path, given, samples.pdf()).name == shown
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in files] == [path.name for path in folders.kept(tmp_path)]


def test_the_wrong_ending_is_refused_but_a_pictures_is_mended(tmp_path: Path) -> None:
    assert fault(tmp_path, "a.docx", samples.pdf()) is Fault.MISNAMED
    assert fault(tmp_path, "faktura.pdf.exe", samples.pdf()) is Fault.MISNAMED
    assert fault(tmp_path, "a.pdf", samples.picture()) is Fault.MISNAMED
    assert take(tmp_path, "a.jpg", samples.picture()).name == "a.png"


class Endless(io.RawIOBase):
    """A stream without an end; it counts what was asked of it."""

    given = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert size > 0, "all of it at once"
        self.given += size
        return b"%PDF-" + b"x" * (size - 5)


def test_a_stream_that_is_too_long_is_left_at_the_limit(tmp_path: Path) -> None:
    endless: Any = Endless()
    with pytest.raises(UnfitError, match="large"):
        taking.take(endless, name="a.pdf", otherwise="b", folder=tmp_path, scanner="")
    assert MOST < endless.given < MOST + 2**20
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_containers_are_opened_in_a_process_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_given: object) -> None:
        raise AssertionError("opened here")

    given = samples.office()
    monkeypatch.setattr("zipfile.ZipFile", never)
    assert take(tmp_path, "a.docx", given).kind is Kind.DOCX


def test_a_refusal_leaves_nothing(tmp_path: Path) -> None:
    fault(tmp_path, "a.pdf", b"%PDF-1.7\nnothing of the kind")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not list((tmp_path / folders.INCOMING).iterdir())
