"""Trying the releases of a review together, from the files that are published of them.

They are releases of different rounds, whose answers cannot be linked, so there is no subtracting of
one from another. What there is to try of the whole set: that each file is still the one that was
published, and gives no small group away when it is tried from outside; that no answer is in two of
them; and that everything computed across them follows from the files.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from dialog.auditing import reading, trying
from dialog.auditing.measures import measures_of
from dialog.core.questionnaire import items, load
from dialog.core.written import SCALE
from dialog.programmes.figures import Figure, Side
from dialog.results import release_files
from dialog.results.models import Release

Scores = dict[tuple[str, str, str], tuple[int, float]]  # unit, level, scale -> n, mean
Tell = Callable[[float], None]
NEAR: Final = 0.005  # what a mean of means may differ by, for the computer's sake


def tried(chain: Sequence[Release], folders: Sequence[Path], *, tell: Tell) -> dict[str, Any]:
    """What is found of a round's release and those that correct it, together: they are of the same
    answers. Each has its release.csv and units.csv in a folder.
    """
    last = chain[-1]
    read = [reading.read(folder) for folder in folders]
    releases, faults = (
        [seen for seen, _wrong in read],
        [one for _seen, wrong in read for one in wrong],
    )
    form = load(last.questionnaire)
    sensitive = {item.name for item in items(form) if item.sensitive}
    sensitive |= {SCALE + scale.name for scale in form.scales if sensitive & set(scale.items)}
    ks = trying.least(releases, k=last.k, sensitive=sorted(sensitive), k_sensitive=last.k_sensitive)
    found = list(
        trying.together(
            releases, ks, None, measures_of(form), tell=lambda at, of, _item: tell(at / of)
        )
        if not faults
        else ()
    )
    # What is known only if somebody is there betrays nobody: each release was protected by people
    # who know how many are, so there nobody is.
    if_somebody = sum(finding.if_somebody for finding in found)
    return {
        "title": last.title,
        "files": [_file(release, folder) for release, folder in zip(chain, folders, strict=True)],
        "k": last.k,
        "k_sensitive": last.k_sensitive,
        "groups": sum(len(seen.counts[""]) for seen in releases),
        "tables": len(ks),
        "readable": not faults,
        "findings": len(found) - if_somebody if not faults else None,
        "only_if_somebody": if_somebody,
    }


def _file(release: Release, folder: Path) -> dict[str, Any]:
    digest = release_files.digest([(folder / reading.RELEASE).read_bytes()])
    return {
        "release": str(release.id),
        "sha256": digest,
        "as_published": digest == release.digest,
    }


def shared_answers(receipts: Sequence[bytes]) -> int:
    """How many ballots stand on the lists of two rounds; each list is 32 bytes for each ballot."""
    lists = [{each[at : at + 32] for at in range(0, len(each), 32)} for each in receipts]
    return sum(len(one & other) for one, other in combinations(lists, 2))


def scores_in(path: Path) -> Scores:
    """The means of scales that a release.csv holds."""
    with path.open(newline="", encoding="utf-8") as file:
        return {
            (row["unit"], row["level"], row["item"].removeprefix(SCALE)): (
                int(row["n"]),
                float(row["mean"]),
            )
            for row in csv.DictReader(file)
            if row["item"].startswith(SCALE) and row["mean"]
        }


def unfounded(figures: Iterable[Figure], scores: dict[str, Scores]) -> int:
    """How many figures do not follow from the files; `scores` are those of each release."""
    return sum(1 for figure in figures if not _follows(figure, scores))


def _follows(figure: Figure, scores: dict[str, Scores]) -> bool:
    sides = [side for side in (figure.first, figure.second) if side is not None]
    means = [_mean(side, figure.scale, scores) for side in sides]
    pairs = zip(means, sides, strict=True)
    if any(mean is None or abs(mean - side.mean) > NEAR for mean, side in pairs):
        return False
    if figure.difference is None:
        return True
    first, second = means
    assert first is not None
    assert second is not None
    return abs(first - second - figure.difference.estimate) <= NEAR


def _mean(side: Side, scale: str, scores: dict[str, Scores]) -> float | None:
    """The mean of a side by the file; None if a part of it is not published, or others are."""
    known = scores.get(side.release, {})
    found = [known.get((side.unit, level, scale)) for level in side.levels]
    if not found or None in found:
        return None
    whole = [each for each in found if each is not None]
    n = sum(each[0] for each in whole)
    return sum(each[0] * each[1] for each in whole) / n if n == side.n else None
