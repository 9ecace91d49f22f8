"""A redacted copy of a PDF: what was hidden is in it neither as text nor as a picture, and the
reason of each area stands on its last page.
"""

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
import pytest
import typst
from flask import Flask
from sqlmodel import Session

from dialog.core.documents.areas import Area
from dialog.documents import redacting
from dialog.documents.queries import shown
from dialog.documents.taking import Taken
from tests.conftest import sign_in
from tests.documents import samples
from tests.documents.cast import Cast

SECRET = "Anna Almgren, Storgatan 5"
PAGE = f"""#set page(width: 400pt, height: 300pt)
= Skrivelse
Den skrevs av någon.

{SECRET}

Svar önskas.
#pagebreak()
Sida två nämner också Anna."""


def written(page: str = PAGE) -> bytes:
    return bytes(typst.compile(page.encode(), format="pdf"))


def words(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]


def strings(content: bytes) -> bytes:
    """Everything in the file, unpacked: streams, strings, names."""
    with pikepdf.open(io.BytesIO(content)) as file:
        parts = [bytes(str(each), "utf-8", "replace") for each in file.objects]
        parts += [each.read_bytes() for each in file.objects if isinstance(each, pikepdf.Stream)]
    return b"\n".join(parts)


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


@pytest.fixture
def redact(cast: Cast) -> Callable[[bytes, list[Area]], bytes]:
    """Hand a PDF in and have a copy made of it."""

    def made(content: bytes, areas: list[Area]) -> bytes:
        cast.hand_in(content)
        found = shown(cast.db, document_id=cast.documents()[-1].id)
        cast.db.commit()
        assert found
        with cast.app.test_request_context():
            taken = redacting.redact(found, areas, settings=cast.settings)
        path = cast.settings.documents / taken.sha256[:2] / taken.sha256
        return bytes(path.read_bytes())

    return made


def box_of(content: bytes, what: str) -> tuple[float, float, float, float]:
    """Where a line stands on the first page, in parts of the page as it is drawn."""
    page = pypdfium2.PdfDocument(content)[0]
    text, (width, height) = page.get_textpage(), page.get_size()
    for at in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(at)
        if what in text.get_text_bounded(left, bottom, right, top):
            return left / width, 1 - top / height, right / width, 1 - bottom / height
    raise AssertionError(what)


def test_what_is_hidden_is_gone_and_the_rest_can_be_read(
    redact: Callable[[bytes, list[Area]], bytes],
) -> None:
    content = written()
    copy = redact(content, [Area(1, *box_of(content, "Anna"), "Personuppgift, 21 kap. 7 § OSL")])
    first, second, last = words(copy)
    assert "Anna" not in first
    assert "Storgatan" not in first
    assert "Den skrevs av någon." in first
    assert "Svar önskas." in first
    assert "nämner också Anna" in second  # it was not hidden there
    assert "Sida 1: Personuppgift, 21 kap. 7 § OSL" in last
    assert b"Storgatan" not in strings(copy)
    assert SECRET.encode("utf-16-be") not in strings(copy)


def test_the_picture_is_black_there_and_only_there(
    redact: Callable[[bytes, list[Area]], bytes],
) -> None:
    content = written()
    box = box_of(content, "Anna")
    copy = pypdfium2.PdfDocument(redact(content, [Area(1, *box, "Sekretess")]))
    before = pypdfium2.PdfDocument(content)[0].render(scale=2).to_pil().convert("L")
    after = copy[0].render(scale=2).to_pil().convert("L")
    edges = [round(part * side) for part, side in zip(box, (after.size * 2), strict=True)]
    hidden = (edges[0] + 2, edges[1] + 2, edges[2] - 2, edges[3] - 2)
    assert after.crop(hidden).getextrema() == (0, 0)
    assert before.crop(hidden).getextrema()[1] == 255
    above = (0, 0, after.width, edges[1] - 4)
    assert sum(before.crop(above).histogram()[:128]) == pytest.approx(
        sum(after.crop(above).histogram()[:128]), rel=0.1
    )


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_is_turned_is_hidden_where_it_is_seen(
    redact: Callable[[bytes, list[Area]], bytes], turned: int
) -> None:
    with pikepdf.open(io.BytesIO(written())) as file:
        file.pages[0].rotate(turned, relative=False)
        out = io.BytesIO()
        file.save(out)
    left, top, right, bottom = box_of(written(), "Anna")
    seen = {
        90: (1 - bottom, left, 1 - top, right),
        180: (1 - right, 1 - bottom, 1 - left, 1 - top),
        270: (top, 1 - right, bottom, 1 - left),
    }[turned]
    copy = redact(out.getvalue(), [Area(1, *seen, "Sekretess")])
    assert "Storgatan" not in words(copy)[0]
    assert "Svar önskas." in words(copy)[0]


