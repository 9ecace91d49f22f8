import pytest
from click.testing import CliRunner, Result

from dialog.core.errors import RefusedError
from dialog.verifying import commands
from dialog.verifying.commands import verify
from tests.pipeline import Pipeline
from tests.verifying.test_checking import cheating, honest, instead, words


def run(*arguments: str) -> Result:
    return CliRunner().invoke(verify, [*arguments, "--language", "sv"], catch_exceptions=True)


def address(pipeline: Pipeline) -> str:
    return f"http://localhost/enkat/{pipeline.round.id}"


def test_one_line_says_that_it_holds_and_how_to_be_sure(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "get", honest(pipeline))
    unsure = run(address(pipeline))
    assert unsure.exit_code == 0
    assert (
        unsure.stdout == f"Stämmer, om det här är fingeravtrycket på anslaget: {words(pipeline)}.\n"
    )
    sure = run(address(pipeline), "--fingerprint", words(pipeline))
    assert sure.exit_code == 0
    assert sure.stdout.startswith("Stämmer. ")
    assert sure.stdout.count("\n") == 1
    assert not sure.stderr


def test_one_line_and_status_1_say_that_it_does_not_hold_and_the_rest_says_why(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    get = cheating(pipeline, "form.json", instead("lugnt", "stökigt"))
    monkeypatch.setattr(commands, "get", get)
    told = run(address(pipeline), "--details")
    assert told.exit_code == 1
    assert told.stdout.startswith("STÄMMER INTE.")
    assert told.stdout.count("\n") == 1
    assert "- Frågorna\n" in told.stderr
    assert "Skriptet är det som följer med Dialog" in told.stderr


def test_the_hash_in_a_notices_code_counts_as_the_fingerprint(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "get", honest(pipeline))
    assert run(f"{address(pipeline)}#{'0' * 64}").exit_code == 1
    assert run(f"{address(pipeline)}#{pipeline.invited[0].link}").exit_code == 0


@pytest.mark.parametrize(
    ("typed", "told"), [("zebra " * 10, "zebra"), ("abborre", "tio ord")]
)  # fmt: skip
def test_what_is_no_fingerprint_is_refused_before_anything_is_asked(typed: str, told: str) -> None:
    refused = run("https://dialog.invalid/enkat/x", "--fingerprint", typed)
    assert isinstance(refused.exception, RefusedError)
    assert told in str(refused.exception)


def test_a_server_that_does_not_answer_is_a_sentence() -> None:
    closed = "http://127.0.0.1:9/enkat/7d444840-9dc0-11d1-b245-5ffdce74fad2"
    refused = run(closed)
    assert isinstance(refused.exception, RefusedError)
    assert "svarar inte" in str(refused.exception)
