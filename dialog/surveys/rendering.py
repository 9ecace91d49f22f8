"""A questionnaire as HTML: for the respondent's page, and for the builder's preview of it."""

import json
import math
from collections.abc import Iterator

from flask import current_app
from markupsafe import Markup, escape

from dialog.core.questionnaire import (
    DECLINED,
    UNKNOWN,
    Condition,
    Item,
    Kind,
    Question,
    Questionnaire,
    Text,
    items,
    items_of,
)

MANY_POINTS = 8  # from here on a scale takes two lines on a phone
SECONDS = {Kind.SHORT: 25, Kind.LONG: 75}
SECONDS_FOR_A_CHOICE = 8


def render_form(questionnaire: Questionnaire, language: str, *, preview: bool = False) -> Markup:
    """Every section of the questionnaire in `language` ("sv" or "en"), one after the other.

    The answering script reads all it needs from the markup and shows a part at a time; with
    `preview` all parts stand there to be looked at, and nothing is hidden.
    """
    macros = current_app.jinja_env.get_template("surveys/form.html").module
    render = macros.form  # type: ignore[attr-defined]  # a macro of the template
    return Markup(render(questionnaire, Words(language), preview=preview))  # noqa: S704 - escaped there


def minutes(questionnaire: Questionnaire) -> int:
    """About how long it takes to answer, from the number and the kinds of questions."""
    seconds = sum(SECONDS.get(item.kind, SECONDS_FOR_A_CHOICE) for item in items(questionnaire))
    return max(1, math.ceil(seconds / 60))


class Words:
    """The questionnaire's words in one language, and what the template asks about questions."""

    many_points = MANY_POINTS
    unknown, declined = UNKNOWN, DECLINED

    def __init__(self, language: str) -> None:
        self.language = language

    def line(self, text: Text) -> Markup:
        """The text; marked with its language where it is not written in the page's."""
        words = escape(text.in_language(self.language).strip())
        other = "sv" if self.language == "en" else "en"
        if words and not getattr(text, self.language):
            return Markup('<span lang="{}">{}</span>').format(other, words)
        return words

    def paragraphs(self, text: Text) -> Iterator[Markup]:
        """The paragraphs of a longer text, which blank lines part; other line breaks are kept."""
        for paragraph in text.in_language(self.language).replace("\r\n", "\n").split("\n\n"):
            lines = [
                self.line(Text(**{self._written_in(text): line}))
                for line in paragraph.split("\n")
                if line.strip()
            ]
            if lines:
                yield Markup("<br>").join(lines)

    def condition(self, condition: Condition | None) -> str:
        """JSON for the script; empty when there is no condition."""
        if condition is None:
            return ""
        return json.dumps(
            condition.model_dump(mode="json", exclude_defaults=True),
            ensure_ascii=False,
            separators=(",", ":"),
        )

    def items(self, question: Question) -> list[Item]:
        return list(items_of(question))

    def _written_in(self, text: Text) -> str:
        other = "sv" if self.language == "en" else "en"
        return self.language if getattr(text, self.language) else other