def test_nothing_of_the_old_file_is_taken_over(
    redact: Callable[[bytes, list[Area]], bytes],
) -> None:
    with pikepdf.open(io.BytesIO(written())) as file:
        file.docinfo["/Author"] = "Maja Hemlig"
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9],
            Contents="Hemlig anmärkning",
        )  # fmt: skip
        file.pages[0].Annots = pikepdf.Array([file.make_indirect(note)])
        out = io.BytesIO()
        file.save(out)
    copy = redact(out.getvalue(), [Area(2, 0.0, 0.0, 1.0, 1.0, "Sekretess")])
    assert b"Hemlig" in strings(out.getvalue())
    assert b"Hemlig" not in strings(copy)
    assert "Anna" not in words(copy)[1]


def test_what_somebody_hid_before_under_a_box_is_gone_too(
    redact: Callable[[bytes, list[Area]], bytes],
) -> None:
    black = "#place(top + left, rect(width: 300pt, height: 20pt, fill: black))"
    boxed = f"Synlig text. #box[{SECRET}{black}]"
    white = f"#text(fill: white)[Vit {SECRET}]"
    content = written(f"#set page(width: 500pt, height: 300pt)\n{boxed}\n\n{white}\n\nSlut.")
    assert words(content)[0].count("Storgatan") == 2
    left = words(redact(content, [Area(1, 0.0, 0.9, 1.0, 1.0, "Sekretess")]))[0]
    assert "Storgatan" not in left
    assert "Vit" not in left
    assert "Synlig text." in left
    assert "Slut." in left


@pytest.mark.parametrize("paint", [
    "gradient.linear(white, luma(225))",  # as noise in a picture
    "black",
])  # fmt: skip
def test_what_is_under_a_box_that_just_covers_it_or_is_not_all_of_one_shade_is_gone(
    redact: Callable[[bytes, list[Area]], bytes], paint: str
) -> None:
    page = """#set page(width: 500pt, height: 300pt, margin: 0pt)
#set text(top-edge: "bounds", bottom-edge: "bounds")
#place(top + left, dx: 50pt, dy: 100pt)[STORGATAN]
"""
    left, top, right, bottom = box_of(written(page), "STORGATAN")
    box = (
        f"#place(top + left, dx: {left * 500}pt, dy: {top * 300}pt,"
        f" rect(width: {(right - left) * 500}pt, height: {(bottom - top) * 300}pt, fill: {paint}))"
    )
    content = written(f"{page}{box}\nett, l-l. I")
    assert "STORGATAN" in words(content)[0]
    read = words(redact(content, [Area(1, 0.0, 0.9, 1.0, 1.0, "Sekretess")]))[0]
    assert not set("STORGATAN") & set(read)
    assert "ett, l-l. I" in read


def test_it_is_chosen_on_the_page_by_line_and_by_area(cast: Cast) -> None:
    cast.hand_in(written(), name="Skrivelse.pdf")
    page, browser = f"/handlingar/{cast.documents()[0].id}/maska", cast.as_(cast.secretary)
    first = browser.get(page).text
    line = re.search(r'value="(\d+)"[^>]*>\s*<label[^>]*>Anna Almgren', first)
    assert line is not None
    incomplete = browser.post(page, data={"version": 1, "pa": 1, "lines": line[1], "klar": 1})
    assert incomplete.status_code == 422
    assert "Skriv skälet" in incomplete.text
    empty = dict.fromkeys(("left", "top", "right", "bottom"), "")  # as browsers send it
    ticked = {"version": 1, "pa": 1, "lines": line[1], "reason": "Namn", **empty}
    chosen = browser.post(page, data={**ticked, "sida": 2})
    assert "Sida 2 av 2" in chosen.text
    assert "Sida 1: Namn" in chosen.text
    areas = _areas(chosen.text)
    drawn = {"left": "0", "top": "0", "right": "50,5", "bottom": "100"}
    more = {"version": 1, "pa": 2, "areas": areas, "reason": "Sekretess", "lagg-till": 1}
    both = browser.post(page, data={**more, **drawn})
    assert [each[0] for each in json.loads(_areas(both.text))] == [1, 2]
    less = browser.post(page, data={"version": 1, "pa": 2, "areas": _areas(both.text), "bort": 1})
    assert [each[0] for each in json.loads(_areas(less.text))] == [1]
    for _time in range(2):
        ready = {"version": 1, "pa": 2, "areas": _areas(less.text), "klar": 1}
        done = browser.post(page, data=ready)
        assert done.status_code == 302
    assert len(cast.documents()) == 2
    copy = browser.get(f"{done.headers['Location']}/1/fil")
    assert "Skrivelse (maskad).pdf" in copy.headers["Content-Disposition"]
    assert "Storgatan" not in "".join(words(copy.data))
    assert "Sida 1: Namn" in words(copy.data)[-1]


