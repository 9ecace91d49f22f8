"""docs/anonymity-report.md, written from what the attacks came to."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.attacks.campaign import FULL, LINKED, Findings
from tests.attacks.catalogue import ALL, NAIVE, TOKEN_ONLY
from tests.attacks.databases import KINDS
from tests.attacks.measures import MOST_HITS, MOST_MEAN
from tests.attacks.verdicts import Verdict, failures, linked_in_controls, verdicts

PATH = Path(__file__).parent.parent.parent / "docs" / "anonymity-report.md"
KEPT, BROKEN = "He could not: every bound was kept.", "Some bounds were broken."
COLUMNS = "the attacker tries to|linked, one run|linked, mean|ways|naive|token only| "
HEAD = """\
# What attackers found

Made by `make attack` on {day}, from {runs} runs on each database. Not edited by hand.

**In short.** In every run {invited} invented people were invited and {answers} of them answered,
over real HTTP and with real cryptography. Then an attacker got all there was: both databases
with their files, write-ahead logs and hourly copies, every log switched on, all traffic with its
addresses and times, the folder between the two applications, the key that signs tokens, and the
list of who sent which sealed ballot. Only the key that is destroyed when the answers are opened
was kept from him. He tried to say whose answer is whose. **{verdict}**

The same scripts attacked two applications that are built as others are: a *naive* one, which
writes the answer beside the mark "has answered", and a *token only* one, which hides people behind
a blind-signed token but sends the answer as it is, in the same visit. There they had to link at
least {least} of 300 answers, or they would prove nothing.

## How to read the tables

- **Linked, one run**: of {answers} answers, how many the best of all ways ascribed to the right
  person, in the worst run. Whoever guesses is right about once; {most} are allowed.
- **Linked, mean**: the mean of all runs, of the way that did best; {mean:g} are allowed.
- **Found**: things that must not be at all, such as an answer that can be read too early, among
  so many that were looked at.
- **Ways**: in how many ways it was tried. Each is a number that has to keep its bound.
- **Naive**, **token only**: the same attack on the two others, in the run where it did worst.
"""
LUCK = """
## Luck

Every way is a number that luck can raise. Under the promise, hits are Poisson with mean 1, and
the rank correlation of {answers} has a standard deviation of {spread:.3f}. A way fails with more
than {most} hits in a run, with a mean above {mean:g}, or with a rank correlation further than
4.9 standard deviations from nothing, in one run or on the average. The probability that luck alone
breaks any bound of this report is at most **{alarm:.1%}**. A leak of the order gives hundreds of
hits and correlations near 1, as the controls show.

Where answers are stored by unit and level, whoever knows the list of who took part and guesses
within each place is right about once for each. That is what a smallest group of k means; those
numbers are held to that chance.
"""


def write(findings: Sequence[Findings], *, runs: int, day: date, path: Path = PATH) -> None:
    broken = failures(findings)
    by_kind = {kind: verdicts(findings, kind) for kind in KINDS}
    bounds = {"answers": FULL.answers, "most": MOST_HITS, "mean": MOST_MEAN}
    head = HEAD.format(
        **bounds,
        day=day,
        runs=runs,
        invited=FULL.invited,
        verdict=BROKEN if broken else KEPT,
        least=round(300 * LINKED),
    )
    tables = [f"\n## On {kind}\n\n{_table(made)}" for kind, made in by_kind.items()]
    luck = LUCK.format(
        **bounds,
        spread=(FULL.answers - 1) ** -0.5,
        alarm=sum(one.alarm for made in by_kind.values() for one in made),
    )
    if broken:
        luck += "\n## Broken\n\n" + "\n".join(f"- {one}" for one in broken) + "\n"
    seeds = f"seeds 1 to {runs}; the product's own shuffles come from the system and have no seed"
    last = f"\nSQLite {sqlite3.sqlite_version}, PostgreSQL 18; {seeds}.\n"
    path.write_text("".join([head, *tables, luck, last]), encoding="utf-8")


def _table(made: Sequence[Verdict]) -> str:
    lines = ["| | " + " | ".join(COLUMNS.split("|")) + " |", "|---:|---" + "|---:" * 5 + "|---|"]
    lines += [_row(one) for one in made]
    ranked = [each for one in made for each in one.series if each.measures[0].kind == "correlation"]
    if ranked:
        worst = max(ranked, key=lambda each: abs(each.mean))
        one_run = max((each.highest for each in ranked), key=abs)
        mean = f"{worst.mean:+.3f} (allowed: {worst.most_mean:.3f})"
        single = f"{one_run:+.3f} (allowed: {worst.measures[0].most:.3f})"
        largest = f"the largest mean of {len(ranked)} was {mean}, the largest of one run {single}"
        lines += ["", f"Rank correlations: {largest}."]
    least = [f"{name} {300 * share:.0f} of 300" for name, share in linked_in_controls(made).items()]
    lines += ["", f"Linked by the better of attacks 1 and 2: {', '.join(least)}."]
    return "\n".join(lines) + "\n"


def _row(one: Verdict) -> str:
    ways = str(len(one.series))
    if one.attack.links and one.series:
        cells = [f"{one.highest:.0f}", f"{one.mean:.2f}", ways]
    else:
        cells = [f"found {one.found} in {one.looked_at:,}".replace(",", " "), "", ways]
    for variant in (NAIVE, TOKEN_ONLY):
        least = one.least(variant)
        if least is None:
            cells.append("–")
        else:
            cells.append(f"{300 * least:.0f} of 300" if one.attack.links else f"found {least:g}")
    words = [str(one.attack.number), _lower(one.attack.tries), *cells]
    return "| " + " | ".join([*words, "held" if one.holds else "BROKEN"]) + " |"


def rows(text: str, kind: str) -> list[tuple[str, str]]:
    """Number and words of each attack in a report's table of a database."""
    after = text.partition(f"## On {kind}\n")[2].partition("\n## ")[0]
    cells = [line.split(" | ") for line in after.splitlines() if line.startswith("| ")]
    return [(row[0].strip("| "), row[1]) for row in cells[1:]]


def expected_rows() -> list[tuple[str, str]]:
    """The same of the attacks that there are now."""
    return [(str(one.number), _lower(one.tries)) for one in ALL]


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
