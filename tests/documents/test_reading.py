"""All text of a PDF is read, and what of it is not seen on its page, or only partly, is told."""

from pathlib import Path

import pytest

from dialog.apart import reading, sheets
from dialog.apart import running as apart
from dialog.core.documents.kinds import Fault, Kind, UnfitError
from dialog.core.documents.seen import Seen
from dialog.documents import reading as pages
from dialog.documents.models import ScanState, StoredFile
from dialog.settings import Settings
from tests.documents import samples


def read(folder: Path, *texts: str) -> list[list[tuple[str, Seen]] | None]:
    given = folder / "given.pdf"
    given.write_bytes(samples.written_pdf(*texts))
    found: list[list[tuple[str, Seen]] | None] = reading.read(str(given), "1", str(len(texts)))[
        "pages"
    ]
    return found


@pytest.mark.parametrize("covered", ["1234", "34", "01-12", "800101-1234"])
def test_a_part_of_a_word_that_is_covered_is_told(tmp_path: Path, covered: str) -> None:
    before, after = "800101-1234".split(covered)
    (parts,) = read(tmp_path, f"Hon är {before}#box(fill: black)[{covered}]{after} och bor här.")
    assert parts
    told = {word: seen for words, seen in parts for word in words.split()}
    assert told.pop("800101-1234") is (Seen.PARTLY if before else Seen.NOT)
    assert set(told.values()) == {Seen.WHOLE}


def test_small_print_is_seen(tmp_path: Path) -> None:
    (parts,) = read(tmp_path, "#text(size: 6pt)[Illa till 1111, titt 171 rr ff 800101-1234]")
    assert [seen for _words, seen in parts or ()] == [Seen.WHOLE]


def test_the_end_of_a_long_page_is_read_too(tmp_path: Path) -> None:
    long = "#set page(width: 2000pt, height: auto)\n" + "abcdefghij " * 2_000
    (parts,) = read(tmp_path, f"{long} #text(fill: white)[hemligt]")
    assert parts
    assert (parts[-1][0].strip(), parts[-1][1]) == ("hemligt", Seen.NOT)


def test_of_a_page_that_is_too_much_it_is_told_and_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SIGNS", 20)
    first, second, third = read(tmp_path, "Kort", "Lång " * 9, "Kort")
    assert second is None
    assert first == third == [("Kort", Seen.WHOLE)]


@pytest.mark.parametrize(
    ("fill", "shape", "empty"),
    [("white", "", True), ("black", "", False),
     ("luma(10%)", "#rect(width: 9cm, height: 2cm, fill: white)", False),
     ("luma(85%)", "", True), ("luma(85%)", "#rect(width: 9cm, height: 1cm, fill: black)", False)],
)  # fmt: skip
def test_a_dark_page_is_not_taken_for_an_empty_one(
    tmp_path: Path, fill: str, shape: str, *, empty: bool
) -> None:
    given = tmp_path / "given.pdf"
    given.write_bytes(samples.written_pdf(f"#set page(fill: {fill})\n{shape}"))
    (sheet,) = sheets.sheets(str(given), str(tmp_path), "1", "1")["sheets"]
    assert sheet["empty"] is empty


def test_of_pages_that_take_too_much_the_numbers_are_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def have(_work: str, _path: Path, first: str, last: str) -> dict[str, object]:
        if int(first) > pages.AT_ONCE:
            raise UnfitError(Fault.BOMB)
        return {"pages": [[["Kort", Seen.WHOLE]]] * int(last)}

    monkeypatch.setattr(apart, "have", have)
    file = StoredFile(sha256="0" * 64, size=1, kind=Kind.PDF, pages=45, scan=ScanState.CLEAN)
    found = pages.doubtful(file, settings=settings)
    assert [each.number for each in found] == list(range(21, 46))
    assert pages.read(file, 1, 10, settings=settings)[9].parts == [("Kort", Seen.WHOLE)]
