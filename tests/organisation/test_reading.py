from collections.abc import Iterable

import pytest

from dialog.core.levels import Level
from dialog.organisation.reading import email_from, level_from, read
from dialog.organisation.roster import File, PersonLine, Reading, Reason, UnitLine
from dialog.organisation.wording import fault_place, fault_sentence

UNITS = "unit,parent,name\nR,,Regionen\nF01,R,Regionhälsan\nF02,R,SÄS\n"
PEOPLE = "name,email,unit,level\nAnna Almgren,anna@example.org,F01,staff\n"


def reading(units: str = UNITS, people: str = PEOPLE) -> Reading:
    return read(units.encode(), people.encode())


def found(reading: Reading) -> list[tuple[File, int | None, str, Reason]]:
    assert reading.roster is None
    return [(fault.file, fault.line, fault.column, fault.reason) for fault in reading.faults]


def people(*lines: str) -> str:
    return "\n".join(["name,email,unit,level", *lines])


def units(*lines: str) -> str:
    return "\n".join(["unit,parent,name", *lines])


def test_two_right_files_make_a_roster() -> None:
    roster = reading().roster
    assert roster is not None
    assert roster.units["F01"] == UnitLine("F01", "Regionhälsan", "R")
    assert roster.people == {
        "anna@example.org": PersonLine("anna@example.org", "Anna Almgren", (("F01", Level.STAFF),))
    }


def test_headings_may_be_swedish_and_in_any_order() -> None:
    roster = reading(
        "Namn,Överordnad,Enhet\nRegionen,,R\n",
        "Nivå,Enhet,E-post,Namn\nChef 2,R,ANNA@example.org,  Anna   Almgren \n",
    ).roster
    assert roster is not None
    person = roster.people["anna@example.org"]
    assert (person.name, person.posts) == ("Anna Almgren", (("R", Level.MANAGER_2),))


def test_without_a_name_a_unit_is_called_by_its_code() -> None:
    roster = reading("unit,parent\nF01,\n").roster
    assert roster is not None
    assert roster.units["F01"].name == "F01"


def test_units_stand_after_their_parents_whatever_their_order_in_the_file() -> None:
    roster = reading(units("E1,V1,", "V1,F01,", "F01,R,", "R,,")).roster
    assert roster is not None
    assert list(roster.units) == ["R", "F01", "V1", "E1"]


def test_a_tree_may_be_a_thousand_deep() -> None:
    chain = [f"U{i},U{i - 1}," for i in range(1, 1000)]
    assert reading(units(*chain, "U0,,", "F01,U999,")).roster is not None


def test_a_person_may_hold_two_posts() -> None:
    roster = reading(
        people=people(
            "Anna Almgren,anna@example.org,F02,manager-1", "Anna Almgren,Anna@Example.org,F01,staff"
        )
    ).roster
    assert roster is not None
    assert roster.people["anna@example.org"].posts == (
        ("F01", Level.STAFF),
        ("F02", Level.MANAGER_1),
    )


def test_columns_nobody_asked_for_are_told_of() -> None:
    made = reading(people="name,email,unit,level,phone\nAnna,anna@example.org,F01,staff,1\n")
    assert made.roster is not None
    assert made.ignored == [(File.PEOPLE, "phone")]


def test_a_byte_order_mark_empty_lines_and_empty_cells_at_the_end_do_not_matter() -> None:
    plain = reading().roster
    padded = UNITS.replace("\n", ",,\r\n") + ",,,,\r\n\r\n"
    assert read(b"\xef\xbb\xbf" + padded.encode(), PEOPLE.encode()).roster == plain


def test_letters_composed_in_two_ways_are_the_same() -> None:
    roster = reading(units("R,,", "O\u0308,R,"), people("A,a@example.org,Ö,staff")).roster
    assert roster is not None
    assert "Ö" in roster.units


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("Förtroendevald", Level.ELECTED),
        ("DIREKTÖR", Level.DIRECTOR),
        ("chef 3", Level.MANAGER_3),
        ("Chef-2", Level.MANAGER_2),
        ("manager 1", Level.MANAGER_1),
        ("manager_1", Level.MANAGER_1),
        ("medarbetare", Level.STAFF),
        ("boss", None),
        ("chef", None),
    ],
)
def test_levels_have_swedish_and_english_words(word: str, level: Level | None) -> None:
    assert level_from(word) is level


