"""What of published files an audit has not tried, or only in part, in words."""

from collections.abc import Iterator, Sequence

from dialog.auditing.mean_equations import has_means_only
from dialog.auditing.measures import Measures
from dialog.auditing.reading import Published


def untried(releases: Sequence[Published], measures: Measures) -> Iterator[str]:
    """A sentence for each kind of figure that was not tried."""
    items = list(dict.fromkeys(item for seen in releases for item in seen.items))
    means = [item for item in items if has_means_only(releases, item) and item not in measures.ends]
    if means:
        yield (
            f"Inte prövat: medelvärdena av {', '.join(means)}, för det är inte känt mellan"
            " vilka tal de kan ligga. Ange frågeformuläret med --questionnaire."
        )
    several = [item for item in items if any(seen.several(item) for seen in releases)]
    if several:
        yield (
            f"Delvis prövat: svaren på {', '.join(several)}, där flera svar kan ges på en gång."
            " Prövat är hur många som svarade, och om det syns att nästan alla svarade likadant."
        )
