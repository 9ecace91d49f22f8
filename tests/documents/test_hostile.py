"""A hundred hostile files: each is refused with a sentence that helps, or has become harmless."""

import io
import unicodedata
from functools import partial
from pathlib import Path

import pytest

from dialog.core.documents.kinds import PICTURES, RULES, Fault, UnfitError
from dialog.documents import folder as folders
from dialog.documents import taking, words
from tests.documents import hostile
from tests.documents.hostile import Upload

UPLOADS = hostile.uploads()


def test_there_are_a_hundred() -> None:
    assert len(UPLOADS) >= 100


@pytest.mark.parametrize("upload", UPLOADS, ids=[f"{n}-{u.about}" for n, u in enumerate(UPLOADS)])
def test_it_is_refused_or_made_harmless(tmp_path: Path, upload: Upload) -> None:
    given = io.BytesIO(upload.make())
    take = partial(taking.take, given, name=upload.name, otherwise="a", folder=tmp_path, scanner="")
    if upload.fault is not None:
        with pytest.raises(UnfitError) as unfit:
            take()
        assert unfit.value.fault is upload.fault
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]
        return
    taken = take()
    assert taken.name.rpartition(".")[2] in RULES[taken.kind].endings
    assert not set('/\\:"<>|?*\r\n\0') & set(taken.name)
    assert not [sign for sign in taken.name if unicodedata.category(sign).startswith("C")]
    (kept,) = folders.kept(tmp_path)
    assert kept.relative_to(tmp_path).as_posix() == f"{taken.sha256[:2]}/{taken.sha256}"
    if taken.kind in PICTURES:
        assert hostile.MARK not in kept.read_bytes()


def test_every_fault_has_a_sentence_that_says_what_to_do() -> None:
    assert set(words.FAULTS) == set(Fault)
