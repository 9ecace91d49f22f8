"""An invented region: units and people as the rows of the two files an import reads."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

FIRST = """
    Alma Amir Anders Astrid Beatrice Bo Cecilia Dalia David Ebba Elin Emil Erik Farah Filip Fredrik
    Gunilla Hanna Hugo Ida Ingrid Isak Jasmin Johan Karin Khalid Klara Lars Lena Linnea Lukas
    Maja Malin Marcus Mikael Mona Nadja Nils Nora Olle Oskar Petra Rakel Robin Sara Selma Sofia
    Stina Tilda Tove Ulla Vera Viktor Yasmin Zara Åsa Örjan
""".split()  # noqa: SIM905 - sixty names read best as words
LAST_START = [
    "Alm",
    "Berg",
    "Björk",
    "Dal",
    "Ek",
    "Fors",
    "Gran",
    "Hägg",
    "Kvarn",
    "Lind",
    "Ljung",
    "Löv",
    "Mo",
    "Näs",
    "Ros",
    "Sjö",
    "Sten",
    "Sund",
    "Ö",
    "Å",
]
LAST_END = [
    "vad",
    "stråle",
    "mar",
    "dalen",
    "fält",
    "grund",
    "hed",
    "holt",
    "kulle",
    "lycka",
    "minne",
    "näbb",
    "sken",
    "tall",
    "vik",
    "åker",
]

# förvaltning: its verksamheter, each with the kind of enhet it has. The shares of the staff are
# about those of a region with hospitals, primary care, specialist services and a head office.
TREE: dict[str, tuple[float, dict[str, tuple[str, ...]]]] = {
    "Närhälsan": (
        0.34,
        {
            "Vårdcentraler norr": ("Vårdcentral Eken", "Vårdcentral Linden", "Vårdcentral Rönnen"),
            "Vårdcentraler söder": (
                "Vårdcentral Ängen",
                "Vårdcentral Bäcken",
                "Vårdcentral Backen",
            ),
            "Rehabilitering": ("Rehab Strand", "Rehab Torget"),
            "Barn och familj": ("Barnavårdscentral Sol", "Barnmorskemottagning Mån"),
        },
    ),
    "SÄS": (
        0.36,
        {
            "Akutsjukvård": ("Akutmottagning", "Akutvårdsavdelning", "Ambulans"),
            "Kirurgi och ortopedi": ("Operation", "Kirurgavdelning", "Ortopedavdelning"),
            "Medicin": ("Medicinavdelning 1", "Medicinavdelning 2", "Hjärtmottagning"),
            "Diagnostik": ("Röntgen", "Laboratorium"),
        },
    ),
    "Regionhälsan": (
        0.18,
        {
            "Ungdomsmottagningar": ("Ungdomsmottagning Öst", "Ungdomsmottagning Väst"),
            "Habilitering och hälsa": ("Habilitering barn", "Habilitering vuxna"),
            "Hälsofrämjande": ("Folkhälsa", "Tandhälsa"),
        },
    ),
    "Koncernkontoret": (
        0.12,
        {
            "HR och kommunikation": ("HR", "Kommunikation"),
            "Ekonomi och digitalisering": ("Ekonomi", "Digitalisering"),
        },
    ),
}


@dataclass(frozen=True)
class InventedPerson:
    name: str
    email: str
    unit: str
    level: str


@dataclass(frozen=True)
class Region:
    """`units` holds (code, parent code or "", name), parents first."""

    units: tuple[tuple[str, str, str], ...]
    people: tuple[InventedPerson, ...]


def invent(people: int, *, seed: int) -> Region:
    """A region of about `people` people (exactly that many), the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - invented people, not secrets
    copies = max(1, people // 900)  # larger regions have more units, not larger ones
    units: list[tuple[str, str, str]] = [("R", "", "Region Mellandal")]
    weights: list[tuple[str, float]] = []
    for number, (administration, (share, activities)) in enumerate(TREE.items(), start=1):
        code = f"F{number:02}"
        units.append((code, "R", administration))
        weights += _below(code, share, activities, copies=copies, units=units, rng=rng)
    names = _names(rng)
    staffed = [
        InventedPerson(*next(names), unit, level) for unit, level in _managers(units, people)
    ]
    codes, sizes = zip(*weights, strict=True)
    placed = rng.choices(codes, weights=sizes, k=max(0, people - len(staffed)))
    staffed += [InventedPerson(*next(names), unit, "staff") for unit in sorted(placed)]
    return Region(tuple(units), tuple(staffed))


def _below(
    code: str,
    share: float,
    activities: dict[str, tuple[str, ...]],
    *,
    copies: int,
    units: list[tuple[str, str, str]],
    rng: random.Random,
) -> list[tuple[str, float]]:
    weights = []
    for copy in range(copies):
        for place, (activity, enheter) in enumerate(activities.items(), start=1):
            above = f"{code}V{copy * len(activities) + place:02}"
            tail = f" {copy + 1}" if copies > 1 else ""
            units.append((above, code, activity + tail))
            for number, name in enumerate(enheter, start=1):
                units.append((f"{above}E{number}", above, name + tail))
                weights.append((f"{above}E{number}", share * rng.lognormvariate(0, 0.45)))
    return weights


def _managers(units: list[tuple[str, str, str]], people: int) -> Iterator[tuple[str, str]]:
    """A manager for each unit by its depth, a director, and a few elected."""
    parents = {code: parent for code, parent, _ in units}
    depths = {code: _depth(code, parents) for code in parents}
    levels = {0: "director", 1: "manager-3", 2: "manager-2", 3: "manager-1"}
    posts = [(code, levels[depths[code]]) for code in parents] + [("R", "elected")] * 12
    yield from posts[:people]


def _depth(code: str, parents: dict[str, str]) -> int:
    return 0 if not parents[code] else 1 + _depth(parents[code], parents)


def _names(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Endless invented names with an address each; the addresses never repeat."""
    number = 0
    while True:
        number += 1
        first, last = rng.choice(FIRST), rng.choice(LAST_START) + rng.choice(LAST_END)
        yield f"{first} {last}", f"person{number:05}@example.org"
