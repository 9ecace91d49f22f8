"""Groups of choices that share their answers: matrices."""

from dialog.core.questionnaire import Condition, Kind, MatrixRow, Question, Text
from dialog.surveys.building.xlsform.choices import ChoiceLists
from dialog.surveys.building.xlsform.names import Names
from dialog.surveys.building.xlsform.questions import chosen_from, required
from dialog.surveys.building.xlsform.tree import Element

_ON_ONE_PAGE = {"field-list", "table-list"}
_SECOND_HEADING = Text(
    sv="Matrisen har redan gruppens rubrik som text.",
    en="The matrix already has the group's label as its text.",
)
_OF_A_ROW_ALONE = ("relevant", "constraint", "choice_filter", "hint")  # no matrix row has these


def is_matrix(element: Element) -> bool:
    """Whether a group is shown on one page, or as a table, and all of it are choices of one from
    the same list. A table may have one row; a page of one question is a question.
    """
    appearance = set(element.line.peek("appearance").split())
    if element.children is None or element.repeated or not appearance & _ON_ONE_PAGE:
        return False
    rows = matrix_rows(element)
    selects = [row.select for row in rows if row.select]
    if len(selects) < len(rows) or len(rows) < (1 if "table-list" in appearance else 2):
        return False
    alike = len({select.list_name for select in selects}) == 1
    plain = not any(select.several or select.other for select in selects)
    asked = {row.line.peek("required") for row in rows}
    bare = not any(row.line.peek(key) for row in rows for key in _OF_A_ROW_ALONE)
    return alike and plain and bare and len(asked) == 1


def matrix_rows(element: Element) -> list[Element]:
    """The rows without the one that only repeats the options above the others."""
    children = element.children or []
    return children[1:] if _heading(element) else children


def matrix(
    element: Element, *, name: str, names: Names, show_if: Condition | None, lists: ChoiceLists
) -> Question:
    line, flags = element.line, element.line.flags()
    for key in ("type", "appearance"):
        line.use(key)
    heading = _heading(element)
    text = line.text("label")
    if heading:
        if text:
            heading.line.leave("label", _SECOND_HEADING)
        heading.line.ledger.use_row(heading.line.cells)
        text = text or heading.line.text("label")
    rows, choices = [], None
    for child in matrix_rows(element):
        choices = chosen_from(child, lists)
        rows.append(_row(child, names))
    assert choices is not None
    return Question(
        name=name,
        kind=Kind.MATRIX,
        text=text,
        help=line.text("hint"),
        options=choices.options,
        rows=tuple(rows),
        required=required(matrix_rows(element)[0].line),
        unknown=choices.unknown,
        declined=choices.declined,
        sensitive="sensitive" in flags,
        show_if=show_if,
    )


def _row(child: Element, names: Names) -> MatrixRow:
    line = child.line
    line.use("type")
    required(line)
    if line.peek("appearance") == "list-nolabel":
        line.use("appearance")
    return MatrixRow(
        name=names.name(line.use("name")),
        text=line.text("label"),
        sensitive="sensitive" in line.flags(),
    )


def _heading(element: Element) -> Element | None:
    first = element.children[0] if element.children else None
    if first and first.select and first.line.peek("appearance") == "label":
        return first
    return None
