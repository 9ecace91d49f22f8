"""What has been released to researchers, for everybody: that much is owed to those who answered."""

from typing import Any
from uuid import UUID

from flask import abort, render_template

from dialog.people.signing_in import permitted
from dialog.research import coded_rounds, queries, words
from dialog.research import page as pages
from dialog.research.models import RoundData
from dialog.surveys import programmes
from dialog.surveys.models import Round
from dialog.web.database import session


@permitted("export.see")
def exports() -> Any:
    return render_template("research/exports.html", rounds=queries.rounds_with_data(session()))


@permitted("export.see")
def exports_of_round(round_id: UUID) -> Any:
    """Every export of a round that was ever made, and how."""
    data = session().get(RoundData, round_id) or abort(404)
    round_ = session().get_one(Round, round_id)
    coded = coded_rounds.variables(session(), round_=round_)
    return render_template(
        "research/exports_of_round.html",
        round=round_,
        data=data,
        programme=programmes.of_round(session(), round_=round_),
        exports=queries.exports_of(session(), round_id=round_id),
        labels={variable.name: variable.label for variable in coded.variables},
        words=words,
        sees_counts=pages.sees_counts,
    )
