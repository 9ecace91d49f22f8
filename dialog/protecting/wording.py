"""What can be wrong with the files of `dialog protect`, in words."""

from collections.abc import Sequence

from dialog.core.disclosure.microdata.faults import Fault
from dialog.core.disclosure.microdata.faults import worded as worded_file
from dialog.core.errors import WrongInputError
from dialog.core.questionnaire import Text

SHOWN = 100  # faults that are listed one by one

WORDS = {
    "missing_column": Text(
        sv="Kolumnen ”{column}” saknas.", en="The column “{column}” is missing."
    ),
    "no_items": Text(
        sv="Det finns ingen fråga: varje kolumn utom unit och level är en fråga.",
        en="There is no question: every column but unit and level is a question.",
    ),
    "no_name": Text(sv="En kolumn har inget namn.", en="A column has no name."),
    "empty_unit": Text(sv="Enhet saknas.", en="The unit is missing."),
    "unknown_unit": Text(
        sv="Enheten ”{value}” finns inte i filen med enheter.",
        en="The unit “{value}” is not in the file of units.",
    ),
    "unknown_origin": Text(
        sv="Enheten ”{value}” i kolumnen ”{column}” finns inte i den tidigare redovisningen.",
        en="The unit “{value}” in the column “{column}” is not in the earlier release.",
    ),
    "double_unit": Text(
        sv="Enheten ”{value}” finns redan på en rad ovanför.",
        en="The unit “{value}” is already on a row above.",
    ),
    "unknown_parent": Text(
        sv="Överordnad enhet ”{value}” finns inte i filen.",
        en="The parent “{value}” is not in the file.",
    ),
    "cycle": Text(
        sv="Enheten ”{value}” ligger under sig själv.", en="The unit “{value}” lies under itself."
    ),
    "value": Text(
        sv="Kolumnen ”{column}”: ”{value}” är inget svar på frågan.",
        en="Column “{column}”: “{value}” is not an answer to the question.",
    ),
    "hidden": Text(
        sv="Kolumnen ”{column}”: frågan visas inte för den som har svarat så på de andra.",
        en="Column “{column}”: this is not asked of somebody who gave the other answers.",
    ),
    "too_many": Text(
        sv="Kolumnen ”{column}” har fler än {most} olika värden. Ta bort den, eller beskriv frågan"
        " med --questionnaire.",
        en="Column “{column}” has more than {most} different values. Leave it out, or describe the"
        " question with --questionnaire.",
    ),
    "questionnaire": Text(sv="{place}: {why}", en="{place}: {why}"),
    "no_count": Text(sv="”{value}” är inget antal.", en="“{value}” is not a count."),
    "no_mean": Text(
        sv="”{value}” är inget medelvärde med en decimal.",
        en="“{value}” is not a mean with one decimal.",
    ),
    "not_asked": Text(
        sv="”{name}” visades då, men finns inte bland frågorna nu. Hur många som svarade kan"
        " avslöja en liten grupp bredvid de nya siffrorna. Ta med svaren, och ange"
        " --withhold {name} om de inte ska visas.",
        en="“{name}” was shown then, but is not among the questions now. How many answered it may"
        " give a small group away beside the new figures. Include the answers, and give"
        " --withhold {name} if they are not to be shown.",
    ),
    "no_withheld": Text(
        sv="”{name}” finns inte bland frågorna.", en="“{name}” is not among the questions."
    ),
    "no_sensitive": Text(
        sv="Kolumnen ”{column}” i --sensitive finns inte.",
        en="The column “{column}” in --sensitive does not exist.",
    ),
}
_LINE = Text(sv="{file}, rad {line}: {what}", en="{file}, line {line}: {what}")
_MORE = Text(sv="… och {more} fel till.", en="… and {more} more.")
_NOTHING = Text(
    sv="Inget är skrivet. Rätta detta först ({count} fel):",
    en="Nothing was written. Mend this first ({count} faults):",
)


def fault(kind: str, line: int = 0, **about: str) -> Fault:
    return Fault("", kind, line, about)


def refuse(faults: Sequence[tuple[str, Fault]], language: str) -> None:
    """Raise WrongInputError if there are faults (each with its file's name), listed by row."""
    if not faults:
        return
    lines = [_told(file, one, language) for file, one in faults[:SHOWN]]
    if len(faults) > SHOWN:
        lines.append(_MORE.in_language(language).format(more=len(faults) - SHOWN))
    sentence = _NOTHING.in_language(language).format(count=len(faults))
    raise WrongInputError(sentence, tuple(lines))


def _told(file: str, one: Fault, language: str) -> str:
    if one.code in WORDS:
        what = WORDS[one.code].in_language(language).format(**one.about)
    else:
        what = worded_file(one).in_language(language)
    if not one.line:
        return f"{file}: {what}"
    return _LINE.in_language(language).format(file=file, line=one.line, what=what)
