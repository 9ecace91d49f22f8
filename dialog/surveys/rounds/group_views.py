"""Pages of a round's result groups: read by all who see the round, decided upon in a draft."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.disclosure.joining import ResultGroup
from dialog.core.errors import RefusedError
from dialog.people.permissions import may
from dialog.people.signing_in import actor, me, permitted
from dialog.surveys import result_groups
from dialog.surveys.models import Round, RoundState
from dialog.surveys.rounds import group_page, joining, neighbours, plan_views
from dialog.surveys.rounds.group_forms import DropForm, GroupForm, ProposalForm
from dialog.surveys.rounds.neighbours import Neighbours
from dialog.surveys.rounds.views import open_round
from dialog.web.database import session
from dialog.web.forms import refuse, status, written

NAME = "groups"  # of the part of the plan


@permitted("round.see")
def round_groups(round_id: UUID) -> Any:
    """The groups, who gets a result of their own, and in a draft what is proposed."""
    round_ = open_round(round_id)
    parts, planning = plan_views.parts(), _planning(round_)
    return render_template(
        "surveys/rounds/groups.html",
        round=round_,
        part=parts[NAME],
        parts=parts,
        place=list(parts).index(NAME) + 1,
        following=parts["keys"].slug,
        planning=planning,
        **group_page.facts(
            session(),
            round_=round_,
            percent=_percent(),
            page=request.args.get("sida", 1, int),
            planning=planning,
        ),
    )


@permitted("round.plan")
def accept_groups(round_id: UUID) -> Any:
    """Declare what is proposed, all of it or one group."""
    form = ProposalForm()
    if not form.validate_on_submit():
        abort(400)
    made = joining.accept(
        session(),
        round_=open_round(round_id, "round.plan"),
        by=me(),
        percent=form.percent.data or group_page.USUAL,
        only=tuple(form.units.data or ()) or None,
    )
    if made:
        flash(_("Grupperna är tillagda."), "info")
    return redirect(_back(round_id, form.percent.data))


@permitted("round.plan")
def drop_groups(round_id: UUID) -> Any:
    """Take away one group, or all."""
    round_ = open_round(round_id, "round.plan")
    form = DropForm()
    if not form.validate_on_submit():
        abort(400)
    one = written(form.code)
    codes = {one} if one else {group.code for group in result_groups.of(round_)}
    joining.drop(session(), round_=round_, by=me(), codes=codes)
    return redirect(_back(round_id, request.form.get("percent", type=int)))


@permitted("round.plan")
def new_group(round_id: UUID) -> Any:
    """Put a group together by hand, of the units under one that was chosen."""
    round_ = open_round(round_id, "round.plan")
    found = neighbours.of(session(), round_=round_)
    return _edit(round_, found, request.args.get("under", ""), None)


@permitted("round.plan")
def edit_group(round_id: UUID, code: str) -> Any:
    round_ = open_round(round_id, "round.plan")
    group = next((each for each in result_groups.of(round_) if each.code == code), None)
    if group is None:
        abort(404)
    found = neighbours.of(session(), round_=round_)
    above = next((found.parents[unit] for unit in group.units if unit in found.parents), None)
    return _edit(round_, found, above or "", group)


def _edit(round_: Round, found: Neighbours, under: str, group: ResultGroup | None) -> Any:
    if not _planning(round_) or under not in found.names:
        return redirect(_back(round_.id))
    code = group.code if group else None
    free, taken = group_page.choices(
        found, round_=round_, under=under, percent=_percent(), code=code
    )
    form = GroupForm(data={"name": group.name, "units": group.units} if group else None)
    form.offer(free)
    if form.validate_on_submit() and _declare(round_, form, code):
        return redirect(_back(round_.id))
    page = render_template(
        "surveys/rounds/edit_group.html",
        round=round_,
        form=form,
        group=group,
        above=found.names[under],
        taken=taken,
    )  # fmt: skip - one line each would be eight
    return page, status(form)


def _declare(round_: Round, form: GroupForm, code: str | None) -> bool:
    try:
        joining.declare(
            session(),
            round_=round_,
            by=me(),
            name=written(form.name),
            units=form.units.data or (),
            code=code,
        )
    except RefusedError as refused:
        refuse(form.units, refused.sentence)
        return False
    return True


def _planning(round_: Round) -> bool:
    return round_.state is RoundState.DRAFT and may(actor(), "round.plan")


def _percent() -> int:
    return min(max(request.args.get("andel", group_page.USUAL, int), 1), 100)


def _back(round_id: UUID, percent: int | None = None) -> str:
    share = percent if percent and percent != group_page.USUAL else None
    return url_for("surveys.round_groups", round_id=round_id, andel=share)
