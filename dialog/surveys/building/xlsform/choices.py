"""The sheet `choices`: lists of options, by name."""

from dataclasses import dataclass, field

from dialog.core.questionnaire import DECLINED, UNKNOWN, Option, Text
from dialog.surveys.building.xlsform.lines import Line
from dialog.surveys.building.xlsform.names import option_name

OFFERED = {
    UNKNOWN: Text(sv="Vet ej / inte aktuellt", en="Don't know / not applicable"),
    DECLINED: Text(sv="Vill inte svara", en="Prefer not to answer"),
}
_NO_NAME = Text(
    sv="Svarsalternativet saknar lista eller namn.", en="The choice has no list or no name."
)
_AGAIN = Text(
    sv="Listan har redan ett alternativ med det namnet.",
    en="The list already has a choice of that name.",
)
_NOT_USED = Text(
    sv="Listan används inte av någon fråga som tas med.",
    en="The list is used by no question that is taken.",
)
_OWN_WORDS = Text(
    sv="Dialog har egna ord för vet ej och vill inte svara.",
    en="Dialog has its own words for don't know and prefer not to answer.",
)
_NO_VALUE = Text(
    sv="dialog_value ska vara ett heltal.", en="dialog_value should be a whole number."
)


@dataclass
class Choices:
    """One list. `names` are our option names by those of the form."""

    options: tuple[Option, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    unknown: bool = False
    declined: bool = False


class ChoiceLists:
    """Lists are read when a question that is taken asks for them; the others are left."""

    def __init__(self, lines: list[Line], *, ours: bool) -> None:
        self._ours = ours  # a form that we wrote
        self._lines: dict[str, list[Line]] = {}
        self._read: dict[str, Choices] = {}
        for line in lines:
            if not line.peek("list_name") or not line.peek("name"):
                line.leave_all(_NO_NAME)
            else:
                self._lines.setdefault(line.peek("list_name"), []).append(line)

    def __contains__(self, name: str) -> bool:
        return name in self._lines

    def get(self, name: str) -> Choices:
        if name not in self._read:
            self._read[name] = self._make(self._lines[name])
            number = len(self._read[name].options)
            self._lines[name][0].take(
                Text(
                    sv=f"Listan {name}: {number} svarsalternativ.",
                    en=f"The list {name}: {number} choices.",
                )
            )
        return self._read[name]

    def use_levels(self, name: str) -> None:
        """The list that a form of ours has for the respondent's level."""
        for line in self._lines.get(name, []):
            line.ledger.use_row(line.cells)
        self._read[name] = Choices()

    def close(self) -> None:
        """Leave the lists that nobody asked for."""
        for name, lines in self._lines.items():
            if name not in self._read:
                for line in lines:
                    line.leave_all(_NOT_USED)

    def _make(self, lines: list[Line]) -> Choices:
        choices, options = Choices(), []
        for line in lines:
            line.use("list_name")
            name = line.use("name")
            if name in choices.names:
                line.leave_all(_AGAIN)
            elif self._ours and name in OFFERED:
                if line.text("label") not in {OFFERED[name], _swedish(name), _english(name)}:
                    line.leave("label", _OWN_WORDS)
                choices.unknown |= name == UNKNOWN
                choices.declined |= name == DECLINED
                choices.names[name] = name
            else:
                options.append(_option(line, name, choices))
        choices.options = tuple(options)
        return choices


def _option(line: Line, name: str, choices: Choices) -> Option:
    ours = option_name(name, choices.names.values())
    choices.names[name] = ours
    if ours != name:
        line.take(
            Text(
                sv=f"Svarsalternativet {name} får namnet {ours}.",
                en=f"The choice {name} is named {ours}.",
            )
        )
    value = line.use("dialog_value")
    try:
        number = int(value) if value else None
    except ValueError:
        number = None
        line.leave("dialog_value", _NO_VALUE)
    return Option(name=ours, text=line.text("label"), value=number)


def _swedish(name: str) -> Text:
    return Text(sv=OFFERED[name].sv)


def _english(name: str) -> Text:
    return Text(en=OFFERED[name].en)
