"""What a round's page says of its trustees: how far their keys have come, the opening step by step,
and whether the keys are gone.
"""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlmodel import col, select

from dialog.people.models import Person
from dialog.surveys.holders import is_lost, steps_of, title, trustees_of, turn
from dialog.surveys.key_models import Trustee
from dialog.surveys.models import KeyHolder, Round, RoundState
from dialog.surveys.opening import record
from dialog.web.database import session
from dialog.web.i18n import all_of, day

BEFORE_RUNNING = (RoundState.DRAFT, RoundState.REVIEW)
AFTER_OPENING = (
    RoundState.OPENED,
    RoundState.UNOPENED,
    RoundState.RELEASED,
    RoundState.ARCHIVED,
)


@dataclass(frozen=True)
class Held:
    """A trustee in words."""

    title: str
    function: str
    holder: str
    deputy: str
    check_code: str
    standing: list[str]


def facts(round_: Round) -> dict[str, Any]:
    """What the templates of a round need of its trustees."""
    if round_.key_holder is not KeyHolder.TRUSTEES:
        return {"trustees": [], "record": [], "functions": "", "now_opening": ""}
    trustees = trustees_of(session(), round_id=round_.id)
    people = {who for each in trustees for who in (each.person_id, each.deputy_id)}
    query = select(Person.id, Person.name).where(col(Person.id).in_(people))
    names = dict(session().exec(query).all())
    now_opening = turn(trustees, steps_of(session(), round_id=round_.id))
    closed = round_.state is RoundState.CLOSED
    return {
        "trustees": [
            Held(
                title=title(each),
                function=each.function,
                holder=names[each.person_id],
                deputy=names[each.deputy_id],
                check_code=each.check_code,
                standing=_standing(each, round_),
            )
            for each in trustees
        ],
        "functions": all_of([each.function for each in trustees]),
        "record": record.of_round(session(), round_=round_),
        "now_opening": title(now_opening) if now_opening is not None and closed else "",
        "key_is_lost": is_lost(session(), round_=round_),
    }


def _standing(trustee: Trustee, round_: Round) -> list[str]:
    lines = []
    if trustee.lost_at is not None:
        lines.append(
            _("Nyckeln är förlorad enligt nyckelhållaren, %(date)s", date=day(trustee.lost_at))
        )
    if round_.state in AFTER_OPENING:
        return [*lines, *_destroyed(trustee, round_)]
    if round_.state in BEFORE_RUNNING:
        return [*lines, *_made(trustee)]
    return lines


def _made(trustee: Trustee) -> list[str]:
    if trustee.registered_at is None:
        return [_("Nyckeln är inte gjord än")]
    lines = [_("Nyckeln gjordes %(date)s", date=day(trustee.registered_at))]
    for at, done, left in (
        (trustee.own_tested_at, _("Egen kopia provad %(date)s"), _("Egen kopia inte provad än")),
        (
            trustee.deputy_tested_at,
            _("Ersättarens kopia provad %(date)s"),
            _("Ersättarens kopia inte provad än"),
        ),
    ):
        lines.append(done % {"date": day(at)} if at else left)
    return lines


def _destroyed(trustee: Trustee, round_: Round) -> list[str]:
    asked = round_.key_destroyed_at
    if asked is None:
        return []
    lines = []
    for at, done, left in (
        (
            trustee.own_destroyed_at,
            _("Nyckeln förstörd, bekräftat %(date)s"),
            _("Ombedd att förstöra nyckeln sedan %(date)s"),
        ),
        (
            trustee.deputy_destroyed_at,
            _("Ersättarens kopia förstörd, bekräftat %(date)s"),
            _("Ersättaren ombedd att förstöra sin kopia sedan %(date)s"),
        ),
    ):
        lines.append(done % {"date": day(at)} if at else left % {"date": day(asked)})
    return lines