@pytest.mark.parametrize(
    "address",
    [
        "",
        "anna",
        "anna@",
        "@example.org",
        "anna@example",
        "a b@example.org",
        "å@example.org",
        "a@b@example.org",
        ".a@example.org",
        "a..b@example.org",
        "Anna <a@example.org>",
        "a@x.se;b@x.se",
    ],
)  # fmt: skip - a list of wrong ones
def test_what_cannot_be_an_address_is_none(address: str) -> None:
    assert email_from(address) is None


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", None, Reason.EMPTY_FILE),
        (b"\xef\xbb\xbf \r\n", None, Reason.EMPTY_FILE),
        (b"unit,parent,name\n", None, Reason.NO_ROWS),
        (b"PK\x03\x04...", None, Reason.WORKBOOK),
        (UNITS.encode("utf-16"), 1, Reason.UTF_16),
        (UNITS.encode("utf-16-le"), 1, Reason.UTF_16),
        (UNITS.encode("latin-1"), 3, Reason.NOT_UTF_8),
        (UNITS.replace("\n", "\r").encode("mac-roman"), 3, Reason.NOT_UTF_8),
        (UNITS.replace(",", ";").encode(), 1, Reason.DELIMITER),
        (UNITS.replace(",", "\t").encode(), 1, Reason.DELIMITER),
        (b"sep=;\nunit;parent\n", 1, Reason.DELIMITER),
        (b'unit,parent,name\nR,,\n"F01,R,\nF02,R,\n', 3, Reason.QUOTES),
        (PEOPLE.encode(), 1, Reason.OTHER_FILE),
    ],
)
def test_a_file_of_the_wrong_form_has_one_fault(
    data: bytes, line: int | None, reason: Reason
) -> None:
    made = read(data, PEOPLE.encode())
    assert found(made) == [(File.UNITS, line, "", reason)]


def test_the_first_letter_of_another_encoding_is_shown_as_it_was_meant() -> None:
    fault = read(UNITS.encode("latin-1"), PEOPLE.encode()).faults[0]
    assert fault.value == "Regionhälsan"


def test_every_missing_column_is_named() -> None:
    assert found(reading("code,parent\nR,\n")) == [(File.UNITS, 1, "unit", Reason.MISSING_COLUMN)]
    assert found(reading(people="Anna,anna@example.org,F01,staff\n")) == [
        (File.PEOPLE, 1, column, Reason.MISSING_COLUMN)
        for column in ("name", "email", "unit", "level")
    ]


def test_a_column_twice_is_a_fault() -> None:
    assert (File.UNITS, 1, "enhet", Reason.DOUBLE_COLUMN) in found(
        reading("unit,enhet,parent\nR,R,\n")
    )


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        (["R,,", "F01,R,", "F01,R,"], [(4, "unit", Reason.DOUBLE_CODE)]),
        (["R,,", "F01,X,"], [(3, "parent", Reason.UNKNOWN_PARENT)]),
        (["R,,", "F01,,"], [(3, "parent", Reason.TWO_ROOTS)]),
        (["R,,", "F01,F01,"], [(3, "parent", Reason.CYCLE)]),
        (["R,,", "F01,A,", "A,B,", "B,A,"], [(4, "parent", Reason.CYCLE)]),
        (
            ["F01,A,", "A,F01,"],
            [(None, "parent", Reason.NO_ROOT), (2, "parent", Reason.CYCLE)],
        ),
        (["R,,", "F01,R,", "A/B,R,"], [(4, "unit", Reason.SLASH)]),
        (["R,,", "F01,R,", "V~1,R,"], [(4, "unit", Reason.TILDE)]),
        (["R,,", "F01,R,", ",R,No code"], [(4, "unit", Reason.EMPTY_CELL)]),
        (["R,,", "F01,R,Maternity, ward,x"], [(3, "", Reason.TOO_MANY_CELLS)]),
        (["R,,", "F01,R," + "x" * 201], [(3, "name", Reason.TOO_LONG)]),
        (["R,,", "F01,R,a\x07b"], [(3, "name", Reason.CONTROL_CHARACTER)]),
        (["R,,", "F01,R,a\0b"], [(3, "name", Reason.CONTROL_CHARACTER)]),
        (["R,,", "F01,R,9001011239"], [(3, "name", Reason.IDENTITY_NUMBER)]),
    ],
)
def test_units_that_are_no_tree_are_told_by_line(
    lines: list[str], faults: list[tuple[int | None, str, Reason]]
) -> None:
    assert found(reading(units(*lines))) == [(File.UNITS, *fault) for fault in faults]


