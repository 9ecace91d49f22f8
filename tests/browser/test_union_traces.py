"""No page, file, mail or log tells anybody else which union is whose, who represents it, or when it
meets. Walked in a house with something of everything, by following the links as well.
"""

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Final

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlmodel import Session
from werkzeug.routing import RequestRedirect

from dialog.cli import dialog
from dialog.meetings.models import Meeting
from dialog.people.models import Person, Role
from dialog.storage.mailing import PRIVATE
from dialog.web import typesetting
from dialog.worker import Worker
from tests import makers
from tests.browser.conftest import Live, both_served
from tests.browser.house import House, furnish
from tests.browser.marks import DRAFT, MARK, UNION
from tests.browser.test_every_page import addresses
from tests.conftest import sign_in
from tests.surveys.rounds.cast import desk_of

SEES: Final = frozenset({Role.NEGOTIATOR, Role.REGISTRAR})
OF_EACH: Final = 3  # addresses of one rule that are followed from links
OWN: Final = ("/mina-uppdrag", "/konto/om-mig")
SEARCHES: Final = (
    "/personer?sok={}", "/ni-sa-vi-gjorde?sok={}", "/ataganden?sok={}", "/enkater?sok={}",
    "/facklig-samverkan?sok={}", "/utvecklingspost?sok={}",
)  # fmt: skip


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as made:
        yield made


@pytest.fixture(scope="module")
def live(
    tmp_path_factory: pytest.TempPathFactory, empty_sqlite: bytes, patch: pytest.MonkeyPatch
) -> Iterator[Live]:
    """One for all tests here: they read, but for a control that no other stumbles over."""
    with both_served(tmp_path_factory.mktemp("instance"), empty_sqlite, patch) as made:
        yield made


@pytest.fixture(scope="module")
def house(live: Live, patch: pytest.MonkeyPatch) -> House:
    """With all mail sent; what is set as PDF is given as the words that go into it."""
    made = furnish(live)
    patch.setattr(typesetting, "pdf", lambda _template, data: json.dumps(data).encode())
    worker = Worker(desk_of(live.app))
    while worker.do_one():
        pass
    return made


def starts(live: Live, house: House) -> Iterator[str]:
    """Every address that can be made with what is in the house, the group's own among them."""
    for rule in live.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        try:
            yield from addresses(live, house, rule)
        except (KeyError, ValueError):  # a file: found by its link
            continue
        if "meeting_id" in rule.arguments and len(rule.arguments) == 1:
            yield rule.rule.replace("<uuid:meeting_id>", str(house.unions.meeting))
    for search in SEARCHES:
        yield search.format(MARK[:-1])


def words_of(body: bytes) -> str:
    """What an answer says, unpacked where it is packed."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(words_of(packed.read(name)) for name in packed.namelist())
    text = body.decode(errors="replace")
    return text if not text.startswith("{") else json.dumps(json.loads(text), ensure_ascii=False)


def walk(
    live: Live, house: House, client: FlaskClient, *, under: str = "/"
) -> Iterator[tuple[str, str]]:
    """(address, what it says) of every address, and of some of each kind that pages link to."""
    adapter, seen, followed = live.app.url_map.bind("localhost"), set(), Counter[str]()
    waiting = list(starts(live, house))
    while waiting:
        address = waiting.pop(0)
        if address in seen or not address.startswith(under):
            continue
        seen.add(address)
        with client.get(address) as answer:
            words = words_of(answer.data) + str(answer.headers)
        yield address, words
        for link in map(unescape, re.findall(r'(?:href|src)="(/[^"#]*)', words)):
            try:
                endpoint, _values = adapter.match(link.partition("?")[0])
            except (RequestRedirect, LookupError):
                continue
            except Exception:  # noqa: BLE001 - an address of another application
                continue
            followed[endpoint] += 1
            if endpoint not in {"static", "home.language"} and followed[endpoint] <= OF_EACH:
                waiting.append(link)


def told(pages: Mapping[str, str], mark: str = MARK) -> list[str]:
    """The addresses that say the mark, whatever the case. In the diary an organisation's own name
    is public: who sent or got a registered letter.
    """
    return [
        address
        for address, words in pages.items()
        if mark.lower() in (words.replace(UNION, "") if _is_diary(address) else words).lower()
    ]


def _is_diary(address: str) -> bool:
    return address.partition("?")[0].startswith("/diarium")


def everything_else(db: Session) -> Person:
    """All roles but those that see mandates: what any of them shows is shown here."""
    return makers.person(db, "Alla Roller", *(role for role in Role if role not in SEES))


def visitor(live: Live, db: Session, person: Person | None) -> FlaskClient:
    client = live.app.test_client()
    return client if person is None else sign_in(client, db, person)


def test_nobody_else_finds_a_trace_of_a_union_anywhere(
    live: Live, house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    with live.session() as db:
        nobody, everything = visitor(live, db, None), visitor(live, db, everything_else(db))
        for client in (nobody, everything):
            pages = dict(walk(live, house, client))
            assert len(pages) > 150
            assert told(pages) == []
        representative = visitor(live, db, house.people["signed in"])  # who does not act now
        found = told(dict(walk(live, house, representative)))
        assert found
        assert all(address.startswith(OWN) for address in found)
        negotiator = visitor(live, db, house.people[Role.NEGOTIATOR])
        assert len(told(dict(walk(live, house, negotiator, under="/facklig-samverkan")))) > 3

        # The control: given away in one title, it is found on pages and on paper.
        db.get_one(Meeting, house.meeting).title = f"Möte med {MARK.upper()}"
        db.commit()
        found = told(dict(walk(live, house, everything, under="/moten")))
        assert {f"/moten/{house.meeting}{rest}" for rest in ("", "/dagordning.pdf")} <= set(found)
    assert MARK.lower() not in "".join(capfd.readouterr()).lower()


def test_nobody_at_the_authority_finds_a_trace_of_a_letter_that_is_a_draft(
    live: Live, house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    with live.session() as db:
        all_roles = visitor(live, db, makers.person(db, "Varenda Roll", *Role))
        pages = dict(walk(live, house, all_roles))
        assert len(pages) > 150
        assert told(pages, DRAFT) == []
        # The control: who acts for the union finds it, in text, lists and files alike.
        representative = visitor(live, db, house.people["signed in"])
        token = re.findall(r'name="csrf_token" value="([^"]+)', representative.get("/konto").text)
        data = {"csrf_token": token[0]}
        representative.post(f"/mina-uppdrag/{house.unions.mine}/foretrad", data=data)
        found = told(dict(walk(live, house, representative, under="/skrivelser")), DRAFT)
        assert len(found) > 5
        enclosed = f"/handlingar/till/submission/{house.unions.letters['draft']}"
        assert DRAFT in representative.get(enclosed).text
        assert all_roles.get(enclosed).status_code == 404
    assert DRAFT.lower() not in "".join(capfd.readouterr()).lower()


def test_mail_that_tells_of_a_union_is_private_and_no_command_tells_of_one(
    live: Live, house: House
) -> None:
    mails = list(live.app.extensions["settings"].mail.glob("*.eml"))
    marked = [path for path in mails if MARK.lower() in path.read_text().lower()]
    assert len(mails) > len(marked) > 0
    assert all(path.stem.endswith(PRIVATE) for path in marked)
    assert DRAFT.lower() not in "".join(path.read_text() for path in mails).lower()
    for command in (["check"], ["settings"]):
        assert MARK.lower() not in CliRunner().invoke(dialog, command).output.lower()
