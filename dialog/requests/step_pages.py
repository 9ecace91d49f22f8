"""The steps that an official can take with a request, each with the page that it is taken on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.requests import Action
from dialog.diary import queries as diary
from dialog.diary.models import DiaryAuthority
from dialog.requests import answering, assigning, entering, locating, papers
from dialog.requests.forms import (
    AnswerForm,
    AssignForm,
    ButtonForm,
    DecisionForm,
    EnterForm,
    QuestionForm,
)
from dialog.requests.models import DisclosureRequest
from dialog.requests.papers import Paper

Take = Callable[[Session, DisclosureRequest, Any, UUID, Paper | None], None]
Offer = Callable[[Session, Any], None]
Set = Callable[[Session, DisclosureRequest, Any], dict[str, Any]]


@dataclass(frozen=True)
class Step:
    action: Action
    title: Any
    lead: Any
    button: Any
    done: Any
    form: type[FlaskForm]
    take: Take
    paper: Set | None = None  # what is put on paper before it is taken
    permission: str = "request.handle"
    offer: Offer | None = None  # what the form lets one choose among


def _question(
    session: Session, request: DisclosureRequest, form: Any, by: UUID, _paper: Paper | None
) -> None:
    answering.question(session, request=request, text=form.words, by=by)


def _answer(
    session: Session, request: DisclosureRequest, form: Any, by: UUID, paper: Paper | None
) -> None:
    assert paper is not None
    answering.answer(session, request=request, text=form.words, paper=paper, by=by)


def _decide(
    session: Session, request: DisclosureRequest, form: Any, by: UUID, paper: Paper | None
) -> None:
    assert paper is not None
    answering.decide(session, request=request, text=form.words, paper=paper, by=by)


def _appeal(
    session: Session, request: DisclosureRequest, _form: Any, by: UUID, _paper: Paper | None
) -> None:
    answering.appeal(session, request=request, by=by)


def _nothing(
    session: Session, request: DisclosureRequest, _form: Any, by: UUID, _paper: Paper | None
) -> None:
    locating.find_nothing(session, request=request, by=by)


def _enter(
    session: Session, request: DisclosureRequest, form: EnterForm, by: UUID, paper: Paper | None
) -> None:
    assert paper is not None
    found = diary.matter(session, number=form.number) if form.number else None
    if form.number and found is None:
        raise RefusedError(_("Det finns inget ärende med numret %(number)s.", number=form.number))
    board = found[0] if found else session.get_one(DiaryAuthority, form.authority_id)
    entering.enter(
        session, request=request, authority=board, matter=found[1] if found else None,
        paper=paper.file, by=by,
    )  # fmt: skip


def _assign(
    session: Session, request: DisclosureRequest, form: Any, by: UUID, _paper: Paper | None
) -> None:
    assigning.assign(session, request=request, handler_id=form.handler_id, by=by)


def _close(
    session: Session, request: DisclosureRequest, _form: Any, by: UUID, _paper: Paper | None
) -> None:
    answering.close(session, request=request, by=by)


STEPS: Final[Mapping[str, Step]] = {
    "fraga": Step(
        Action.ASK,
        _l("Ställ en fråga"),
        _l(
            "Fråga så att du kan hitta rätt handling. Du får inte fråga vem det är eller vad"
            " handlingen ska användas till, om det inte behövs för att pröva sekretess. Skriv i så"
            " fall det, och att det är frivilligt att svara."
        ),
        _l("Ställ frågan"),
        _l("Frågan är ställd. Den som begär läser den med sin kod."),
        QuestionForm,
        _question,
    ),
    "finns-inte": Step(
        Action.FIND_NOTHING,
        _l("Det finns ingen sådan handling"),
        _l("Svaret blir att handlingen inte finns här. Den som begär kan få myndighetens beslut."),
        _l("Det finns ingen"),
        _l("Skriv nu svaret."),
        ButtonForm,
        _nothing,
        permission="request.locate",
    ),
    "handlaggare": Step(
        Action.ASSIGN,
        _l("Välj handläggare"),
        _l(
            "Den du väljer ser begäran och de handlingar som är framtagna, prövar dem och svarar."
            " Andra handläggare ser den inte."
        ),
        _l("Spara"),
        _l("Handläggaren är vald."),
        AssignForm,
        _assign,
        permission="request.locate",
        offer=lambda session, form: form.offer(assigning.handlers(session)),
    ),
    "diarium": Step(
        Action.REGISTER,
        _l("För in i diariet"),
        _l(
            "Begäran registreras som inkommen. Den som inte har skrivit sitt namn står som Anonym."
            " Ett namn visas inte i det öppna registret."
        ),
        _l("För in"),
        _l("Begäran står i diariet."),
        EnterForm,
        _enter,
        lambda session, found, _form: papers.request(session, found),
        permission="request.locate",
        offer=lambda session, form: form.offer(diary.authorities(session)),
    ),
    "svar": Step(
        Action.ANSWER,
        _l("Svara"),
        _l(
            "Handlingarna du har prövat lämnas ut med svaret, och det går inte att ändra sedan. Det"
            " som inte lämnas ut visas med paragraf och skäl, och med rätten till beslut."
        ),
        _l("Skicka svaret"),
        _l("Svaret är skickat och står i diariet."),
        AnswerForm,
        _answer,
        lambda session, found, form: papers.answer(session, found, form.words),
    ),
    "beslut": Step(
        Action.DECIDE,
        _l("För in myndighetens beslut"),
        _l(
            "Pröva handlingarna på nytt först, om beslutet är ett annat än svaret. Det som sägs om"
            " dem nu gäller från beslutet. Hur det överklagas står under det."
        ),
        _l("Skicka beslutet"),
        _l("Beslutet är skickat och står i diariet."),
        DecisionForm,
        _decide,
        lambda session, found, form: papers.decision(session, found, form.words),
    ),
    "overklagat": Step(
        Action.APPEAL,
        _l("Beslutet är överklagat"),
        _l("Pröva om överklagandet kom i tid, och lämna det över till kammarrätten."),
        _l("Anteckna överklagandet"),
        _l("Överklagandet är antecknat."),
        ButtonForm,
        _appeal,
    ),
    "avsluta": Step(
        Action.CLOSE,
        _l("Avsluta"),
        _l("Den som begär kan läsa svaret med sin kod också sedan."),
        _l("Avsluta"),
        _l("Begäran är avslutad."),
        ButtonForm,
        _close,
    ),
}
