"""`dialog survey`: import, export and list from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlmodel import Session, select

from dialog.cli import main
from dialog.core.errors import WrongInputError
from dialog.core.questionnaire import dump, load
from dialog.settings import Settings
from dialog.surveys.building.commands import survey as command
from dialog.surveys.building.instruments import all_instruments
from dialog.surveys.building.xlsform.reading import read
from dialog.surveys.building.xlsform.writing import write
from dialog.surveys.models import Survey
from tests.makers import analyst, person
from tests.surveys.building.xlsform.spreadsheets import xlsx

FORM = xlsx(
    survey="type|name|label\ntext|q|Vad?\ngeopoint|where|Var?",
    settings="form_title\nMin enkät",
)
CLIMATE = all_instruments()["samtalsklimat"]


@pytest.fixture(autouse=True)
def _environment(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIALOG_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DIALOG_DATABASE_URL", settings.database_url)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "form.xlsx"
    path.write_bytes(FORM)
    return path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)


def surveys(db: Session) -> list[Survey]:
    found = list(db.exec(select(Survey)))
    db.expunge_all()
    db.rollback()  # else SQLite lets nobody else write
    return found


def test_a_dry_run_says_what_would_happen_and_saves_nothing(db: Session, file: Path) -> None:
    result = run("import", file, "--dry-run")
    assert result.exit_code == 0
    assert "survey, rad 2: Blir en kort text." in result.output
    assert "survey, rad 3: Platser samlas inte in" in result.output
    assert "Min enkät: 1 fråga att svara på." in result.output
    assert "Inget har sparats" in result.output
    assert surveys(db) == []


def test_an_import_makes_a_survey_of_an_analyst(db: Session, file: Path) -> None:
    who = analyst(db)
    result = run("import", file)
    (made,) = surveys(db)
    assert str(made.id) in result.output
    assert made.author_id == who.id
    assert made.title == "Min enkät"
    assert load(made.questionnaire) == read(FORM).questionnaire


def test_the_author_can_be_named(db: Session, file: Path) -> None:
    analyst(db)
    other = person(db, "Berit Berg")
    run("import", file, "--author", "berit.berg@example.org")
    assert [made.author_id for made in surveys(db)] == [other.id]


def test_without_an_author_nothing_is_imported(db: Session, file: Path) -> None:
    with pytest.raises(WrongInputError, match="ingen analytiker"):
        run("import", file)
    with pytest.raises(WrongInputError, match="ingen person med adressen"):
        run("import", file, "--author", "ingen@example.org")
    assert surveys(db) == []


def test_what_has_to_be_mended_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsx(survey="type|name|label::sv|label::en\ntext|q||What?\ntext|r|Vad?|What?"))
    output = run("import", path, "--dry-run").output
    assert "Att rätta innan enkäten kan godkännas (1):" in output
    assert "q: Det saknas text: texten på svenska. Skriv den." in output


def test_dialogs_own_format_is_read_too(db: Session, tmp_path: Path) -> None:
    analyst(db)
    path = tmp_path / "own.json"
    path.write_bytes(dump(CLIMATE))
    run("import", path)
    assert [load(made.questionnaire) for made in surveys(db)] == [CLIMATE]


def test_an_export_can_be_imported_again(db: Session, file: Path, tmp_path: Path) -> None:
    analyst(db)
    run("import", file)
    (made,) = surveys(db)
    target = tmp_path / "out.xlsx"
    assert run("export", made.id.hex, target).output.strip() == str(target)
    assert read(target).questionnaire == load(made.questionnaire)


def test_a_built_in_questionnaire_can_be_exported(tmp_path: Path) -> None:
    target, own = tmp_path / "climate.xlsx", tmp_path / "climate.json"
    run("export", "samtalsklimat", target)
    run("export", "samtalsklimat", own)
    assert read(target).questionnaire == CLIMATE == load(own.read_bytes())


def test_an_export_writes_over_nothing_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "climate.xlsx"
    target.write_bytes(b"mine")
    with pytest.raises(WrongInputError, match="finns redan"):
        run("export", "samtalsklimat", target)
    assert target.read_bytes() == b"mine"
    run("export", "samtalsklimat", target, "--force")
    assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("which", ["nothing", "6f1d1f0e-0000-4000-8000-000000000000"])
def test_a_survey_that_is_not_there_is_a_sentence(which: str, tmp_path: Path) -> None:
    with pytest.raises(WrongInputError, match="Det finns ingen enkät"):
        run("export", which, tmp_path / "x.xlsx")


def test_the_list_shows_identifiers_and_titles(db: Session, file: Path) -> None:
    analyst(db)
    run("import", file)
    (made,) = surveys(db)
    assert run("list").output.split(maxsplit=2) == [str(made.id), "1", "Min enkät\n"]
    assert run("list", "--archived").output == ""


def test_a_database_that_was_never_migrated_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIALOG_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    with pytest.raises(WrongInputError, match="dialog migrate"):
        run("list")


def test_a_file_that_is_no_form_ends_with_status_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(write(CLIMATE)[:-100])
    monkeypatch.setattr("sys.argv", ["dialog", "survey", "import", str(path), "--dry-run"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "går inte att läsa som Excel" in capsys.readouterr().err
