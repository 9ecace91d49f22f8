"""The diary: what came in, was sent or drawn up, of each matter of each authority."""

from flask import Blueprint

from dialog.diary import paper_views, registering_views, views

bp = Blueprint("diary", __name__, template_folder="templates")
_pages = ["GET", "POST"]

bp.add_url_rule("/diarium", view_func=views.diary)
bp.add_url_rule("/diarium/diarium.csv", view_func=views.diary_file)
bp.add_url_rule("/diarium/nytt", view_func=registering_views.new_matter, methods=_pages)
bp.add_url_rule("/diarium/forteckning", view_func=paper_views.register)
bp.add_url_rule("/diarium/arkiv", view_func=paper_views.archive)
bp.add_url_rule("/diarium/arkiv/<letters>-<int:year>.zip", view_func=paper_views.archive_file)
_matter = "/diarium/<number>"
bp.add_url_rule(_matter, view_func=views.matter)
bp.add_url_rule(f"{_matter}/ny", view_func=registering_views.new_document, methods=_pages)
bp.add_url_rule(
    f"{_matter}/<int:document>/ratta", view_func=registering_views.correct, methods=_pages
)
