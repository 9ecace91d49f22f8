"""Words for what the organisation's rules say in codes: levels, and what is wrong with a file."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from dialog.core.levels import Level
from dialog.organisation.comparing import Kind
from dialog.organisation.roster import Fault, File, Reading, Reason


def level_name(level: Level) -> str:
    """The level as its people are called, in the reader's language."""
    names: dict[Level, str] = {
        Level.ELECTED: _("Förtroendevald"),
        Level.DIRECTOR: _("Direktör"),
        Level.MANAGER_3: _("Chef 3"),
        Level.MANAGER_2: _("Chef 2"),
        Level.MANAGER_1: _("Chef 1"),
        Level.STAFF: _("Medarbetare"),
    }
    return names[level]


def posts_read(posts: str) -> str:
    """Posts as the files write them, with the levels as people are called: "F01 Medarbetare"."""
    return ", ".join(_post_read(post) for post in posts.split(", "))


def _post_read(post: str) -> str:
    unit, _space, level = post.rpartition(" ")
    return f"{unit} {level_name(Level(level))}" if unit and level in set(Level) else post


def fault_sentence(fault: Fault) -> str:
    """What is wrong and how to mend it, without the place."""
    return str(_FAULTS[fault.reason] % {"value": fault.value, "other": fault.other})


def fault_place(fault: Fault, *, file_name: str) -> str:
    """Where it stands: "people.csv, rad 5, kolumn email"."""
    parts = [file_name]
    if fault.line is not None:
        parts.append(_("rad %(line)s", line=fault.line))
    if fault.column:
        parts.append(_("kolumn %(column)s", column=fault.column))
    return ", ".join(parts)


def listed_faults(
    reading: Reading, *, names: Mapping[File, str], at_most: int
) -> list[tuple[str, str]]:
    """(place, sentence) of the first faults; `names` are the files' own."""
    return [
        (fault_place(fault, file_name=names[fault.file]), fault_sentence(fault))
        for fault in reading.faults[:at_most]
    ]


