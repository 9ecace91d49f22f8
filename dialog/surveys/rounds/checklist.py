"""What a round's plan lacks before it can be reviewed, and still when it is approved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.checking import faults, worded
from dialog.core.questionnaire import Questionnaire, load
from dialog.organisation import audiences
from dialog.storage.clock import STOCKHOLM, now, today
from dialog.surveys.models import Access, KeyHolder, Round, Survey
from dialog.surveys.rounds import key_holders, neighbours, steps, university

K_FLOOR: Final = 5
PARTS: Final = ("who", "how", "when", "review", "results", "groups", "keys", "retention")


@dataclass(frozen=True)
class Missing:
    """Something without which the round cannot be reviewed; `part` is where it is filled in:
    one of PARTS, or "questionnaire".
    """

    part: str
    sentence: str


def questionnaire_of(session: Session, *, round_: Round) -> Questionnaire:
    """The frozen copy, or before that the survey's as it stands."""
    if round_.questionnaire:
        return load(round_.questionnaire)
    survey = session.get(Survey, round_.survey_id)
    assert survey is not None  # a foreign key
    return load(survey.questionnaire)


def count_people(session: Session, *, round_: Round) -> None:
    """Count the audience anew. Pages show the number kept: counting 60,000 takes too long. Who is
    asked in a round of a standing plan is counted where that is known.
    """
    if round_.standing_plan is not None:
        return
    audience = audiences.from_json(round_.audience)
    round_.people = audiences.count(session, audience=audience)
    session.add(round_)


def missing(session: Session, *, round_: Round, counted: bool = False) -> list[Missing]:
    """What has to be mended before review (and still at approval), in the order of the parts. Those
    two steps have the people of the result groups `counted` too.
    """
    of_groups = neighbours.faults(session, round_=round_, counted=counted)
    return [
        *_missing_form(questionnaire_of(session, round_=round_)),
        *_missing_people(round_),
        *_missing_mail(round_),
        *_missing_times(round_),
        *_missing_results(round_),
        *(Missing("groups", sentence) for sentence in of_groups),
        *(Missing("keys", sentence) for sentence in key_holders.lacking(session, round_=round_)),
        *_missing_retention(round_),
        *(Missing(*each) for each in university.lacking(session, round_=round_)),
    ]


def _missing_form(form: Questionnaire) -> Iterator[Missing]:
    language = "en" if str(get_locale() or "sv") == "en" else "sv"
    found = faults(form)
    if found:
        yield Missing(
            "questionnaire",
            _("Frågeformuläret har %(number)s fel.", number=len(found))
            + f" {worded(found[0]).in_language(language)}",
        )


def _missing_people(round_: Round) -> Iterator[Missing]:
    if round_.people < round_.k:
        yield Missing(
            "who",
            _(
                "Målgruppen är %(number)s personer. Färre än %(k)s kan inte skyddas: välj fler.",
                number=round_.people,
                k=round_.k,
            ),
        )


def _missing_mail(round_: Round) -> Iterator[Missing]:
    if not round_.sender:
        yield Missing("how", _("Skriv vem som står bakom enkäten."))


def _missing_times(round_: Round) -> Iterator[Missing]:
    """One fault at a time: the others often follow from it."""
    closes = round_.closes_at
    last = closes.astimezone(STOCKHOLM).date() if closes else today()
    first = round_.opens_on or today()
    if closes is None:
        yield Missing("when", _("Välj när omgången stänger."))
    elif closes <= now():
        yield Missing("when", _("Tiden då omgången stänger har passerat. Välj en senare."))
    elif round_.opens_on and round_.opens_on < today():
        yield Missing("when", _("Dagen då omgången öppnar har passerat. Välj en senare."))
    elif round_.opens_on and round_.opens_on >= last:
        yield Missing("when", _("Omgången måste öppna minst en dag innan den stänger."))
    elif any(not first < date.fromisoformat(day) <= last for day in round_.reminders):
        yield Missing(
            "when", _("Påminnelser skickas efter att omgången har öppnat och innan den stänger.")
        )


def _missing_results(round_: Round) -> Iterator[Missing]:
    if round_.k < K_FLOOR:
        yield Missing("results", _("Minsta grupp är %(floor)s.", floor=K_FLOOR))
    if round_.k_sensitive < round_.k:
        yield Missing(
            "results", _("Känsliga frågor kan inte ha en mindre minsta grupp än de andra.")
        )
    if not any(round_.tables.values()):
        yield Missing("results", _("Välj minst en tabell som ska publiceras."))


def _missing_unopened(round_: Round) -> Iterator[Missing]:
    """Trustees may open on any day until the ballots are disposed of unopened."""
    last = round_.unopened_until
    if last is None or round_.closes_at is None:
        return
    needed = steps.TO_OPEN if round_.key_holder is KeyHolder.TRUSTEES else timedelta(days=2)
    earliest = round_.closes_at.astimezone(STOCKHOLM).date() + needed
    if last < earliest:
        yield Missing(
            "retention", _("Oöppnade svar kan inte gallras före %(date)s.", date=earliest)
        )
    opened = (round_.keep_rows_until, round_.keep_unit_until, round_.keep_texts_until)
    if round_.key_holder is KeyHolder.TRUSTEES and any(day and day < last for day in opened):
        yield Missing(
            "retention",
            _(
                "Nyckelhållarna kan öppna svaren till och med %(date)s, då oöppnade svar gallras."
                " Svaren, deras enhet och fritexterna kan inte gallras före det.",
                date=last,
            ),
        )


def _missing_retention(round_: Round) -> Iterator[Missing]:
    dates = {
        _("deltagarlistan"): round_.keep_list_until,
        _("svaren"): round_.keep_rows_until,
        _("svarens enhet"): round_.keep_unit_until,
        _("fritexterna"): round_.keep_texts_until,
    }
    if round_.access is Access.LINK:
        dates.pop(_("deltagarlistan"))
    undecided = [what for what, day in dates.items() if day is None]
    if undecided:
        yield Missing(
            "retention", _("Besluta när detta gallras: %(what)s.", what=", ".join(undecided))
        )
    decided = [day for day in dates.values() if day is not None]
    if round_.closes_at and decided:
        # The box hands over and the answers are opened within the day after the deadline.
        earliest = round_.closes_at.astimezone(STOCKHOLM).date() + timedelta(days=2)
        if min(decided) < earliest:
            yield Missing(
                "retention",
                _("Ingenting kan gallras före %(date)s, då svaren är öppnade.", date=earliest),
            )
    yield from _missing_unopened(round_)
    if (
        round_.keep_unit_until
        and round_.keep_rows_until
        and round_.keep_unit_until > round_.keep_rows_until
    ):
        yield Missing("retention", _("Enheten på svaren kan inte sparas längre än svaren."))
    if not round_.secrecy_note:
        yield Missing("retention", _("Skriv vad som gäller om sekretess."))
    if not round_.assessment_number:
        yield Missing("retention", _("Skriv konsekvensbedömningens nummer."))
