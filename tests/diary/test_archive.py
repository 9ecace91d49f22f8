"""The archive's package: valid, whole, with all that the diary says, read back."""

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from flask.testing import FlaskClient
from lxml import etree
from sqlmodel import Session, select

from dialog.core.errors import RefusedError
from dialog.diary.archive import listing, package
from dialog.diary.models import DiaryAuthority, DiaryLine
from dialog.documents import folder as folders
from dialog.documents.models import DocumentVersion
from dialog.settings import Settings
from dialog.storage.clock import now, today
from tests.diary.test_pages import DOCUMENT, authority, matter, registrar
from tests.documents import samples

__all__ = ["authority", "matter", "registrar"]  # fixtures
NAMES = {"f": listing.NAMESPACE}


@pytest.fixture
def corrected(registrar: FlaskClient, db: Session, matter: str) -> str:
    """A matter with two documents: one with a file and withheld by a correction."""
    form = {**DOCUMENT, "withheld_correspondent": "y", "secrecy": "OSL 39 kap. 2 §"}
    form |= {"subject": "Brev\x0b & <bilaga>", "why": "Fel", "seen": "2"}
    assert registrar.post(f"{matter}/1/ratta", data=form).status_code == 302
    sent = {**DOCUMENT, "direction": "out", "subject": "Svar"}
    assert registrar.post(f"{matter}/ny", data=sent).status_code == 302
    line = db.exec(select(DiaryLine).where(DiaryLine.document == 1)).one()
    db.commit()
    given = {"file": (io.BytesIO(samples.pdf()), "Brev från Maja.pdf")}
    assert registrar.post(f"/handlingar/till/diary-line/{line.id}", data=given).status_code == 302
    return matter


def delivered(db: Session, settings: Settings, into: Path) -> package.Package:
    board = db.exec(select(DiaryAuthority)).one()
    try:
        return package.deliver(
            db, authority=board, year=today().year, into=into,
            documents=settings.documents, at=now(),
        )  # fmt: skip
    finally:
        db.commit()


def read_back(data: Path) -> Any:
    """The XML, after it was found valid."""
    tree = etree.parse(data / package.LISTING)
    etree.XMLSchema(etree.parse(data / listing.SCHEMA.name)).assertValid(tree)
    return tree


def text(tree: Any, path: str) -> list[str]:
    return [str(each) for each in tree.xpath(path, namespaces=NAMES)]


def test_a_package_is_valid_and_says_all_that_the_diary_says(
    db: Session, settings: Settings, corrected: str, tmp_path: Path
) -> None:
    made = delivered(db, settings, tmp_path)
    assert (made.matters, made.documents, made.left_out) == (1, 2, 0)
    tree = read_back(made.folder / "data")
    matter, letter, sent = tree.xpath("//*[@Systemidentifierare]")
    number = f"RS {today().year}-00001"
    ids = [number, f"{number}-1", f"{number}-2"]
    assert text(tree, "//f:ArkivobjektID/text()") == ids
    assert text(matter, "f:Arendemening/text()") == ["Bemanning"]
    assert text(letter, "f:Avsandare/f:Namn/text()") == ["Förbundet Exempel"]
    assert text(letter, "f:Inkommen/text()") == ["2026-11-02"]
    assert text(letter, "f:Rubrik/text()") == ["Brev\ufffd & <bilaga>"]
    assert text(letter, "f:Restriktion/f:ForklarandeText/text()") == [
        "OSL 39 kap. 2 § Visas inte öppet: avsändare eller mottagare."
    ]
    (note,) = text(letter, "f:Notering/text()")
    assert "Skäl: Fel. Förut stod: 2026-11-02; in; Förbundet Exempel; Skrivelse om beman" in note
    assert text(sent, "f:Mottagare/f:Namn/text() | f:Expedierad/text()") == [
        "2026-11-02", "Förbundet Exempel",
    ]  # fmt: skip


def test_every_file_of_a_package_is_listed_with_its_hash_and_bound_to_its_document(
    db: Session, settings: Settings, corrected: str, tmp_path: Path
) -> None:
    made = delivered(db, settings, tmp_path)
    lines = (made.folder / package.MANIFEST).read_text().splitlines()
    listed = {name: digest for digest, _gap, name in (line.partition("  ") for line in lines)}
    inside = [each for each in (made.folder / "data").rglob("*") if each.is_file()]
    assert {each.relative_to(made.folder).as_posix() for each in inside} == listed.keys()
    for name, digest in listed.items():
        assert hashlib.sha256((made.folder / name).read_bytes()).hexdigest() == digest
        assert "Maja" not in name
    oxum = f"Payload-Oxum: {sum(each.stat().st_size for each in inside)}.{len(inside)}"
    assert oxum in (made.folder / "bag-info.txt").read_text()
    (file,) = read_back(made.folder / "data").xpath("//f:Bilaga", namespaces=NAMES)
    assert file.get("Namn") == "Brev från Maja.pdf"
    assert (made.folder / "data" / file.get("Lank")).read_bytes() == samples.pdf()
    assert file.get("Checksumma") == listed[f"data/{file.get('Lank')}"]
    with pytest.raises(RefusedError, match="finns redan"):
        delivered(db, settings, tmp_path)


def test_a_file_that_is_damaged_gives_no_package_at_all(
    db: Session, settings: Settings, corrected: str, tmp_path: Path
) -> None:
    version = db.exec(select(DocumentVersion)).one()
    db.commit()
    folders.path_of(settings.documents, version.sha256).write_bytes(b"Something else")
    with pytest.raises(RefusedError, match=r"RS-.*-00001-1-1\.pdf"):
        delivered(db, settings, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_the_registrar_fetches_a_year_and_nobody_else_does(
    client: FlaskClient, registrar: FlaskClient, settings: Settings, corrected: str
) -> None:
    address = f"/diarium/arkiv/RS-{today().year}.zip"
    assert address in registrar.get("/diarium/arkiv").text
    sent = registrar.get(address)
    with zipfile.ZipFile(io.BytesIO(sent.data)) as packed:
        names = packed.namelist()
        assert f"RS-{today().year}/data/{package.LISTING}" in names
    sent.close()
    assert [each for each in settings.files.iterdir() if "tmp" in each.name] == []
    assert client.get(address).status_code in {302, 404}
    assert registrar.get("/diarium/arkiv/RS-1999.zip").status_code == 409


def test_a_register_on_paper_leaves_out_what_is_withheld(
    client: FlaskClient, registrar: FlaskClient, corrected: str
) -> None:
    asked = {"namnd": "RS", "fran": "2026-01-01", "till": "2199-01-01"}
    mine, open_to_all = (
        words_of(each.get("/diarium/forteckning", query_string=asked).data)
        for each in (registrar, client)
    )
    assert "Förbundet Exempel (Visas inte öppet)" in mine
    assert (
        open_to_all.count("Förbundet Exempel") == 1
    )  # of the letter sent, not of the one withheld
    assert "Visas inte öppet" in open_to_all
    wrong = client.get("/diarium/forteckning", query_string={**asked, "till": "2025-01-01"})
    assert (wrong.status_code, "slutar innan den börjar" in wrong.text) == (422, True)


def words_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)
