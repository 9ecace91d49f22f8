"""From a kept master and an application to the package's bytes: the same for the same input.

Free texts are no part of this, reviewed ones neither: those are published with the result, where a
reviewer can take one back (docs/decisions/0031).
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from dialog.core.disclosure.microdata.rechecking import Strict
from dialog.core.questionnaire import Text
from dialog.exports.package.about import About
from dialog.exports.package.mastering import choose
from dialog.exports.package.packing import build_package
from dialog.exports.package.variables import Dataset
from dialog.exports.report import dump_report
from dialog.exports.report_page import render_page
from dialog.research import cost, holding
from dialog.research.conditions import conditions_in_one
from dialog.storage.clock import STOCKHOLM

_PROTECTION: Final = Text(
    sv="Varje rad ser likadan ut som minst {others} andra rader i det som människor kan kännas"
    " igen på: {quasi}. Värden har gjorts grövre tills det gäller, på samma sätt i alla uttag ur"
    " omgången. Rader står i slumpad ordning, utan tider och löpnummer. Fritexter, datum och tal"
    " som inte har gjorts grövre är inte med. De fritexter som har granskats och visas står bland"
    " omgångens resultat.",
    en="Each row looks the same as at least {others} other rows in what people could be recognised"
    " by: {quasi}. Values were made coarser until that is so, in the same way in all exports of the"
    " round. Rows stand in random order, without times and serial numbers. Free texts, dates, and"
    " numbers that were not made coarser are left out. Free texts that were reviewed and are shown"
    " stand with the round's results.",
)
_LEFT_OUT: Final = Text(
    sv=" En del frågor ställs bara till vissa, till exempel chefer. Där det inte ska synas vem som"
    " fick dem är svaren borttagna och har en egen kod.",
    en=" Some questions are put to some people only, for instance managers. Where it must not show"
    " who was asked, the answers were removed and have a code of their own.",
)
_DESCRIPTION: Final = Text(
    sv="Svar på enkäten ”{title}”, lämnade till {principal} för ”{purpose}” ({number}).",
    en="Answers to the survey “{title}”, released to {principal} for “{purpose}” ({number}).",
)
_POPULATION: Final = Text(sv="De som svarade på enkäten.", en="Those who answered the survey.")


class UnprotectedError(Exception):
    """What was written does not hold what was demanded. It never leaves."""


@dataclass(frozen=True)
class Order:
    """What is to be packed, in plain values: everything that decides the bytes."""

    number: str
    purpose: str  # the application's title
    principal: str
    producer: str
    title: str  # the round's
    dated: date
    collected: tuple[date, date] | None
    variables: tuple[str, ...]
    language: str
    questionnaire: bytes

    @property
    def seed(self) -> int:
        """Rows of each application stand in an order of their own."""
        return int.from_bytes(sha256(self.number.encode()).digest()[:4])


@dataclass(frozen=True)
class Packed:
    """The zip, and what is kept of how it was made."""

    content: bytes
    parameters: dict[str, Any]


def pack(master: Dataset, report: dict[str, Any], order: Order, *, digest: str) -> Packed:
    """Choose, check on the written file, and put together. `digest` is the master's. Raises
    UnprotectedError.
    """
    dataset = choose(master, order.variables, seed=order.seed)
    quasi = [name for name in report["quasi"] if name in dataset.names]
    found = holding.recheck(dataset, quasi, report["sensitive"])
    if not holding.holds(report, found):
        raise UnprotectedError
    parameters = {
        "number": order.number,
        "variables": list(dataset.names),
        "quasi": quasi,
        "k": report["k"],
        "l": report["l"],
        "t": report["t"],
        "recoding": report["recoding"],
        "seed": order.seed,
        "rows": len(dataset),
        "master": digest,
    }
    written = _report(report, order, quasi, found, parameters)
    more = {
        "report.json": dump_report(written),
        "report.html": render_page(written, name="data.csv", language=order.language),
        "questionnaire.json": order.questionnaire,
    }
    about = _about(order, report, quasi, dataset)
    return Packed(build_package(dataset, about, more), parameters)


def _report(
    report: dict[str, Any],
    order: Order,
    quasi: list[str],
    found: Strict,
    parameters: dict[str, Any],
) -> dict[str, Any]:
    """In the form of `dialog anonymise`."""
    return {
        "parameters": {
            **parameters,
            "sensitive": report["sensitive"],
            "distance": "equal",
            "suppression": 0,
            "population": None,
        },
        "rows": report["rows"],
        "suppressed": report["suppressed"],
        "found_in_the_file": {
            "rows": found.rows,
            "groups": found.groups,
            "k": found.k,
            "l": found.l,
            "t_equal": found.t_equal,
            "t_ordered": found.t_ordered if found.t_ordered == found.t_ordered else None,
        },
        "risk": {"before": report["before"], "after": cost.risk_of(report, quasi)},
        "loss": {
            "all": cost.loss_of(report, quasi),
            "variables": {name: report["loss"][name] for name in quasi},
        },
        "left_out": {
            name: rows
            for name, rows in report.get("left_out", {}).items()
            if name in parameters["variables"]
        },
        "levels": {},
        "ambiguous": {},
        "as_they_were": {
            name: {"may_identify": False} for name in parameters["variables"] if name not in quasi
        },
        "files": {"questionnaire.json": sha256(order.questionnaire).hexdigest()},
    }


def _about(order: Order, report: dict[str, Any], quasi: list[str], dataset: Dataset) -> About:
    labels = {variable.name: variable.label for variable in dataset.variables}

    def say(language: str) -> str:
        words = ", ".join(labels[name].in_language(language).lower() for name in quasi)
        none = "none of it is in this file" if language == "en" else "inget av det är med"
        return words or none

    others = report["k"] - 1
    also = _LEFT_OUT if set(report.get("left_out", ())) & set(dataset.names) else Text()
    return About(
        name=file_name(order.title, order.number),
        title=Text(sv=order.title, en=order.title),
        producer=order.producer,
        dated=order.dated,
        citation=f"{order.producer} ({order.dated.year}). {order.title}. {order.number}.",
        description=Text(
            sv=_DESCRIPTION.sv.format(**_named(order)), en=_DESCRIPTION.en.format(**_named(order))
        ),
        population=_POPULATION,
        protection=Text(
            sv=_PROTECTION.sv.format(others=others, quasi=say("sv")) + also.sv,
            en=_PROTECTION.en.format(others=others, quasi=say("en")) + also.en,
        ),
        conditions=conditions_in_one(),
        collected=order.collected,
        language=order.language,
    )


def _named(order: Order) -> dict[str, str]:
    return {
        "title": order.title,
        "principal": order.principal,
        "purpose": order.purpose,
        "number": order.number,
    }


_LETTERS: Final = str.maketrans("åäöéü", "aaoeu")


def file_name(title: str, number: str) -> str:
    """Small letters, digits and hyphens: "samtalsklimat-hosten-f-2026-1"."""
    plain = f"{title} {number}".lower().translate(_LETTERS)
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in plain)
    return "-".join(words.split())[:80].strip("-")


def day_of(moment: Any) -> date:
    """The date of a moment in Sweden."""
    found: date = moment.astimezone(STOCKHOLM).date()
    return found
