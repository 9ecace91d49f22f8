"""The URL map of results: releases, the pages of their units, their pictures and files."""

from flask import Blueprint

from dialog.results import correction_views, publish_views
from dialog.results.reading import file_views, template_words, views

bp = Blueprint("results", __name__, template_folder="templates")

bp.add_url_rule("/resultat", "releases", views.releases)
bp.add_url_rule(
    "/resultat/publicera/<uuid:round_id>",
    "publish",
    publish_views.publish,
    methods=["GET", "POST"],
)
bp.add_url_rule("/resultat/omgang/<uuid:round_id>", "of_round", views.of_round)
bp.add_url_rule(
    "/resultat/rattelse/<uuid:correction_id>",
    "correction",
    correction_views.correction,
    methods=["GET", "POST"],
)
bp.add_url_rule("/resultat/<uuid:release_id>", "release", views.release)
bp.add_url_rule(
    "/resultat/<uuid:release_id>/ratta",
    "correct",
    correction_views.correct,
    methods=["GET", "POST"],
)
bp.add_url_rule("/resultat/<uuid:release_id>/<unit>", "group", views.group)
bp.add_url_rule("/resultat/<uuid:release_id>/filer/<name>", "file", file_views.file)
bp.add_url_rule("/resultat/<uuid:release_id>/<unit>/diagram/<kind>.svg", "chart", file_views.chart)
bp.add_url_rule("/resultat/<uuid:release_id>/<unit>/samtal.pdf", "talk", file_views.talk)
bp.context_processor(template_words.words)
