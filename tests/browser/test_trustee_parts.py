"""The parts of the trustees' script, one by one, in a real browser: the same bytes as in Python."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Browser, Page, Route

from dialog.core.ballots import keyfile, sealing
from tests.core import ballot_vectors as v
from tests.core import trustee_vectors

VECTORS = trustee_vectors.read()
PARTS = Path(__file__).with_name("trustee_parts.js").read_text("utf-8")
ORIGIN = "http://localhost:9"  # nobody listens there; a loopback name has cryptography
OVERHEAD = 81  # bytes that a layer adds
TRUSTEES = (1, 2)


@pytest.fixture(scope="module")
def parts(browser: Browser) -> Iterator[Page]:
    """A page that has the script's modules in `parts` and the vectors in `vectors`."""

    def fulfil(route: Route) -> None:
        is_script = route.request.url.endswith("parts.js")
        kind = "text/javascript" if is_script else "text/html"
        route.fulfill(body=PARTS if is_script else "<title>x</title>", content_type=kind)

    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", fulfil)
    page.goto(ORIGIN)
    page.evaluate(
        """async (vectors) => {
            window.parts = await import("/parts.js");
            window.vectors = vectors;
            window.pairs = async (layer) => parts.pairOf(
                parts.fromBase64url(vectors.scalars[layer]),
                parts.fromBase64url(vectors.holders[layer]));
            window.faultOf = async (work) => {
                try { await work(); return "none"; }
                catch (error) { return error.fault ?? error.constructor.name; }
            };
        }""",
        VECTORS,
    )
    yield page
    context.close()


@pytest.mark.parametrize("vector", v.HPKE, ids=lambda vector: f"aead-{vector.aead}")
def test_opening_has_the_numbers_of_rfc_9180(parts: Page, vector: v.Hpke) -> None:
    private = ec.derive_private_key(vector.private, ec.SECP256R1())
    found = parts.evaluate(
        """async ({scalar, point, info, sealed, aad, aead}) => {
            const {Aes128Gcm, fromHex, hex, pairOf, suiteOf, unsealed} = parts;
            const suite = suiteOf(aead === 1 ? new Aes128Gcm() : undefined);
            const pair = await pairOf(fromHex(scalar), fromHex(point));
            const open = (aad) =>
                unsealed(suite, pair, fromHex(info), fromHex(sealed), fromHex(aad));
            return [hex(await open(aad)), await open(aad + "00")];
        }""",
        {
            "scalar": keyfile.scalar(private).hex(),
            "point": sealing.public_bytes(private.public_key()).hex(),
            "info": vector.info.hex(),
            "sealed": (vector.encapsulated + vector.ciphertext).hex(),
            "aad": vector.aad.hex(),
            "aead": vector.aead,
        },
    )
    assert found == [vector.plaintext.hex(), None]


@pytest.mark.parametrize("layer", TRUSTEES)
def test_a_key_file_of_the_command_opens_in_the_browser(parts: Page, layer: int) -> None:
    found = parts.evaluate(
        """async (layer) => {
            const file = parts.readKeyFile(vectors.key_files[layer]);
            const pair = await parts.openKeyFile(file, vectors.passphrase);
            const place = {round: vectors.round, layer};
            const test = parts.fromBase64url(vectors.tests[layer].sealed);
            return parts.hex(await parts.testAnswer(pair, place, test));
        }""",
        layer,
    )
    assert found == VECTORS["tests"][layer]["answer_hex"]


@pytest.mark.parametrize("layer", TRUSTEES)
def test_a_key_file_has_the_same_bytes_as_the_command_s(parts: Page, layer: int) -> None:
    found = parts.evaluate(
        """async (layer) => {
            const file = JSON.parse(vectors.key_files[layer]);
            const key = {scalar: parts.fromBase64url(vectors.scalars[layer]),
                         point: parts.fromBase64url(vectors.holders[layer])};
            const given = {salt: parts.fromBase64url(file.kdf.salt),
                           iv: parts.fromBase64url(file.iv)};
            const place = {round: vectors.round, layer};
            const made = await parts.writeKeyFile(key, place, vectors.passphrase, given);
            return new TextDecoder().decode(made);
        }""",
        layer,
    )
    assert found == VECTORS["key_files"][layer]


DAMAGES = {
    "no-key-file": "text => JSON.stringify({some: 'thing'})",
    "damaged": "text => text.slice(0, 200)",
    "newer": "text => text.replace('dialog key 1', 'dialog key 2')",
    "passphrase": "text => text.replace('\"layer\":1', '\"layer\":2')",
}


