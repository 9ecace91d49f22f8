"""Random organisations for property tests: trees of units, and people on levels in them."""

from hypothesis import strategies as st

from dialog.core.disclosure.coarsening import Place
from dialog.core.levels import Level

Parents = dict[str, str | None]
LEVELS = [level.value for level in Level]


@st.composite
def trees(draw: st.DrawFn, largest: int = 24) -> Parents:
    """One root, up to `largest` units, at most four steps deep."""
    parents: Parents = {"U000": None}
    depths = {"U000": 0}
    for number in range(1, draw(st.integers(1, largest))):
        above = draw(st.sampled_from([unit for unit in parents if depths[unit] < 4]))
        unit = f"U{number:03d}"
        parents[unit], depths[unit] = above, depths[above] + 1
    return parents


@st.composite
def counts_over(draw: st.DrawFn, parents: Parents) -> dict[Place, int]:
    """How many there are in some (unit, level), staff the most."""
    places = st.tuples(
        st.sampled_from(sorted(parents)), st.sampled_from(["staff", "staff", *LEVELS])
    )
    return draw(st.dictionaries(places, st.integers(0, 30), max_size=40))
