"""A PDF is cut into files that hold what is drawn on their pages, and nothing of anybody else's."""

import io
import json
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from dialog.apart import running as apart
from dialog.core.documents.kinds import Fault, UnfitError
from tests.documents import samples
from tests.documents.test_redacting import strings


def picture(file: pikepdf.Pdf, mark: str) -> pikepdf.Stream:
    return file.make_stream(
        mark.encode() * 100, Type=Name.XObject, Subtype=Name.Image, Width=10, Height=10,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip


def scanned(*marks: str, more: bytes = b"") -> bytes:
    """Pages as some scanners write them: all of their pictures in one list that every page has.
    `more` stands in the contents of each.
    """
    file, pictures, out = pikepdf.new(), Dictionary(), io.BytesIO()
    for number, mark in enumerate(marks):
        pictures[f"/Im{number}"] = picture(file, mark)
    shared = file.make_indirect(Dictionary(XObject=file.make_indirect(pictures)))
    field = file.make_indirect(Dictionary(FT=Name.Tx, T=String("namn"), V=String("A in a field")))
    field.Kids = Array([])
    for number, mark in enumerate(marks):
        page = file.add_blank_page().obj
        page.Resources = shared
        page.Contents = file.make_stream(b"q 9 0 0 9 0 0 cm /Im%d Do Q " % number + more)
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
        streams = [each for each in file.objects if isinstance(each, pikepdf.Stream)]
        return sorted(each.read_bytes()[:1].decode() for each in streams if "/Width" in each)


def drawn(path: Path) -> bytes:
    """The first page, as it looks."""
    return bytes(pypdfium2.PdfDocument(path)[0].render(scale=2).to_pil().tobytes())


def cut(folder: Path, content: bytes, parts: list[list[int]]) -> None:
    given = folder / "given.pdf"
    given.write_bytes(content)
    apart.have("cut", given, folder, json.dumps(parts))


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


@pytest.mark.parametrize(
    "more",
    [
        b"BT 3 Tr /F0 9 Tf (read by a machine) Tj ET",  # a font that is not there
        b"/Im9 Do /GS9 gs /Cs9 cs /P9 scn /Sh9 sh",
        b"/Layer /MC9 BDC EMC BI /W 1 /H 1 /CS /Cs9 /BPC 8 ID x EI",
    ],
)
def test_contents_that_name_what_is_not_there_keep_nothing_of_others(
    tmp_path: Path, more: bytes
) -> None:
    cut(tmp_path, scanned("A", "B", more=more), [[1], [2]])
    assert [pictures(tmp_path / f"{number}.pdf") for number in (1, 2)] == [["A"], ["B"]]


@pytest.mark.parametrize(
    "more",
    [
        b"))",
        b"<zz> Tj",
        b"BI /W 1 /H 1 ID xx",
        b"<< /A",
        b"(no end",
        b"] Tj",
        b"(x) foo",
        b"--20 0 m",
    ],
)
def test_where_contents_are_broken_nothing_is_cut(tmp_path: Path, more: bytes) -> None:
    with pytest.raises(UnfitError) as unfit:
        cut(tmp_path, scanned("A", "B", more=more), [[1], [2]])
    assert unfit.value.fault is Fault.BROKEN


def test_what_a_page_uses_in_any_way_is_kept_and_what_it_has_beside_it_is_not(
    tmp_path: Path,
) -> None:
    file, out = pikepdf.new(), io.BytesIO()
    box = Array([0, 0, 99, 99])

    def form(contents: bytes, resources: Dictionary | None = None, **more: Any) -> pikepdf.Stream:
        made = file.make_stream(contents, Type=Name.XObject, Subtype=Name.Form, BBox=box, **more)
        if resources is not None:
            made.Resources = resources
        return made

    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    glyphs = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=box,
        FontMatrix=Array([0.01, 0, 0, 0.01, 0, 0]), FirstChar=65, LastChar=65, Widths=Array([100]),
        Encoding=Dictionary(Differences=Array([65, Name.A])),
        CharProcs=Dictionary(A=file.make_stream(b"100 0 d0 q 80 0 0 80 0 0 cm /Im3 Do Q")),
    )  # fmt: skip
    tile = file.make_stream(
        b"/Cs0 cs 0.8 sc 0 0 5 5 re f", PatternType=1, PaintType=1, TilingType=1, BBox=box,
        XStep=9, YStep=9, Resources=Dictionary(ColorSpace=Dictionary(Cs0=Name.DeviceGray)),
    )  # fmt: skip
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([1]), C1=Array([0]))
    shade = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=Array([0, 0, 99, 0]),
                       Function=tint)  # fmt: skip
    soft = form(b"q 99 0 0 40 0 0 cm /Im1 Do Q", Group=Dictionary(S=Name.Transparency,
                CS=Name.DeviceGray))  # fmt: skip
    noted = picture(file, "C")
    noted.Metadata = file.make_stream(b"X noted", Type=Name.Metadata, Subtype=Name.XML)
    noted.PieceInfo = Dictionary(Own=String("X noted"))
    noted.Alternates = Array([Dictionary(Image=picture(file, "X"))])
    noted.SMask = picture(file, "M")
    named = picture(file, "N")
    named.ColorSpace = Name.Cs5
    inner = form(b"q 20 0 0 20 70 30 cm /Im2 Do Q /Span <</ActualText (X noted)>> BDC EMC")
    outer = form(b"/Fm1 Do", Dictionary(XObject=Dictionary(
        Fm1=inner, Im2=picture(file, "B"), Im0=picture(file, "X"))))  # fmt: skip
    page = file.add_blank_page(page_size=(99, 99)).obj
    page.Resources = Dictionary(
        XObject=Dictionary(Fm0=outer, Im0=noted, Im5=named, Im3=picture(file, "G"),
                           Im2=picture(file, "X"),
                           Fm9=form(b"(X noted) Tj"), Fm8=file.make_stream(b"X noted")),
        Font=Dictionary(F0=font, F1=glyphs, F9=String("X noted")),
        ExtGState=Dictionary(G0=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=soft)),
                             G9=String("X noted")),
        Pattern=Dictionary(P0=tile, P1=Dictionary(PatternType=2, Shading=shade),
                           P9=String("X noted")),
        Shading=Dictionary(Sh0=shade, Sh9=String("X noted")),
        ColorSpace=Dictionary(Cs0=Array([Name.Separation, Name.Gold, Name.DeviceGray, tint]),
                              Cs5=Array([Name.Separation, Name.Ink, Name.DeviceGray, tint]),
                              Cs9=String("X noted")),
        Properties=Dictionary(MC0=Dictionary(Alt=String("X noted"))),
    )  # fmt: skip
    soft.Resources = Dictionary(XObject=Dictionary(Im1=picture(file, "A"), Im9=picture(file, "X")))
    page.Contents = file.make_stream(
        b"% X noted\n/Figure <</Alt (X noted)>> BDC /Span /MC0 BDC "
        b"q 30 0 0 30 2 2 cm /Im0 Do Q EMC EMC q 15 0 0 15 80 50 cm /Im5 Do Q /Fm0 Do /Fm8 Do "
        b"BT /F0 12 Tf 2 60 Td (seen) Tj /F1 20 Tf 40 0 Td (A) Tj ET "
        b"q /Cs0 cs 0.5 sc 40 2 9 9 re f /Pattern cs /P0 scn 50 2 20 20 re f /P1 scn 75 2 9 9 re f "
        b"0 80 99 19 re W n /Sh0 sh Q /G0 gs 0 g 0 30 60 20 re f"
    )
    file.save(out)
    before, made = tmp_path / "given.pdf", tmp_path / "1.pdf"
    cut(tmp_path, out.getvalue(), [[]])
    assert drawn(made) == drawn(before)
    assert pictures(made) == ["A", "B", "C", "G", "M", "N"]
    assert b"X noted" not in strings(made.read_bytes())


