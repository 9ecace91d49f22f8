"""What pages say of negotiations: paragraphs, states, steps, and what waits for what; and in which
wording, of a negotiation or of samverkan.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.core.negotiating.ahead import Block, Wait
from dialog.core.negotiating.matters import LOCAL, VETO, Action, State
from dialog.core.negotiating.rules import EXTRAORDINARY, PARTICULAR, Paragraph, Rules, Term
from dialog.negotiations.agreeing import replaced
from dialog.negotiations.models import MblAgreement, MblMatter, MblStep
from dialog.negotiations.samverkan_words import SAMVERKAN
from dialog.negotiations.wordings import NEGOTIATION, Wording
from dialog.unions.words import room as room_of
from dialog.web.i18n import all_of, day

S = State
LONGEST: Final = 200  # characters of a title on an agenda or of minutes
PARAGRAPHS: Final[Mapping[Paragraph, Any]] = {
    Paragraph.EMPLOYER_FIRST: _l("11 §: arbetsgivaren förhandlar före en viktigare förändring"),
    Paragraph.UNION_ASKS: _l("12 §: en arbetstagarorganisation begär förhandling"),
    Paragraph.INFORMED: _l("19 §: arbetsgivaren informerar"),
    Paragraph.HIRED_WORK: _l("38 §: arbetsgivaren förhandlar innan någon utifrån anlitas"),
}
IN_SAMVERKAN: Final[Mapping[Paragraph, Any]] = {
    Paragraph.EMPLOYER_FIRST: _l(
        "Samverkan (i stället för 11 § MBL): arbetsgivaren tar upp en viktigare förändring"
    ),
    Paragraph.UNION_ASKS: _l(
        "Samverkan (i stället för 12 § MBL): en arbetstagarorganisation tar upp en fråga"
    ),
    Paragraph.INFORMED: _l("Information i samverkansgruppen (i stället för 19 § MBL)"),
}
SOURCES: Final[Mapping[str, Any]] = {"lokalt avtal": _l("lokalt avtal")}
EXCEPTIONS: Final[Mapping[str, Any]] = {
    EXTRAORDINARY: _l("synnerliga skäl"),
    PARTICULAR: _l("särskilda skäl"),
}
NO_GROUNDS: Final = _l("organisationen saknar fog för sitt veto (40 § MBL)")

room = room_of  # for the pages


def of(rules: Rules) -> Wording:
    return SAMVERKAN if rules.samverkan else NEGOTIATION


def paragraph(which: Paragraph, rules: Rules) -> str:
    """What a matter rests on, and whose it is to begin it."""
    return str((IN_SAMVERKAN if rules.samverkan else PARAGRAPHS)[which])


def section(which: Paragraph, rules: Rules) -> str:
    """For example "11 § MBL", or "Samverkan (i stället för 11 § MBL)"."""
    if rules.samverkan and which is Paragraph.INFORMED:
        return str(IN_SAMVERKAN[which])
    law = _sections([which])
    return str(_("Samverkan (i stället för %(law)s)", law=law)) if rules.samverkan else law


def titled(matter: MblMatter, rules: Rules) -> str:
    """As it is called on an agenda and over its minutes, in Swedish, whoever writes it down."""
    with force_locale("sv"):
        title = f"{section(matter.paragraph, rules)}: {matter.title}"
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"


def said(agreement: MblAgreement) -> str:
    """How an agreement is called, from when it goes, and what it goes instead of."""
    name, first = agreement.name, day(agreement.from_day)
    law = _replaced(agreement)
    if not law:
        return str(_("%(name)s, från %(day)s", name=name, day=first))
    return str(_("%(name)s, från %(day)s, i stället för %(law)s", name=name, day=first, law=law))


def instead(agreement: MblAgreement | None) -> str:
    """What samverkan under an agreement goes instead of, and since when; empty: of nothing."""
    law = _replaced(agreement)
    if agreement is None or not law:
        return ""
    return str(
        _("%(name)s går i stället för %(law)s, för ärenden som väcks från %(day)s.",
          name=agreement.name, law=law, day=day(agreement.from_day))
    )  # fmt: skip


def orders(rules: Mapping[Paragraph, Rules]) -> list[tuple[str, Rules]]:
    """Samverkan and negotiation, as far as there are times for each: which paragraphs it goes for,
    and the rules that those share.
    """
    timed = {which: each for which, each in rules.items() if each.terms}
    together = [which for which, each in timed.items() if each.samverkan]
    apart = [which for which in timed if which not in together]
    samverkan = _("Samverkan (i stället för %(law)s)", law=_sections(together))
    negotiated = _("Förhandling (%(law)s)", law=_sections(apart))
    found = ((str(samverkan), together), (str(negotiated), apart))
    return [(heading, timed[group[0]]) for heading, group in found if group]


def _replaced(agreement: MblAgreement | None) -> str:
    """What samverkan under it goes instead of; empty: nothing."""
    return _sections(replaced(agreement))


def _sections(sections: Sequence[Paragraph]) -> str:
    """For example "11 och 12 §§ MBL"; empty: none."""
    if not sections:
        return ""
    numbers = all_of([each.value for each in sections])
    if len(sections) == 1:
        return str(_("%(number)s § MBL", number=numbers))
    return str(_("%(numbers)s §§ MBL", numbers=numbers))


def state(matter: MblMatter, rules: Rules) -> str:
    """Where it stands; of one that is concluded, how that ended."""
    wording = of(rules)
    if matter.state is S.CONCLUDED and matter.agreed is not None:
        return str(wording.agreed if matter.agreed else wording.not_agreed)
    return str(wording.states[matter.state])


def mark(matter: MblMatter) -> str:
    """The kind of mark beside the state."""
    if matter.state is S.CLOSED:
        return "ended"
    return "waiting" if matter.state in LOCAL | {S.CENTRAL_REQUESTED} else ""


def waits(block: Block, rules: Rules) -> str:
    """Why nothing may be decided or carried out yet, and what lifts that."""
    until = day(block.until) if block.until else ""
    why = str(of(rules).waits[block.wait]) % {"day": until}
    if block.vetoed:
        then = _("Först därefter kan det finnas ett undantag: %(why)s.", why=NO_GROUNDS)
        return f"{why} {of(rules).waits[Wait.VETO]} {then}"
    exception = NO_GROUNDS if block.wait is Wait.VETO else EXCEPTIONS[rules.exception]
    but = _("Undantag: %(exception)s.", exception=exception)
    return f"{why} {but}"


def excepting(block: Block | None) -> str:
    """What whoever does not wait is told of the reason that is asked for; empty: none counts."""
    if block is not None and block.vetoed:
        return ""
    if block is not None and block.wait is Wait.VETO:
        return str(
            _("Fyll i bara om organisationen saknar fog för sitt veto, och skriv varför. Skälet"
              " sparas och visas för alla parter.")
        )  # fmt: skip
    return str(
        _("Fyll i bara om beslutet inte kan vänta. Skälet sparas och visas för alla parter, och"
          " ärendet går vidare.")
    )  # fmt: skip


def unknown(action: Action, rules: Rules) -> str:
    """Why there is no such step under these rules."""
    if action in VETO:
        return str(_("Veto kan förklaras efter förhandling enligt 38 § MBL, inte annars."))
    return str(of(rules).ends_otherwise)


def source(term: Term) -> str:
    return str(SOURCES.get(term.source, term.source))


def step(row: MblStep, rules: Rules) -> str:
    """What happened; of what was done without waiting, under which exception."""
    wording = of(rules)
    said = str(wording.done[row.action])
    if not row.exception:
        return said
    if (
        row.after == State.DECIDED and rules.veto
    ):  # the negotiation was over: what was in the way was a veto
        veto = _("trots veto, %(exception)s", exception=NO_GROUNDS)
        return f"{said} {veto}"
    but = str(wording.before_the_end) % {"exception": EXCEPTIONS[rules.exception]}
    return f"{said} {but}"
