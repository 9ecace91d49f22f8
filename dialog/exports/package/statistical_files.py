"""The data as SPSS .sav and Stata .dta, with labels and user-missing values.

Both formats write the time into their header; it is set to the package's date, so that the same
data give the same bytes.
"""

import re
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from dialog.exports.package.plain_files import frame
from dialog.exports.package.variables import Dataset, Form, Variable

_SAV_DATE = slice(92, 109)  # "25 Nov 26" and "17:25:06" (PSPP, System File Format: File Header)
_DTA_TIMESTAMP = re.compile(rb"<timestamp>\x11.{17}</timestamp>")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
STATA_VERSION = 14  # writes format 118, which Stata 14 and later read
LONGEST_LABEL = 80  # characters of a Stata variable label; SPSS takes 256 bytes
LONGEST_WORD = 120  # bytes of a value label in SPSS


def write_sav(dataset: Dataset, *, title: str, language: str, dated: date) -> bytes:
    """SPSS: "vet ej" and the like are numbers declared missing."""
    import pyreadstat  # noqa: PLC0415 - heavy

    missing: dict[str, Any] = {
        variable.name: [category.code for category in variable.missing]
        for variable in dataset.variables
        if variable.missing and variable.form is not Form.TEXT
    }

    def write(path: Path) -> None:
        pyreadstat.write_sav(
            frame(dataset),
            str(path),
            file_label=_cut(title, 64),
            column_labels=_labels(dataset, language, 250),
            variable_value_labels=_value_labels(dataset, language),
            missing_ranges=missing,
            variable_measure={v.name: _measure(v) for v in dataset.variables},
            variable_format={v.name: "F8.0" for v in dataset.variables if _is_whole(v)},
            row_compress=True,
        )

    content = bytearray(_written(write, "data.sav"))
    stamp = f"{dated.day:02} {_MONTHS[dated.month - 1]} {dated.year % 100:02}00:00:00".encode()
    content[_SAV_DATE] = stamp
    return bytes(content)


def write_dta(dataset: Dataset, *, title: str, language: str, dated: date) -> bytes:
    """Stata: "vet ej" and the like are .a, .b …, labelled."""
    import pyreadstat  # noqa: PLC0415 - heavy

    letters = {
        variable.name: {
            category.code: chr(ord("a") + at) for at, category in enumerate(variable.missing)
        }
        for variable in dataset.variables
        if variable.missing and variable.form is not Form.TEXT and _any_valid(dataset, variable)
    }
    labels = {
        name: {letters.get(name, {}).get(code, code): word for code, word in words.items()}
        for name, words in _value_labels(dataset, language).items()
        if not any(isinstance(code, str) for code in words)
    }

    def write(path: Path) -> None:
        pyreadstat.write_dta(
            _with_letters(dataset, letters),
            str(path),
            version=STATA_VERSION,
            file_label=_cut(title, 80),
            column_labels=_labels(dataset, language, LONGEST_LABEL),
            variable_value_labels=labels,
            missing_user_values={name: sorted(found.values()) for name, found in letters.items()},
        )

    stamp = f"{dated.day:02} {_MONTHS[dated.month - 1]} {dated.year} 00:00".encode()
    stamped = b"<timestamp>\x11" + stamp + b"</timestamp>"
    content, times = _DTA_TIMESTAMP.subn(stamped, _written(write, "data.dta"), count=1)
    assert times == 1
    return content


def _with_letters(dataset: Dataset, letters: dict[str, dict[Any, str]]) -> Any:
    """The frame, with a letter in place of each user-missing code."""
    import polars as pl  # noqa: PLC0415 - heavy

    plain = frame(dataset)
    for variable in dataset.variables:
        if variable.missing and variable.form is not Form.TEXT and variable.name not in letters:
            nothing = pl.lit(None, plain.schema[variable.name])
            plain = plain.with_columns(nothing.alias(variable.name))
    for name, found in letters.items():
        typed = plain[name].to_list()  # one type: a column that mixes 1 and 37.5 is taken for text
        column = [found.get(value, value) for value in typed]
        plain = plain.with_columns(pl.Series(name, column, dtype=pl.Object, strict=False))
    return plain


def _any_valid(dataset: Dataset, variable: Variable) -> bool:
    """Without a single number a column of letters would be taken for text, and codes for numbers:
    it is empty.
    """
    none = {None, *(category.code for category in variable.missing)}
    return any(value not in none for value in dataset.column(variable.name))


def _written(write: Callable[[Path], None], name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        return path.read_bytes()


def _labels(dataset: Dataset, language: str, most: int) -> dict[str, str | None]:
    return {v.name: _cut(v.label.in_language(language), most) for v in dataset.variables}


def _value_labels(dataset: Dataset, language: str) -> dict[str, dict[Any, str]]:
    return {
        variable.name: {
            category.code: _cut(category.text.in_language(language), LONGEST_WORD)
            for category in variable.categories
        }
        for variable in dataset.variables
        if variable.categories
    }


def _is_whole(variable: Variable) -> bool:
    """Codes and whole numbers, which SPSS would show as 4.00."""
    return variable.form is not Form.TEXT and variable.whole


def _measure(variable: Variable) -> str:
    if variable.form is Form.NUMBER:
        return "scale"
    return "ordinal" if variable.ordered else "nominal"


def _cut(text: str, most: int) -> str:
    """At most so many bytes of UTF-8, whole characters."""
    if len(text.encode()) <= most:
        return text
    return text.encode()[: most - 3].decode(errors="ignore").rstrip() + "…"
