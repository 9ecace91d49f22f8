"""Cutting the pages of a scanned batch into letters."""

from collections.abc import Collection, Sequence

Letter = tuple[int, ...]  # its pages, from 1


def letters(pages: int, *, begins: Collection[int], skipped: Collection[int]) -> list[Letter]:
    """The letters of `pages` pages. A new one begins where it is said to, or at the next page that
    is not skipped; a letter of skipped pages is none.
    """
    found: list[list[int]] = [[]]
    for page in range(1, pages + 1):
        if page in begins and found[-1]:
            found.append([])
        if page not in skipped:
            found[-1].append(page)
    return [tuple(each) for each in found if each]


def spans(pages: Sequence[int]) -> str:
    """As people write them: "1–3, 5" of 1, 2, 3 and 5, in rising order."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}–{run[-1]}" if run[1:] else str(run[0]) for run in runs)
