"""The URL map of the organisation: the tree, a unit, and the import."""

from flask import Blueprint

from dialog.organisation import import_views, views

bp = Blueprint("organisation", __name__, template_folder="templates")

GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")

bp.add_url_rule("/organisation", "tree", views.tree, methods=GET)
bp.add_url_rule("/organisation/enhet/<code>", "unit", views.unit, methods=GET)
bp.add_url_rule("/organisation/exempel/<name>", "example", views.example, methods=GET)

DRAFT = "/organisation/import/<uuid:draft_id>"
bp.add_url_rule("/organisation/import", "import_page", import_views.import_page, methods=BOTH)
bp.add_url_rule(DRAFT, "preview", import_views.preview, methods=GET)
bp.add_url_rule(DRAFT, "confirm", import_views.confirm, methods=POST)
bp.add_url_rule(f"{DRAFT}/andringar.csv", "changes", import_views.changes, methods=GET)
