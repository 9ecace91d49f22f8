"""What is written about Dialog says what the code does."""

import re
import subprocess
from pathlib import Path

import click

from dialog.cli import dialog as command
from dialog.operating import settings_page

ROOT = Path(__file__).parent.parent.parent


def leaves(group: click.Command, name: str = "dialog") -> list[tuple[str, click.Command]]:
    if isinstance(group, click.Group):
        context = click.Context(group)
        below = [
            leaves(part, f"{name} {word}")
            for word in group.list_commands(context)
            if (part := group.get_command(context, word)) is not None
        ]
        return [(name, group), *(leaf for part in below for leaf in part)]
    return [(name, group)]


def test_the_page_of_settings_is_made_from_the_settings() -> None:
    assert (ROOT / "docs/settings.md").read_text(encoding="utf-8") == settings_page()


def test_every_command_and_option_says_what_it_does() -> None:
    silent = []
    for name, part in leaves(command):
        if not (part.help or "").strip():
            silent.append(name)
        silent += [
            f"{name} {option.opts[0]}"
            for option in part.params
            if isinstance(option, click.Option) and not option.help
        ]
    assert silent == []


def test_every_command_of_the_documents_exists() -> None:
    known = {name for name, _ in leaves(command)}
    groups = {name for name, part in leaves(command) if isinstance(part, click.Group)}
    unknown = set()
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for line in re.findall(r"`dialog ([^`]*)`", path.read_text(encoding="utf-8")):
            words = [word for word in line.split() if re.fullmatch("[a-z][a-z-]*", word)]
            first = f"dialog {words[0]}" if words else "dialog"
            full = f"{first} {words[1]}" if first in groups - {"dialog"} and words[1:] else first
            unknown |= {f"{path.name}: {full}"} - {f"{path.name}: {name}" for name in known}
    assert unknown == set()


def test_no_text_names_a_place_that_packages_come_from() -> None:
    hosts = re.compile("|".join((r"pypi\.or" + "g", "pythonhoste" + "d", r"npmjs\.or" + "g")))
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    found = [
        name
        for name in files
        if name
        and (ROOT / name).is_file()
        and hosts.search((ROOT / name).read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []
