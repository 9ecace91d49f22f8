"""Making a round ready for researchers: its one master recoding, asked for by an analyst and made
by the worker.

Every export of the round derives from it, so it is made once: until the first export it can be
made anew, afterwards never.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.disclosure.microdata.demands import Demands
from dialog.core.disclosure.microdata.faults import Fault, worded
from dialog.core.disclosure.microdata.risk import risk
from dialog.core.disclosure.microdata.table import Table
from dialog.core.errors import RefusedError
from dialog.core.questionnaire import Text, load
from dialog.desk import Desk, Duty, Finish
from dialog.exports.anonymising import Wish
from dialog.exports.package.mastering import Master, encode_table, in_order, protect
from dialog.exports.package.routing import quieten
from dialog.exports.package.variables import Dataset
from dialog.research import coded_rounds, cost, entitlement, hierarchies, holding, master_files
from dialog.research.models import DataApplication, DataChoice, Preparing, RoundData, State
from dialog.research.telling import Telling
from dialog.storage import outbox
from dialog.storage.clock import now
from dialog.surveys.models import Round, RoundState
from dialog.surveys.rounds import disposing, steps

KIND: Final = "research.prepare"
PUBLISHED: Final = (RoundState.RELEASED, RoundState.ARCHIVED)
SHARE_OF_MASTER: Final = 0.6  # of the time; the rest is for the cost of each variable
_NO_ROWS: Final = Text(
    sv="Svaren i omgången finns inte kvar. De är gallrade enligt beslutet.",
    en="The answers of the round are gone. They were disposed of as decided.",
)
_NOT_COVERED: Final = Text(
    sv="Hierarkin täcker inte alla värden som har svarats. Ta med alla som frågan tillåter, och en"
    " rad för inget svar.",
    en="The hierarchy does not cover all values that were answered. Include all that the question"
    " allows, and a line for no answer.",
)
_TOO_MUCH: Final = Text(
    sv="Kraven på de känsliga svaren (l och t) kan inte uppfyllas: en del frågor ställs bara till"
    " vissa, och deras svar måste lämnas tomma där det annars syns vem som fick dem. Ställ lägre"
    " krav, eller höj k.",
    en="What is asked of the sensitive answers (l and t) cannot be met: some questions are put to"
    " some people only, and their answers must be left empty where they would tell who was asked."
    " Ask for less, or raise k.",
)


def ask(
    session: Session,
    *,
    round_: Round,
    by: UUID,
    quasi: Sequence[str],
    k: int,
    l: int = 1,  # noqa: E741 - its name in the literature
    t: float = 1.0,
    given: Mapping[str, Any] | None = None,
) -> RoundData:
    """Have the worker make the round's master. `given` are lines of hierarchies by variable.
    Raises RefusedError, with what cannot be and why.
    """
    steps.hold(session, round_=round_)
    _check(session, round_)
    if not may_ask(session, round_=round_, by=by):
        raise RefusedError(
            _("I en oberoende granskning förbereder bara lärosätets personer omgången.")
        )
    data = session.get(RoundData, round_.id) or RoundData(round_id=round_.id, author_id=by, asked=0)
    if _is_asked_for(session, round_):
        raise RefusedError(
            _("Ansökningar om omgången väntar på beslut. Förbered den på nytt när de är avgjorda.")
        )
    if data.fixed:
        raise RefusedError(
            _("Ett uttag har gjorts, och alla uttag ska komma ur samma omkodning. Den ändras inte.")
        )
    coded = coded_rounds.variables(session, round_=round_)
    order = [variable.name for variable in coded.eligible]
    data.author_id, data.asked_at, data.asked = by, now(), data.asked + 1
    data.state, data.progress, data.problem = Preparing.ASKED, 0, ""
    data.quasi = [name for name in order if name in {coded_rounds.UNIT, coded_rounds.LEVEL, *quasi}]
    data.k, data.l, data.t = k, l, t
    data.hierarchies = {name: given[name] for name in data.quasi if given and given.get(name)}
    session.add(data)
    session.flush()
    outbox.put(
        session,
        kind=KIND,
        key=f"{KIND}:{round_.id}:{data.asked}",
        payload={"round": str(round_.id), "asked": data.asked},
    )
    return data


def may_ask(session: Session, *, round_: Round, by: UUID) -> bool:
    """Whether the round is theirs to make ready: of a review only the university's people."""
    university = entitlement.preparable(session, round_=round_).university
    return university is None or by in university


def is_ripe(round_: Round) -> bool:
    """Whether the round has come so far: published, or a review's and opened."""
    return round_.state in (PUBLISHED if round_.programme_id is None else entitlement.OPENED)


def _check(session: Session, round_: Round) -> None:
    if not is_ripe(round_):
        raise RefusedError(
            _("Svaren är inte öppnade än. Sedan kan lärosätet få uppgifter.")
            if round_.programme_id is not None
            else _("Publicera omgångens resultat först. Sedan kan forskare få uppgifter.")
        )
    if disposing.are_answers_gone(session, round_=round_):
        raise RefusedError(_("Svaren eller deras enheter är gallrade. Inget kan lämnas ut längre."))