@pytest.fixture
def begun(cast: Cast) -> tuple[str, dict[str, object]]:
    """The page of a document, and a form in which an area is chosen on its second page."""
    cast.hand_in(written(), name="Skrivelse.pdf")
    areas = json.dumps([[2, 0.1, 0.2, 0.3, 0.4, "Namn"]])
    form = {"version": 1, "pa": 2, "areas": areas, "klar": 1}
    return f"/handlingar/{cast.documents()[0].id}", form


def test_what_was_chosen_on_one_version_hides_nothing_in_another(
    cast: Cast, begun: tuple[str, dict[str, object]]
) -> None:
    page, form = begun
    cast.hand_in(written("#set page(width: 400pt, height: 300pt)\nNytt"), to=f"{page}/ny-version")
    browser = cast.as_(cast.secretary)
    answer = browser.post(f"{page}/maska", data={**form, "lines": "0", "reason": "Hälsa"})
    assert answer.status_code == 422
    assert "Det har kommit en ny version av filen" in answer.text
    assert "Sida 1 av 1" in answer.text  # it is shorter than the old one
    assert "checked" not in answer.text
    assert json.loads(_areas(answer.text)) == [[2, 0.1, 0.2, 0.3, 0.4, "Namn"]]
    assert "Hälsa" in answer.text
    assert len(cast.documents()) == 1
    again = browser.post(f"{page}/maska", data={**form, "version": 2, "pa": 1})
    assert again.status_code == 302
    cast.hand_in(samples.picture(), name="a.png", to=f"{page}/ny-version")
    refused = browser.post(f"{page}/maska", data=form)
    assert refused.status_code == 409
    assert "den går inte att maska" in refused.text


def test_a_version_that_comes_while_the_copy_is_made_is_looked_at_first(
    cast: Cast, begun: tuple[str, dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, form = begun
    real = redacting.redact

    def slow(*args: Any, **kwargs: Any) -> Taken:
        cast.hand_in(samples.pdf(3), to=f"{page}/ny-version", by=cast.secretary)
        return real(*args, **kwargs)

    browser = sign_in(cast.app.test_client(), cast.db, cast.secretary)
    monkeypatch.setattr(redacting, "redact", slow)
    answer = browser.post(f"{page}/maska", data=form)
    assert answer.status_code == 422
    assert "Det har kommit en ny version av filen" in answer.text
    assert len(cast.documents()) == 1
    assert "Sida 2: Namn" in answer.text


def _areas(page: str) -> str:
    found = re.search(r'name="areas" value="([^"]*)"', page)
    assert found is not None
    return found[1].replace("&#34;", '"')


def test_what_is_no_area_is_refused_and_who_may_not_change_does_not_redact(cast: Cast) -> None:
    cast.hand_in(written())
    cast.hand_in(samples.picture(), name="a.png")
    pdf, picture = (f"/handlingar/{each.id}/maska" for each in cast.documents())
    browser = cast.as_(cast.secretary)
    begun = {"version": 1, "pa": 1}
    wrong = {**begun, "reason": "x", "lagg-till": 1, "left": "60", "right": "50", "bottom": "200"}
    assert browser.post(pdf, data=wrong).status_code == 422
    assert browser.post(pdf, data={**wrong, "left": "abc"}).status_code == 422
    made_up = browser.post(pdf, data={**begun, "areas": '[[1,0,0,"x",1,"r"]]', "klar": 1})
    assert "Inget är valt än." in made_up.text
    assert browser.get(f"{pdf}?sida=3").status_code == 404
    assert browser.get(picture).status_code == 404
    assert cast.as_(cast.people[1]).get(pdf).status_code == 404
    assert len(cast.documents()) == 2
