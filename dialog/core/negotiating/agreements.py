"""What a local agreement says in place of the law's times, or of the law's paragraphs."""

from dataclasses import dataclass, replace
from typing import Final

from dialog.core.negotiating.rules import (
    ASK_CENTRALLY,
    MEET,
    MEET_CENTRALLY,
    Event,
    Paragraph,
    Rules,
    Term,
)


@dataclass(frozen=True)
class Times:
    """Weeks from a request to the first meeting, days to ask for a central negotiation, weeks from
    that request to the central meeting. What is as in the law, or as without an agreement, keeps
    its source.
    """

    meet_weeks: int = MEET.weeks
    central_days: int = ASK_CENTRALLY.days
    central_weeks: int = MEET_CENTRALLY.weeks


USUAL: Final = Times()
# What a samverkansavtal can put samverkan in place of: never § 38.
REPLACEABLE: Final = (Paragraph.EMPLOYER_FIRST, Paragraph.UNION_ASKS, Paragraph.INFORMED)


def under(rules: Rules, times: Times, *, source: str, samverkan: bool = False) -> Rules:
    """The rules of a paragraph where an agreement, called `source`, says other times; or where
    `samverkan` under it goes instead: then all times are the agreement's, also those of the law.
    """
    said = {  # weeks, days
        Event.MET: (times.meet_weeks, 0),
        Event.CENTRAL_REQUESTED: (0, times.central_days),
        Event.CENTRAL_MET: (times.central_weeks, 0),
    }

    def changed(term: Term) -> Term:
        weeks, days = said[term.then]
        same = (term.weeks, term.days) == (weeks, days) and not samverkan
        return term if same else replace(term, weeks=weeks, days=days, source=source)

    terms = tuple(changed(term) for term in rules.terms)
    return replace(rules, terms=terms, samverkan=source if samverkan else "")
