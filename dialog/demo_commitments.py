"""The demo's commitments: one in each state, made by the functions that people's clicks call."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session, select

from dialog.commitments import answering, owning, proposing, recording
from dialog.commitments.models import Commitment
from dialog.commitments.proposing import Owner, Recipient
from dialog.organisation import audiences, queries
from dialog.organisation.audiences import Audience
from dialog.organisation.models import Unit
from dialog.simulate.rounds import Stage
from dialog.storage.clock import today

LEADERS: Final = "Ledningen möter medarbetarna"
UNIONS: Final = "Ledningen möter fackliga företrädare"


@dataclass(frozen=True)
class Promise:
    """`place` is the code of the unit it was promised to; `due` and `said` are days from today.
    `told` is what the owner reports, `answers` how many say yes and no.
    """

    title: str
    question: str
    promise: str
    place: str
    to: str
    due: int | None
    said: int = -60
    series: str = LEADERS
    owner: str = "Vårddirektören"
    told: str = ""
    done: str = ""
    answers: tuple[int, int] = (0, 0)
    later: int = 0
    dropped: str = ""


PROMISES: Final = (
    Promise(
        "Två datorer till på varje vårdavdelning",
        "Vi står i kö för att skriva journal, och skriver ur minnet i slutet av passet.",
        "Varje vårdavdelning på SÄS får två datorer till.",
        "F02",
        "Medarbetarna på SÄS",
        -20,
        told="Datorerna är beställda och kommer i två omgångar.",
        done="Alla avdelningar har fått sina datorer.",
        answers=(13, 3),
    ),
    Promise(
        "Svar på alla frågor från mötena",
        "Frågorna från förra mötet försvann. Ingen har hört av sig.",
        "Varje fråga från dialogmötena får ett skriftligt svar, som alla kan läsa.",
        "R",
        "Alla medarbetare",
        -12,
        owner="Regiondirektören",
        told="Hälften av frågorna är besvarade. De om avvikelser tar längre tid.",
    ),
    Promise(
        "Öppen telefontid varje vecka",
        "Det går inte att nå den som bestämmer.",
        "Förvaltningschefen har öppen telefontid en timme i veckan fram till sommaren.",
        "F01",
        "Medarbetarna i Närhälsan",
        45,
        owner="Förvaltningschefen i Närhälsan",
        told="Telefontiden är torsdagar klockan 15. Fyra har ringt.",
    ),
    Promise(
        "En utbildningsplan före nästa införande",
        "Vi fick två timmars utbildning på ett system som tar veckor att lära sig.",
        "Ingen mottagning byter system utan en utbildningsplan som skyddsombudet har läst.",
        "F03",
        "Medarbetarna i Regionhälsan",
        -5,
        series=UNIONS,
        done="Planen är skriven och utskickad.",
        answers=(4, 15),
    ),
    Promise(
        "Skyddsombud med i varje införandegrupp",
        "Ombuden fick veta sist av alla.",
        "I varje grupp som förbereder ett införande sitter ett skyddsombud, på arbetstid.",
        "R",
        "De fackliga företrädarna",
        20,
        series=UNIONS,
        owner="Personaldirektören",
        told="Sex av nio grupper har ett ombud.",
        later=50,
    ),
    Promise(
        "Ny schemamodell före jul",
        "Schemat bygger på att allt går som planerat.",
        "En schemamodell med luft i provas på tre avdelningar före jul.",
        "F02",
        "Medarbetarna på SÄS",
        30,
        dropped="Avdelningarna ville hellre vänta tills journalsystemet är på plats.",
    ),
    Promise(
        "Inloggning på under en minut",
        "Det tar fem minuter att logga in vid varje patient.",
        "Inloggningen i journalsystemet tar högst en minut på alla arbetsplatser.",
        "R",
        "Alla medarbetare",
        3,
        owner="It-direktören",
        done="Mätningen i förra veckan visar 40 sekunder i medeltal.",
    ),
    Promise(
        "En namngiven kontakt för varje mottagning",
        "När något går fel vet vi inte vem vi ska ringa.",
        "Varje mottagning får en namngiven kontaktperson för journalsystemet.",
        "F01",
        "Medarbetarna i Närhälsan",
        None,
        said=-2,
    ),
)


def promise_all(stage: Stage, *, secretary: UUID, owner: UUID) -> None:
    """Make them once; `owner` answers for all of them."""
    with stage.session() as session:
        if session.exec(select(Commitment.id).limit(1)).first() is None:
            key = answering.voice_key(stage.settings.keys)
            for each in PROMISES:
                _make(session, each, secretary=secretary, owner=owner, key=key)
            session.commit()


def _make(session: Session, each: Promise, *, secretary: UUID, owner: UUID, key: bytes) -> None:
    place = queries.unit(session, code=each.place)
    assert place is not None  # of the invented region
    made = proposing.propose(
        session,
        by=secretary,
        title=each.title,
        question=each.question,
        promise=each.promise,
        owner=Owner(owner, each.owner),
        recipient=Recipient(each.to, unit_id=place.id),
        said_on=today() + timedelta(days=each.said),
        series=each.series,
    )
    if each.due is None:
        return
    day = today() + timedelta(days=each.due)
    owning.accept(session, commitment=made, by=owner, due=day)
    if each.told:
        owning.report(session, commitment=made, by=owner, text=each.told, done=False)
    if each.later:
        later = day + timedelta(days=each.later)
        reason = "Tre grupper har inte hittat någon som kan frigöras ännu."
        owning.ask_for_date(session, commitment=made, by=owner, due=later, reason=reason)
        recording.decide_on_date(session, commitment=made, by=secretary, granted=True)
    if each.dropped:
        owning.drop(session, commitment=made, by=owner, reason=each.dropped)
    if each.done:
        owning.report(session, commitment=made, by=owner, text=each.done, done=True)
    if any(each.answers):
        _answered(session, made, place, each.answers, key=key)


def _answered(
    session: Session, made: Commitment, place: Unit, answers: tuple[int, int], *, key: bytes
) -> None:
    """So many of the unit's people say yes and no, and their time is over."""
    yes, no = answers
    found = audiences.people_in(session, audience=Audience(units=(place.code,)))
    people = [person for person, _unit, _level in found if person != made.owner_id]
    for number, person in enumerate(people[: yes + no]):
        answering.answer(
            session, commitment=made, by=person, confirms=number < yes, words="", key=key
        )
    answering.settle(session, commitment=made)
