"""Pages where a meeting is planned: a new one, and what is changed of it."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.meetings import formats, planning, queries
from dialog.meetings import page as pages
from dialog.meetings.forms import PlanForm, PostsForm, filled
from dialog.meetings.models import MeetingFormat, MeetingSeries, Post
from dialog.people.permissions import may
from dialog.people.signing_in import actor, me, permitted
from dialog.unions import queries as unions
from dialog.unions.models import UnionBody
from dialog.web.database import session
from dialog.web.forms import refuse, status


@permitted("meeting.plan")
def new_meeting() -> Any:
    format_ = _format(request.args.get("form", type=UUID))
    series_id = request.args.get("serie", type=UUID)
    of = session().get(MeetingSeries, series_id) if series_id else None
    form = PlanForm(
        data={
            "series": str(of.id) if of else "",
            "asks_after": bool(of and of.asks_after),
            "body": request.args.get("grupp", ""),
        }
    )
    form.offer([(each.id, each.title) for each in queries.series(session())], _bodies())
    if form.validate_on_submit():
        body = UUID(form.body.data) if form.body.data else None
        made = planning.create(session(), by=me(), plan=form.plan(), format_=format_, body_id=body)
        flash(_("Mötet är upplagt. Nästa steg är dagordningen och vilka som ska kallas."), "info")
        return redirect(url_for("meetings.meeting", meeting_id=made.id))
    page = render_template(
        "meetings/new.html", form=form, format=format_, formats=formats.latest(session())
    )
    return page, status(form)


@permitted("meeting.own")
def plan(meeting_id: UUID) -> Any:
    found = pages.existing(meeting_id)
    form = PlanForm(data=filled(found))
    form.offer([(each.id, each.title) for each in queries.series(session())])
    if form.validate_on_submit():
        try:
            told = planning.change(session(), meeting=found, by=me(), plan=form.plan())
        except RefusedError as refused:
            refuse(form.day, refused.sentence)
        else:
            sent = _("Sparat. De som är kallade får ett mejl med det nya.")
            flash(sent if told else _("Sparat."), "info")
            return redirect(url_for("meetings.meeting", meeting_id=found.id))
    return render_template("meetings/plan.html", form=form, meeting=found), status(form)


@permitted("meeting.own")
def posts(meeting_id: UUID) -> Any:
    found = pages.existing(meeting_id)
    held = queries.posts_of(session(), meeting=found)
    given = {
        post.value: "\n".join(who.email for its_post, who in held if its_post is post)
        for post in Post
    }
    form = PostsForm(data=given)
    if form.validate_on_submit():
        try:
            planning.choose_posts(session(), meeting=found, posts=form.posts())
        except RefusedError as refused:
            refuse(form.chair, refused.sentence)
        else:
            flash(_("Sparat."), "info")
            return redirect(url_for("meetings.meeting", meeting_id=found.id))
    return render_template("meetings/posts.html", form=form, meeting=found), status(form)


def _bodies() -> list[UnionBody]:
    """The bodies whose meetings one calls."""
    all_ = may(actor(), "body.keep")
    return unions.kept_by(session(), person_id=me(), all_=all_)


def _format(format_id: UUID | None) -> MeetingFormat | None:
    if format_id is None:
        return None
    return session().get(MeetingFormat, format_id) or abort(404)
