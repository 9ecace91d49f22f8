"""The page on which anybody checks a round: its fingerprint, what it binds, and its receipts.

Like the respondent's page it is the same for everybody, signed in or not.
"""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from flask import Response, abort, current_app, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup
from sqlmodel import Session

from dialog.core import questionnaire
from dialog.core.ballots import fingerprint
from dialog.core.ballots.manifest import Manifest, load
from dialog.settings import Settings
from dialog.surveys import receipts
from dialog.surveys.answering.cache import AnsweringCache
from dialog.surveys.answering.page_content import NAMES
from dialog.surveys.models import Round, RoundState
from dialog.surveys.rendering import Words
from dialog.web import qr
from dialog.web.anonymous import for_everybody

CACHING = "public, max-age=60"
# A plan that nobody has approved can change, and one that was cancelled asks nobody anything.
HIDDEN = {RoundState.DRAFT, RoundState.REVIEW, RoundState.CANCELLED}


@dataclass(frozen=True)
class CheckPage:
    """`words` is the fingerprint, `digest` the manifest's whole SHA-256 in hex."""

    round_id: UUID
    title: Markup
    other_languages: list[tuple[str, str]]
    manifest: Manifest
    words: tuple[str, ...]
    digest: str
    address: str
    script_url: str
    opened: bool  # both servers show its manifest
    receipts: int | None  # on the list; None: it is not there yet
    page_words: dict[str, str]

    @property
    def notice_link(self) -> str:
        """What the notice's QR code leads to: this page, told which fingerprint is right."""
        return f"{self.address}#{self.digest}"

    @property
    def qr(self) -> str:
        """The QR code as a data address for an image."""
        return qr.image(self.notice_link)


def check(round_id: UUID) -> Response:
    """What everybody can check about a round, from its approval on."""
    return _page(round_id, "surveys/answering/check.html")


def notice(round_id: UUID) -> Response:
    """A sheet for the noticeboard with the fingerprint in words and as a QR code."""
    return _page(round_id, "surveys/answering/notice.html")


def receipt_list(round_id: UUID) -> Response:
    """Every receipt of a closed round, a line each: to be searched by whoever holds one."""
    for_everybody()
    with Session(_cache().reader) as session:
        found = receipts.listed(session, round_id=round_id)
    if found is None:
        abort(404)
    response = Response("".join(f"{one}\n" for one in found), mimetype="text/plain")
    response.headers["Cache-Control"] = CACHING
    return response


def _page(round_id: UUID, template: str) -> Response:
    for_everybody()
    language = "en" if request.args.get("lang") == "en" else "sv"
    with Session(_cache().reader) as session, force_locale(language):
        round_ = session.get(Round, round_id)
        if round_ is None or round_.state in HIDDEN or not round_.manifest:
            abort(404)
        page = _content(session, round_, language)
        # Without Flask's context processors: they would ask who is looking.
        found = current_app.jinja_env.get_template(template)
        body = found.render(page=page, language=language)
    response = Response(body, mimetype="text/html")
    response.headers["Cache-Control"] = CACHING
    return response


def _content(session: Session, round_: Round, language: str) -> CheckPage:
    settings: Settings = current_app.extensions["settings"]
    known, asked = load(round_.manifest), questionnaire.load(round_.questionnaire)
    return CheckPage(
        round_id=round_.id,
        title=Words(language).line(asked.title) or Markup.escape(round_.title),
        other_languages=[(code, name) for code, name in NAMES.items() if code != language],
        manifest=known,
        words=fingerprint.words(round_.manifest),
        digest=hashlib.sha256(round_.manifest).hexdigest(),
        address=f"{settings.base_url}{url_for('surveys.check_round', round_id=round_.id)}",
        script_url=url_for("surveys.answer_script", digest=known.script),
        opened=round_.state is not RoundState.APPROVED,
        receipts=receipts.count(session, round_id=round_.id),
        page_words=_words(),
    )


def _words() -> dict[str, str]:
    """What the page's script says."""
    return {
        "same": _("Båda servrarna visar samma beskrivning, och fingeravtrycket är rätt räknat."),
        "differ": _("De två servrarna beskriver enkäten på olika sätt. Svara inte på enkäten."),
        "miscounted": _("Fingeravtrycket på sidan är inte enkätens. Svara inte på enkäten."),
        "unreachable": _("Det gick inte att hämta beskrivningen från båda servrarna."),
        "matches": _("Det stämmer. Enkäten är den som fingeravtrycket gäller."),
        "other": _("Det stämmer inte. Kontrollera att orden är från den här enkätens anslag."),
        "unknown-word": _("Ordet ”{word}” finns inte i något fingeravtryck. Skriv av det igen."),
        "no-receipt": _("Ett kvitto är minst 16 tecken, siffrorna 0–9 och bokstäverna a–f."),
        "on-list": _("Ditt svar är med. Det stod i valurnan när enkäten stängde."),
        "not-on-list": _(
            "Kvittot finns inte på listan. Kontrollera att du har skrivit rätt och att det gäller"
            " den här enkäten. Berätta annars för facket eller skyddsombudet."
        ),
        "list-unreachable": _("Listan gick inte att hämta. Försök igen."),
        "not-ten": _("Ett fingeravtryck är tio ord. Du har skrivit {count}."),
    }


def _cache() -> AnsweringCache:
    found: AnsweringCache = current_app.extensions["answering"]
    return found
