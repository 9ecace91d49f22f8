"""Why something in an XLSForm is not taken, in both languages."""

from dialog.core.questionnaire import Text

_PLACE = Text(
    sv="Platser samlas inte in: de kan peka ut den som svarar.",
    en="Places are not collected: they can point out who answers.",
)
_FILE = Text(
    sv="Bilder, ljud, film och filer samlas inte in: de kan peka ut den som svarar.",
    en="Pictures, sound, film and files are not collected: they can point out who answers.",
)
_DEVICE = Text(
    sv="Uppgifter om tid, enhet och person samlas inte in: de kan peka ut den som svarar.",
    en="Time, device and person are not recorded: they can point out who answers.",
)
_COMPUTED = Text(
    sv="Beräknade och dolda värden finns inte i Dialog.",
    en="Dialog has no computed or hidden values.",
)
_TIME = Text(
    sv="Frågor om klockslag finns inte i Dialog. Gör om den till ett datum eller en kort text.",
    en="Dialog has no questions about times of day. Make it a date or a short text.",
)
_RANK = Text(
    sv="Rangordning finns inte i Dialog. Gör om den till flera val eller en matris.",
    en="Dialog has no ranking. Make it several choices or a matrix.",
)
_ELSEWHERE = Text(
    sv="Svarsalternativen ligger utanför formuläret. Lägg dem i bladet choices.",
    en="The choices are kept outside the form. Put them in the sheet choices.",
)
_OTHER_KIND = Text(
    sv="Den sortens fråga finns inte i Dialog.", en="Dialog has no such kind of question."
)
REPEATED = Text(
    sv="Raden ligger i en upprepning (repeat). Det finns inte i Dialog.",
    en="The row is inside a repeat, which Dialog does not have.",
)
DISABLED = Text(sv="Raden är avstängd (disabled).", en="The row is disabled.")
COMMENT = Text(
    sv="Raden har varken typ, namn eller text och räknas som en kommentar.",
    en="The row has no type, name or text and counts as a comment.",
)

_TYPES: tuple[tuple[tuple[str, ...], Text], ...] = (
    (("geo", "location", "gps", "osm", "start-geo", "background-geo"), _PLACE),
    (("photo", "image", "picture", "audio", "video", "file", "background-audio"), _FILE),
    (("calculate", "hidden", "csv-external", "xml-external"), _COMPUTED),
    (("_from_file", " from file", "external"), _ELSEWHERE),
    (("rank",), _RANK),
    (
        (
            "today",
            "deviceid",
            "device id",
            "username",
            "email",
            "phonenumber",
            "get ",
            "sim",
            "subscriber",
            "start time",
            "end time",
            "imei",
            "audit",
            "uri:",
            "number of days",
        ),
        _DEVICE,
    ),
    (("time",), _TIME),
)


def of_type(kind: str) -> Text:
    """Why a question of an XLSForm type that we do not have is left."""
    if kind in {"start", "end"}:
        return _DEVICE
    for words, reason in _TYPES:
        if any(word in kind.lower() for word in words):
            return reason
    return _OTHER_KIND


_COLUMNS = {
    "default": Text(
        sv="Förvalda svar används inte i Dialog: de styr vad som svaras.",
        en="Dialog has no answers filled in beforehand: they steer what is answered.",
    ),
    "calculate": _COMPUTED,
    "choice_filter": Text(
        sv="Filter på svarsalternativ finns inte i Dialog. Alla alternativ visas.",
        en="Dialog does not filter choices. All of them are shown.",
    ),
    "relevant": Text(
        sv="Villkoret hör inte till något som tas med.",
        en="The condition belongs to nothing that is taken.",
    ),
    "constraint": Text(
        sv="Gränsen kan inte kontrolleras i Dialog. Svaret tas emot utan den.",
        en="Dialog cannot check this limit. The answer is accepted without it.",
    ),
    "jr:constraintMsg": Text(
        sv="Dialog har egna felmeddelanden.", en="Dialog has error messages of its own."
    ),
    "jr:requiredMsg": Text(
        sv="Dialog har egna felmeddelanden.", en="Dialog has error messages of its own."
    ),
    "required": Text(
        sv="Krav på svar tas med när det står yes. Det här kravet följer inte med.",
        en="An answer is required where it says yes. This requirement is not taken.",
    ),
    "appearance": Text(sv="Utseendet bestäms av Dialog.", en="How it looks is decided by Dialog."),
    "guidance_hint": Text(
        sv="Anvisningar till den som intervjuar visas inte i Dialog.",
        en="Guidance for interviewers is not shown in Dialog.",
    ),
    "readonly": Text(
        sv="Frågor som bara går att läsa finns inte i Dialog.",
        en="Dialog has no questions that can only be read.",
    ),
    "parameters": Text(
        sv="Inställningen finns inte i Dialog.", en="Dialog does not have this setting."
    ),
    "media": Text(
        sv="Bilder, ljud och film visas inte i frågor.",
        en="Pictures, sound and film are not shown in questions.",
    ),
    "form_id": Text(
        sv="Dialog ger frågeformuläret en egen beteckning.",
        en="Dialog gives the questionnaire an identity of its own.",
    ),
    "name": Text(sv="Namnet används inte här.", en="The name is not used here."),
    "dialog_relevant": Text(
        sv="relevant har ändrats sedan Dialog skrev filen, så det är det som gäller.",
        en="relevant was changed after Dialog wrote the file, so that is what counts.",
    ),
    "dialog_flags": Text(sv="Något av orden känns inte igen.", en="One of the words is not known."),
    "default_language": Text(
        sv="Dialog har svenska och engelska.", en="Dialog has Swedish and English."
    ),
    "hint": Text(
        sv="Hjälptexten hör till en rad som inte kan ha någon.",
        en="The hint belongs to a row that cannot have one.",
    ),
    "label": Text(
        sv="Rubriken hör till en grupp utan egna frågor.",
        en="The label belongs to a group without questions of its own.",
    ),
}
_SAME = {
    "calculation": "calculate",
    "version": "form_id",
    "id_string": "form_id",
}
_READ = frozenset(
    {"type", "name", "label", "hint", "required", "relevant", "constraint", "appearance"}
    | {"parameters", "disabled", "list_name", "form_title", "form_id", "default_language"}
    | {"title_sv", "title_en", "items", "reversed", "report"}
)
_UNKNOWN = Text(
    sv="Kolumnen används inte i Dialog. Värdet följer inte med.",
    en="Dialog does not use this column. The value is not taken.",
)


def of_column(key: str) -> Text:
    """Why a value that nothing asked for is left, by the meaning of its column."""
    first = key.split("::", maxsplit=1)[0]
    return _COLUMNS.get(_SAME.get(first, first), _UNKNOWN)


def has_meaning(key: str) -> bool:
    """Whether a column is one that Dialog reads, so that it needs no mention where it is empty."""
    return key in _READ or key.startswith("dialog_")
