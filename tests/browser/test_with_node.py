"""What can be tried only where there is a Node: that the committed bundles are what their sources
give, byte for byte, and that another library agrees with the blinding in the browser.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from playwright.sync_api import Browser, Page, Route

from dialog.core.ballots import manifest
from tests.core import ballot_vectors as v

ROOT = Path(__file__).parents[2]
STATIC = Path("dialog/web/static")
BUILT = (
    "dialog/web/static/*/*.js",
    "dialog/web/static/vendor/manifest.json",
    "tests/browser/parts.js",
    "tests/browser/trustee_parts.js",
)
READABLE = ("answer/answer.js", "check/check.js", "trustee/trustee.js", "trustee/peeling.js")
NPM = shutil.which("npm") if shutil.which("node") else None


def lacking(what: str) -> None:
    """Fail in CI, and elsewhere skip so that nobody overlooks it."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(f"{what.upper()} THE BUNDLES WERE NOT REBUILT, NOR COMPARED WITH ANOTHER LIBRARY.")


def npm(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    assert NPM is not None
    return subprocess.run(
        [NPM, *words],
        cwd=root / "frontend",
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources with what the lock file names, installed anew, and nothing built."""
    if NPM is None:
        lacking("This machine lacks Node and npm.")
    root = tmp_path_factory.mktemp("copy")
    ignored = shutil.ignore_patterns("node_modules")
    shutil.copytree(ROOT / "frontend", root / "frontend", ignore=ignored)
    # What is listed with a hash but not built, such as fonts, has to be there.
    shutil.copytree(ROOT / STATIC / "vendor", root / STATIC / "vendor")
    (root / "tests" / "browser").mkdir(parents=True)
    installed = npm(root, "ci", "--no-audit", "--no-fund", "--prefer-offline")
    if installed.returncode:
        lacking(f"npm could not install what the lock file names ({installed.stderr[-200:]}).")
    return root


def contents(root: Path) -> dict[str, bytes]:
    """What the build writes, by its path from `root`."""
    found = (path for pattern in BUILT for path in root.glob(pattern))
    return {str(path.relative_to(root)): path.read_bytes() for path in found}


def test_the_bundles_are_rebuilt_byte_for_byte(copy: Path) -> None:
    finished = npm(copy, "run", "build")
    assert finished.returncode == 0, finished.stderr
    committed, made = contents(ROOT), contents(copy)
    assert sorted(made) == sorted(committed)
    changed = [name for name, content in committed.items() if made[name] != content]
    assert not changed, "run `npm ci && npm run build` in frontend/ and commit what it writes"


def test_the_types_of_the_sources_hold(copy: Path) -> None:
    checked = npm(copy, "run", "check")
    assert checked.returncode == 0, checked.stdout


def test_a_readable_bundle_stands_beside_each_that_has_to_be_trusted() -> None:
    for name in READABLE:
        small = (ROOT / STATIC / name).read_text("utf-8")
        readable = (ROOT / STATIC / name).with_suffix(".readable.js").read_text("utf-8")
        assert len(readable) > len(small)
        assert len(readable) / readable.count("\n") < 60 < len(small) / small.count("\n")
        assert f"\n// {name.split('/')[0]}/" in readable  # the source that each part is from


Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def ask(copy: Path) -> Iterator[Ask]:
    """Asks @cloudflare/blindrsa-ts, in Node: bytes go and come in hex."""
    with subprocess.Popen(
        ["node", "oracle.mjs"],
        cwd=copy / "frontend",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def asked(ask: str, **question: str) -> dict[str, Any]:
            print(json.dumps({"ask": ask, **question}), file=process.stdin, flush=True)
            answer: dict[str, Any] = json.loads(process.stdout.readline())  # type: ignore[union-attr]  # it is a pipe
            return answer

        yield asked
        process.stdin.close()


@pytest.fixture(scope="module")
def parts(browser: Browser) -> Iterator[Page]:
    """A page with the answering script's modules in `parts`."""
    source = Path(__file__).with_name("parts.js").read_text("utf-8")

    def fulfil(route: Route) -> None:
        if route.request.url.endswith("parts.js"):
            route.fulfill(body=source, content_type="text/javascript")
        else:
            words = '<script type="application/json" id="words">{}</script>'
            route.fulfill(body=words, content_type="text/html")

    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", fulfil)
    page.goto("http://localhost:9")  # nobody listens there; a loopback name has cryptography
    page.evaluate("async () => { window.parts = await import('/parts.js') }")
    yield page
    context.close()


BLIND = """async ({spki, message}) => {
    const {blind, fromHex, hex, prepare, publicKey} = parts;
    const prepared = prepare(fromHex(message));
    const made = await blind(await publicKey(fromHex(spki)), prepared);
    return {prepared: hex(prepared), blinded: hex(made.message), inverse: hex(made.inverse)};
}"""
FINALIZE = """async ({spki, prepared, signed, inverse}) => {
    const {fromHex, hex, finalize, publicKey} = parts;
    const [message, signature, blind] = [prepared, signed, inverse].map(fromHex);
    return hex(await finalize(await publicKey(fromHex(spki)), message, signature, blind));
}"""


@pytest.mark.parametrize("number", range(10))
def test_another_library_signs_and_verifies_what_the_browser_blinds(
    ask: Ask, parts: Page, number: int
) -> None:
    message = hashlib.sha256(b"ballot %d" % number).hexdigest()
    key = ask("key")
    made = parts.evaluate(BLIND, {**key, "message": message})
    signed = ask("sign", blinded=made["blinded"])
    token = parts.evaluate(FINALIZE, {**key, **made, **signed})
    assert ask("verify", token=token, prepared=made["prepared"])["holds"]
    other = made["prepared"][:-2] + ("00" if made["prepared"][-2:] != "00" else "01")
    assert not ask("verify", token=token, prepared=other)["holds"]


@pytest.mark.parametrize("number", range(10))
def test_the_browser_unblinds_what_another_library_blinded(
    ask: Ask, parts: Page, number: int
) -> None:
    key = ask("key")
    made = ask("blind", message=hashlib.sha256(b"ballot %d" % number).hexdigest())
    signed = ask("sign", blinded=made["blinded"])
    ours = parts.evaluate(FINALIZE, {**key, **made, **signed})
    theirs = ask("finalize", prepared=made["prepared"], inverse=made["inverse"], **signed)
    assert ours == theirs["token"]


def test_another_library_verifies_the_signature_of_rfc_9474(ask: Ask) -> None:
    prepared = (v.PREFIX + v.MESSAGE).hex()
    spki = manifest.spki(rsa.RSAPublicNumbers(65537, v.P * v.Q).public_key()).hex()
    assert ask("verify", spki=spki, token=v.SIGNATURE.hex(), prepared=prepared)["holds"]
    assert not ask("verify", spki=spki, token=v.SIGNATURE.hex(), prepared=prepared[2:])["holds"]