@pytest.mark.parametrize(
    ("fault", "damage"),
    [*DAMAGES.items(), ("damaged", 'text => text.replace(\'"iv":"\', \'"iv":"A\')')],
)
def test_what_is_wrong_with_a_key_file_is_told_apart(parts: Page, fault: str, damage: str) -> None:
    found = parts.evaluate(
        """(damage) => faultOf(async () => {
            const file = parts.readKeyFile(eval(damage)(vectors.key_files[1]));
            await parts.openKeyFile(file, vectors.passphrase);
        })""",
        damage,
    )
    assert found == fault


def test_another_passphrase_does_not_open_a_key_file(parts: Page) -> None:
    open_ = """(phrase) => faultOf(() =>
        parts.openKeyFile(parts.readKeyFile(vectors.key_files[1]), phrase))"""
    assert parts.evaluate(open_, "Åtta röda cyklar finns inte") == "passphrase"
    assert parts.evaluate(open_, VECTORS["passphrase"] + " ") == "none"  # a slip at the end
    decomposed = VECTORS["passphrase"].replace("Å", "A\u030a")
    assert parts.evaluate(open_, decomposed) == "none"


def test_keys_that_do_not_belong_together_are_refused(parts: Page) -> None:
    mixed = """() => faultOf(() => parts.pairOf(
        parts.fromBase64url(vectors.scalars[1]), parts.fromBase64url(vectors.holders[2])))"""
    assert parts.evaluate(mixed) == "OtherKeyError"


def test_a_made_key_is_written_and_read_back(parts: Page) -> None:
    assert parts.evaluate(
        """async () => {
            const key = await parts.makeKey();
            const place = {round: vectors.round, layer: 3};
            const file = await parts.writeKeyFile(key, place, "babab-gudof-lusab");
            const read = parts.readKeyFile(new TextDecoder().decode(file));
            const pair = await parts.openKeyFile(read, "babab-gudof-lusab");
            const usages = [pair.privateKey.extractable, read.layer, read.round === vectors.round];
            return [...usages, parts.scalarOf(parts.linesOf(key.scalar)).join() ===
                               key.scalar.join()];
        }"""
    ) == [False, 3, True, True]


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_the_sheet_has_the_same_lines_and_check_code_as_in_python(parts: Page, layer: int) -> None:
    found = parts.evaluate(
        """async (layer) => [
            parts.linesOf(parts.fromBase64url(vectors.scalars[layer])),
            await parts.checkCode(parts.fromBase64url(vectors.holders[layer])),
            parts.base64url(parts.scalarOf(vectors.sheets[layer]))]""",
        layer,
    )
    assert found == [
        VECTORS["sheets"][layer],
        VECTORS["check_codes"][layer],
        VECTORS["scalars"][layer],
    ]


def test_a_sheet_is_read_however_it_is_typed(parts: Page) -> None:
    typed = [
        line.lower().replace("0", "o").replace("1", "l").replace(" ", "-")
        for line in VECTORS["sheets"][1]
    ]
    read = "typed => parts.base64url(parts.scalarOf(typed))"
    assert parts.evaluate(read, typed) == VECTORS["scalars"][1]


def test_every_slip_of_one_character_names_its_line(parts: Page) -> None:
    faults = parts.evaluate(
        """() => {
            const found = {};
            vectors.sheets[1].forEach((line, index) => {
                for (let at = 0; at < line.length; at++) {
                    if (line[at] === " ") continue;
                    for (const other of "0123456789ABCDEFGHJKMNPQRSTVWXYZ") {
                        if (other === line[at]) continue;
                        const slip = line.slice(0, at) + other + line.slice(at + 1);
                        const fault = parts.faultIn(slip, index);
                        found[fault] = (found[fault] ?? 0) + 1;
                    }
                }
            });
            return found;
        }"""
    )
    assert set(faults) == {"check"}


def test_swapped_neighbours_and_swapped_lines_are_noticed(parts: Page) -> None:
    sheet: list[str] = VECTORS["sheets"][1]
    look = "([line, index]) => parts.faultIn(line, index)"
    assert parts.evaluate(look, [sheet[0], 1]) == "check"
    plain = sheet[0].replace(" ", "")
    for at in range(len(plain) - 1):
        if plain[at] == plain[at + 1]:
            continue
        swapped = plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
        assert parts.evaluate(look, [swapped, 0]) in {"check", "letter"}


@pytest.mark.parametrize(
    ("typed", "fault"),
    [("", "empty"), (" - ", "empty"), ("VJMC Z", "short"), ("VJMC U", "letter"), ("é", "letter")],
)
def test_a_line_is_judged_while_it_is_typed(parts: Page, typed: str, fault: str) -> None:
    assert parts.evaluate("([line, index]) => parts.faultIn(line, index)", [typed, 0]) == fault


