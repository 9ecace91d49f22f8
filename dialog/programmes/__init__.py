"""The URL map of review programmes: which there are, what is published in each, who leads them."""

from flask import Blueprint

from dialog.programmes import file_views, naming_views, views
from dialog.results.reading import template_words

bp = Blueprint("programmes", __name__, template_folder="templates")
_pages = ["GET", "POST"]

bp.context_processor(template_words.words)

bp.add_url_rule("/granskningar", view_func=views.programmes)
bp.add_url_rule("/granskningar/ny", view_func=naming_views.new_programme, methods=_pages)
bp.add_url_rule("/granskningar/<uuid:programme_id>", view_func=views.programme)
bp.add_url_rule("/granskningar/<uuid:programme_id>/filer/<name>", "file", file_views.file)
bp.add_url_rule("/granskningar/<uuid:programme_id>/diagram/<kind>.svg", "chart", file_views.chart)
bp.add_url_rule(
    "/granskningar/<uuid:programme_id>/andra",
    view_func=naming_views.edit_programme,
    methods=_pages,
)