def test_a_personal_identity_number_is_refused_and_not_repeated() -> None:
    made = reading(people="name,email,unit,level\nBo 19900101-1239,bo@example.org,F01,staff\n")
    (fault,) = made.faults
    assert (fault.line, fault.column, fault.reason) == (2, "name", Reason.IDENTITY_NUMBER)
    assert "1239" not in repr(fault)


def test_a_cycle_names_its_units() -> None:
    fault = reading(units("R,,", "F01,R,", "A,B,", "B,C,", "C,A,")).faults[0]
    assert fault.other == "A → B → C → A"


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        (["A,a@example.org,F99,staff"], [(2, "unit", Reason.UNKNOWN_UNIT)]),
        (["A,a@example.org,F01,boss"], [(2, "level", Reason.UNKNOWN_LEVEL)]),
        (["A,a.example.org,F01,staff"], [(2, "email", Reason.WRONG_EMAIL)]),
        ([",a@example.org,F01,staff"], [(2, "name", Reason.EMPTY_CELL)]),
        (["A,,F01,staff"], [(2, "email", Reason.EMPTY_CELL)]),
        (
            ["A,a@example.org,F01,staff", "B,A@example.org,F02,staff"],
            [(3, "email", Reason.OTHER_NAME)],
        ),
        (
            ["A,a@example.org,F01,staff", "A,a@example.org,F01,manager-1"],
            [(3, "email", Reason.SAME_POST)],
        ),
        (
            [f"A,a@example.org,{unit},staff" for unit in ("R", "F01", "F02")],
            [(4, "email", Reason.TOO_MANY_POSTS)],
        ),
        (["Berg, Berit,b@example.org,F01,staff"], [(2, "", Reason.TOO_MANY_CELLS)]),
        (
            ["A,a@example.org,F99,boss", "", "B,b@example,F01,staff"],
            [
                (2, "level", Reason.UNKNOWN_LEVEL),
                (2, "unit", Reason.UNKNOWN_UNIT),
                (4, "email", Reason.WRONG_EMAIL),
            ],
        ),
    ],
)
def test_wrong_people_are_told_by_line_and_column(
    lines: list[str], faults: list[tuple[int, str, Reason]]
) -> None:
    assert found(reading(people=people(*lines))) == [(File.PEOPLE, *fault) for fault in faults]


def test_a_line_that_spans_several_counts_where_it_begins() -> None:
    made = reading(
        people=people('"Anna\nAlmgren",a@example.org,F01,staff', "B,b@example.org,X,staff")
    )
    assert found(made) == [(File.PEOPLE, 4, "unit", Reason.UNKNOWN_UNIT)]


def test_an_unreadable_file_of_units_blames_no_person() -> None:
    assert found(reading(UNITS.replace(",", ";"))) == [(File.UNITS, 1, "", Reason.DELIMITER)]


def test_faults_of_both_files_are_listed_together() -> None:
    made = reading(units("R,,", "F01,X,"), people("A,a@example.org,F99,staff"))
    assert [file for file, *_rest in found(made)] == [File.UNITS, File.PEOPLE]


def every_fault() -> Iterable[Reason]:
    return Reason


@pytest.mark.parametrize("reason", every_fault())
def test_every_reason_has_words(reason: Reason) -> None:
    fault = reading(people=people("A,a@example.org,F99,staff")).faults[0]
    assert fault_place(fault, file_name="people.csv") == "people.csv, rad 2, kolumn unit"
    assert "”F99”" in fault_sentence(fault)
    sentence = fault_sentence(type(fault)(File.UNITS, reason, value="100 %", other="%s"))
    assert sentence.endswith((".", "”.", ")."))
