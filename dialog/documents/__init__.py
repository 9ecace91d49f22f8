"""The URL map of documents."""

from flask import Blueprint

from dialog.documents import file_views, redact_views, views

bp = Blueprint("documents", __name__, template_folder="templates", url_prefix="/handlingar")
_pages = ["GET", "POST"]

# Those of a thing, for which a room above knows a word.
bp.add_url_rule("/till/<about>/<uuid:about_id>", view_func=views.documents, methods=_pages)

# One document.
_document = "/<uuid:document_id>"
bp.add_url_rule(_document, view_func=views.document)
bp.add_url_rule(f"{_document}/ny-version", view_func=views.new_version, methods=_pages)
bp.add_url_rule(f"{_document}/maska", view_func=redact_views.redact, methods=_pages)
bp.add_url_rule(f"{_document}/ta-bort", view_func=views.remove, methods=_pages)

# What is sent of a version.
_version = f"{_document}/<int:number>"
bp.add_url_rule(f"{_version}/fil", "file", file_views.file_)
bp.add_url_rule(f"{_version}/bild", view_func=file_views.picture)
bp.add_url_rule(f"{_version}/sida/<int:page_number>", view_func=file_views.page)
bp.add_url_rule(f"{_version}/sida/<int:page_number>/liten", view_func=file_views.small_page)
