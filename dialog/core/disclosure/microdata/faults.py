"""What is wrong with data or hierarchies, in words, Swedish and English."""

from dataclasses import dataclass, field

from dialog.core.questionnaire import Text

_SENTENCES = {
    "no_hierarchy": Text(
        sv="Hierarkin saknas. Lägg filen {name}.csv i hierarkimappen, med en rad för varje värde: "
        "värde;grövre;…;*",
        en="The hierarchy is missing. Put the file {name}.csv into the folder of hierarchies, one "
        "line for each value: value;coarser;…;*",
    ),
    "empty": Text(
        sv="Filen är tom. Kontrollera att det är rätt fil.",
        en="The file is empty. Check that it is the right file.",
    ),
    "no_rows": Text(
        sv="Filen har rubriker men inga rader.",
        en="The file has headings but no rows.",
    ),
    "encoding": Text(
        sv="Filen är inte sparad som UTF-8. Spara om den som CSV i UTF-8.",
        en="The file is not saved as UTF-8. Save it again as CSV in UTF-8.",
    ),
    "unreadable": Text(
        sv="Filen går inte att läsa som CSV: {why}.",
        en="The file cannot be read as CSV: {why}.",
    ),
    "unopened": Text(
        sv="Filen går inte att öppna: {why}.",
        en="The file cannot be opened: {why}.",
    ),
    "ragged": Text(
        sv="Raden har {cells} fält, men den första raden har {expected}. Rätta raden.",
        en="The line has {cells} fields, but the first line has {expected}. Mend the line.",
    ),
    "double": Text(
        sv="Värdet ”{value}” står också på rad {other}, med andra grupper. Ta bort den ena raden.",
        en="The value “{value}” is also on line {other}, with other groups. Remove one of the "
        "lines.",
    ),
    "no_function": Text(
        sv="”{value}” på nivå {level} hör både till ”{one}” (rad {other}) och till ”{two}”. Ett "
        "värde kan bara höra till en grövre grupp.",
        en="“{value}” at level {level} belongs both to “{one}” (line {other}) and to “{two}”. A "
        "value can belong to one coarser group only.",
    ),
    "unnamed": Text(
        sv="Nivå {level} saknar namn. Skriv vad gruppen heter.",
        en="Level {level} has no name. Write what the group is called.",
    ),
    "not_in_hierarchy": Text(
        sv="Värdet ”{value}” finns inte i hierarkin ({rows} rader, först på rad {line}). Lägg till "
        "det i hierarkin eller rätta det i datafilen.",
        en="The value “{value}” is not in the hierarchy ({rows} rows, first on line {line}). Add "
        "it to the hierarchy or mend it in the data.",
    ),
    "more_values": Text(
        sv="Ytterligare {values} värden finns inte i hierarkin.",
        en="Another {values} values are not in the hierarchy.",
    ),
    "no_column": Text(
        sv="Kolumnen finns inte. Filens kolumner är: {columns}.",
        en="There is no such column. The file's columns are: {columns}.",
    ),
    "double_column": Text(
        sv="Två kolumner har samma rubrik. Byt namn på den ena.",
        en="Two columns have the same heading. Rename one of them.",
    ),
    "twice": Text(
        sv="Kolumnen är nämnd mer än en gång.",
        en="The column is named more than once.",
    ),
    "both": Text(
        sv="Kolumnen kan inte vara både kvasiidentifierare och känslig.",
        en="The column cannot be both a quasi-identifier and sensitive.",
    ),
    "not_a_number": Text(
        sv="”{value}” är inget tal, och avståndet ”ordered” kräver tal. Välj ”equal”.",
        en="“{value}” is not a number, and the distance “ordered” needs numbers. Choose “equal”.",
    ),
    "few_rows": Text(
        sv="Filen har {rows} rader, men varje grupp måste ha minst {k}. Så få kan inte skyddas.",
        en="The file has {rows} rows, but every group must have at least {k}. So few cannot be "
        "protected.",
    ),
    "few_values": Text(
        sv="Kolumnen har {values} olika värden, men varje grupp måste ha minst {l}. Sänk l.",
        en="The column has {values} different values, but every group must have at least {l}. "
        "Lower l.",
    ),
}
CODES = frozenset(_SENTENCES)


@dataclass(frozen=True)
class Fault:
    """What is wrong where. `place` is a column or a hierarchy's column; `line` counts from 1 in its
    file, 0 for the whole; `code` is one of the words above; `about` is what the sentence names.
    """

    place: str
    code: str
    line: int = 0
    about: dict[str, str] = field(default_factory=dict)


def worded(fault: Fault) -> Text:
    """The fault as a sentence, without its place."""
    sentence = _SENTENCES[fault.code]
    return Text(sv=sentence.sv.format(**fault.about), en=sentence.en.format(**fault.about))
