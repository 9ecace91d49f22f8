"""The wording of samverkan under an agreement, where it is another than that of a negotiation."""

from dataclasses import replace
from typing import Final

from flask_babel import lazy_gettext as _l

from dialog.core.negotiating.ahead import Wait
from dialog.core.negotiating.matters import REQUEST, REQUEST_RECORDED, Action, State
from dialog.core.negotiating.rules import Event
from dialog.negotiations.wordings import NEGOTIATION

S, A = State, Action
SAMVERKAN: Final = replace(
    NEGOTIATION,
    states={
        **NEGOTIATION.states,
        S.REQUESTED: _l("väckt"),
        S.CALLED: _l("kallat till ett möte"),
        S.NEGOTIATING: _l("uppe i gruppen"),
        S.ADJOURNED: _l("framflyttat till ett annat möte"),
    },
    doing={
        **NEGOTIATION.doing,
        A.CALL: _l("kalla gruppen"),
        A.BEGIN: _l("anteckna att gruppen tog upp ärendet"),
        A.ADJOURN: _l("fortsätta vid ett annat möte"),
        A.AGREE: _l("avsluta i enighet"),
        A.CALL_OFF: _l("återkalla ärendet"),
    },
    done={
        **NEGOTIATION.done,
        REQUEST: _l("Väckte ärendet"),
        REQUEST_RECORDED: _l("Väckte ärendet, infört av arbetsgivaren"),
        A.CALL: _l("Kallade gruppen"),
        A.BEGIN: _l("Gruppen tog upp ärendet"),
        A.ADJOURN: _l("Fortsätter vid ett annat möte"),
        A.AGREE: _l("Samverkan avslutades i enighet"),
        A.DISAGREE: _l("Samverkan avslutades i oenighet"),
        A.CALL_OFF: _l("Återkallade ärendet"),
    },
    dues={**NEGOTIATION.dues, Event.MET: _l("Gruppen ska ha tagit upp ärendet")},
    last_days={
        **NEGOTIATION.last_days,
        "requested": _l("Väck ärendet i gruppen"),
        "called": _l("Kalla gruppen"),
        "concluded": _l("Avsluta samverkan"),
    },
    waits={
        **NEGOTIATION.waits,
        Wait.NEGOTIATION: _l("Beslut och verkställighet väntar: samverkan är inte avslutad."),
    },
    before_the_end=_l("före avslutad samverkan, %(exception)s"),
    asked=_l("väckte"),
    ask=_l("Väck ett ärende"),
    ask_lead=_l(
        "Er organisation väcker ett ärende i gruppen. Arbetsgivaren och de som företräder i gruppen"
        " ser det när du har sparat. Vem hos er som skrev sparas inte."
    ),
    ask_counts=_l("Ärendet är väckt när ni har sparat. Tiderna räknas från i dag."),
    day=_l("Dag då ärendet väcktes, eller motparten fick begäran"),
    who=_l("Vem väckte ärendet?"),
    not_agreed=_l("avslutad i oenighet"),
    ended_agreed=_l("Samverkan avslutades i enighet %(day)s."),
    ended_not_agreed=_l("Samverkan avslutades i oenighet %(day)s."),
    not_ended=_l("Samverkan är inte avslutad. Skriva kan du göra ändå."),
    ends_otherwise=_l(
        "Samverkan avslutas i enighet, eller genom att arbetsgivaren skriver ner oenigheten vid"
        " mötet. Den frånträds inte."
    ),
)
