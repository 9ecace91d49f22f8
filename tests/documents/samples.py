"""Files as people hand them in, made here: whole ones of each kind, and what parts they have."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf
import typst
from PIL import Image
from PIL.PngImagePlugin import PngInfo

OPEN_XML = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "docx": (f"{OPEN_XML}wordprocessingml.document.main+xml", "word/document.xml"),
    "xlsx": (f"{OPEN_XML}spreadsheetml.sheet.main+xml", "xl/workbook.xml"),
    "pptx": (f"{OPEN_XML}presentationml.presentation.main+xml", "ppt/presentation.xml"),
}
ODT = "application/vnd.oasis.opendocument.text"


def written_pdf(*pages: str) -> bytes:
    """A PDF with a page for each text."""
    text = "#pagebreak()".join(f"#text[{page}]" for page in pages)
    made: bytes = typst.compile(text.encode(), format="pdf")
    return made


def pdf(pages: int = 1, **root: Any) -> bytes:
    """A PDF of empty pages; `root` is put into its catalogue."""
    file, out = pikepdf.new(), io.BytesIO()
    for _number in range(pages):
        file.add_blank_page()
    for name, value in root.items():
        file.Root[f"/{name}"] = file.make_indirect(value)
    file.save(out, deterministic_id=True)
    return out.getvalue()


def picture(form: str = "PNG", size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, form, **more)
    return out.getvalue()


def photo() -> bytes:
    """A photograph that says who took it, and where."""
    exif = Image.Exif()
    exif[0x013B] = "Maja Fotograf"  # Artist
    exif[0x0112] = 6  # Orientation: a quarter turn
    exif.get_ifd(0x8825)[2] = (57.0, 42.0, 0.0)  # GPSLatitude
    return picture("JPEG", exif=exif.tobytes(), comment=b"Majas kamera")


def packed(entries: Mapping[str, bytes], *, compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return out.getvalue()


def office(
    kind: str = "docx", more: Mapping[str, bytes] | None = None, *, types: str = ""
) -> bytes:
    """A small Office file; `more` are further entries, `types` further content types."""
    main, part = MAIN[kind]
    content_types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{part}" ContentType="{main}"/>{types}</Types>'
    )
    entries = {"[Content_Types].xml": content_types.encode(), part: b"<x/>"}
    return packed({**entries, **(more or {})})


def odt(more: Mapping[str, bytes] | None = None) -> bytes:
    entries = {"mimetype": ODT.encode(), "content.xml": b"<x/>"}
    return packed({**entries, **(more or {})})


def _note() -> PngInfo:
    info = PngInfo()
    info.add_text("Author", "Maja")
    return info


WHOLE: dict[str, Callable[[], bytes]] = {
    "Underlag.pdf": pdf,
    "Förslag.docx": office,
    "Siffror.xlsx": lambda: office("xlsx"),
    "Bilder.pptx": lambda: office("pptx"),
    "Text.odt": odt,
    "Läs mig.txt": "Ett förslag, på svenska.\r\n".encode,
    "Lista.csv": lambda: "enhet;antal\nSäs;12\n".encode("cp1252"),
    "Skärmbild.png": lambda: picture(pnginfo=_note()),
    "Foto.jpg": photo,
}
