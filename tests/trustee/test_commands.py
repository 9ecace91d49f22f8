"""`dialog trustee …` as a process of its own, in a folder that holds what a trustee has."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from dialog.core.ballots import batch, keyfile, peeling, recovery, sealing, trial
from dialog.core.ballots.encoding import decode, encode
from tests.core.trustee_vectors import ROUND, sealed_batch

PASSPHRASE = "fyra ord på rad"
KEY, PLATFORM = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
HOLDERS = [sealing.public_bytes(key.public_key()) for key in (PLATFORM, KEY)]
LOCKED = keyfile.lock(KEY, round_id=ROUND, layer=1, passphrase=PASSPHRASE)
BALLOTS = [
    sealing.seal(sealing.pad(b"%d" % number, 20), HOLDERS, round_id=ROUND) for number in range(5)
]
BATCH = sealed_batch(BALLOTS, layers=2)
ENVIRONMENT = {"PATH": os.environ["PATH"], "LANG": "sv_SE.UTF-8", "PYTHONUTF8": "1"}
Ended = subprocess.CompletedProcess[str]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a key file, its passphrase and the batch of the round."""
    (tmp_path / "key.json").write_bytes(LOCKED)
    (tmp_path / "passphrase").write_text(PASSPHRASE + "\n", "utf-8")
    (tmp_path / "in.batch").write_bytes(BATCH)
    return tmp_path


def run(desk: Path, *words: str, typed: str = "", language: str = "sv") -> Ended:
    return subprocess.run(
        [sys.executable, "-m", "dialog", "trustee", "--language", language, *words],
        cwd=desk,
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=ENVIRONMENT,
        check=False,
        timeout=60,
    )


def open_(desk: Path, *words: str, out: str = "out.batch") -> Ended:
    return run(
        desk,
        "open",
        *(words or ("key.json", "in.batch")),
        "--out",
        out,
        "--passphrase-file",
        "passphrase",
    )  # fmt: skip - as it is typed


def refused(desk: Path, ended: Ended, words: str) -> None:
    """It ended with one clear sentence, and wrote nothing."""
    assert ended.returncode == 2, ended.stderr
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert sorted(path.name for path in desk.iterdir()) == ["in.batch", "key.json", "passphrase"]


def test_a_layer_is_taken_off_and_the_record_lies_beside(desk: Path) -> None:
    ended = open_(desk)
    assert ended.returncode == 0, ended.stderr
    assert "Svar in: 5" in ended.stdout
    data = (desk / "out.batch").read_bytes()
    left = batch.parse(data, round_id=ROUND, length=20 + sealing.OVERHEAD, layers=1)
    batch.check_order(left)
    inside = sorted(sealing.unseal(each, PLATFORM, round_id=ROUND).rstrip() for each in left)
    assert inside == [b"0", b"1", b"2", b"3", b"4"]
    record = peeling.load((desk / "out.batch.json").read_bytes())
    assert (record.ballots_in, record.ballots_out, record.blanks) == (5, 5, 0)
    assert record.in_sha256 == hashlib.sha256(BATCH).hexdigest()
    assert record.out_sha256 == hashlib.sha256(data).hexdigest()


def test_doing_it_again_gives_the_same_bytes(desk: Path) -> None:
    assert open_(desk).returncode == 0
    assert open_(desk, out="again.batch").returncode == 0
    assert (desk / "again.batch").read_bytes() == (desk / "out.batch").read_bytes()


def test_it_speaks_english_as_well(desk: Path) -> None:
    ended = run(desk, "check", "in.batch", language="en")
    assert "The file is whole and in order." in ended.stdout


def test_the_key_can_be_typed_from_the_sheet_a_mistyped_line_once_more(desk: Path) -> None:
    first, *rest = recovery.sheet(keyfile.scalar(KEY))
    wrong = ("2" if first[0] != "2" else "3") + first[1:]
    lines = [wrong, first.lower(), *rest, recovery.check_code(HOLDERS[1]).upper()]
    ended = run(
        desk, "open", "--recovery", "in.batch", "--out", "out.batch", typed="\n".join(lines) + "\n"
    )
    assert ended.returncode == 0, ended.stderr
    assert "Rad 1 stämmer inte" in ended.stderr
    assert open_(desk, out="again.batch").returncode == 0
    assert (desk / "again.batch").read_bytes() == (desk / "out.batch").read_bytes()


