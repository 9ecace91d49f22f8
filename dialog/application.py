"""The wiring of the staff application, all of it on one screen."""

from flask import Flask
from flask_wtf import CSRFProtect

from dialog import (
    commitments,
    diary,
    documents,
    followups,
    home,
    meetings,
    minutes,
    negotiations,
    organisation,
    people,
    programmes,
    receipts,
    rehearsing,
    requests,
    research,
    results,
    retention,
    reviewing,
    submissions,
    surveys,
    unions,
    web,
)
from dialog.diary import files as diary_files
from dialog.documents.places import use_documents
from dialog.followups.telling import AFTERWARDS
from dialog.meetings import documenting, item_documents
from dialog.meetings.afterwards import use_afterwards
from dialog.meetings.item_links import use_item_links
from dialog.minutes.places import use_minutes
from dialog.negotiations import documenting as negotiation_minutes
from dialog.negotiations import places as negotiation_documents
from dialog.negotiations.page import matters_of_items
from dialog.people.keys import secret_key
from dialog.people.signing_in import use_sign_in
from dialog.receipts.places import use_receipts
from dialog.receipts.untraced import use_untraced
from dialog.requests import places as request_places
from dialog.requests import read_views as request_page
from dialog.requests.models import LETTER as REQUEST
from dialog.settings import Settings, from_environment
from dialog.storage.engine import make_engine
from dialog.storage.private import require_private
from dialog.submissions import letter_files
from dialog.submissions.handling import files as handling_files
from dialog.submissions.intake import batch_files
from dialog.submissions.staff import read_views as letter_page
from dialog.submissions.staff.sending import LETTER
from dialog.unions.acting import use_acting
from dialog.web.anonymous import use_sessions
from dialog.web.application import Application
from dialog.web.database import use_database
from dialog.web.errors import use_error_pages
from dialog.web.headers import use_headers
from dialog.web.i18n import use_languages
from dialog.web.limits import use_limits
from dialog.web.logs import use_logging, use_request_log
from dialog.web.readable import use_readable
from dialog.web.repeating import use_repeating
from dialog.web.static_files import use_static_files

FEATURES = (
    web,
    people,
    organisation,
    unions,
    documents,
    receipts,
    commitments,
    diary,
    minutes,
    meetings,
    negotiations,
    requests,
    submissions,
    retention,
    surveys,
    reviewing,
    results,
    programmes,
    followups,
    rehearsing,
    research,
    home,
)
MAX_UPLOAD = 32 * 2**20


def create_app(settings: Settings | None = None) -> Flask:
    """The staff application, ready to serve."""
    settings = settings or from_environment()
    require_private(settings.keys)
    app = Application(__name__, static_folder="web/static", static_url_path="/static")
    app.config.update(
        SECRET_KEY=secret_key(settings.keys),
        MAX_CONTENT_LENGTH=MAX_UPLOAD,
        SESSION_COOKIE_NAME="dialog",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions["settings"] = settings
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["demo"] = settings.demo
    use_logging(settings.log_level)
    use_database(app, make_engine(settings.database_url))
    use_languages(app)
    use_static_files(app)
    use_headers(app, connect=settings.box_url, https=settings.https)
    use_repeating(app)
    use_request_log(app)
    use_limits(app, settings.limits_url)
    app.extensions["csrf"] = CSRFProtect(app)
    use_readable(app)
    use_sessions(app)
    use_sign_in(app)
    use_acting(app)
    use_error_pages(app)
    use_documents(
        app,
        {
            item_documents.ABOUT: item_documents.PLACE,
            diary_files.ABOUT: diary_files.PLACE,
            request_places.ABOUT: request_places.PLACE,
            **letter_files.PLACES,
            batch_files.ABOUT: batch_files.PLACE,
            **negotiation_documents.PLACES,
            **handling_files.PLACES,
        },
    )
    use_receipts(app, {REQUEST: request_page.page, LETTER: letter_page.page})
    use_minutes(
        app,
        {
            documenting.ABOUT: documenting.PLACE,
            negotiation_minutes.ABOUT: negotiation_minutes.PLACE,
        },
    )
    use_afterwards(app, AFTERWARDS)
    use_item_links(app, matters_of_items)
    for feature in FEATURES:
        app.register_blueprint(feature.bp)
    use_untraced(app)
    return app
