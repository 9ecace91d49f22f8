"""The parts of the answering script, one by one, in a real browser."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, Route

from dialog.core import answers, conditions
from dialog.core.ballots import blind, manifest, sealing
from dialog.core.ballots.encoding import decode, encode
from dialog.core.levels import Level
from dialog.core.questionnaire import Kind, Question, Questionnaire, Section, Text, items
from dialog.surveys.rendering import render_form
from tests.core import ballot_vectors as v
from tests.core.questionnaires import answered, questionnaires

ROUND = UUID("6f1c1b1e-5d0a-4a6e-9a43-000000000001")
ORIGIN = "http://localhost:9"  # nobody listens there; a loopback name has cryptography
PARTS = Path(__file__).with_name("parts.js").read_text()


@pytest.fixture(scope="module")
def parts(browser: Any) -> Any:
    """A page that has the script's modules in `parts`."""

    def fulfil(route: Route) -> None:
        if route.request.url.endswith("parts.js"):
            route.fulfill(body=PARTS, content_type="text/javascript")
        else:
            words = '<script type="application/json" id="words">{}</script><form id="form"></form>'
            route.fulfill(body=words, content_type="text/html")

    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", fulfil)
    page.goto(ORIGIN)
    page.evaluate("async () => { window.parts = await import('/parts.js') }")
    yield page
    context.close()


def jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    numbers = key.private_numbers()
    point = numbers.public_numbers
    return {
        "kty": "EC",
        "crv": "P-256",
        "d": encode(numbers.private_value.to_bytes(32, "big")),
        "x": encode(point.x.to_bytes(32, "big")),
        "y": encode(point.y.to_bytes(32, "big")),
    }


def spki() -> str:
    public = rsa.RSAPublicNumbers(65537, v.P * v.Q).public_key()
    return manifest.spki(public).hex()


BLIND = """async ({spki, prefix, message, salt, inverse}) => {
    const {blind, fromHex, hex, prepare, publicKey} = parts;
    const key = await publicKey(fromHex(spki));
    const prepared = prepare(fromHex(message), fromHex(prefix));
    const given = {salt: fromHex(salt), inverse: BigInt("0x" + inverse)};
    return hex((await blind(key, prepared, given)).message);
}"""
FINALIZE = """async ({spki, prefix, message, signature, inverse}) => {
    const {finalize, fromHex, hex, prepare, publicKey} = parts;
    const key = await publicKey(fromHex(spki));
    const prepared = prepare(fromHex(message), fromHex(prefix));
    return hex(await finalize(key, prepared, fromHex(signature), fromHex(inverse)));
}"""
LENGTH = 512  # bytes of the modulus in RFC 9474's vectors


def rfc_9474(**more: str) -> dict[str, str]:
    return {
        "spki": spki(),
        "prefix": v.PREFIX.hex(),
        "message": v.MESSAGE.hex(),
        "salt": v.SALT.hex(),
        "inverse": v.INVERSE.to_bytes(LENGTH, "big").hex(),
        **more,
    }


def test_blinding_has_the_numbers_of_rfc_9474(parts: Page) -> None:
    assert parts.evaluate(BLIND, rfc_9474()) == v.BLINDED.hex()


def test_unblinding_has_the_numbers_of_rfc_9474(parts: Page) -> None:
    # Blinded twice with the inverse is signed and blinded: the signer's answer to the vector.
    n = v.P * v.Q
    blinding = pow(v.INVERSE, -1, n)
    answer = (int.from_bytes(v.SIGNATURE, "big") * blinding % n).to_bytes(LENGTH, "big")
    found = parts.evaluate(FINALIZE, rfc_9474(signature=answer.hex()))
    assert found == v.SIGNATURE.hex()


def test_a_signature_that_is_none_is_refused(parts: Page) -> None:
    with pytest.raises(Exception, match="invalid signature"):
        parts.evaluate(FINALIZE, rfc_9474(signature="02" * LENGTH))


def test_what_is_blinded_here_is_signed_and_verified_by_the_server(parts: Page) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    signer = blind.Signer.of(key)
    public, message = manifest.spki(key.public_key()).hex(), hashlib.sha256(b"ballot").digest()
    made = parts.evaluate(
        """async ({spki, message}) => {
            const {blind, fromHex, hex, prepare, publicKey} = parts;
            const prepared = prepare(fromHex(message));
            const made = await blind(await publicKey(fromHex(spki)), prepared);
            const [blinded, inverse] = [made.message, made.inverse].map(hex);
            return {prefix: hex(prepared.slice(0, 32)), blinded, inverse};
        }""",
        {"spki": public, "message": message.hex()},
    )
    answer = blind.blind_sign(signer, bytes.fromhex(made["blinded"]))
    values = {**made, "spki": public, "message": message.hex(), "signature": answer.hex()}
    signature = bytes.fromhex(parts.evaluate(FINALIZE, values))
    assert blind.verify(key.public_key(), bytes.fromhex(made["prefix"]) + message, signature)