def _is_asked_for(session: Session, round_: Round) -> bool:
    query = (
        select(DataApplication.id)
        .join(DataChoice, col(DataChoice.application_id) == col(DataApplication.id))
        .where(
            DataChoice.round_id == round_.id,
            col(DataApplication.state).in_([State.SUBMITTED, State.APPROVED]),
        )
    )
    return session.exec(query.limit(1)).first() is not None


def prepare(desk: Desk, duty: Duty) -> Finish | None:
    """Make the master that a duty asks for. Killed at any moment, it is made again from the rows:
    what comes out is the same.
    """
    round_id, asked = UUID(str(duty.payload["round"])), int(duty.payload["asked"])
    with desk.reading() as session:
        data = session.get_one(RoundData, round_id)
        if data.asked != asked or data.state is not Preparing.ASKED:
            return None
        round_ = session.get_one(Round, round_id)
        dataset = in_order(coded_rounds.rows(session, round_=round_))
        coded = coded_rounds.variables(session, round_=round_)
        form = load(round_.questionnaire)
        wish = _wish(data, coded.sensitive)
        lines = hierarchies.lines_for(
            session, dataset=dataset, quasi=data.quasi, given=data.hierarchies
        )
    if not len(dataset):
        return _failing(round_id, asked, [_NO_ROWS])
    trees, faults = hierarchies.read(lines)
    if faults:
        return _failing(round_id, asked, _told(faults))
    telling = Telling(desk, duty, RoundData, round_id)
    master, faults = protect(
        dataset, trees, wish, progress=lambda share: telling.tell(share * SHARE_OF_MASTER)
    )
    if master is None:
        return _failing(round_id, asked, _told(faults))
    table, _faults = encode_table(dataset, trees, wish)
    found = report(
        master, table, progress=lambda s: telling.tell(SHARE_OF_MASTER + s * (1 - SHARE_OF_MASTER))
    )
    quiet, left_out = quieten(form, dataset, master.dataset, wish.quasi)
    offered = coded.offered(wish.quasi)
    kept = master_files.without(quiet, set(dataset.names) - {variable.name for variable in offered})
    found["left_out"] = {name: rows for name, rows in left_out.items() if name in kept.names}
    if not holding.holds(found, holding.recheck(kept, wish.quasi, wish.sensitive)):
        return _failing(round_id, asked, [_TOO_MUCH])
    return _finishing(round_id, asked, kept, found)


def _wish(data: RoundData, sensitive: frozenset[str]) -> Wish:
    demands = Demands(data.k, data.l, data.t)
    about = tuple(sorted(sensitive - set(data.quasi))) if demands.about_values else ()
    return Wish(tuple(data.quasi), about, demands if about else Demands(data.k))


def _told(faults: Sequence[Fault]) -> list[Text]:
    """The faults in words. A value that is missing from a hierarchy is somebody's answer: it is
    said that there is one, not which.
    """
    found = {}
    for fault in faults:
        said = _NOT_COVERED if fault.code in {"not_in_hierarchy", "more_values"} else worded(fault)
        found[fault.place, said.sv] = Text(
            sv=f"{fault.place}: {said.sv}", en=f"{fault.place}: {said.en}"
        )
    return list(found.values())


def report(master: Master, table: Table, *, progress: Callable[[float], None]) -> dict[str, Any]:
    """What the recoding did and what it cost, as plain values."""
    names = list(master.wish.quasi)
    columns = [master.dataset.column(name) for name in names]
    demands = master.wish.demands
    return {
        "rows": len(master.dataset),
        "quasi": names,
        "sensitive": list(master.wish.sensitive),
        "k": demands.k,
        "l": demands.l,
        "t": demands.t,
        "recoding": str(master.wish.method),
        "suppressed": int(master.recoding.suppressed.sum()),
        "loss": dict(zip(names, master.recoding.loss.tolist(), strict=True)),
        "before": asdict(master.before),
        "after": asdict(risk(zip(*columns, strict=True), k=demands.k)),
        "groups": cost.groups_of(columns),
        "others": cost.of_others(table, master.wish, progress=progress),
        "sampled": len(table) > cost.SAMPLE,
    }


def _finishing(round_id: UUID, asked: int, kept: Dataset, found: dict[str, Any]) -> Finish:
    packed = master_files.pack(kept)

    def finish(session: Session) -> None:
        data = session.get_one(RoundData, round_id, with_for_update=True)
        if data.asked == asked and not data.fixed:
            data.state, data.progress, data.report = Preparing.READY, 100, found
            data.master, data.digest = packed, sha256(packed).hexdigest()
            session.add(data)

    return finish


def _failing(round_id: UUID, asked: int, problems: list[Text]) -> Finish:
    """It cannot be made; that is for a person to mend, not for the worker to try again."""

    def finish(session: Session) -> None:
        data = session.get_one(RoundData, round_id, with_for_update=True)
        if data.asked == asked:
            data.state = Preparing.FAILED
            data.problem = json.dumps([problem.model_dump() for problem in problems])
            session.add(data)

    return finish


def problems(data: RoundData) -> list[Text]:
    return [Text(**each) for each in json.loads(data.problem)] if data.problem else []
