"""The codebook for people: PDF/UA-1 by typst. Texts go in as JSON, never as markup."""

from pathlib import Path
from typing import Any

from dialog.exports.package.about import About, count
from dialog.exports.package.variables import Dataset, Form, Variable
from dialog.web import typesetting

MOST_WORDS = 100  # of a text; more are not listed one by one
_TEMPLATE = Path(__file__).parent / "codebook.typ"
_WORDS = {
    "sv": {
        "codebook": "Kodbok", "about": "Om uppgifterna", "rows": "Rader", "variables": "Variabler",
        "producer": "Utgivare", "dated": "Datum", "population": "Vilka det gäller",
        "protection": "Så skyddas de som svarat", "conditions": "Villkor",
        "citation": "Så hänvisar du", "code": "Kod", "meaning": "Betydelse", "count": "Antal",
        "valid": "svar", "missing": "utan svar", "question": "Fråga", "no_answer": "inget svar",
        "quasi": "Grövre än den var, för att ingen ska kännas igen.",
        "coded": "Kodad", "number": "Tal", "text": "Text",
    },
    "en": {
        "codebook": "Codebook", "about": "About the data", "rows": "Rows",
        "variables": "Variables", "producer": "Publisher", "dated": "Date",
        "population": "Who it is about", "protection": "How those who answered are protected",
        "conditions": "Conditions", "citation": "How to cite", "code": "Code",
        "meaning": "Meaning", "count": "Count", "valid": "answers", "missing": "without answer",
        "question": "Question", "no_answer": "no answer",
        "quasi": "Coarser than it was, so that nobody is recognised.",
        "coded": "Coded", "number": "Number", "text": "Text",
    },
}  # fmt: skip


def write_codebook(dataset: Dataset, about: About) -> bytes:
    """The same bytes for the same input."""
    return typesetting.pdf(_TEMPLATE, _data(dataset, about))


def _data(dataset: Dataset, about: About) -> dict[str, Any]:
    return {
        "language": about.language,
        "words": _WORDS[about.language],
        "title": about.say(about.title),
        "description": about.say(about.description),
        "producer": about.producer,
        "dated": [about.dated.year, about.dated.month, about.dated.day],
        "population": about.say(about.population),
        "protection": about.say(about.protection),
        "conditions": about.say(about.conditions),
        "citation": about.citation,
        "rows": len(dataset),
        "variables": [_variable(dataset, variable, about) for variable in dataset.variables],
    }


def _variable(dataset: Dataset, variable: Variable, about: About) -> dict[str, Any]:
    counted = count(dataset, variable)
    label, question = about.say(variable.label), about.say(variable.question)
    named = {category.code for category in variable.categories}
    rows = [
        [str(category.code), about.say(category.text), counted.of[category.code], category.missing]
        for category in variable.categories
    ]
    if variable.form is Form.TEXT:
        others = {value for value in counted.of if value not in named and value not in {None, ""}}
        if len(others) <= MOST_WORDS:
            rows += [
                [str(value), "", counted.of[value], False] for value in sorted(others, key=str)
            ]
    return {
        "name": variable.name,
        "label": label,
        "question": "" if question == label else question,
        "form": str(variable.form),
        "quasi": variable.quasi,
        "valid": counted.valid,
        "missing": counted.missing,
        "values": rows,
    }
