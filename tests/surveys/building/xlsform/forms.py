"""Forms as they are read, for the tests of reading."""

from dialog.core.questionnaire import Question, questions
from dialog.surveys.building.xlsform.findings import Imported
from dialog.surveys.building.xlsform.reading import read
from tests.surveys.building.xlsform.spreadsheets import xlsx

COLOURS = """
list_name | name  | label
colours   | red   | Röd
colours   | green | Grön
"""


def form(survey: str, choices: str = COLOURS, settings: str = "") -> Imported:
    sheets = {"survey": survey, "choices": choices}
    return read(xlsx(**sheets, **({"settings": settings} if settings else {})))


def asked(found: Imported) -> dict[str, Question]:
    return {question.name: question for question in questions(found.questionnaire)}


def left(found: Imported) -> list[tuple[str, int | None, str]]:
    return [(finding.sheet, finding.row, finding.column) for finding in found.left]