def test_a_sheet_of_another_key_is_found_by_its_code(desk: Path) -> None:
    lines = [*recovery.sheet(keyfile.scalar(PLATFORM)), recovery.check_code(HOLDERS[1])]
    ended = run(
        desk, "open", "--recovery", "in.batch", "--out", "out.batch", typed="\n".join(lines) + "\n"
    )
    refused(desk, ended, "Kontrollkoden hör till en annan nyckel")


def test_a_wrong_passphrase_is_told_from_a_damaged_file(desk: Path) -> None:
    (desk / "passphrase").write_text("något annat")
    refused(desk, open_(desk), "Lösenfrasen öppnar inte nyckelfilen")
    (desk / "key.json").write_bytes(LOCKED[:-2])
    refused(desk, open_(desk), "key.json är ingen nyckelfil, eller skadad")


def test_the_key_of_another_trustee_opens_nothing(desk: Path) -> None:
    locked = keyfile.lock(PLATFORM, round_id=ROUND, layer=1, passphrase=PASSPHRASE)
    (desk / "key.json").write_bytes(locked)
    refused(desk, open_(desk), "Nyckeln öppnar inget svar i filen")


def test_the_key_of_another_round_is_told_as_such(desk: Path) -> None:
    locked = keyfile.lock(KEY, round_id=uuid4(), layer=1, passphrase=PASSPHRASE)
    (desk / "key.json").write_bytes(locked)
    refused(desk, open_(desk), "en annan omgång")


@pytest.mark.parametrize(
    ("layers", "words"), [(3, "inte din tur än"), (1, "redan öppnat i den här filen")]
)
def test_a_batch_of_another_turn_is_told_as_such(desk: Path, layers: int, words: str) -> None:
    (desk / "in.batch").write_bytes(sealed_batch(BALLOTS, layers=layers))
    refused(desk, open_(desk), words)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (BATCH[:-1], "avhuggen eller för lång"),
        (BATCH[: -len(BALLOTS[0])], "avhuggen eller för lång"),
        (BATCH + BALLOTS[0], "avhuggen eller för lång"),
        (b"", "ingen omgång svar"),
        (LOCKED, "ingen omgång svar"),
        (BATCH[: -2 * len(BALLOTS[0])] + 2 * BATCH[-len(BALLOTS[0]) :], "i fel ordning"),
    ],
    ids=["a byte short", "a ballot short", "a ballot more", "empty", "another file", "one twice"],
)
def test_a_batch_that_is_not_whole_is_refused(desk: Path, data: bytes, words: str) -> None:
    (desk / "in.batch").write_bytes(data)
    refused(desk, open_(desk), words)


def test_a_file_that_stands_is_never_written_over(desk: Path) -> None:
    refused(desk, open_(desk, out="in.batch"), "finns redan")
    (desk / "in.batch").rename(desk / "key.batch")
    (desk / "key.json").rename(desk / "key.batch.json")
    ended = open_(desk, "key.batch.json", "key.batch", out="key.batch")
    assert ended.returncode == 2
    assert (desk / "key.batch").read_bytes() == BATCH
    (desk / "key.batch").rename(desk / "in.batch")
    ended = open_(desk, "key.batch.json", "in.batch", out="key.batch")
    assert ended.returncode == 2
    assert (desk / "key.batch.json").read_bytes() == LOCKED


def test_what_cannot_be_read_or_written_is_told(desk: Path) -> None:
    refused(desk, open_(desk, "key.json", "none.batch"), "none.batch kunde inte läsas")
    refused(desk, open_(desk, "key.json", "in.batch", out="key.json/x"), "kunde inte läsas")


def test_one_file_too_few_is_told(desk: Path) -> None:
    refused(desk, open_(desk, "in.batch"), "Ange nyckelfilen")