def test_a_blank_has_the_same_bytes_as_in_python(parts: Page) -> None:
    found = parts.evaluate(
        """() => Promise.all(vectors.blank.map(async ({sealed, attempt, blank}) => {
            const length = parts.fromBase64url(blank).length;
            const made = await parts.blank(parts.fromBase64url(sealed), length, attempt);
            return parts.base64url(made) === blank;
        }))"""
    )
    assert found == [True, True]


PEEL = """async ({data, layer, length, key}) => {
    const place = {round: vectors.round, layer};
    const pair = await pairs(key ?? layer);
    const told = [];
    const peeled = await parts.peel(parts.fromBase64url(data), place, length, pair,
        (stage, done, all) => told.push([stage, done, all]));
    return {out: parts.base64url(peeled.data), record: parts.canonicalText(peeled.record), told};
}"""


def step(layer: int) -> dict[str, Any]:
    """What comes to the holder of `layer`: the outermost, 2, is first."""
    made: dict[str, str] = VECTORS["steps"][2 - layer]
    return {
        "data": made["in"],
        "layer": layer,
        "length": VECTORS["length"] + OVERHEAD * (layer + 1),
    }


@pytest.mark.parametrize("layer", TRUSTEES)
def test_a_peeled_batch_and_its_record_have_the_same_bytes_as_in_python(
    parts: Page, layer: int
) -> None:
    expected = VECTORS["steps"][2 - layer]
    found = parts.evaluate(PEEL, step(layer))
    assert found["record"] == expected["record"]
    assert found["out"] == expected["out"]
    assert [told[0] for told in found["told"]] == ["checking", "opening", "sorting"]
    assert parts.evaluate(PEEL, step(layer))["out"] == expected["out"]  # a retry is harmless


FAULTS = {
    "other-layer": "s => ({...s, layer: 1, length: s.length - 81})",
    "wrong-key": "s => ({...s, key: 0})",
    "cut-off": "s => ({...s, data: s.data.slice(0, -8)})",
    "header": "s => ({...s, data: s.data.slice(4)})",
    "other-round": "s => ({...s, other: true})",
    "order": "s => ({...s, swap: true})",
}


@pytest.mark.parametrize(("fault", "change"), FAULTS.items())
def test_a_batch_that_is_not_the_one_expected_is_refused(
    parts: Page, fault: str, change: str
) -> None:
    found = parts.evaluate(
        """async ({step, change}) => {
            const given = eval(change)(step);
            const data = parts.fromBase64url(given.data);
            if (given.swap) { // the first two ballots change places
                const start = data.indexOf(10) + 1;
                const first = data.slice(start, start + given.length);
                data.copyWithin(start, start + given.length, start + 2 * given.length);
                data.set(first, start + given.length);
            }
            const round = given.other ? "00000000-0000-4000-8000-000000000000" : vectors.round;
            const pair = await pairs(given.key ?? given.layer);
            return faultOf(() => parts.peel(data, {round, layer: given.layer}, given.length, pair));
        }""",
        {"step": step(2), "change": change},
    )
    assert found == {"wrong-key": "WrongKeyError"}.get(fault, fault)


def test_an_empty_batch_is_handed_on_empty(parts: Page) -> None:
    header = {"round": VECTORS["round"], "ballots": 0, "length": 129 + 81, "layers": 2}
    data = (json.dumps(header, sort_keys=True, separators=(",", ":")) + "\n").encode()
    found = parts.evaluate(
        """async (text) => {
            const data = new TextEncoder().encode(text);
            const place = {round: vectors.round, layer: 1};
            return (await parts.peel(data, place, 210, await pairs(1))).record;
        }""",
        data.decode(),
    )
    assert (found["in"], found["out"], found["blanks"]) == (0, 0, 0)
    assert found["in_sha256"] == hashlib.sha256(data).hexdigest()


def test_suggested_phrases_are_long_strong_and_never_the_same(parts: Page) -> None:
    made = parts.evaluate("() => Array.from({length: 200}, () => parts.suggested())")
    assert len(set(made)) == 200
    assert {len(one) for one in made} == {29}
    assert set(parts.evaluate("phrases => phrases.map(parts.judge)", made)) == {"strong"}


@pytest.mark.parametrize(
    ("phrase", "judgement"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("elva tecken", "short"),
        ("            å", "short"),  # spaces at the ends do not count
        ("aaaaaaaaaaaa", "simple"),
        ("1987-05-12 03", "simple"),
        ("070-123 45 67 89", "simple"),
        ("tolv tecken!", "fair"),
        ("åtta röda cyklar i regn", "strong"),
    ],
)
def test_a_passphrase_is_judged_by_a_plain_rule(parts: Page, phrase: str, judgement: str) -> None:
    assert parts.evaluate("phrase => parts.judge(phrase)", phrase) == judgement
