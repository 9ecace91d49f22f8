"""What stands on the respondent's page, made ready for its template."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from dialog.core import questionnaire
from dialog.core.levels import Level
from dialog.core.questionnaire import Questionnaire, items
from dialog.organisation.wording import level_name
from dialog.settings import Settings
from dialog.surveys import client_script, result_tables
from dialog.surveys.answering import page_words
from dialog.surveys.models import Access, Round
from dialog.surveys.programme_models import Programme
from dialog.surveys.rendering import Words, minutes, render_form
from dialog.web.i18n import day, moment

NAMES = {"sv": "Svenska", "en": "English"}
LEVELS = (
    Level.STAFF,
    Level.MANAGER_1,
    Level.MANAGER_2,
    Level.MANAGER_3,
    Level.DIRECTOR,
    Level.ELECTED,
)


@dataclass(frozen=True)
class PageContent:
    """`state` is early, open, paused or closed; `digest` the SHA-256 of the round's script."""

    round_id: UUID
    state: str
    title: Markup
    sender: str
    access: Access
    description: list[Markup]
    effort: str
    has_required: bool
    opens: str
    closes: str
    ending_note: str
    k: int
    promise: str
    facts: list[str]
    asks_place: bool  # else no unit and no level goes with the answer
    levels: list[tuple[str, str]]
    other_languages: list[tuple[str, str]]
    form: Markup
    words: dict[str, str]
    box: str
    digest: str
    script_url: str

    @property
    def integrity(self) -> str:
        """The script's hash as browsers want it: they run no other."""
        return f"sha256-{base64.b64encode(bytes.fromhex(self.digest)).decode()}"


def content_of(
    round_: Round,
    *,
    language: str,
    state: str,
    holders: Sequence[str] = (),
    programme: Programme | None = None,
) -> PageContent:
    """The content in `language`, which the caller has made the current one. `holders` are the
    functions of those who hold keys beside the platform, `programme` the review it belongs to.
    """
    settings: Settings = current_app.extensions["settings"]
    asked = questionnaire.load(round_.questionnaire or b'{"title":{}}')
    words = Words(language)
    digest = round_.script or client_script.keep(settings)
    asks_place = not result_tables.is_whole(round_.tables)
    return PageContent(
        round_id=round_.id,
        state=state,
        title=words.line(asked.title) or Markup.escape(round_.title),
        sender=round_.sender,
        access=round_.access,
        description=list(words.paragraphs(asked.description)),
        effort=effort(asked),
        has_required=any(item.required for item in items(asked)),
        opens=day(round_.opens_on) if round_.opens_on else "",
        closes=moment(round_.closes_at) if round_.closes_at else "",
        ending_note=round_.ending_note,
        k=round_.k,
        promise=page_words.promise(round_),
        facts=page_words.facts(round_, holders, programme),
        asks_place=asks_place,
        levels=[(level.value, level_name(level)) for level in LEVELS] if asks_place else [("", "")],
        other_languages=[(code, NAMES[code]) for code in asked.languages if code != language],
        form=render_form(asked, language) if state == "open" else Markup(),
        words=page_words.script_words(),
        box=settings.box_url,
        digest=digest,
        script_url=url_for("surveys.answer_script", digest=digest),
    )


def effort(asked: Questionnaire) -> str:
    """How many questions there are and how long they take: "24 frågor, tar ungefär 5 minuter"."""
    number, time = len(items(asked)), minutes(asked)
    questions = ngettext("%(num)s fråga", "%(num)s frågor", number)
    sentence: str = _(
        "%(questions)s, tar ungefär %(minutes)s",
        questions=questions,
        minutes=ngettext("%(num)s minut", "%(num)s minuter", time),
    )
    return sentence
