"""Checking a survey from outside: its manifest, its questions, its script and its page."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from dialog.core.ballots import fingerprint, manifest
from dialog.core.ballots.manifest import Manifest
from dialog.core.errors import RefusedError
from dialog.core.questionnaire import Questionnaire, items, load
from dialog.offline.words import gettext as _
from dialog.verifying import page
from dialog.verifying.fetching import Answer, Get

OK: Final = 200
LANGUAGE: Final = {"sv": "", "en": "?lang=en"}
# Three visitors who have nothing in common: whoever is served apart should be among them.
VISITORS: Final[tuple[Mapping[str, str], ...]] = (
    {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)", "Accept-Language": "sv"},
    {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", "Cookie": "dialog=x"},
    {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Accept-Language": "en-GB"},
)


@dataclass(frozen=True)
class Target:
    """A round at a server: `base` is scheme and host."""

    base: str
    round_id: UUID

    @property
    def page(self) -> str:
        return f"{self.base}/enkat/{self.round_id}"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, with what is wrong with it; no faults: it holds."""

    what: str
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """Everything that was looked at. `words` is the fingerprint that the server's manifest has."""

    checks: tuple[Check, ...]
    words: tuple[str, ...]
    script: str

    @property
    def holds(self) -> bool:
        return not any(check.faults for check in self.checks)


def target(address: str) -> Target:
    """The round that a link leads to: the survey's own, the page of its fingerprint, or a mail's
    (whose secret, after #, is never sent). Raises RefusedError.
    """
    parts = urlsplit(address.strip())
    for piece in parts.path.split("/"):
        try:
            found = UUID(piece)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.netloc and "@" not in parts.netloc:
            return Target(f"{parts.scheme}://{parts.netloc}", found)
    raise RefusedError(
        _(
            "Skriv adressen till enkäten som den står i webbläsaren, till exempel"
            " https://dialog.example/enkat/… ."
        )
    )


def check(at: Target, *, get: Get, published: str = "", script: str = "") -> Report:
    """Look at everything that a respondent's browser is given. `published` is the fingerprint, and
    `script` the script's SHA-256 (hex), that somebody else than the server has told; empty: none.

    Raises RefusedError if the server has no such survey or an address does not answer.
    """
    told = [get(f"{at.page}/manifest.json", visitor) for visitor in VISITORS]
    if told[0].status != OK:
        raise RefusedError(_("Servern känner inte till enkäten, eller så är den inte öppen än."))
    known = _load(told[0].body, at)
    checks = [
        Check(_("Alla får samma beskrivning av enkäten"), _alike(told)),
        Check(_("Valurnan visar samma beskrivning"), _box(known, told[0].body, at, get)),
    ]
    if published:
        checks.append(Check(_("Fingeravtrycket"), _fingerprint(published, told[0].body)))
    form = get(f"{at.page}/form.json", VISITORS[0])
    checks += [
        Check(_("Frågorna"), _questions(known, form)),
        Check(_("Skriptet som krypterar"), _script(known, at, get, script)),
        *_pages(known, at, get, form),
    ]
    return Report(tuple(checks), fingerprint.words(told[0].body), known.script)


def _load(data: bytes, at: Target) -> Manifest:
    try:
        known = manifest.load(data)
    except ValueError:
        known = None
    if known is None or known.round_id != at.round_id:
        raise RefusedError(_("Servern svarar med något annat än enkätens beskrivning."))
    return known


def _alike(answers: list[Answer]) -> tuple[str, ...]:
    one = answers[0]
    faults = []
    if any(answer.status != one.status or answer.body != one.body for answer in answers):
        faults.append(_("Olika besökare får olika svar från servern."))
    if any("set-cookie" in answer.headers for answer in answers):
        faults.append(_("Servern sätter en kaka, som kan skilja besökare åt."))
    return tuple(faults)


def _box(known: Manifest, ours: bytes, at: Target, get: Get) -> tuple[str, ...]:
    answer = get(f"{known.box}/rounds/{at.round_id}/manifest.json", {})
    if answer.status != OK or answer.body != ours:
        return (_("De två servrarna beskriver enkäten på olika sätt."),)
    return ()


def _fingerprint(published: str, data: bytes) -> tuple[str, ...]:
    if fingerprint.matches(published, data):
        return ()
    return (_("Enkäten har ett annat fingeravtryck än det som har publicerats."),)


def _questions(known: Manifest, form: Answer) -> tuple[str, ...]:
    if form.status == OK and hashlib.sha256(form.body).hexdigest() == known.questionnaire:
        return ()
    return (_("Frågorna är inte de som enkätens beskrivning gäller."),)


def _script(known: Manifest, at: Target, get: Get, wanted: str) -> tuple[str, ...]:
    answers = [get(page.script_url(known.script, url=at.page), visitor) for visitor in VISITORS]
    faults = []
    if any(
        answer.status != OK or hashlib.sha256(answer.body).hexdigest() != known.script
        for answer in answers
    ):
        faults.append(_("Skriptet är inte det som enkätens beskrivning gäller."))
    if wanted and known.script != wanted.strip().lower():
        faults.append(_("Enkäten använder ett annat skript än det som har publicerats."))
    return tuple(faults)


def _pages(known: Manifest, at: Target, get: Get, form: Answer) -> Iterator[Check]:
    asked = load(form.body) if form.status == OK and not _questions(known, form) else None
    for language in known.languages:
        url = f"{at.page}{LANGUAGE.get(language, '')}"
        answers = [get(url, visitor) for visitor in VISITORS]
        html = answers[0].body.decode("utf-8", errors="replace")
        policy = answers[0].headers.get("content-security-policy", "")
        faults = [
            *_alike(answers),
            *page.faults(html, url=url, script=known.script),
            *page.policy_faults(policy, box=known.box),
        ]
        if asked is not None and 'data-state="open"' in html:
            faults += _missing(asked, page.text(html), language)
        yield Check(_("Sidan på %(language)s", language=_name(language)), tuple(faults))


def _missing(asked: Questionnaire, shown: str, language: str) -> list[str]:
    """A fault for each question of the questionnaire whose words the page does not show."""
    faults = []
    for item in items(asked):
        lines = item.text.in_language(language).splitlines()
        if any(" ".join(line.split()) not in shown for line in lines):
            faults.append(_("Sidan visar inte frågan %(name)s som den är.", name=item.name))
    return faults


def _name(language: str) -> str:
    return {"sv": _("svenska"), "en": _("engelska")}.get(language, language)
