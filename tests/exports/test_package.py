"""The package: each format read back by a reader that was not written here."""

import hashlib
import io
import json
import subprocess
import sys
import tempfile
import weakref
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import frictionless
import pikepdf
import polars as pl
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from dialog.core.questionnaire import DECLINED, UNKNOWN, Questionnaire, Text
from dialog.exports.package.coding import code_answers
from dialog.exports.package.ddi import NAMESPACE, write_ddi
from dialog.exports.package.packing import CHECKSUMS, build_files, build_package
from dialog.exports.package.plain_files import write_csv, write_parquet
from dialog.exports.package.statistical_files import write_dta, write_sav
from dialog.exports.package.variables import Dataset, Form, Value, valid_names
from tests.core.questionnaires import answered, questionnaires
from tests.exports.researchers import ABOUT, FORM, answers, dataset, places

STATED: dict[str, Any] = {"title": "Å", "language": "sv", "dated": ABOUT.dated}
SCHEMA = Path(__file__).parent / "ddi_codebook_2_5.xsd"


@pytest.fixture(scope="module")
def rows() -> Dataset:
    return dataset()


@pytest.fixture(scope="module")
def files(rows: Dataset) -> dict[str, bytes]:
    return build_files(rows, ABOUT, {"report.json": b"{}\n"})


@pytest.fixture
def folder(files: dict[str, bytes], tmp_path: Path) -> Path:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def _plain(values: list[Any]) -> list[Any]:
    """As other programs give them back: numbers as floats, no text as none."""
    return [
        None if value in (None, "") else float(value) if isinstance(value, int) else value
        for value in values
    ]


def test_spss_reads_values_labels_and_what_is_no_answer(folder: Path, rows: Dataset) -> None:
    frame, meta = pyreadstat.read_sav(
        str(folder / "data.sav"), user_missing=True, output_format="polars"
    )
    assert tuple(frame.columns) == rows.names
    for name, column in zip(rows.names, rows.columns, strict=True):
        assert _plain(frame[name].to_list()) == _plain(list(column)), name
    assert meta.column_names_to_labels["voice"] == "Jag kan säga ”nej”"
    assert meta.variable_value_labels["voice"][1.0] == "Steg 1 åäö"
    assert meta.variable_value_labels["voice"][-98.0] == "Vet ej"
    assert meta.missing_ranges["voice"] == [{"lo": -98, "hi": -98}, {"lo": -99, "hi": -99}]
    assert meta.variable_measure["voice"] == "ordinal"
    assert meta.file_label == "Samtalsklimat 2026 [#1] *å*"
    assert meta.creation_time is not None
    assert meta.creation_time.date() == ABOUT.dated
    without, _meta = pyreadstat.read_sav(str(folder / "data.sav"), output_format="polars")
    assert without["voice"].null_count() > frame["voice"].null_count()


def test_stata_reads_values_labels_and_what_is_no_answer(folder: Path, rows: Dataset) -> None:
    frame, meta = pyreadstat.read_dta(
        str(folder / "data.dta"), user_missing=True, output_format="polars"
    )
    assert tuple(frame.columns) == rows.names
    letters: dict[Value, Value] = {-98: "a", -99: "b"}
    expected = _plain([letters.get(value, value) for value in rows.column("voice")])
    assert _plain(frame["voice"].to_list()) == expected
    steps: dict[Any, str] = {n: f"Steg {n} åäö" for n in range(1, 6)}
    words = {**steps, "a": "Vet ej", "b": "Vill inte svara"}
    assert meta.variable_value_labels["voice"] == words
    assert meta.missing_user_values["voice"] == ["a", "b"]
    assert meta.column_names_to_labels["heard"] == "Jag blir hörd"
    assert meta.creation_time is not None
    assert meta.creation_time.date() == ABOUT.dated
    assert b"<release>118</release>" in (folder / "data.dta").read_bytes()[:80]


def test_stata_takes_no_missing_code_for_a_number_where_nobody_answered() -> None:
    given: list[dict[str, Any]] = [{"voice": UNKNOWN}, {"voice": DECLINED}, {}]
    rows = code_answers(FORM, given, {})
    assert rows.column("voice") == [-98, -99, None]
    assert _read(write_dta(rows, **STATED), "dta")["voice"].to_list() == [None, None, None]


