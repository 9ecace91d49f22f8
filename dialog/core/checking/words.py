"""Faults in words, Swedish and English: what is wrong, and what to do."""

from dialog.core.checking.fault import Fault
from dialog.core.questionnaire import Text

_LANGUAGES = {"sv": Text(sv="svenska", en="Swedish"), "en": Text(sv="engelska", en="English")}
_PARTS = {
    "text": Text(sv="texten", en="the text"),
    "title": Text(sv="rubriken", en="the title"),
    "description": Text(sv="beskrivningen", en="the description"),
    "intro": Text(sv="inledningen", en="the introduction"),
    "help": Text(sv="hjälptexten", en="the help text"),
    "low_text": Text(sv="texten vid skalans början", en="the text at the scale's low end"),
    "high_text": Text(sv="texten vid skalans slut", en="the text at the scale's high end"),
}
_FIELDS = {
    "options": Text(sv="svarsalternativ", en="options"),
    "rows": Text(sv="rader", en="rows"),
    "low": Text(sv="ett minsta värde", en="a least value"),
    "high": Text(sv="ett största värde", en="a greatest value"),
    "low_text": Text(sv="en text vid skalans början", en="a text at the scale's low end"),
    "high_text": Text(sv="en text vid skalans slut", en="a text at the scale's high end"),
    "max_length": Text(sv="en största längd", en="a greatest length"),
    "whole": Text(sv="bara heltal", en="whole numbers only"),
    "help": Text(sv="en hjälptext", en="a help text"),
    "required": Text(sv="krav på svar", en="an answer required"),
    "unknown": Text(sv="”vet ej”", en="“don't know”"),
    "declined": Text(sv="”vill inte svara”", en="“prefer not to answer”"),
    "sensitive": Text(sv="markeringen känslig", en="the mark sensitive"),
}
_SENTENCES = {
    "no_questions": Text(
        sv="Formuläret har inga frågor. Lägg till minst en.",
        en="The questionnaire has no questions. Add at least one.",
    ),
    "too_long": Text(
        sv="Svaren kan bli för långa: {bytes} byte, och gränsen är {limit}. Sänk största längden "
        "på fritexterna eller ta bort någon.",
        en="The answers can get too long: {bytes} bytes, and the limit is {limit}. Lower the "
        "greatest length of the free texts, or remove one.",
    ),
    "empty_section": Text(
        sv="Avsnittet har inga frågor. Lägg till en eller ta bort avsnittet.",
        en="The section has no questions. Add one or remove the section.",
    ),
    "duplicate_name": Text(
        sv="Namnet {name} används mer än en gång. Byt det på ett av ställena.",
        en="The name {name} is used more than once. Change it in one of the places.",
    ),
    "missing_text": Text(
        sv="Det saknas text: {part} på {language}. Skriv den.",
        en="A text is missing: {part} in {language}. Write it.",
    ),
    "long_text": Text(
        sv="En text är för lång: {part} på {language}. Korta den till 10 000 tecken.",
        en="A text is too long: {part} in {language}. Shorten it to 10,000 characters.",
    ),
    "no_options": Text(
        sv="Frågan har inga svarsalternativ. Lägg till minst ett.",
        en="The question has no options. Add at least one.",
    ),
    "duplicate_option": Text(
        sv="Två svarsalternativ heter {name}. Byt namn på det ena.",
        en="Two options are named {name}. Rename one of them.",
    ),
    "no_rows": Text(
        sv="Matrisen har inga rader. Lägg till minst en.",
        en="The matrix has no rows. Add at least one.",
    ),
    "wrong_limits": Text(
        sv="Gränserna går inte ihop. Det minsta måste vara mindre än det största.",
        en="The limits do not fit. The least must be less than the greatest.",
    ),
    "too_many_steps": Text(
        sv="Skalan har fler än 21 steg. Använd färre, eller gör frågan till ett tal.",
        en="The scale has more than 21 steps. Use fewer, or make the question a number.",
    ),
    "unused": Text(
        sv="Frågan har {field}, men det används inte för den här sortens fråga. Ta bort det.",
        en="The question has {field}, which this kind of question does not use. Remove it.",
    ),
    "empty_condition": Text(
        sv="Ett villkor är tomt. Fyll i det eller ta bort det.",
        en="A condition is empty. Fill it in or remove it.",
    ),
    "deep_condition": Text(
        sv="Villkoret har för många nivåer i varandra. Förenkla det.",
        en="The condition has too many levels inside each other. Simplify it.",
    ),
    "unknown_item": Text(
        sv="{name} finns inte i formuläret. Välj en fråga som finns.",
        en="{name} is not in the questionnaire. Choose a question that is.",
    ),
    "later_item": Text(
        sv="Villkoret frågar efter {name}, som inte kommer före. Flytta frågan eller ändra "
        "villkoret.",
        en="The condition asks about {name}, which does not come before. Move the question or "
        "change the condition.",
    ),
    "unknown_value": Text(
        sv="Villkoret frågar om {name} är {value}, och det kan det inte vara. Välj ett annat.",
        en="The condition asks whether {name} is {value}, which it cannot be. Choose another.",
    ),
    "cannot_compare": Text(
        sv="{name} har inga tal att jämföra. Använd ”är” eller ge svarsalternativen värden.",
        en="{name} has no numbers to compare. Use “is”, or give the options values.",
    ),
    "no_values": Text(
        sv="Villkoret säger inte vilket svar på {name} det gäller. Välj minst ett.",
        en="The condition does not say which answer to {name} it is about. Choose at least one.",
    ),
    "empty_scale": Text(
        sv="Skalan har inga frågor. Välj minst en eller ta bort skalan.",
        en="The scale has no items. Choose at least one or remove the scale.",
    ),
    "no_numbers": Text(
        sv="{name} ger inget tal och kan inte räknas in i en skala. Ge svarsalternativen värden "
        "eller ta bort frågan ur skalan.",
        en="{name} gives no number and cannot count in a scale. Give its options values, or take "
        "it out of the scale.",
    ),
    "reversed_outside": Text(
        sv="{name} är vänd men ingår inte i skalan. Ta med den eller ta bort vändningen.",
        en="{name} is reversed but not in the scale. Include it or stop reversing it.",
    ),
    "mixed_ends": Text(
        sv="Frågorna i skalan har olika minsta och största värden. Använd samma svarsskala.",
        en="The scale's items have different least and greatest values. Use one set of answers.",
    ),
}
CODES = frozenset(_SENTENCES)


def worded(fault: Fault) -> Text:
    """The fault as a sentence, without its place."""
    about = fault.about
    part = about.get("part", "")
    option = part.removeprefix("option ") if part.startswith("option ") else ""
    words = {
        "part": Text(sv=f"alternativet {option}", en=f"the option {option}")
        if option
        else _PARTS.get(part, Text()),
        "language": _LANGUAGES.get(about.get("language", ""), Text()),
        "field": _FIELDS.get(about.get("field", ""), Text()),
    }
    sentence = _SENTENCES[fault.code]
    return Text(
        sv=sentence.sv.format(**{**about, **{key: text.sv for key, text in words.items()}}),
        en=sentence.en.format(**{**about, **{key: text.en for key, text in words.items()}}),
    )
