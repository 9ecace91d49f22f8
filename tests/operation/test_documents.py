"""What is written about Dialog says what the code does."""

import re
import subprocess
from pathlib import Path

import click
import pytest
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from dialog.cli import dialog as command
from dialog.operating import settings_page

ROOT = Path(__file__).parent.parent.parent


def leaves(group: click.Command, name: str = "dialog") -> list[tuple[str, click.Command]]:
    if isinstance(group, click.Group):
        below = [leaves(part, f"{name} {word}") for word, part in group.commands.items()]
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
    wrong = []
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for words in re.findall(r"\bdialog ((?:[a-z-]+ ?)+)", path.read_text(encoding="utf-8")):
            first = words.split()[0]
            if "`dialog " + words.strip() in path.read_text(encoding="utf-8"):
                wrong += [f"{path.name}: dialog {first}"] * (f"dialog {first}" not in known)
    assert wrong == []


@pytest.mark.parametrize("catalogue", sorted(ROOT.glob("dialog/*/translations/en/*/*.po")), ids=str)
def test_every_text_has_its_english(catalogue: Path, tmp_path: Path) -> None:
    feature = catalogue.parents[3]
    template = tmp_path / "words.pot"
    CommandLineInterface().run(
        ["pybabel", "-q", "extract", "-k", "lazy_gettext", "-F", str(ROOT / "babel.cfg"),
         "-o", str(template), str(feature)]
    )  # fmt: skip
    with template.open("rb") as file:
        wanted = {message.id for message in read_po(file) if message.id}
    with catalogue.open("rb") as file:
        there = {
            m.id for m in read_po(file) if m.id and m.string and all([m.string]) and not m.fuzzy
        }
    assert wanted - there == set()


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
