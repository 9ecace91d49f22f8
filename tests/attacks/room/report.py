"""docs/meetings-report.md, written from what the attacks on meetings came to."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from tests.attacks.databases import KINDS
from tests.attacks.measures import NEIGHBOURS, Measure, Series, found, linked, series
from tests.attacks.report import BROKEN, KEPT
from tests.attacks.room.attacks import LINKS
from tests.attacks.room.campaign import FULL, NOT_PROMISED, Findings, problems
from tests.attacks.room.gathering import CONTROL, PRODUCT

PATH = Path(__file__).parents[3] / "docs" / "meetings-report.md"
TRIES = {
    "order": "match the order in which support and questions stand (rows, pages, dumps, backup,"
    " logs) with the check-in list, and with the order of another question",
    "joins": "join them with people over neighbouring bytes, times and transactions",
    "pairs": "find two things of one person by what is kept of the pass, or make that from what is"
    " known of people",
    "left": "find a vote after its poll, and anything of passes after their disposal",
    "lines": "find a line of the logs that tells of a vote, a support or a question",
}
HEAD = """\
# What attackers found in meetings

Made by `make attack` on {day}, from {runs} meetings on each database. Not edited by hand.

**In short.** In each meeting {people} invented people checked in, fetched a pass, voted in two
polls and supported two questions, over real HTTP, all in the same order each time: whoever sees in
which order rows came knows whose they are. {asking} put a question without a name. The attacker
was not there. He has the database's dumps, its files and every table in every order, a backup, the
outbox, the server's files and keys and our logs as they are installed: between the items of the
agenda, after the meeting, and after the disposal. He tried to say whose vote, support or question
is whose, and which two are one person's. **{verdict}**

The same scripts attacked a *control*, which keeps one mark of a pass for all it is used for and
writes a line in its log. And they were given what is **not** promised: the requests as the operator
sees them during the meeting, and PostgreSQL's write-ahead log. There they had to link nearly
everything, or they would prove nothing.

Whoever guesses is right about once; what is allowed beyond that is as in
[the report of surveys](anonymity-report.md).
"""
COLUMNS = "the attacker tries to|most right, one run|mean of the best way|found|ways|control| "


def write(findings: Sequence[Findings], *, runs: int, day: date, path: Path = PATH) -> None:
    broken = [each for one in findings for each in problems(one)] + means(findings)
    head = HEAD.format(
        day=day, runs=runs, people=FULL.people, asking=FULL.asking,
        verdict=BROKEN if broken else KEPT,
    )  # fmt: skip
    tables = [
        f"\n## On {kind}\n\n" + "\n".join(_table([one for one in findings if one.database == kind]))
        for kind in KINDS
    ]
    last = "\n## Broken\n\n" + "\n".join(f"- {one}" for one in broken) + "\n" if broken else ""
    path.write_text("".join([head, *(f"{table}\n" for table in tables), last]), encoding="utf-8")


def means(findings: Sequence[Findings]) -> list[str]:
    """Every way whose mean over the runs is more than chance."""
    return [
        f"{kind}: {slug}: {each.name}: mean {each.mean:g}"
        for kind in KINDS
        for slug in TRIES
        for each in _series(findings, kind, slug)
        if not each.passes
    ]


def _series(findings: Sequence[Findings], kind: str, slug: str) -> list[Series]:
    return series(one.measures[PRODUCT][slug] for one in findings if one.database == kind)


def _table(here: Sequence[Findings]) -> Iterator[str]:
    yield "| | " + " | ".join(COLUMNS.split("|")) + " |"
    yield "|---:|---" + "|---:" * 5 + "|---|"
    for number, (slug, tries) in enumerate(TRIES.items(), start=1):
        made = _series(here, here[0].database, slug)
        of = "–" if slug in LINKS else f"{sum(found(one.measures) for one in made)}"
        cells = [*_guesses(made), of, str(len(made)), _control(here, slug)]
        held = "held" if all(one.passes for one in made) else "BROKEN"
        yield "| " + " | ".join([str(number), tries, *cells, held]) + " |"
    yield ""
    for variant in NOT_PROMISED:
        runs = [one.measures[variant]["order"] for one in here if variant in one.measures]
        if runs:
            least = f"{min(map(linked, runs)):.0%}"
            yield f"Not promised: {least} were linked, at the least, with {variant}."


def _guesses(made: Sequence[Series]) -> tuple[str, str]:
    ways = [
        one for one in made if one.measures[0].kind == "hits" and not one.name.endswith(NEIGHBOURS)
    ]
    if not ways:
        return "–", "–"
    runs = max(len(one.measures) for one in ways)
    mean = max(one.mean for one in ways if len(one.measures) == runs)
    return f"{max(one.highest for one in ways):.0f} of {FULL.people}", f"{mean:.2f}"


def _control(here: Sequence[Findings], slug: str) -> str:
    runs: list[Sequence[Measure]] = [one.measures[CONTROL][slug] for one in here]
    if slug in LINKS:
        return f"{min(map(linked, runs)):.0%}"
    return f"found {min(map(found, runs))}"