_FAULTS = {
    Reason.EMPTY_FILE: lazy_gettext("Filen är tom."),
    Reason.NO_ROWS: lazy_gettext("Filen har rubriker men inga rader under dem."),
    Reason.WORKBOOK: lazy_gettext(
        "Det här är en arbetsbok, inte en CSV-fil. Öppna filen i kalkylprogrammet, välj Spara som"
        " och ”CSV UTF-8 (kommaavgränsad)”."
    ),
    Reason.UTF_16: lazy_gettext(
        "Filen är sparad som UTF-16 (”Unicode-text”). Öppna filen i kalkylprogrammet, välj Spara"
        " som och ”CSV UTF-8 (kommaavgränsad)”."
    ),
    Reason.NOT_UTF_8: lazy_gettext(
        "Filen är inte sparad som UTF-8. Det syns först vid ”%(value)s”. Öppna filen i"
        " kalkylprogrammet, välj Spara som och ”CSV UTF-8 (kommaavgränsad)”."
    ),
    Reason.DELIMITER: lazy_gettext(
        "Kolumnerna skiljs inte åt med komma: ”%(value)s”. Välj Spara som och ”CSV UTF-8"
        " (kommaavgränsad)”. Ger det ändå semikolon, byt listavgränsare till komma i datorns"
        " inställningar för region."
    ),
    Reason.QUOTES: lazy_gettext(
        'Ett citattecken (") öppnas men stängs inte rätt, så resten av filen kan inte läsas.'
        " Ta bort det eller skriv det dubbelt."
    ),
    Reason.OTHER_FILE: lazy_gettext(
        "Det här ser ut som den andra filen. Byt plats på filerna och försök igen."
    ),
    Reason.MISSING_COLUMN: lazy_gettext(
        "Kolumnen saknas. Första raden ska vara rubriker, men där står: ”%(value)s”."
    ),
    Reason.DOUBLE_COLUMN: lazy_gettext(
        "Kolumnen finns två gånger, som ”%(other)s” och ”%(value)s”. Ta bort den ena."
    ),
    Reason.TOO_MANY_CELLS: lazy_gettext(
        "Raden har %(value)s fält men rubriken %(other)s. Finns ett komma i en text? Sätt"
        " citattecken runt texten."
    ),
    Reason.EMPTY_CELL: lazy_gettext("Fältet är tomt. Fyll i det."),
    Reason.TOO_LONG: lazy_gettext(
        "Texten som börjar ”%(value)s” är för lång. Högst %(other)s tecken får plats."
    ),
    Reason.CONTROL_CHARACTER: lazy_gettext(
        "Fältet har ett osynligt styrtecken. Skriv om det för hand."
    ),
    Reason.IDENTITY_NUMBER: lazy_gettext(
        "Fältet innehåller ett personnummer. Ta bort det: Dialog sparar inga personnummer."
    ),
    Reason.SLASH: lazy_gettext(
        "Koden ”%(value)s” kan inte användas: den får inte ha snedstreck (/) eller bara punkter."
        " Skriv till exempel ett bindestreck."
    ),
    Reason.TILDE: lazy_gettext(
        "Koden ”%(value)s” kan inte användas: tecknet ~ är till för resultatgrupper. Skriv till"
        " exempel ett bindestreck."
    ),
    Reason.DOUBLE_CODE: lazy_gettext(
        "Koden ”%(value)s” finns redan på rad %(other)s. Varje enhet ska ha sin egen kod."
    ),
    Reason.UNKNOWN_PARENT: lazy_gettext(
        "Enheten ”%(other)s” ligger under ”%(value)s”, som inte finns i filen."
    ),
    Reason.NO_ROOT: lazy_gettext(
        "Ingen enhet är överst. Lämna överordnad tom för en enhet, den som allt ligger under."
    ),
    Reason.TWO_ROOTS: lazy_gettext(
        "Både ”%(other)s” och ”%(value)s” är överst. Bara en enhet får sakna överordnad."
    ),
    Reason.CYCLE: lazy_gettext(
        "Enheterna ligger under varandra i en ring: %(other)s. Ändra överordnad för en av dem."
    ),
    Reason.WRONG_EMAIL: lazy_gettext(
        "”%(value)s” är ingen e-postadress. Skriv som namn@example.org, utan å, ä och ö."
    ),
    Reason.OTHER_NAME: lazy_gettext(
        "Adressen ”%(value)s” har ett annat namn på rad %(other)s. Två personer kan inte dela"
        " adress; är det en person ska namnet skrivas lika."
    ),
    Reason.SAME_POST: lazy_gettext(
        "Adressen ”%(value)s” finns redan i samma enhet på rad %(other)s. Ta bort den ena raden."
    ),
    Reason.TOO_MANY_POSTS: lazy_gettext(
        "Adressen ”%(value)s” har redan två platser, den första på rad %(other)s. En person kan"
        " ha högst två."
    ),
    Reason.UNKNOWN_UNIT: lazy_gettext(
        "Enheten ”%(value)s” finns inte i filen med enheter. Skriv koden precis som där."
    ),
    Reason.UNKNOWN_LEVEL: lazy_gettext(
        "”%(value)s” är ingen nivå. Skriv elected, director, manager-3, manager-2, manager-1 eller"
        " staff (eller förtroendevald, direktör, chef 3, chef 2, chef 1, medarbetare)."
    ),
}


def kind_name(kind: Kind) -> str:
    """What happened to the units or people under this heading."""
    return str(_KINDS[kind])


_KINDS = {
    Kind.UNIT_NEW: lazy_gettext("Nya enheter"),
    Kind.UNIT_RENAMED: lazy_gettext("Enheter som byter namn"),
    Kind.UNIT_MOVED: lazy_gettext("Enheter som flyttas"),
    Kind.UNIT_CLOSED: lazy_gettext("Enheter som stängs"),
    Kind.UNIT_REOPENED: lazy_gettext("Enheter som öppnas igen"),
    Kind.PERSON_NEW: lazy_gettext("Nya personer"),
    Kind.PERSON_RENAMED: lazy_gettext("Personer som byter namn"),
    Kind.PERSON_MOVED: lazy_gettext("Personer som byter enhet eller nivå"),
    Kind.PERSON_LEFT: lazy_gettext("Personer som slutar"),
    Kind.PERSON_RETURNED: lazy_gettext("Personer som kommer tillbaka"),
    Kind.PERSON_ADOPTED: lazy_gettext("Personer tillagda för hand som nu finns i filen"),
}
