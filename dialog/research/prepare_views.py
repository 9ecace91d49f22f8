"""Making a round ready for researchers: by what people could be recognised, and how strongly they
are protected.
"""

from typing import Any
from uuid import UUID

from flask import Response, abort, redirect, render_template, request, url_for

from dialog.core.errors import RefusedError
from dialog.exports.hierarchy_files import dump_hierarchy
from dialog.people.signing_in import me, permit, permitted
from dialog.research import coded_rounds, entitlement, hierarchies, offers, preparing
from dialog.research.given_hierarchies import read_uploads
from dialog.research.models import RoundData
from dialog.research.prepare_form import PrepareForm, proposed
from dialog.surveys.models import Round
from dialog.web.database import session
from dialog.web.forms import refuse, status


@permitted("data.prepare")
def prepare(round_id: UUID) -> Any:
    round_ = _round(round_id)
    data = session().get(RoundData, round_id)
    coded = coded_rounds.variables(session(), round_=round_)
    form = PrepareForm(round_, coded, data or proposed(round_, coded))
    if form.validate_on_submit() and _ask(round_, form, data):
        return redirect(url_for("research.prepare", round_id=round_id))
    page = render_template(
        "research/prepare.html",
        round=round_,
        data=data,
        form=form,
        labels={variable.name: variable.label for variable in coded.variables},
        preview=offers.of_all(data) if data and data.report.get("groups") else None,
        problems=preparing.problems(data) if data else [],
        sensitive=coded.sensitive,
    )
    return page, status(form)


def _round(round_id: UUID) -> Round:
    """The round, for those whose it is to make ready; for others there is no such page."""
    round_ = session().get(Round, round_id) or abort(404)
    permit("data.prepare", entitlement.preparable(session(), round_=round_))
    if not preparing.is_ripe(round_):
        abort(404)
    return round_


def _ask(round_: Round, form: PrepareForm, data: RoundData | None) -> bool:
    given, faults = read_uploads(request.files, kept=data.hierarchies if data else {})
    if faults:
        form.files.errors = faults
        return False
    try:
        preparing.ask(session(), round_=round_, by=me(), given=given, **form.values())
    except RefusedError as refused:
        refuse(form.k, refused.sentence)
        return False
    return True


@permitted("data.prepare")
def hierarchy(round_id: UUID, name: str) -> Any:
    """The hierarchy of a variable as it is, or as it is proposed, to be edited as a file. It is
    proposed from the questionnaire and the organisation; of numbers, from the limits of the
    question: what was answered is not read for it.
    """
    round_ = _round(round_id)
    coded = coded_rounds.variables(session(), round_=round_)
    if name not in {variable.name for variable in coded.eligible}:
        abort(404)
    data = session().get(RoundData, round_id)
    lines = hierarchies.to_edit(
        session(), variable=coded.by_name[name], given=data.hierarchies if data else {},
        limits=coded_rounds.limits(round_).get(name),
    )  # fmt: skip
    response = Response(dump_hierarchy(lines), mimetype="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