@pytest.mark.parametrize("vector", v.HPKE, ids=lambda vector: f"aead-{vector.aead}")
def test_sealing_has_the_numbers_of_rfc_9180(parts: Page, vector: v.Hpke) -> None:
    recipient = ec.derive_private_key(vector.private, ec.SECP256R1()).public_key()
    found = parts.evaluate(
        """async ({recipient, info, message, aad, ephemeral, aead}) => {
            const {Aes128Gcm, Aes256Gcm, fromHex, hex, sealed} = parts;
            const curve = {name: "ECDH", namedCurve: "P-256"};
            const {d, ...point} = ephemeral;
            const ekm = {
                privateKey: await crypto.subtle.importKey(
                    "jwk", ephemeral, curve, true, ["deriveBits"]),
                publicKey: await crypto.subtle.importKey("jwk", point, curve, true, []),
            };
            const given = {aead: aead === 1 ? new Aes128Gcm() : new Aes256Gcm(), ekm,
                           aad: fromHex(aad)};
            return hex(await sealed(fromHex(recipient), fromHex(info), fromHex(message), given));
        }""",
        {
            "recipient": sealing.public_bytes(recipient).hex(),
            "info": vector.info.hex(),
            "message": vector.plaintext.hex(),
            "aad": vector.aad.hex(),
            "ephemeral": jwk(ec.derive_private_key(vector.ephemeral, ec.SECP256R1())),
            "aead": vector.aead,
        },
    )
    assert found == (vector.encapsulated + vector.ciphertext).hex()


def test_what_is_sealed_here_in_two_layers_opens_there(parts: Page) -> None:
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    holders = [encode(sealing.public_bytes(key.public_key())) for key in keys]
    content = {"v": 1, "unit": "A", "level": "staff", "answers": {"story": "åäö 😀"}}
    found = parts.evaluate(
        "async ({content, manifest}) => parts.base64url(await parts.seal(content, manifest))",
        {
            "content": content,
            "manifest": {"round": str(ROUND), "holders": holders, "length": 300},
        },
    )
    ballot = decode(found)
    for layer in (1, 0):
        ballot = sealing.unseal(ballot, keys[layer], round_id=ROUND, layer=layer)
    assert len(ballot) == 300
    assert json.loads(ballot) == content


IDENTITY_NUMBERS = (
    "640823-3234",
    "19640823-3234",
    "196408233234",
    "6408233234",
    "640823+3234",
    "19640823 3234",
    "64 08 23-3234",
    "1964-08-23-3234",
    "19 640823 - 3234",
    "Patienten (640823–3234) väntade",
    "701063-2391",  # coordination number: the day is 60 more
    "Ring 112 om 640823-3234.",
)
NO_IDENTITY_NUMBERS = (
    "640823-3235",  # wrong check digit
    "641323-3234",
    "640800-3234",
    "123456-1234",
    "Vi är 6408233234567 personer",
    "2026-10-14 kl. 08.30",
    "070-123 45 67",
    "RS 2026-00417",
    "",
)


@pytest.mark.parametrize("text", IDENTITY_NUMBERS)
def test_a_personal_identity_number_is_found_however_it_is_written(parts: Page, text: str) -> None:
    assert parts.evaluate("text => parts.hasIdentityNumber(text)", text)


@pytest.mark.parametrize("text", NO_IDENTITY_NUMBERS)
def test_other_numbers_are_left_alone(parts: Page, text: str) -> None:
    assert not parts.evaluate("text => parts.hasIdentityNumber(text)", text)


@pytest.mark.parametrize(
    "text", ["070-123 45 67", "+46 70 123 45 67", "08-12 34 56 78", "0046701234567", "031-123456"]
)
def test_phone_numbers_are_noticed(parts: Page, text: str) -> None:
    assert parts.evaluate("text => parts.hasPhone(text)", f"ring {text} i morgon")


@pytest.mark.parametrize("text", ["2026-10-14", "0", "10 000 kronor", "kl. 08.30", "0,5 mg"])
def test_what_is_no_phone_number_is_not_remarked_on(parts: Page, text: str) -> None:
    assert not parts.evaluate("text => parts.hasPhone(text)", text)


def test_mail_addresses_are_noticed(parts: Page) -> None:
    found = "texts => texts.map(parts.hasMail)"
    assert parts.evaluate(found, ["skriv till åsa.b@example.org.", "vi ses @ lunch", "a@b"]) == [
        True,
        False,
        False,
    ]


@pytest.fixture
def fill(parts: Page, app: Flask) -> Callable[..., dict[str, Any]]:
    """Renders a questionnaire, fills it in, and reads what is shown and what would be sent."""

    def filled(asked: Any, given_: dict[str, Any], level: str) -> dict[str, Any]:
        with app.test_request_context():
            html = str(render_form(asked, "sv"))
        found: dict[str, Any] = parts.evaluate(
            """({html, given, level}) => {
                const element = document.getElementById("form");
                element.innerHTML = html;
                const form = new parts.Form(element, level);
                form.restore(given);
                return {answers: form.answers(), items: form.items().map(parts.nameOf)};
            }""",
            {"html": html, "given": given_, "level": level},
        )
        return found

    return filled


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("number", [1e-7, 0.5, 12, -3])
def test_a_number_comes_back_from_a_draft_as_it_was(
    fill: Callable[..., dict[str, Any]], number: float
) -> None:
    asked = Questionnaire(
        title=Text(sv="x"),
        sections=(
            Section(
                name="a",
                title=Text(sv="A"),
                questions=(Question(name="dose", kind=Kind.NUMBER, text=Text(sv="?")),),
            ),
        ),
    )
    assert fill(asked, {"dose": number}, "staff")["answers"] == {"dose": number}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_the_page_shows_and_sends_what_the_rules_say(
    fill: Callable[..., dict[str, Any]], data: st.DataObject
) -> None:
    asked = data.draw(questionnaires())
    level = data.draw(st.sampled_from(list(Level))).value
    given_ = data.draw(answered(asked, level))
    expected = answers.check(asked, given_, level)
    found = fill(asked, given_, level)
    assert answers.check(asked, found["answers"], level) == expected
    visible = conditions.shown(asked, expected, level)
    assert found["items"] == [item.name for item in items(asked) if item.question in visible]
