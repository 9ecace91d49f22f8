"""Pages of published results. They read releases; answers are out of their reach."""

from typing import Any
from uuid import UUID

from flask import abort, g, redirect, render_template, request, url_for

from dialog.people.permissions import may
from dialog.people.signing_in import actor, permit, permitted
from dialog.results import joined, queries
from dialog.results.correcting import deciding
from dialog.results.models import Release
from dialog.results.publishing import releases as published
from dialog.results.publishing import unpublished
from dialog.results.reading import page as pages
from dialog.results.reading import reach
from dialog.results.reading.page import GroupPage
from dialog.results.reading.reach import Reach
from dialog.surveys import programmes
from dialog.surveys.models import Round
from dialog.surveys.opening import record
from dialog.web.database import session


@permitted("release.see")
def releases() -> Any:
    search, page = request.args.get("sok", "").strip(), max(1, request.args.get("sida", 1, int))
    found, last = queries.releases(session(), search=search, page=page)
    waiting = unpublished.rounds(session()) if may(actor(), "release.make") else []
    return render_template(
        "results/releases.html",
        releases=found,
        waiting=waiting,
        deciding=deciding.undecided(session(), actor=actor()),
        search=search,
        page=page,
        last=last,
    )


@permitted("release.see")
def of_round(round_id: UUID) -> Any:
    """The way from a round to its release, for pages that know the round only."""
    found = published.of_round(session(), round_id=round_id)
    if found is None:
        abort(404)
    return redirect(url_for("results.release", release_id=found.id))


@permitted("release.see")
def release(release_id: UUID) -> Any:
    found = existing(release_id)
    top = queries.top(session(), release_id=found.id)
    search = request.args.get("sok", "").strip()
    sees = reader().with_groups(joined.groups_of(found)).sees
    units = (
        queries.search_units(session(), release_id=found.id, search=search, sees=sees)
        if search
        else []
    )
    page = pages.group_page(session(), release=found, unit=top.unit, reach=reader())
    assert page is not None  # the whole is for everybody
    round_ = session().get_one(Round, found.round_id)
    opening = [record.from_published(line) for line in found.opening]
    return render_template(
        "results/release.html",
        page=page,
        search=search,
        units=units,
        record=opening,
        corrections=deciding.seen(session(), release=found, actor=actor()),
        may_correct=may(actor(), "release.correct")
        and deciding.may_propose(session(), round_=round_, by=actor().person_id),
        programme=programmes.of_round(session(), round_=round_),
        shown=queries.shown_by_depth(session(), release=found)[1:],
        shown_groups=joined.shown(session(), release=found),
    )


@permitted("release.see")
def group(release_id: UUID, unit: str) -> Any:
    found = existing(release_id)
    level = request.args.get("niva", "")
    page = seen(found, unit, level)
    texts = pages.texts(session(), page)
    return render_template("results/group.html", page=page, texts=texts)


def existing(release_id: UUID) -> Release:
    """The release, or 404. One that is not for everybody has its page elsewhere; here it is for
    those who see all there is.
    """
    found = queries.release(session(), release_id=release_id)
    if found is None:
        abort(404)
    if session().get_one(Round, found.round_id).standing_plan is not None:
        permit("release.all")
    return found


def reader() -> Reach:
    """What the current reader may see; looked up once for each request."""
    if "reach" not in g:
        g.reach = reach.of(session(), actor=actor())
    found: Reach = g.reach
    return found


def seen(release: Release, unit: str, level: str) -> GroupPage:
    """The page of a unit. Whoever is not signed in is asked to, if it is no public page and
    whether there is such a unit or not; others get 404, for what is not theirs and what is not
    there alike.
    """
    page = pages.group_page(session(), release=release, unit=unit, level=level, reach=reader())
    if page is None:
        permit("release.detail")
        abort(404)
    return page
