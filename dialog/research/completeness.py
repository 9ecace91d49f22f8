"""What an application still lacks before it can be handed in, part by part."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.review import DataAccess
from dialog.research import entitlement, offers
from dialog.research.letters import readers_of
from dialog.research.models import DataApplication, DataChoice, Ethics, Preparing
from dialog.research.packaging import day_of
from dialog.storage.clock import today
from dialog.surveys.models import RoundStep
from dialog.surveys.rounds.states import Action

ETHICS_NUMBER: Final = re.compile(r"\d{4}-\d{5}-\d{2}")


@dataclass(frozen=True)
class Lack:
    part: str  # see part_views.PARTS; "data:" and the round's id for its variables
    sentence: str


def missing(session: Session, *, application: DataApplication, lock: bool = False) -> list[Lack]:
    """Everything that is missing or wrong. `lock` keeps the rounds' data as they are until the
    transaction ends.
    """
    return [
        *_of_applicant(application),
        *_of_purpose(application),
        *_of_ethics(session, application),
        *_of_data(session, application, lock=lock),
        *_of_people(session, application),
        *_of_conditions(application),
    ]


def _of_applicant(application: DataApplication) -> list[Lack]:
    found = []
    if not application.principal:
        found.append(Lack("principal", _("Skriv vem som är forskningshuvudman.")))
    if not (application.signatory and application.signatory_function and application.signed_on):
        found.append(
            Lack("principal", _("Skriv vem som har undertecknat för huvudmannen, och när."))
        )
    elif application.signed_on > today():
        found.append(
            Lack("principal", _("Underskriften kan inte ha ett datum som inte har varit."))
        )
    return found


def _of_purpose(application: DataApplication) -> list[Lack]:
    if application.purpose:
        return []
    return [Lack("purpose", _("Skriv vad uppgifterna ska användas till."))]


def _of_ethics(session: Session, application: DataApplication) -> list[Lack]:
    if application.ethics is Ethics.UNSAID:
        return [Lack("ethics", _("Välj vad som gäller om etikprövning."))]
    if application.ethics is Ethics.NONE:
        if application.ethics_reasons:
            return []
        return [Lack("ethics", _("Skriv varför ingen etikprövning behövs."))]
    found = []
    if not ETHICS_NUMBER.fullmatch(application.ethics_number):
        found.append(Lack("ethics", _("Skriv beslutets diarienummer, till exempel 2026-01234-01.")))
    if application.ethics_on is None:
        found.append(Lack("ethics", _("Skriv beslutets datum.")))
    elif application.ethics_on > today():
        found.append(Lack("ethics", _("Beslutet kan inte ha ett datum som inte har varit.")))
    elif application.ethics is Ethics.APPROVAL:
        begun = collection_began(session, application=application)
        if begun is not None and application.ethics_on >= begun:
            found.append(Lack("ethics", _too_late(begun)))
    return found


def _too_late(begun: date) -> str:
    return str(
        _(
            "Godkännandet måste vara daterat före insamlingen, som började %(day)s. Har du ett"
            " rådgivande yttrande i stället, välj det.",
            day=begun.isoformat(),
        )
    )


def collection_began(session: Session, *, application: DataApplication) -> date | None:
    """The day on which the first of the chosen rounds opened."""
    query = (
        select(sa.func.min(RoundStep.at))
        .join(DataChoice, col(DataChoice.round_id) == col(RoundStep.round_id))
        .where(
            DataChoice.application_id == application.id,
            col(RoundStep.action) == Action.OPEN.value,
        )
    )
    first = session.exec(query).one()
    return day_of(first) if first else None


def _of_data(session: Session, application: DataApplication, *, lock: bool) -> list[Lack]:
    rows = offers.chosen(session, application=application)
    if lock:
        for _choice, _round, data in rows:
            session.refresh(data, with_for_update=True)
    if not rows:
        return [Lack("rounds", _("Välj minst en omgång."))]
    found = list(_of_reviews(session, application))
    for choice, round_, data in rows:
        part = data_part(round_.id)
        if data.state is not Preparing.READY or not data.master:
            found.append(
                Lack("rounds", _("Uppgifter ur %(round)s kan inte fås nu.", round=round_.title))
            )
        elif not choice.variables:
            found.append(Lack(part, _("Välj variabler ur %(round)s.", round=round_.title)))
        else:
            offered = offers.offered(session, round_=round_, data=data)
            if set(choice.variables) - {variable.name for variable in offered}:
                found.append(
                    Lack(
                        part,
                        _(
                            "%(round)s har förberetts på nytt, och alla valda variabler finns inte"
                            " längre. Välj igen.",
                            round=round_.title,
                        ),
                    )
                )
    return found


def _of_reviews(session: Session, application: DataApplication) -> Iterator[Lack]:
    found = entitlement.of_application(session, application=application)
    if found is DataAccess.NOT_THEIRS:
        yield Lack(
            "rounds",
            _(
                "Uppgifterna ur en oberoende granskning får bara lärosätet som leder den."
                " Vänd dig dit."
            ),
        )
    elif found is DataAccess.APART:
        yield Lack(
            "rounds",
            _(
                "Granskningens omgångar behöver inget godkännande, men det behöver de andra."
                " Ansök om dem var för sig."
            ),
        )


def data_part(round_id: UUID) -> str:
    return f"data:{round_id}"


def _of_people(session: Session, application: DataApplication) -> list[Lack]:
    if readers_of(session, application=application):
        return []
    return [Lack("people", _("Skriv vilka som kommer att se uppgifterna, du själv också."))]


def _of_conditions(application: DataApplication) -> list[Lack]:
    found = []
    if application.use_until is None:
        found.append(Lack("conditions", _("Skriv till vilken dag uppgifterna behövs.")))
    elif application.use_until <= today():
        found.append(
            Lack("conditions", _("Skriv en dag som kommer, då uppgifterna inte behövs mer."))
        )
    if not application.accepted:
        found.append(Lack("conditions", _("Läs villkoren och godta dem.")))
    return found
