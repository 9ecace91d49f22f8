"""What whoever has the code of a request sees and does: the answer, its documents, questions."""

from typing import Any
from uuid import UUID

from flask import abort, render_template, request

from dialog.core.errors import RefusedError
from dialog.core.identity_numbers import has_identity_number
from dialog.core.requests import OPEN
from dialog.documents import words as document_words
from dialog.documents.file_views import to_keep
from dialog.receipts.places import Key
from dialog.receipts.views import with_key
from dialog.requests import asking, queries, words
from dialog.requests.models import LETTER, DisclosureRequest
from dialog.requests.queries import Part
from dialog.web.database import session

LONGEST = 2000  # characters of an answer to a question


def page(request_id: UUID, key: Key, *, typed: str = "", of: str = "", problem: str = "") -> str:
    """How the request stands. What officials write of it before the answer is not shown. `typed` is
    the answer to the question `of`, where it was not taken.
    """
    found = session().get_one(DisclosureRequest, request_id)
    answered = found.state not in OPEN
    questions = queries.questions_of(session(), request=found)
    asked = {str(each.id) for each in questions if not answered and each.answered_on is None}
    return render_template(
        "requests/read.html",
        request_=found,
        key=key,
        parts=[each for each in _parts(found) if each.row.verdict] if answered else [],
        questions=questions,
        typed=typed,
        of=of,
        kept="" if of in asked else typed,
        problem=problem,
        words=words,
        document_words=document_words,
    )


@with_key("request.ask", LETTER)
def explain(request_id: UUID, key: Key) -> Any:
    text, of = request.form.get("text", "").strip(), request.form.get("question", "")
    if not text or len(text) > LONGEST or has_identity_number(text):
        unfit = words.unfit(text, most=LONGEST)
        return page(request_id, key, typed=text, of=of, problem=unfit), 422
    found = session().get_one(DisclosureRequest, request_id)
    try:
        asking.explain(session(), request=found, question_id=_id("question"), text=text)
    except RefusedError as refused:
        return page(request_id, key, typed=text, of=of, problem=refused.sentence), 422
    return page(request_id, key)


@with_key("request.ask", LETTER)
def contest(request_id: UUID, key: Key) -> Any:
    asking.contest(session(), request=session().get_one(DisclosureRequest, request_id))
    return page(request_id, key)


@with_key("request.ask", LETTER)
def file_(request_id: UUID, _key: Key) -> Any:
    """A document that was released, of this request alone."""
    found = session().get_one(DisclosureRequest, request_id)
    wanted = _id("part")
    parts = _parts(found) if found.state not in OPEN else []
    given = next((part.given for part in parts if part.row.id == wanted), None)
    return to_keep(given or abort(404))


def _parts(found: DisclosureRequest) -> list[Part]:
    return queries.parts_of(session(), request=found)


def _id(name: str) -> UUID:
    try:
        return UUID(request.form.get(name, ""))
    except ValueError:
        abort(404)
