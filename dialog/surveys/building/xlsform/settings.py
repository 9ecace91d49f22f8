"""The sheet `settings`: title and languages, and what a form of ours says beside."""

from dataclasses import dataclass
from typing import get_args

from dialog.core.questionnaire import Text
from dialog.surveys.building.xlsform.columns import Language
from dialog.surveys.building.xlsform.lines import Line, unescaped

_ONE_ROW = Text(
    sv="Bara den första raden under rubrikerna räknas i bladet settings.",
    en="Only the first row below the headings counts in the sheet settings.",
)
_UNTITLED = {"sv": "Importerad enkät", "en": "Imported survey"}
_TITLE = Text(sv="Blir enkätens rubrik.", en="Becomes the survey's title.")


@dataclass(frozen=True)
class Settings:
    """What the sheet says. `ours`: Dialog wrote the form."""

    title: str = ""
    default_language: str = ""
    ours: bool = False
    languages: tuple[Language, ...] = ()
    other_title: Text = Text()
    description: Text = Text()

    def texts(self, primary: Language, spoken: tuple[Language, ...]) -> tuple[Text, Text]:
        """Title and description; the plain title is in the `primary` language."""
        if not self.title:
            return Text(**{one: _UNTITLED[one] for one in spoken}), self.description
        title = {"sv": self.other_title.sv, "en": self.other_title.en, primary: self.title}
        return Text(**title), self.description


def read_settings(lines: list[Line]) -> Settings:
    if not lines:
        return Settings()
    line, *more = lines
    for extra in more:
        extra.leave_all(_ONE_ROW)
    title = unescaped(line.use("form_title"))
    if title:
        line.take(_TITLE)
    ours = line.use("dialog_version") == "1"
    found = Settings(title=title, default_language=line.use("default_language"))
    if not ours:
        return found
    line.use("form_id")
    spoken = set(line.use("dialog_languages").split())
    languages: tuple[Language, ...] = tuple(one for one in get_args(Language) if one in spoken)
    return Settings(
        title=title,
        default_language=found.default_language,
        ours=True,
        languages=languages,
        other_title=Text(
            sv=unescaped(line.use("dialog_title_sv")), en=unescaped(line.use("dialog_title_en"))
        ),
        description=Text(
            sv=unescaped(line.use("dialog_description_sv")),
            en=unescaped(line.use("dialog_description_en")),
        ),
    )
