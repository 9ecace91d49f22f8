"""The URL map of dialogue meetings."""

from flask import Blueprint

from dialog.commitments import gatherings
from dialog.meetings import (
    agenda_views,
    audience_views,
    coming_views,
    door_views,
    feed_views,
    format_views,
    minutes_views,
    plan_views,
    promising,
    promising_views,
    series_views,
    step_views,
    views,
)
from dialog.meetings.floor import views as floor_views
from dialog.meetings.groups import note_views
from dialog.meetings.groups import views as group_views
from dialog.meetings.live import (
    asking_views,
    grouping_views,
    guest_views,
    joining_views,
    moderating_views,
    room_views,
    stream_views,
    voting_views,
)
from dialog.meetings.polling import views as poll_views

gatherings.know(promising.KIND, promising.was_there)
bp = Blueprint("meetings", __name__, template_folder="templates")
_pages = ["GET", "POST"]
_post = ["POST"]

# Lists, and what is made anew.
bp.add_url_rule("/moten", view_func=views.meetings)
bp.add_url_rule("/moten/nytt", view_func=plan_views.new_meeting, methods=_pages)
bp.add_url_rule("/moten/serier", "all_series", series_views.all_series)
bp.add_url_rule("/moten/serier/ny", view_func=series_views.new_series, methods=_pages)
bp.add_url_rule("/moten/serier/<uuid:series_id>", view_func=series_views.series)
bp.add_url_rule(
    "/moten/serier/<uuid:series_id>/andra", view_func=series_views.edit_series, methods=_pages
)
bp.add_url_rule("/moten/former", "formats", view_func=format_views.formats_)
bp.add_url_rule("/moten/former/<uuid:format_id>", "format", format_views.format_)

# Somebody's own calendar: the page, and the secret address that calendars fetch.
bp.add_url_rule("/moten/kalender", view_func=feed_views.calendar_page, methods=_pages)
bp.add_url_rule("/moten/kalender/<secret>.ics", view_func=feed_views.feed)

# The way in for guests, who do not sign in.
bp.add_url_rule("/m", "enter_code", joining_views.enter_code, methods=_pages)
bp.add_url_rule("/m/<code>", view_func=joining_views.join, methods=_pages)

# One meeting.
_meeting = "/moten/<uuid:meeting_id>"
bp.add_url_rule(_meeting, view_func=views.meeting)
bp.add_url_rule(f"{_meeting}/plan", view_func=plan_views.plan, methods=_pages)
bp.add_url_rule(f"{_meeting}/haller-i", view_func=plan_views.posts, methods=_pages)
bp.add_url_rule(f"{_meeting}/kallade", "audience", audience_views.audience, methods=_pages)
bp.add_url_rule(f"{_meeting}/kalender.ics", view_func=feed_views.event)
bp.add_url_rule(f"{_meeting}/svar", view_func=coming_views.answer, methods=_pages)
bp.add_url_rule(f"{_meeting}/narvaro", view_func=coming_views.attendance, methods=_pages)
bp.add_url_rule(f"{_meeting}/anslag", "door_notice", door_views.notice)
bp.add_url_rule(f"{_meeting}/incheckning/<code>", "check_in", door_views.check_in, methods=_pages)
bp.add_url_rule(f"{_meeting}/dagordning.pdf", view_func=agenda_views.agenda_file)
bp.add_url_rule(f"{_meeting}/dagordning", view_func=agenda_views.agenda_page)
bp.add_url_rule(f"{_meeting}/dagordning/ny", view_func=agenda_views.new_item, methods=_pages)
_item = f"{_meeting}/dagordning/<uuid:item_id>"
bp.add_url_rule(_item, view_func=agenda_views.item, methods=_pages)
bp.add_url_rule(f"{_item}/<what>", view_func=agenda_views.act, methods=_post)
bp.add_url_rule(f"{_meeting}/atagande", view_func=promising_views.promise, methods=_pages)
bp.add_url_rule(f"{_meeting}/anteckningar", view_func=minutes_views.minutes, methods=_pages)
bp.add_url_rule(f"{_meeting}/form", "keep_format", format_views.keep, methods=_pages)

