"""Looks whether the length of anything sent tells what was answered."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.attacks.haul import Haul
from tests.attacks.listening import exchanges
from tests.attacks.measures import Measure, faults

OURS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,}")
PLACE = "/place"  # its answer names a unit and a level, before anything is answered


def run(haul: Haul) -> Iterator[Measure]:
    asked: dict[str, Counter[int]] = defaultdict(Counter)
    told: dict[str, Counter[int]] = defaultdict(Counter)
    for one in exchanges(haul.heard):
        what = OURS.sub("*", one.path)
        if one.asked.line.startswith(b"POST"):
            asked[what][len(one.asked.head) + len(one.asked.body)] += 1
            if not what.endswith(PLACE):
                told[what][len(one.told.body)] += 1
    for name, lengths in (("requests", asked), ("what is answered to them", told)):
        found = [
            f"{path}: {len(counts)} lengths" for path, counts in lengths.items() if len(counts) > 1
        ]
        yield faults(f"kinds of {name} with more than one length", found,
                     of=sum(sum(counts.values()) for counts in lengths.values()))  # fmt: skip
