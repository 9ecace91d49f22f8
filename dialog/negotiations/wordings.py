"""The wording of a matter: how its states, steps and days are called, and in a negotiation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from dialog.core.negotiating.ahead import Wait
from dialog.core.negotiating.matters import (
    ADDED,
    ATTESTED,
    JOINED,
    REQUEST,
    REQUEST_RECORDED,
    REWORDED,
    Action,
    State,
)
from dialog.core.negotiating.rules import Event

S, A = State, Action


@dataclass(frozen=True)
class Wording:
    """Samverkan has its own, in `samverkan_words`. `doing`: as it stands in "Det som går nu är att
    …"; `done`: among what has happened.
    """

    states: Mapping[State, Any]
    doing: Mapping[Action, Any]
    done: Mapping[str, Any]
    dues: Mapping[Event, Any]
    last_days: Mapping[str, Any]
    waits: Mapping[Wait, Any]
    before_the_end: Any  # of what was decided under an exception
    asked: Any  # beside the party that did
    ask: Any
    ask_lead: Any
    ask_counts: Any
    day: Any  # of the request
    who: Any  # asked
    agreed: Any  # how it ended, with the day
    not_agreed: Any
    ended_agreed: Any
    ended_not_agreed: Any
    not_ended: Any
    ends_otherwise: Any  # to whoever would end it in the other way


NEGOTIATION: Final = Wording(
    states={
        S.REQUESTED: _l("begärd"),
        S.CALLED: _l("kallad"),
        S.NEGOTIATING: _l("pågår"),
        S.ADJOURNED: _l("ajournerad"),
        S.CONCLUDED: _l("avslutad lokalt"),
        S.CENTRAL_REQUESTED: _l("begärd centralt"),
        S.CENTRAL_CONCLUDED: _l("avslutad centralt"),
        S.DECIDED: _l("beslutad"),
        S.PREPARED: _l("förbereds"),
        S.INFORMED: _l("information skickad"),
        S.NOTED: _l("noterad av alla parter"),
        S.CLOSED: _l("lagd till handlingarna"),
    },
    doing={
        A.CALL: _l("kalla till förhandling"),
        A.BEGIN: _l("börja förhandla"),
        A.ADJOURN: _l("ajournera förhandlingen"),
        A.AGREE: _l("avsluta förhandlingen i enighet"),
        A.DISAGREE: _l("avsluta i oenighet"),
        A.WITHDRAW: _l("frånträda förhandlingen skriftligen"),
        A.CALL_OFF: _l("återkalla begäran"),
        A.REQUEST_CENTRALLY: _l("begära central förhandling"),
        A.DROP_CENTRALLY: _l("återkalla begäran om central förhandling"),
        A.BEGIN_CENTRALLY: _l("börja den centrala förhandlingen"),
        A.AGREE_CENTRALLY: _l("avsluta den centrala förhandlingen i enighet"),
        A.WITHDRAW_CENTRALLY: _l("frånträda den centrala förhandlingen skriftligen"),
        A.FORBID: _l("förklara veto"),
        A.LIFT: _l("återta veto"),
        A.DECIDE: _l("anteckna beslutet"),
        A.CARRY_OUT: _l("anteckna att beslutet är verkställt"),
        A.INFORM: _l("skicka informationen"),
        A.NOTE: _l("notera informationen"),
        A.CLOSE: _l("lägga ärendet till handlingarna"),
    },
    done={
        REQUEST: _l("Begärde förhandling"),
        REQUEST_RECORDED: _l("Begärde förhandling, infört av arbetsgivaren"),
        A.CALL: _l("Kallade till förhandling"),
        A.BEGIN: _l("Förhandlingsmöte"),
        A.ADJOURN: _l("Ajournering"),
        A.AGREE: _l("Förhandlingen avslutades i enighet"),
        A.WITHDRAW: _l("Frånträdde förhandlingen skriftligen. Den är avslutad"),
        A.CALL_OFF: _l("Återkallade begäran"),
        A.REQUEST_CENTRALLY: _l("Begärde central förhandling"),
        A.DROP_CENTRALLY: _l("Återkallade begäran om central förhandling"),
        A.BEGIN_CENTRALLY: _l("Centralt förhandlingsmöte"),
        A.AGREE_CENTRALLY: _l("Den centrala förhandlingen avslutades i enighet"),
        A.WITHDRAW_CENTRALLY: _l("Frånträdde den centrala förhandlingen. Den är avslutad"),
        A.FORBID: _l("Förklarade veto"),
        A.LIFT: _l("Återtog sitt veto"),
        A.DECIDE: _l("Beslut"),
        A.CARRY_OUT: _l("Beslutet verkställdes"),
        A.INFORM: _l("Skickade informationen"),
        A.NOTE: _l("Alla parter har noterat informationen"),
        A.CLOSE: _l("Lades till handlingarna"),
        ATTESTED: _l("Protokollet justerades"),
        REWORDED: _l("Ändrade ärendet"),
        ADDED: _l("Lade till egna ord"),
        JOINED: _l("Lade till part"),
    },
    dues={
        Event.MET: _l("Förhandlingen ska ha börjat"),
        Event.CENTRAL_REQUESTED: _l("Central förhandling kan begäras"),
        Event.CENTRAL_MET: _l("Den centrala förhandlingen ska ha börjat"),
    },
    last_days={
        "requested": _l("Begär förhandling"),
        "called": _l("Kalla parterna"),
        "concluded": _l("Avsluta förhandlingen"),
        "central_request": _l("Begär central förhandling"),
        "central_meeting": _l("Avsluta centralt"),
        "attestation": _l("Protokollet är justerat"),
        "documents": _l("Handlingarna är utskickade"),
        "decision": _l("Nämnden beslutar"),
    },
    waits={
        Wait.NEGOTIATION: _l("Beslut och verkställighet väntar: förhandlingen är inte avslutad."),
        Wait.CENTRAL_WINDOW: _l(
            "Beslut och verkställighet väntar till och med %(day)s: så länge kan central"
            " förhandling begäras."
        ),
        Wait.CENTRAL_NEGOTIATION: _l(
            "Beslut och verkställighet väntar: den centrala förhandlingen är inte avslutad."
        ),
        Wait.VETO: _l(
            "En organisation har förklarat veto: åtgärden får inte beslutas eller"
            " verkställas (39 § MBL)."
        ),
    },
    before_the_end=_l("före avslutad förhandling, %(exception)s"),
    asked=_l("begärde"),
    ask=_l("Begär förhandling"),
    ask_lead=_l(
        "Er organisation begär förhandling enligt 12 §. Arbetsgivaren och de som företräder i"
        " gruppen ser begäran när du har sparat. Vem hos er som skrev sparas inte."
    ),
    ask_counts=_l("Det ni skriver är begäran. Tiderna räknas från i dag."),
    day=_l("Dag då motparten fick begäran"),
    who=_l("Vem begärde förhandlingen?"),
    agreed=_l("avslutad i enighet"),
    not_agreed=_l("avslutad utan enighet"),
    ended_agreed=_l("Förhandlingen avslutades i enighet %(day)s."),
    ended_not_agreed=_l("Förhandlingen avslutades utan enighet %(day)s."),
    not_ended=_l("Förhandlingen är inte avslutad. Skriva kan du göra ändå."),
    ends_otherwise=_l(
        "En förhandling avslutas i enighet, eller genom att en part frånträder den skriftligen."
    ),
)
