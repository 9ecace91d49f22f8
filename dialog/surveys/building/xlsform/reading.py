"""Reading an XLSForm: what Dialog can ask is taken, and everything else is accounted for."""

from pathlib import Path

from dialog.core.questionnaire import Questionnaire, Scale, Text
from dialog.surveys.building.xlsform.choices import ChoiceLists
from dialog.surveys.building.xlsform.columns import Column, Language, columns, language_of
from dialog.surveys.building.xlsform.findings import Finding, Imported, WrongFormError
from dialog.surveys.building.xlsform.languages import Languages, languages
from dialog.surveys.building.xlsform.ledger import Ledger
from dialog.surveys.building.xlsform.lines import Line, lines
from dialog.surveys.building.xlsform.names import Names
from dialog.surveys.building.xlsform.reasons import of_column
from dialog.surveys.building.xlsform.scales import read_scales
from dialog.surveys.building.xlsform.sections import Walk
from dialog.surveys.building.xlsform.settings import Settings, read_settings
from dialog.surveys.building.xlsform.tree import tree
from dialog.surveys.building.xlsform.validating import validate
from dialog.surveys.building.xlsform.workbook import Sheet, read_workbook

NO_SURVEY = Text(
    sv="Filen har inget blad som heter survey. Där ska frågorna stå i en XLSForm.",
    en="The file has no sheet named survey, which is where an XLSForm has its questions.",
)
NO_TYPE = Text(
    sv="Bladet survey saknar kolumnen type, som säger vilken sorts fråga varje rad är.",
    en="The sheet survey lacks the column type, which says what kind of question each row is.",
)
SCALES = "dialog_scales"
_GUESSED: dict[Language, Text] = {
    "sv": Text(
        sv="Formuläret säger inte att texterna är på svenska eller engelska. De läggs som svenska.",
        en="The form does not say that its texts are Swedish or English. They become Swedish.",
    ),
    "en": Text(
        sv="Formuläret säger inte att texterna är på svenska eller engelska. De läggs som "
        "engelska.",
        en="The form does not say that its texts are Swedish or English. They become English.",
    ),
}


def read(source: str | Path | bytes, *, language: Language = "sv") -> Imported:
    """The questionnaire of an .xlsx file (a path or its bytes), and where each cell went.

    `language` is for texts that do not say their language. The questionnaire may have faults
    (`core.checking`) to mend. Raises WrongFormError for a file that is no XLSForm.
    """
    sheets = read_workbook(source)
    form = _by_name(sheets)
    if "type" not in {c.key for c in _columns(form, "survey").values()}:
        raise WrongFormError(NO_TYPE)
    validate(form)
    return _Reading(sheets, form, language).imported()


class _Reading:
    """One form while it is read."""

    def __init__(self, sheets: list[Sheet], form: dict[str, Sheet], language: Language) -> None:
        self.sheets, self.form, self.ledger = sheets, form, Ledger()
        self.columns = {name: _columns(form, name) for name in ("survey", "choices", "settings")}
        settings = self._lines("settings", Languages({}, language, guessed=False))
        self.settings: Settings = read_settings(settings)
        self.languages = languages(
            self.columns["survey"].values(),
            self.columns["choices"].values(),
            self.settings.default_language,
            language,
        )
        default = self.settings.default_language
        if default and self.languages.slot(default) is None and language_of(default) is None:
            settings[0].leave("default_language", of_column("default_language"))

    def imported(self) -> Imported:
        survey = self._lines("survey", self.languages)
        ours = self.settings.ours
        lists = ChoiceLists(self._lines("choices", self.languages), ours=ours)
        elements = tree(survey)
        walk = Walk(Names(line.peek("name") for line in survey), lists)
        sections = walk.through(elements)
        lists.close()
        scales: tuple[Scale, ...] = ()
        if ours and SCALES in self.form:
            scales = read_scales(self.form[SCALES], walk.given, self.ledger)
        spoken = self.settings.languages or self._spoken(survey)
        title, description = self.settings.texts(self.languages.primary, spoken)
        questionnaire = Questionnaire(
            title=title,
            description=description,
            languages=spoken,
            sections=sections,
            scales=scales,
        )
        self._close(survey, scales=ours and SCALES in self.form)
        return Imported(questionnaire, tuple(self.ledger.taken), tuple(self.ledger.left))

    def _lines(self, name: str, spoken: Languages) -> list[Line]:
        if name not in self.form:
            return []
        return lines(self.form[name], self.columns[name], spoken, self.ledger)

    def _spoken(self, survey: list[Line]) -> tuple[Language, ...]:
        """The languages in which there is any text."""
        columns_ = self.columns["survey"].values()
        texts = [c for c in columns_ if c.key in {"label", "hint"}]
        filled = {
            slot
            for column in texts
            if (slot := self.languages.slot(column.language))
            and any(column.heading in line.cells for line in survey)
        }
        order: tuple[Language, ...] = ("sv", "en")
        return tuple(one for one in order if one in filled) or (self.languages.primary,)

    def _close(self, survey: list[Line], *, scales: bool) -> None:
        if self.languages.guessed and survey:
            words = _GUESSED[self.languages.primary]
            self.ledger.taken.append(Finding(self.form["survey"].name, 1, "label", words))
        read_ = {
            self.form[name].name: found for name, found in self.columns.items() if name in self.form
        }
        if scales:
            sheet = self.form[SCALES]
            read_[sheet.name] = columns(SCALES, [cell.column for cell in sheet.headings])
        self.ledger.close(self.sheets, read_)


def _by_name(sheets: list[Sheet]) -> dict[str, Sheet]:
    """Sheets by the names that XLSForm knows them under. A single sheet is `survey`."""
    named = {sheet.name.lower(): sheet for sheet in sheets}
    if "survey" not in named and len(sheets) == 1:
        named = {"survey": sheets[0]}
    if "survey" not in named:
        raise WrongFormError(NO_SURVEY)
    return named


def _columns(form: dict[str, Sheet], name: str) -> dict[str, Column]:
    headings = [cell.column for cell in form[name].headings] if name in form else []
    return columns(name, headings)