def test_of_a_photograph_what_the_camera_noted_is_left(tmp_path: Path) -> None:
    file, out = pikepdf.new(), io.BytesIO()
    page = file.add_blank_page(page_size=(99, 99)).obj
    photo, newer = samples.photo() + b"Majas efter", samples.picture("JPEG2000")
    noted = newer[:32] + b"\0\0\0\x0cxml Maja" + newer[32:]  # between two of its boxes
    page.Resources.XObject = Dictionary()
    for at, (content, filters) in enumerate([
        (photo, [Name.DCTDecode]), (zlib.compress(photo), [Name.FlateDecode, Name.DCTDecode]),
        (noted, [Name.JPXDecode]),
    ]):  # fmt: skip
        page.Resources.XObject[f"/Im{at}"] = file.make_stream(
            content, Subtype=Name.Image, Width=60, Height=40, ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8, Filter=Array(filters),
        )  # fmt: skip
    page.Contents = file.make_stream(
        b"q 90 0 0 30 0 0 cm /Im0 Do Q q 90 0 0 30 0 33 cm /Im1 Do Q q 90 0 0 30 0 66 cm /Im2 Do Q"
    )
    file.save(out)
    cut(tmp_path, out.getvalue(), [[]])
    made = tmp_path / "1.pdf"
    assert drawn(made) == drawn(tmp_path / "given.pdf")
    with pikepdf.open(made) as left:
        kept = [bytes(each.read_raw_bytes()) for each in left.pages[0].Resources.XObject.values()]
    assert len(kept) == 3
    for each in kept:
        assert b"Maja" not in each
        assert b"Exif" not in each


@pytest.mark.parametrize("where", ["/D", "/Configs"])
def test_a_layer_that_may_be_hidden_is_not_brought_to_light(tmp_path: Path, where: str) -> None:
    shown, hidden = tmp_path / "shown.pdf", tmp_path / "hidden.pdf"
    for path, off in ((shown, []), (hidden, [0])):
        with pikepdf.open(io.BytesIO(scanned("A"))) as file:
            layer = file.make_indirect(Dictionary(Type=Name.OCG, Name=String("Namn")))
            order = Dictionary(OFF=Array([layer for _each in off]))
            file.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary())
            file.Root.OCProperties[where] = order if where == "/D" else Array([order])
            file.save(path)
    assert apart.have("cut", shown, tmp_path, "[[]]")["pages"] == 1
    with pytest.raises(UnfitError) as unfit:
        apart.have("cut", hidden, tmp_path, "[[]]")
    assert unfit.value.fault is Fault.HIDDEN


def test_what_is_locked_is_not_cut(tmp_path: Path) -> None:
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(io.BytesIO(scanned("A"))) as file:
        file.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(UnfitError) as unfit:
        apart.have("cut", locked, tmp_path, "[[]]")
    assert unfit.value.fault is Fault.LOCKED
