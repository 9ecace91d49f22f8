"""The opening, for those who take part in it: whose turn it is, the batch, handing it in."""

from typing import Any, Final
from uuid import UUID

from flask import flash, jsonify, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from dialog.core.ballots import peeling
from dialog.core.ballots.batch import MAX_HEADER
from dialog.core.ballots.encoding import encode
from dialog.core.ballots.peeling import Record
from dialog.core.errors import RefusedError
from dialog.people.signing_in import actor, permitted
from dialog.surveys.holders import is_lost, steps_of, title, trustees_of, turn
from dialog.surveys.key_models import Trustee
from dialog.surveys.models import Round, RoundState
from dialog.surveys.opening import ceremony, record, refusals, step_files
from dialog.surveys.opening.step_files import Readable
from dialog.surveys.rounds.page import settings
from dialog.surveys.trustees import ending, handing_in, queries
from dialog.surveys.trustees.key_views import WRONG, place
from dialog.surveys.trustees.page_content import OpeningPage
from dialog.web.database import let_go, session

MOST: Final = 4 * 2**30  # bytes of a request that hands a batch in; what is expected is far less


def allow_a_batch(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let this one address take more than others do, before anything looks at the body."""
    if endpoint == "surveys.hand_in":
        request.max_content_length = MOST


@permitted("key.hold")
def opening(round_id: UUID) -> Any:
    return _page(*place(round_id)[:2])


@permitted("key.hold")
def batch(round_id: UUID) -> Any:
    round_, trustee, _who = place(round_id)
    waiting = ceremony.waiting_for(session(), round_=round_, trustee=trustee, settings=settings())
    if not waiting.path.exists():
        raise refusals.damaged()
    let_go()  # the file may take minutes to fetch
    return send_file(
        waiting.path,
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=f"dialog-svar-{str(round_id)[:8]}-{trustee.place}.batch",
        etag=waiting.sha256,
        max_age=0,
    )


@permitted("key.hold")
def hand_in(round_id: UUID) -> Any:
    """Take in an opened batch: the raw body from the browser, two files from the command."""
    round_, trustee, who = place(round_id)
    by_form = request.mimetype == "multipart/form-data"
    try:
        made = _record(by_form=by_form)
        new = _take(round_, trustee, who, made)
    except RefusedError as refused:
        _drain()
        if not by_form:
            raise
        session().rollback()
        return _page(round_, trustee, problem=refused.sentence), WRONG
    if by_form:
        flash(_("Tack. Ditt lås är öppnat och svaren är lämnade vidare."), "info")
        return redirect(url_for("surveys.opening", round_id=round_id))
    return jsonify(out_sha256=made.out_sha256), 201 if new else 200


def _take(round_: Round, trustee: Trustee, who: UUID, made: Record) -> bool:
    """Receive, check, and only then hold the round: nobody waits for a slow line or a large file.
    True if it is new.
    """
    known = ceremony.is_known(session(), trustee=trustee, sha256=made.out_sha256)
    bound = ceremony.largest(session(), round_=round_, place=trustee.place)
    waiting = None
    if not known:
        waiting = ceremony.waiting_for(
            session(), round_=round_, trustee=trustee, settings=settings()
        )
    let_go()
    with step_files.receiving(
        settings(), round_id=round_.id, stream=_stream(), at_most=bound
    ) as received:
        if waiting is None:
            ceremony.restore(received, record=made, trustee=trustee, settings=settings())
            return False
        ceremony.check(received, record=made, waiting=waiting, round_id=round_.id)
        return handing_in.take(
            session(),
            trustee_id=trustee.id,
            by=who,
            received=received,
            record=made,
            settings=settings(),
        )


def _stream() -> Readable:
    """What is handed in: a file of the form, or the body itself."""
    file = request.files.get("batch")
    return file.stream if file is not None else request.stream


def _record(*, by_form: bool) -> Record:
    file = request.files.get("record")
    try:
        if by_form:
            return peeling.load(file.read(MAX_HEADER) if file is not None else b"")
        return peeling.load(request.headers.get("X-Record", "").encode())
    except ValueError:
        raise refusals.other_record() from None


def _drain() -> None:
    """Read what is still on its way: a browser that is answered before it has sent everything takes
    the answer for a broken connection.
    """
    while request.stream.read(step_files.CHUNK):
        pass


def _page(round_: Round, trustee: Trustee, *, problem: str = "") -> str:
    trustees = trustees_of(session(), round_id=round_.id)
    now_opening = turn(trustees, steps_of(session(), round_id=round_.id))
    closed = round_.state is RoundState.CLOSED
    mine = closed and now_opening is not None and now_opening.id == trustee.id
    return render_template(
        "surveys/trustees/opening_page.html",
        round=round_,
        trustee=trustee,
        page=_opening_page(round_, trustee) if mine else None,
        now_opening=now_opening if closed else None,
        record=record.of_round(session(), round_=round_),
        key_is_lost=is_lost(session(), round_=round_),
        may_destroy=ending.may_be_destroyed(round_),
        problem=problem,
        title=title,
        is_deputy=trustee.deputy_id == actor().person_id,
    )


def _opening_page(round_: Round, trustee: Trustee) -> OpeningPage:
    waiting = ceremony.waiting_for(session(), round_=round_, trustee=trustee, settings=settings())
    trustees = trustees_of(session(), round_id=round_.id)
    following = next((each for each in trustees if each.place == trustee.place - 1), None)
    return OpeningPage(
        round_id=round_.id,
        round_title=round_.title,
        layer=trustee.place,
        places=len(trustees),
        public=encode(trustee.public_key),
        check_code=trustee.check_code,
        ballots=waiting.ballots,
        length=waiting.length,
        next_holder=queries.name_of(session(), following) if following else "",
    )
