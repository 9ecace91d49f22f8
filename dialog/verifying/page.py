"""What a respondent's page may do: run the one script that the manifest names, and nothing else."""

import base64
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

from dialog.offline.words import gettext as _

# Elements that load or run something of their own; a respondent's page needs none of them.
_FORBIDDEN: Final = {
    "applet", "base", "embed", "frame", "frameset", "iframe", "object", "portal", "svg", "style",
}  # fmt: skip
_ADDRESSES: Final = {"href", "src", "action", "formaction", "xlink:href", "data", "poster"}
_DATA: Final = {"application/json"}  # a script element of this type is never run


@dataclass
class _Read(HTMLParser):
    """Collects what a page loads, and its text."""

    scripts: list[dict[str, str]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    _in_script: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "script":
            self._in_script = True
            if values.get("type", "") not in _DATA:
                self.scripts.append(values)
        elif tag == "link":
            self.links.append(values)
        elif tag in _FORBIDDEN:
            self.strange.append(f"<{tag}>")
        elif tag == "meta" and values.get("http-equiv"):
            self.strange.append(f"<meta http-equiv={values['http-equiv']}>")
        for name, value in values.items():
            if name.startswith("on") or name == "srcdoc":
                self.strange.append(f"{tag} {name}")
            if name in _ADDRESSES and _scheme(value) not in {"", "http", "https", "mailto"}:
                self.strange.append(f"{tag} {name}={_scheme(value)}:")

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            if self.scripts and data.strip() and "src" not in self.scripts[-1]:
                self.strange.append("<script> …")
        else:
            self.text.append(data)


def _scheme(address: str) -> str:
    # Browsers ignore white space and control characters within an address's scheme.
    plain = "".join(c for c in address if c.isprintable() and not c.isspace())
    return urlsplit(plain).scheme.lower() if ":" in plain.split("/")[0] else ""


def faults(html: str, *, url: str, script: str) -> list[str]:
    """What is wrong with the page at `url`, a sentence each, if it may run only the script whose
    SHA-256 is `script` (hex).
    """
    page = _read(html)
    found = [_("Sidan innehåller något som inte hör dit: %(what)s.", what=w) for w in page.strange]
    if len(page.scripts) != 1:
        found.append(_("Sidan kör %(count)s skript i stället för ett.", count=len(page.scripts)))
    integrity = f"sha256-{base64.b64encode(bytes.fromhex(script)).decode()}"
    for one in page.scripts:
        if script_address(one.get("src", ""), url=url) != script_address(_path(script), url=url):
            found.append(_("Sidan hämtar sitt skript från ett annat ställe än den ska."))
        if one.get("integrity") != integrity:
            found.append(_("Sidan binder inte sitt skript till den hash som har publicerats."))
    for link in page.links:
        where = urlsplit(urljoin(url, link.get("href", "")))
        if link.get("rel") not in {"icon", "stylesheet"} or where.netloc != urlsplit(url).netloc:
            found.append(_("Sidan hämtar något utifrån: %(what)s.", what=link.get("href", "")))
    return found


def _path(script: str) -> str:
    return f"/enkat/skript/{script}.js"


def script_address(src: str, *, url: str) -> str:
    """Where the page at `url` finds `src`."""
    return urljoin(url, src)


def script_url(script: str, *, url: str) -> str:
    """Where the script with this SHA-256 (hex) is, for the page at `url`."""
    return script_address(_path(script), url=url)


def text(html: str) -> str:
    """The words of a page, with single spaces between them."""
    return " ".join(" ".join(_read(html).text).split())


def _read(html: str) -> _Read:
    page = _Read()
    page.feed(html)
    page.close()
    return page


def policy_faults(policy: str, *, box: str) -> list[str]:
    """What is wrong with a page's Content-Security-Policy, if it may talk to its own server and to
    the ballot box at `box`.
    """
    said: dict[str, set[str]] = {}
    for part in policy.lower().split(";"):
        name, _space, sources = part.strip().partition(" ")
        said.setdefault(name, set(sources.split()))
    default = said.get("default-src", {"*"})
    wanted = {
        "script-src": ({"'self'"}, default),
        "connect-src": ({"'self'", box.lower()}, default),
        "base-uri": ({"'none'"}, {"*"}),
        "object-src": ({"'none'", "'self'"}, default),
        "form-action": ({"'self'", "'none'"}, {"*"}),
    }
    wide = [name for name, (may, other) in wanted.items() if not said.get(name, other) <= may]
    return [_("Sidans regler är för vida: %(which)s.", which=", ".join(wide))] if wide else []
