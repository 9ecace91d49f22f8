"""The page of a group: its task, its time, and the note that it writes together."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import abort, g, jsonify, redirect, request, url_for

from dialog.core.errors import RefusedError
from dialog.meetings import page as pages
from dialog.meetings.groups import noting, working
from dialog.meetings.groups.forms import NoteForm
from dialog.meetings.groups.models import MeetingGroup, MeetingGroupWork
from dialog.meetings.live import room_views
from dialog.meetings.models import Meeting
from dialog.people.signing_in import me, permitted
from dialog.web.database import session
from dialog.web.forms import written

EVERY: Final = 3  # seconds between two looks for what others wrote, in a small meeting
A_SECOND: Final = 25  # looks of all who are in groups, at the most


@dataclass(frozen=True)
class Unsaved:
    """What somebody typed that was not saved, and why; `theirs` if another's text is there now."""

    text: str
    sentence: str
    theirs: MeetingGroup | None = None


@permitted("meeting.own")
def group(meeting_id: UUID, group_id: UUID) -> Any:
    """Posted by the script (it asks for JSON) as typed, or by the button."""
    meeting, work, row = _group(meeting_id, group_id)
    if request.method == "GET":
        return _page(meeting, work, row)
    form = NoteForm()
    text, version = written(form.text), written(form.version)
    try:
        noting.save(
            session(), work=work, group=row, version=int(version) if version.isdigit() else 0,
            text=text,
        )  # fmt: skip
    except RefusedError as refused:
        theirs = refused.group if isinstance(refused, noting.OutdatedNoteError) else None
        return _unsaved(meeting, work, row, Unsaved(text, refused.sentence, theirs))
    if _from_script():
        return jsonify(version=row.version)
    return redirect(url_for("meetings.group", meeting_id=meeting.id, group_id=row.id))


@permitted("meeting.own")
def newest(meeting_id: UUID, group_id: UUID) -> Any:
    """The note as it is, for those who look at it meanwhile."""
    g.unlogged = True
    _meeting, _work, row = _group(meeting_id, group_id)
    return jsonify(version=row.version, text=row.note)


def _group(meeting_id: UUID, group_id: UUID) -> tuple[Meeting, MeetingGroupWork, MeetingGroup]:
    """For those in the group and those who run the meeting; for others it does not exist."""
    meeting = pages.existing(meeting_id, "meeting.see")
    work, row = working.group_of(session(), meeting=meeting, group_id=group_id) or abort(404)
    if working.own(session(), work=work, person_id=me()) != row.id:
        pages.existing(meeting_id)
    return meeting, work, row


def _page(
    meeting: Meeting, work: MeetingGroupWork, row: MeetingGroup, unsaved: Unsaved | None = None
) -> Any:
    facts = room_views.facts(meeting)
    open_ = facts["room"].groups
    members = open_.members.total() if open_ else 0
    return room_views.shown(
        "meetings/groups/group.html",
        work=work, group=row, unsaved=unsaved, longest=noting.LONGEST,
        every=max(EVERY, members // A_SECOND), **facts,
    )  # fmt: skip


def _unsaved(meeting: Meeting, work: MeetingGroupWork, row: MeetingGroup, unsaved: Unsaved) -> Any:
    code = 409 if unsaved.theirs else 422
    if not _from_script():
        page = _page(meeting, work, row, unsaved)
        page.status_code = code
        return page
    told = {"sentence": unsaved.sentence}
    if unsaved.theirs is not None:
        told |= {"text": unsaved.theirs.note, "version": str(unsaved.theirs.version)}
    return jsonify(told), code


def _from_script() -> bool:
    return request.accept_mimetypes.best == "application/json"
