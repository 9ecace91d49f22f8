"""What pages say of negotiations: paragraphs, states, steps, and what waits for what."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.core.negotiating.ahead import Block, Wait
from dialog.core.negotiating.matters import (
    ADDED,
    ATTESTED,
    JOINED,
    LOCAL,
    REQUEST,
    REQUEST_RECORDED,
    REWORDED,
    Action,
    State,
)
from dialog.core.negotiating.rules import EXTRAORDINARY, PARTICULAR, Event, Paragraph, Rules, Term
from dialog.negotiations.models import MblMatter, MblStep
from dialog.web.i18n import day

S, A = State, Action
PARAGRAPHS: Final[Mapping[Paragraph, Any]] = {
    Paragraph.EMPLOYER_FIRST: _l("11 §: arbetsgivaren förhandlar före en viktigare förändring"),
    Paragraph.UNION_ASKS: _l("12 §: en arbetstagarorganisation begär förhandling"),
    Paragraph.INFORMED: _l("19 §: arbetsgivaren informerar"),
    Paragraph.HIRED_WORK: _l("38 §: arbetsgivaren förhandlar innan någon utifrån anlitas"),
}
STATES: Final[Mapping[State, Any]] = {
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
}
# What is done, as it stands in "Det som går nu är att …".
DOING: Final[Mapping[Action, Any]] = {
    A.CALL: _l("kalla till förhandling"),
    A.BEGIN: _l("börja förhandla"),
    A.ADJOURN: _l("ajournera förhandlingen"),
    A.AGREE: _l("avsluta förhandlingen i enighet"),
    A.WITHDRAW: _l("frånträda förhandlingen skriftligen"),
    A.CALL_OFF: _l("återkalla begäran"),
    A.REQUEST_CENTRALLY: _l("begära central förhandling"),
    A.DROP_CENTRALLY: _l("återkalla begäran om central förhandling"),
    A.BEGIN_CENTRALLY: _l("börja den centrala förhandlingen"),
    A.AGREE_CENTRALLY: _l("avsluta den centrala förhandlingen i enighet"),
    A.WITHDRAW_CENTRALLY: _l("frånträda den centrala förhandlingen skriftligen"),
    A.DECIDE: _l("anteckna beslutet"),
    A.CARRY_OUT: _l("anteckna att beslutet är verkställt"),
    A.INFORM: _l("skicka informationen"),
    A.NOTE: _l("notera informationen"),
    A.CLOSE: _l("lägga ärendet till handlingarna"),
}
# What was done, as it stands among what has happened.
DONE: Final[Mapping[str, Any]] = {
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
    A.DECIDE: _l("Beslut"),
    A.CARRY_OUT: _l("Beslutet verkställdes"),
    A.INFORM: _l("Skickade informationen"),
    A.NOTE: _l("Alla parter har noterat informationen"),
    A.CLOSE: _l("Lades till handlingarna"),
    ATTESTED: _l("Protokollet justerades"),
    REWORDED: _l("Ändrade ärendet"),
    ADDED: _l("Lade till egna ord"),
    JOINED: _l("Lade till part"),
}
DUES: Final[Mapping[Event, Any]] = {
    Event.MET: _l("Förhandlingen ska ha börjat"),
    Event.CENTRAL_REQUESTED: _l("Central förhandling kan begäras"),
    Event.CENTRAL_MET: _l("Den centrala förhandlingen ska ha börjat"),
}
LAST_DAYS: Final[Mapping[str, Any]] = {
    "requested": _l("Begär förhandling"),
    "called": _l("Kalla parterna"),
    "concluded": _l("Avsluta förhandlingen"),
    "central_request": _l("Begär central förhandling"),
    "central_meeting": _l("Avsluta centralt"),
    "attestation": _l("Protokollet är justerat"),
    "documents": _l("Handlingarna är utskickade"),
    "decision": _l("Nämnden beslutar"),
}
SOURCES: Final[Mapping[str, Any]] = {"lokalt avtal": _l("lokalt avtal")}
EXCEPTIONS: Final[Mapping[str, Any]] = {
    EXTRAORDINARY: _l("synnerliga skäl"),
    PARTICULAR: _l("särskilda skäl"),
}


def section(paragraph: Paragraph) -> str:
    """For example "11 § MBL"."""
    return str(_("%(number)s § MBL", number=paragraph.value))


def state(matter: MblMatter) -> str:
    """Where it stands; of one that is concluded, how that ended."""
    if matter.state is S.CONCLUDED and matter.agreed is not None:
        return str(_("avslutad i enighet") if matter.agreed else _("avslutad utan enighet"))
    return str(STATES[matter.state])


def mark(matter: MblMatter) -> str:
    """The kind of mark beside the state."""
    if matter.state is S.CLOSED:
        return "ended"
    return "waiting" if matter.state in LOCAL | {S.CENTRAL_REQUESTED} else ""


def waits(block: Block, rules: Rules) -> str:
    """Why nothing may be decided or carried out yet, and what lifts that."""
    why = {
        Wait.NEGOTIATION: _("Beslut och verkställighet väntar: förhandlingen är inte avslutad."),
        Wait.CENTRAL_WINDOW: _(
            "Beslut och verkställighet väntar till och med %(day)s: så länge kan central"
            " förhandling begäras.",
            day=day(block.until) if block.until else "",
        ),
        Wait.CENTRAL_NEGOTIATION: _(
            "Beslut och verkställighet väntar: den centrala förhandlingen är inte avslutad."
        ),
    }[block.wait]
    but = _("Undantag: %(exception)s.", exception=EXCEPTIONS[rules.exception])
    return f"{why} {but}"


def source(term: Term) -> str:
    return str(SOURCES.get(term.source, term.source))


def step(row: MblStep, rules: Rules) -> str:
    """What happened; of what was done without waiting, under which exception."""
    said = str(DONE[row.action])
    if not row.exception:
        return said
    but = _("före avslutad förhandling, %(exception)s", exception=EXCEPTIONS[rules.exception])
    return f"{said} {but}"
