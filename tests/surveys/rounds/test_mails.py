import re
from email.message import EmailMessage
from io import BytesIO

import pytest
from sqlmodel import Session, select

from dialog.core.questionnaire import dump
from dialog.settings import Settings
from dialog.surveys import keys, secrets
from dialog.surveys.models import Invitation, Round
from dialog.surveys.rounds import mails
from dialog.web import qr
from tests.surveys.rounds.cast import FORM, Cast


@pytest.fixture
def round_(db: Session, settings: Settings) -> Round:
    return Cast(db).opened_to_all(settings)


def written(
    db: Session, settings: Settings, round_: Round, *, reminder: bool = False
) -> list[tuple[str, str, EmailMessage]]:
    """(link, code, message) for everybody."""
    letter = mails.letter(round_, settings=settings, reminder=reminder)
    key = keys.link_key(settings)
    found = []
    for number in db.exec(select(Invitation.number)):
        secret = secrets.link_secret(key, round_id=round_.id, number=number)
        link = mails.link(settings, round_.id, secret)
        code = secrets.code(key, round_id=round_.id, number=number)
        found.append((link, code, letter.to("a@example.org", link=link, code=code)))
    return found


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


@pytest.mark.parametrize("reminder", [False, True])
def test_messages_are_identical_but_for_link_and_code(
    db: Session, settings: Settings, round_: Round, *, reminder: bool
) -> None:
    seen = set()
    for link, code, message in written(db, settings, round_, reminder=reminder):
        texts = [part(message, kind) for kind in ("plain", "html")]
        assert all(link in text and code in text for text in texts)
        headers = [
            (name, str(value))
            for name, value in message.items()
            if name not in {"Message-ID", "Date"}
        ]
        bare = [text.replace(link, "LINK").replace(code, "CODE") for text in texts]
        # The boundaries between parts are random and say nothing.
        seen.add((tuple(bare), str(headers).partition("boundary")[0]))
    assert len(seen) == 1


def test_no_name_unit_or_address_stands_in_the_words(
    db: Session, settings: Settings, round_: Round
) -> None:
    words = "".join(part(written(db, settings, round_)[0][2], kind) for kind in ("plain", "html"))
    for forbidden in ("Medarbetare 0", "F1", "F2", "example.org", "staff"):
        assert forbidden not in words


def test_the_secret_stands_after_the_hash_only(
    db: Session, settings: Settings, round_: Round
) -> None:
    for link, _code, message in written(db, settings, round_):
        address, _hash, secret = link.partition("#")
        assert address == f"{settings.base_url}/enkat/{round_.id}"
        assert len(secret) == 32
        everything = part(message, "plain") + part(message, "html")
        assert everything.count(secret) == everything.count(f"#{secret}")


def test_the_mail_says_who_asks_until_when_what_is_protected_and_how_often(
    db: Session, settings: Settings, round_: Round
) -> None:
    text = part(written(db, settings, round_)[0][2], "plain")
    for words in (
        "Regiondirektören ber dig",
        "Vi vill veta hur det är att säga ifrån.",
        "krypteras i din telefon",
        "Vi ser att du har svarat.",
        "minst 10 delar dem",
        "Påminnelser skickas",
        "asks you to answer the survey “Climate of conversation”",
    ):
        assert words in text
    assert re.search(r"senast \d+ \w+ kl\. \d\d\.\d\d", text)


def test_one_language_of_the_questionnaire_is_one_language_of_the_mail(
    db: Session, settings: Settings, round_: Round
) -> None:
    round_.questionnaire = dump(FORM.model_copy(update={"languages": ("sv",)})).decode()
    text = part(written(db, settings, round_)[0][2], "plain")
    assert "English" not in text
    assert "asks you" not in text


def test_html_has_no_pixel_and_fetches_nothing(
    db: Session, settings: Settings, round_: Round
) -> None:
    html = part(written(db, settings, round_)[0][2], "html")
    assert re.findall(r'src="([^"]*)"', html) == ["cid:qr"]
    assert "style" not in html
    assert "<script" not in html


def test_the_senders_own_words_cannot_become_markup(
    db: Session, settings: Settings, round_: Round
) -> None:
    round_.message = "<b>Hej</b>\nLINK och & CODE"
    message = written(db, settings, round_)[0][2]
    assert "<p>&lt;b&gt;Hej&lt;/b&gt;</p>" in part(message, "html")
    assert "<b>Hej</b>" in part(message, "plain")


def test_the_qr_code_is_an_image_inside_the_message(
    db: Session, settings: Settings, round_: Round
) -> None:
    link, _code, message = written(db, settings, round_)[0]
    images = [each for each in message.walk() if each.get_content_type() == "image/png"]
    assert [image["Content-ID"] for image in images] == ["<qr>"]
    content = images[0].get_content()
    assert content == qr.png(link)
    assert BytesIO(content).read(8) == b"\x89PNG\r\n\x1a\n"


def test_no_reply_by_a_machine_is_asked_for(db: Session, settings: Settings, round_: Round) -> None:
    message = written(db, settings, round_)[0][2]
    assert message["Auto-Submitted"] == "auto-generated"
    assert "@localhost>" in message["Message-ID"]