def test_csv_and_parquet_hold_the_same(folder: Path, rows: Dataset) -> None:
    csv = pl.read_csv(folder / "data.csv", infer_schema_length=None)
    parquet = pl.read_parquet(folder / "data.parquet")
    assert csv.equals(parquet)
    assert parquet["trust"].to_list() == list(rows.column("trust"))


def test_frictionless_finds_no_fault(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert report.tasks[0].stats["rows"] == 300


def test_frictionless_would_find_a_fault(folder: Path) -> None:
    spoiled = (folder / "data.csv").read_text(encoding="utf-8").replace(",-98,", ",77,")
    (folder / "data.csv").write_text(spoiled, encoding="utf-8")
    assert not frictionless.validate(str(folder / "datapackage.json")).valid


def test_ddi_is_valid_and_tells_of_each_variable(files: dict[str, bytes], rows: Dataset) -> None:
    book = etree.fromstring(files["ddi.xml"])
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(_without_hints(book))
    names = {"d": NAMESPACE}
    assert tuple(book.xpath("//d:var/@name", namespaces=names)) == rows.names
    asked = book.xpath("//d:var[@name='voice']/d:qstn/d:qstnLit/text()", namespaces=names)
    assert asked == ["Hur väl stämmer det?"]
    counts = book.xpath("//d:var[@name='voice']/d:catgry/d:catStat/text()", namespaces=names)
    known = [value for value in rows.column("voice") if value is not None]
    assert sum(map(int, counts)) == len(known)


def _without_hints(book: Any) -> Any:
    for hint in [name for name in book.attrib if "schemaLocation" in name]:
        del book.attrib[hint]
    return book


def test_ddi_that_is_out_of_order_would_be_found(files: dict[str, bytes]) -> None:
    book = _without_hints(etree.fromstring(files["ddi.xml"]))
    variable = book.find(f".//{{{NAMESPACE}}}var")
    variable.append(variable[0])
    assert not etree.XMLSchema(etree.parse(SCHEMA)).validate(book)


def test_the_codebook_is_an_accessible_pdf(files: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(files["codebook.pdf"])) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("sv")
        assert str(pdf.docinfo["/Title"]) == "Kodbok: Samtalsklimat 2026 [#1] *å*"


def test_the_python_script_loads_the_data(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "load.py"], cwd=folder, capture_output=True, text=True, check=True
    )
    assert "shape: (300, 9)" in done.stdout
    assert "Steg 1" in done.stdout


def test_the_r_script_says_each_label_in_plain_ascii(files: dict[str, bytes]) -> None:
    script = files["load.R"].decode()
    assert '"Steg 1 \\U{E5}\\U{E4}\\U{F6}"' in script
    for opening, closing in ("()", "{}"):
        assert script.count(opening) == script.count(closing)


