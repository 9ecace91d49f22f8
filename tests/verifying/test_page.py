import base64
import hashlib

import pytest

from dialog.verifying import page

SCRIPT = hashlib.sha256(b"sealing").hexdigest()
INTEGRITY = f"sha256-{base64.b64encode(bytes.fromhex(SCRIPT)).decode()}"
URL = "https://dialog.example/enkat/7a3c"
LOADED = f'<script type="module" src="/enkat/skript/{SCRIPT}.js" integrity="{INTEGRITY}"></script>'
GOOD = f"""<!doctype html><html><head><title>Enkät</title>
<link rel="stylesheet" href="/static/a.css">
<script type="application/json" id="words">{{"onclick": "<b>"}}</script>{LOADED}</head>
<body><h1>Är det   lugnt?</h1><a href="/om/anonymitet">Mer</a></body></html>"""


def faults(html: str) -> list[str]:
    return page.faults(html, url=URL, script=SCRIPT)


def test_a_page_that_runs_the_published_script_and_nothing_else_is_right() -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    "added",
    [
        "<script>steal()</script>",
        '<script src="/static/more.js"></script>',
        '<img src="x" onerror="steal()">',
        '<a href="java\tscript:steal()">Mer</a>',
        '<a href=" javascript:steal()">Mer</a>',
        '<iframe src="/enkat/annan"></iframe>',
        '<iframe srcdoc="<script>steal()</script>"></iframe>',
        '<meta http-equiv="refresh" content="0;url=https://evil.example">',
        '<link rel="stylesheet" href="https://evil.example/a.css">',
        '<link rel="modulepreload" href="/static/more.js">',
        '<base href="https://evil.example/">',
        '<object data="/x"></object>',
        "<svg><script>steal()</script></svg>",
        '<form action="data:text/html,x"></form>',
    ],
)
def test_whatever_could_run_or_load_something_else_is_found(added: str) -> None:
    assert faults(GOOD.replace("<h1>", f"{added}<h1>"))


@pytest.mark.parametrize(
    ("what", "instead"),
    [
        (INTEGRITY, ""),
        (f' integrity="{INTEGRITY}"', ""),
        (SCRIPT + ".js", "0" * 64 + ".js"),
        ('src="/enkat', 'src="https://evil.example/enkat'),
        (LOADED, ""),
        (LOADED, LOADED * 2),
    ],
)
def test_another_script_none_or_one_that_is_not_bound_is_found(what: str, instead: str) -> None:
    assert faults(GOOD.replace(what, instead))


def test_the_words_of_a_page_are_its_text_without_scripts() -> None:
    assert page.text(GOOD) == "Enkät Är det lugnt? Mer"


BOX = "https://box.example"
POLICY = (
    "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'; "
    f"form-action 'self'; img-src 'self' data:; connect-src 'self' {BOX}"
)


def test_the_policy_that_dialog_sends_is_right() -> None:
    assert page.policy_faults(POLICY, box=BOX) == []


@pytest.mark.parametrize(
    ("what", "instead"),
    [
        ("default-src 'self'", "default-src *"),
        ("default-src 'self'", "default-src 'self' 'unsafe-inline'"),
        ("default-src 'self';", ""),
        ("connect-src 'self'", "connect-src 'self' https://evil.example"),
        ("base-uri 'none'; ", ""),
        ("form-action 'self'", "form-action *"),
        ("object-src 'none'", "object-src data:"),
        ("default-src 'self'", "default-src 'self'; script-src 'self' 'unsafe-eval'"),
    ],
)
def test_a_wider_policy_is_found(what: str, instead: str) -> None:
    assert page.policy_faults(POLICY.replace(what, instead), box=BOX)