# The live room: what is seen, questions, and the events that pages follow.
_room = f"{_meeting}/rum"
bp.add_url_rule(_room, "room", view_func=room_views.room)
bp.add_url_rule(f"{_room}/skarm", "screen", view_func=room_views.screen)
bp.add_url_rule(f"{_room}/leda", "lead", view_func=room_views.lead)
bp.add_url_rule(f"{_room}/leda/nu", view_func=room_views.told)
bp.add_url_rule(f"{_meeting}/har", view_func=door_views.here, methods=_post)
bp.add_url_rule(f"{_meeting}/gaster", "guests", guest_views.guests_, methods=_pages)
bp.add_url_rule(f"{_meeting}/gaster/anslag", "guest_notice", guest_views.notice)
bp.add_url_rule(f"{_meeting}/gaster/lappar", "slips", guest_views.slips_, methods=_post)
bp.add_url_rule(f"{_meeting}/gaster/<what>", "let_guests", guest_views.act, methods=_post)
bp.add_url_rule(f"{_meeting}/handelser", "happened", view_func=stream_views.happened)
_questions = f"{_meeting}/fragor"
bp.add_url_rule(f"{_questions}/ny", "ask", view_func=asking_views.ask, methods=_pages)
bp.add_url_rule(f"{_questions}/kvitto", "receipt", view_func=asking_views.receipt, methods=_pages)
bp.add_url_rule(f"{_questions}/rubriker", view_func=grouping_views.headings, methods=_pages)
_question = f"{_questions}/<uuid:question_id>"
bp.add_url_rule(_question, "question", view_func=moderating_views.question, methods=_pages)
bp.add_url_rule(f"{_question}/<what>", "moderate", moderating_views.act, methods=_post)
bp.add_url_rule(f"{_question}/stod", view_func=voting_views.support, methods=_post)
bp.add_url_rule(f"{_meeting}/pass", "pass_", voting_views.pass_, methods=_post)
_poll = f"{_meeting}/rostningar/<uuid:poll_id>"
bp.add_url_rule(f"{_meeting}/rostningar/ny", view_func=poll_views.new_poll, methods=_pages)
bp.add_url_rule(f"{_poll}/rost", view_func=voting_views.vote, methods=_post)
bp.add_url_rule(f"{_poll}/ord", "words", poll_views.words, methods=_pages)
bp.add_url_rule(f"{_poll}/<what>", "poll", poll_views.act, methods=_post)
bp.record(voting_views.use_passes)

# Groups within the meeting, and their notes.
_groups = f"{_meeting}/grupper"
bp.add_url_rule(_groups, "groups", group_views.choose)
bp.add_url_rule(f"{_groups}/nya", "new_groups", group_views.new, methods=_pages)
bp.add_url_rule(f"{_groups}/med", "join_group", group_views.join, methods=_post)
bp.add_url_rule(f"{_groups}/mer-tid", "extend_groups", group_views.extend, methods=_post)
bp.add_url_rule(f"{_groups}/klara", "close_groups", group_views.close, methods=_post)
bp.add_url_rule(f"{_groups}/<uuid:group_id>", "group", note_views.group, methods=_pages)
bp.add_url_rule(f"{_groups}/<uuid:group_id>/nu", "note", note_views.newest)

# The speakers' list.
_floor = f"{_meeting}/talarlista"
bp.add_url_rule(_floor, "floor_rules", floor_views.rules, methods=_pages)
bp.add_url_rule(f"{_floor}/klar", "floor_spoken", floor_views.spoken, methods=_post)
bp.add_url_rule(f"{_floor}/i-rummet", "floor_added", floor_views.added, methods=_post)
bp.add_url_rule(f"{_floor}/<what>", "floor_own", floor_views.own, methods=_post)
_speech = f"{_floor}/<uuid:speech_id>/<what>"
bp.add_url_rule(_speech, "floor_given", floor_views.given, methods=_post)
bp.add_url_rule(f"{_meeting}/<slug>", view_func=step_views.step, methods=_pages)