def test_free_text_is_in_no_file(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        assert b"PLANTERAD" not in content, name
        assert b"more" not in content or name != "data.csv"


def test_checksums_are_those_of_the_files(files: dict[str, bytes]) -> None:
    pairs = [line.split("  ") for line in files[CHECKSUMS].decode().splitlines()]
    lines = {name: digest for digest, name in pairs}
    assert set(lines) == set(files) - {CHECKSUMS}
    for name, digest in lines.items():
        assert hashlib.sha256(files[name]).hexdigest() == digest


def test_the_same_input_gives_the_same_bytes(rows: Dataset, files: dict[str, bytes]) -> None:
    first = build_package(rows, ABOUT, {"report.json": b"{}\n"})
    assert first == build_package(dataset(), ABOUT, {"report.json": b"{}\n"})
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        found = {info.filename: archive.read(info) for info in archive.infolist()}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert found == {f"{ABOUT.name}/{name}": content for name, content in files.items()}


def test_the_english_package_speaks_english(rows: Dataset) -> None:
    files = build_files(rows, replace(ABOUT, language="en"), {})
    told = json.loads(files["datapackage.json"])
    assert told["resources"][0]["schema"]["fields"][2]["title"] == "I can say “no”"
    assert "How to cite" in files["README.txt"].decode()


def test_missing_codes_are_codes_that_no_answer_has() -> None:
    given: list[dict[str, Any]] = [{"hours": -98}, {"hours": UNKNOWN}, {"hours": 1.5}]
    rows = code_answers(FORM, given, {})
    assert rows.column("hours") == [-98, -998, 1.5]


def test_several_choices_are_a_variable_for_each() -> None:
    given: list[dict[str, Any]] = [{"channels": ["fika.1"]}, {"channels": DECLINED}, {}]
    rows = code_answers(FORM, given, {})
    assert rows.column("channels_apt") == [0, -99, None]
    assert rows.column("channels_fika_1") == [1, -99, None]


def test_names_are_taken_by_every_program() -> None:
    wanted = ["Åldersgrupp", "with", "a.b", "a-b", "A_B", "x" * 40, "x" * 41, "1a", "åäö"]
    assert valid_names(wanted) == [
        "v_ldersgrupp", "with_", "a_b", "a_b_2", "a_b_3", "x" * 32, "x" * 30 + "_2", "v1a", "v___",
    ]  # fmt: skip


@given(questionnaires().flatmap(
    lambda form: st.tuples(st.just(form), st.lists(answered(form, "staff"), min_size=1, max_size=4))
))  # fmt: skip
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
def test_any_questionnaire_is_read_back_as_it_was(
    made: tuple[Questionnaire, list[dict[str, Any]]],
) -> None:
    form, given = made
    units = (Text(sv="Enhet"), ["E1"] * len(given))
    rows = code_answers(form, given, {"unit": units})
    parquet = pl.read_parquet(io.BytesIO(write_parquet(rows)))
    for name, column in zip(rows.names, rows.columns, strict=True):
        assert parquet[name].to_list() == list(column)
    read = _read(write_sav(rows, **STATED), "sav", user_missing=True)
    for variable, column in zip(rows.variables, rows.columns, strict=True):
        if variable.form is not Form.TEXT:
            back = read[variable.name].to_list()
            assert back == pytest.approx(_plain(list(column)), nan_ok=True), variable.name
    assert _read(write_dta(rows, **STATED), "dta").shape == read.shape
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(
        _without_hints(etree.fromstring(write_ddi(rows, ABOUT)))
    )
    assert write_csv(rows).count(b"\n") == len(given) + 1


def _read(content: bytes, kind: str, **options: Any) -> pl.DataFrame:
    with tempfile.NamedTemporaryFile(suffix=f".{kind}") as file:
        file.write(content)
        file.flush()
        reader = getattr(pyreadstat, f"read_{kind}")
        frame: pl.DataFrame = reader(file.name, output_format="polars", **options)[0]
    return frame


class _Row(dict[str, Any]):
    """A row that can be watched."""


def test_no_row_is_held_while_answers_are_coded() -> None:
    alive: weakref.WeakValueDictionary[int, _Row] = weakref.WeakValueDictionary()
    most = [0]

    def read() -> Iterator[_Row]:
        for number, each in enumerate(answers(50)):
            row = alive[number] = _Row(each)
            most[0] = max(most[0], len(alive))
            yield row

    rows = code_answers(FORM, read(), {})
    assert rows.columns == code_answers(FORM, answers(50), {}).columns
    assert most[0] <= 2


def test_spss_shows_codes_without_decimals(folder: Path, rows: Dataset) -> None:
    _frame, meta = pyreadstat.read_sav(folder / "data.sav", output_format="polars")
    forms = meta.original_variable_types
    assert {forms[v.name] for v in rows.variables if v.form is Form.CODED} == {"F8.0"}
    assert forms["hours"] == "F8.2"


def test_answers_of_a_form_are_coded_in_its_order() -> None:
    rows = code_answers(FORM, answers(5), {"unit": (Text(sv="Enhet"), places(5))})
    assert rows.names[0] == "unit"
    assert len(rows) == 5
    assert all(variable.form is not None for variable in rows.variables)
