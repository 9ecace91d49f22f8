"""A request, its answer and a decision as PDF, for the diary: tagged PDF/UA-1 by typst, in Swedish
whoever's page it is made from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlmodel import Session

from dialog.core.requests import State, Verdict, outcome
from dialog.documents import taking
from dialog.documents.taking import Taken
from dialog.requests import entering, queries, words
from dialog.requests.models import DisclosureRequest
from dialog.requests.queries import Part
from dialog.settings import Settings
from dialog.storage.clock import today
from dialog.web import typesetting

TEMPLATE: Final = Path(__file__).parent / "paper.typ"
_Section = tuple[Any, Any]  # its heading and its words, each set in the language of the paper


@dataclass(frozen=True)
class Paper:
    """A PDF in the folder of documents, and the words that it was made of."""

    data: dict[str, Any]
    file: Taken


def made(data: dict[str, Any], *, settings: Settings) -> Paper:
    """It takes a while, so no session is open meanwhile. Raises BusyError."""
    paper = typesetting.pdf(TEMPLATE, data)
    return Paper(data, taking.keep_ours(paper, name=f"{data['title']}.pdf", settings=settings))


def request(session: Session, found: DisclosureRequest) -> dict[str, Any]:
    """What was asked for, as it came in."""
    with force_locale("sv"):
        more = [(_("Nummer som står i begäran"), found.wanted)] if found.wanted else []
        sender = (_("Vem som begär"), found.name or entering.UNKNOWN)
        came = (_("Kom in"), found.received_on.isoformat())
        facts = [came, sender, *more]
        return _page(session, found, title=entering.REQUEST, facts=facts, text=found.text)


def answer(session: Session, found: DisclosureRequest, text: str) -> dict[str, Any]:
    """The official's words, what is said of each document, and the right to a decision."""
    last = (_l("Är du inte nöjd?"), words.RIGHT_TO_DECISION)
    return _said_of_all(session, found, title=entering.REPLY, text=text, unless_given=last)


def decision(session: Session, found: DisclosureRequest, text: str) -> dict[str, Any]:
    """The authority's words, what it says of each document, and how that is appealed."""
    last = (_l("Så överklagar du"), words.HOW_TO_APPEAL)
    return _said_of_all(session, found, title=entering.DECISION, text=text, unless_given=last)


def _said_of_all(
    session: Session, found: DisclosureRequest, *, title: str, text: str, unless_given: _Section
) -> dict[str, Any]:
    """`unless_given` stands last where something is withheld, or there is nothing to release."""
    parts = queries.parts_of(session, request=found)
    with force_locale("sv"):
        said: list[_Section] = [(part.number, _said(part)) for part in parts]
        if not _all_given(parts):
            said.append(unless_given)
        return _page(session, found, title=title, facts=_today(), text=text, parts=said)


def _all_given(parts: Sequence[Part]) -> bool:
    return outcome([part.said.verdict or Verdict.REFUSED for part in parts]) is State.RELEASED


def _said(part: Part) -> str:
    verdict = words.VERDICTS[part.said.verdict or Verdict.REFUSED]
    if not part.said.paragraph:
        return f"{verdict}."
    return f"{verdict}: {part.said.paragraph}. {part.said.reason}"


def _today() -> list[tuple[str, str]]:
    return [(_("Dag"), today().isoformat())]


def _page(
    session: Session,
    found: DisclosureRequest,
    *,
    title: str,
    facts: Sequence[tuple[str, str]],
    text: str,
    parts: Sequence[_Section] = (),
) -> dict[str, Any]:
    number = (_("Begäran"), queries.number_of(session, request=found))
    return {
        "title": title,
        "facts": [list(fact) for fact in (number, *facts)],
        "lines": [line for line in text.splitlines() if line.strip()],
        "parts": [[str(head), [str(line)]] for head, line in parts],
    }
