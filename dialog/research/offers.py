"""What can be had of which rounds, as it stands today; no answer is read."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.core.questionnaire import Text, load
from dialog.exports.package.variables import Variable
from dialog.research import coded_rounds, cost, entitlement
from dialog.research.models import DataApplication, DataChoice, Preparing, RoundData
from dialog.surveys.models import Round


@dataclass(frozen=True)
class Preview:
    """What the protection does to a choice of variables. `lost` are (name, LM) of those that were
    made coarser, the dearest first; `others` says for each what the others lose with it and
    without it. `left_out` are (name, share of the rows) of questions that not all are asked, whose
    answers would have told who was.
    """

    lost: tuple[tuple[str, float], ...]
    loss: float
    before: dict[str, Any]  # core's `risk` of all that people could be recognised by
    after: dict[str, Any]
    others: dict[str, tuple[float, float]]
    k: int
    rows: int
    left_out: tuple[tuple[str, float], ...] = ()

    @property
    def dearest(self) -> tuple[str, float] | None:
        """The variable that costs the others most: how much of their loss it causes."""
        costs = [(together - apart, name) for name, (together, apart) in self.others.items()]
        most = max(costs, default=None)
        return (most[1], most[0]) if most and most[0] > 0 else None


def ready_rounds(session: Session, *, applicant: UUID) -> list[Round]:
    """Rounds that somebody can apply for, the last to close first."""
    query = (
        select(Round)
        .join(RoundData, col(RoundData.round_id) == col(Round.id))
        .where(RoundData.state == Preparing.READY, RoundData.master != b"")
        .order_by(col(Round.closes_at).desc(), col(Round.title))
    )
    return [
        round_
        for round_ in session.exec(query)
        if entitlement.is_open_to(session, round_=round_, person_id=applicant)
    ]


def chosen(
    session: Session, *, application: DataApplication
) -> list[tuple[DataChoice, Round, RoundData]]:
    """The rounds of an application, by title, with what is chosen of each."""
    query = (
        select(DataChoice, Round, RoundData)
        .join(Round, col(Round.id) == col(DataChoice.round_id))
        .join(RoundData, col(RoundData.round_id) == col(DataChoice.round_id))
        .where(DataChoice.application_id == application.id)
        .order_by(col(Round.title), col(Round.id))
    )
    return [(choice, round_, data) for choice, round_, data in session.exec(query)]


def quasi_left(data: RoundData) -> list[str]:
    """The quasi-identifiers that the master still has: the unit is disposed of before the rows."""
    gone = {coded_rounds.UNIT} if data.report.get("without_unit") else set()
    return [name for name in data.quasi if name not in gone]


def offered(session: Session, *, round_: Round, data: RoundData) -> tuple[Variable, ...]:
    """The variables that may be asked for."""
    coded = coded_rounds.variables(session, round_=round_)
    left = quasi_left(data)
    return tuple(
        variable
        for variable in coded.offered(left)
        if variable.name in left or variable.name not in data.quasi
    )


def sections(round_: Round, variables: tuple[Variable, ...]) -> list[tuple[Text, list[Variable]]]:
    """The variables under the questionnaire's own headings; what people could be recognised by
    stands first, under none.
    """
    left = {variable.name: variable for variable in variables if not variable.quasi}
    found: list[tuple[Text, list[Variable]]] = [
        (Text(), [variable for variable in variables if variable.quasi])
    ]
    for section in load(round_.questionnaire).sections:
        names = {question.name for question in section.questions}
        names |= {row.name for question in section.questions for row in question.rows}
        mine = [
            variable
            for name, variable in left.items()
            if name in names or any(name.startswith(f"{each}_") for each in names)
        ]
        for variable in mine:
            del left[variable.name]
        if mine:
            found.append((section.title, mine))
    if left:
        found.append((Text(sv="Övrigt", en="Other"), list(left.values())))
    return [(title, each) for title, each in found if each]


def preview(data: RoundData, names: list[str]) -> Preview:
    """From what was counted when the master was made; nothing is computed of a row."""
    report = data.report
    asked = [name for name in report["quasi"] if name in set(names)]
    lost = sorted(((name, report["loss"][name]) for name in asked), key=lambda pair: -pair[1])
    return Preview(
        lost=tuple(lost),
        loss=cost.loss_of(report, asked),
        before=report["before"],
        after=cost.risk_of(report, asked),
        others={name: tuple(report["others"][name]) for name in asked if name in report["others"]},
        k=report["k"],
        rows=report["rows"],
        left_out=tuple(
            (name, rows / report["rows"])
            for name, rows in report.get("left_out", {}).items()
            if name in set(names)
        ),
    )


def of_all(data: RoundData) -> Preview:
    """What it does to everything that can be had."""
    return preview(data, [*data.quasi, *data.report.get("left_out", ())])


def data_of(session: Session, *, round_id: UUID) -> RoundData | None:
    return session.get(RoundData, round_id)
