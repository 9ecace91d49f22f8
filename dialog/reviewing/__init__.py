"""The URL map of text review: what may be shown of free texts, decided by people who read them."""

from flask import Blueprint

from dialog.reviewing import known_names, views

bp = Blueprint("reviewing", __name__, template_folder="templates")
bp.record_once(known_names.use_names)

bp.add_url_rule("/textgranskning", "queues", views.queues)
bp.add_url_rule("/textgranskning/<uuid:round_id>", "following", views.following)
bp.add_url_rule("/textgranskning/<uuid:round_id>/granskade", "decided", views.decided)
bp.add_url_rule(
    "/textgranskning/<uuid:round_id>/<uuid:text_id>", "text", views.text, methods=["GET", "POST"]
)