def test_killed_midway_leaves_nothing_under_the_name(desk: Path) -> None:
    many = [BALLOTS[0]] + [os.urandom(len(BALLOTS[0])) for _ in range(60_000)]
    (desk / "in.batch").write_bytes(sealed_batch(many, layers=2))
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "dialog",
            "trustee",
            "open",
            "key.json",
            "in.batch",
            "--out",
            "out.batch",
            "--passphrase-file",
            "passphrase",
        ],
        cwd=desk,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip - as it is typed
    deadline = time.monotonic() + 60
    while not list(desk.glob(".out.batch.*")) and time.monotonic() < deadline:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)
    assert process.returncode == -signal.SIGKILL
    assert not (desk / "out.batch").exists()
    (desk / "in.batch").write_bytes(BATCH)
    assert open_(desk).returncode == 0


def test_a_key_is_made_tried_and_printed(desk: Path) -> None:
    made = run(
        desk, "keygen", "--round", str(ROUND), "--place", "2", "--passphrase-file", "passphrase"
    )
    assert made.returncode == 0, made.stderr
    path = desk / keyfile.name(ROUND, place=2)
    assert path.stat().st_mode & 0o777 == 0o600
    public = decode(made.stdout.split()[-1])
    assert recovery.check_code(public) in made.stdout
    sealed, answer = trial.make(public, round_id=ROUND, layer=2)
    test = {"test": "1", "round": str(ROUND), "layer": 2, "sealed": encode(sealed)}
    (desk / "test.json").write_text(json.dumps(test))
    tried = run(desk, "test", path.name, "test.json", "--passphrase-file", "passphrase")
    assert tried.stdout.strip() == answer
    printed = run(desk, "sheet", path.name, "--passphrase-file", "passphrase")
    lines = [line[4:] for line in printed.stdout.splitlines() if line.startswith("  ")]
    private = keyfile.private_key(recovery.read_sheet("\n".join(lines)))
    assert sealing.public_bytes(private.public_key()) == public


def test_a_key_is_never_made_over_another_and_never_with_a_short_passphrase(desk: Path) -> None:
    words = ("keygen", "--round", str(ROUND), "--place", "1", "--passphrase-file", "passphrase")
    assert run(desk, *words).returncode == 0
    path = desk / keyfile.name(ROUND, place=1)
    data = path.read_bytes()
    assert "finns redan" in run(desk, *words).stderr
    assert path.read_bytes() == data
    path.unlink()
    (desk / "passphrase").write_text("elva tecken")
    refused(desk, run(desk, *words), "för kort")


@pytest.mark.parametrize("content", ["", "[]", '{"sealed":"AAAA","round":"x","layer":1}'])
def test_what_is_no_test_is_refused(desk: Path, content: str) -> None:
    (desk / "test.json").write_text(content)
    ended = run(desk, "test", "key.json", "test.json", "--passphrase-file", "passphrase")
    (desk / "test.json").unlink()
    refused(desk, ended, "är inget prov")


def test_a_test_for_another_key_is_refused(desk: Path) -> None:
    sealed, _answer = trial.make(HOLDERS[0], round_id=ROUND, layer=1)
    test = {"test": "1", "round": str(ROUND), "layer": 1, "sealed": encode(sealed)}
    (desk / "test.json").write_text(json.dumps(test))
    ended = run(desk, "test", "key.json", "test.json", "--passphrase-file", "passphrase")
    (desk / "test.json").unlink()
    refused(desk, ended, "Nyckeln öppnar inte provet")


def test_it_loads_no_application_and_no_database(desk: Path) -> None:
    script = (
        "import sys; from dialog.cli import main\n"
        "sys.argv = ['dialog', 'trustee', 'check', 'in.batch']\n"
        "main()\n"
        "print(sorted({'flask', 'sqlalchemy', 'sqlmodel', 'dialog.settings'} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=desk,
        capture_output=True,
        text=True,
        check=True,
        env=ENVIRONMENT,
    )  # fmt: skip - as it is typed
    assert ended.stdout.splitlines()[-1] == "[]"
