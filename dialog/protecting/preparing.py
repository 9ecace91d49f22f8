"""From the files of `dialog protect` to the counts that are to be protected."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dialog.core.disclosure.microdata.faults import Fault
from dialog.core.questionnaire import Questionnaire
from dialog.core.tabulation import Table, tabulate
from dialog.core.tree import make_tree
from dialog.protecting.origins import Origins, find_origins
from dialog.protecting.questions import make_questionnaire, read_questionnaire, tabulated
from dialog.protecting.reading import (
    Responses,
    Was,
    absent,
    read_answers,
    read_responses,
    read_units,
)
from dialog.protecting.wording import refuse


@dataclass(frozen=True)
class Files:
    responses: Path
    units: Path
    questionnaire: Path | None = None
    sensitive: Sequence[str] = ()  # columns, where there is no questionnaire to say so
    was: Sequence[Was] = ()  # where each response was in the earlier releases


@dataclass(frozen=True)
class Prepared:
    """The questions and all counts; the units; and who was where before, if that is told."""

    form: Questionnaire
    table: Table
    units: Sequence[str]
    origins: Origins | None


def prepare(files: Files, *, least: int, language: str) -> Prepared:
    """The questions and all counts. `least` is the smallest group: levels that fewer have are not
    even named. Raises WrongInputError with every fault of the first file that cannot be used, and
    of every cell.
    """
    parents, faults = read_units(files.units.read_bytes())
    refuse([(files.units.name, one) for one in faults], language)
    rows, faults = read_responses(files.responses.read_bytes(), parents, files.was)
    told = [(files.responses.name, one) for one in faults]
    if rows is None:
        refuse(told, language)
        raise AssertionError  # there was a fault
    form, wrong = _questions(files, rows)
    told += wrong
    if form is None:
        refuse(told, language)
        raise AssertionError  # there was a fault
    cells: list[Fault] = [*absent(rows, tabulated(form))]
    answered = read_answers(rows, form, cells)
    origins = None
    if rows.origins:
        origins = find_origins(parents, rows.units, rows.origins)
        answered = origins.moved(answered, rows.origins)
    table = tabulate(
        answered,
        questionnaire=form,
        tree=make_tree(origins.parents if origins else parents),
        levels=rows.levels(k=least),
    )
    told += [(files.responses.name, one) for one in cells]
    refuse(sorted(told, key=lambda one: (one[0], one[1].line)), language)
    return Prepared(form, table, list(parents), origins)


def _questions(
    files: Files, rows: Responses
) -> tuple[Questionnaire | None, list[tuple[str, Fault]]]:
    if files.questionnaire is None:
        made, faults = make_questionnaire(rows, files.sensitive)
        return made, [(files.responses.name, one) for one in faults]
    form, faults = read_questionnaire(files.questionnaire.read_bytes())
    return form, [(files.questionnaire.name, one) for one in faults]
