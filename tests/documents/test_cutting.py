"""A PDF is cut into files that hold what is drawn on their pages, and nothing of anybody else's."""

import io
import json
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from dialog.apart import running as apart
from dialog.core.documents.kinds import Fault, UnfitError
from tests.documents.test_redacting import strings


def scanned(*marks: str) -> bytes:
    """Pages as some scanners write them: all of their pictures in one list that every page has."""
    file, pictures, out = pikepdf.new(), Dictionary(), io.BytesIO()
    for number, mark in enumerate(marks):
        picture = pikepdf.Stream(file, bytes([number]) * 100)
        picture.update(
            Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=10, Height=10,
                       ColorSpace=Name.DeviceGray, BitsPerComponent=8, Whose=String(mark))
        )  # fmt: skip
        pictures[f"/Im{number}"] = picture
    shared = file.make_indirect(Dictionary(XObject=file.make_indirect(pictures)))
    field = file.make_indirect(Dictionary(FT=Name.Tx, T=String("namn"), V=String("A in a field")))
    field.Kids = Array([])
    for number, mark in enumerate(marks):
        page = file.add_blank_page().obj
        page.Resources = shared
        page.Contents = file.make_stream(b"q 9 0 0 9 0 0 cm /Im%d Do Q" % number)
        page.PieceInfo = Dictionary(Own=String(f"{mark} in a note"))
        box = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=[0, 0, 9, 9], Parent=field)
        page.Annots = Array([file.make_indirect(box)])
        field.Kids.append(page.Annots[0])
    file.Root.AcroForm = Dictionary(Fields=Array([field]))
    file.Root.Lang = String("B in the catalogue")
    file.docinfo["/Title"] = "B in the title"
    file.save(out)
    return out.getvalue()


def pictures(path: Path) -> list[str]:
    """Whose pictures are in the file, wherever."""
    with pikepdf.open(path) as file:
        found = [each for each in file.objects if isinstance(each, pikepdf.Stream)]
        return sorted(str(each["/Whose"]) for each in found if "/Whose" in each)


def test_of_other_pages_and_of_the_file_nothing_goes_along(tmp_path: Path) -> None:
    given = tmp_path / "given.pdf"
    given.write_bytes(scanned("A", "B", "C"))
    told = apart.have("cut", given, tmp_path, json.dumps([[1], [2, 3]]))
    assert told["pages"] == 3
    first, rest = tmp_path / "1.pdf", tmp_path / "2.pdf"
    assert [pictures(first), pictures(rest)] == [["A"], ["B", "C"]]
    for each in (first, rest):
        said = strings(each.read_bytes())
        assert b" in " not in said, said
    before = rest.read_bytes()
    apart.have("cut", given, tmp_path, json.dumps([[2, 3]]))
    assert first.read_bytes() == before  # the same pages are the same bytes


def test_what_is_locked_is_not_cut(tmp_path: Path) -> None:
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(io.BytesIO(scanned("A"))) as file:
        file.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(UnfitError) as unfit:
        apart.have("cut", locked, tmp_path, "[[]]")
    assert unfit.value.fault is Fault.LOCKED
