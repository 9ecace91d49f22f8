"""What published figures say with some certainty: intervals, differences, effects, reliability.

Everything here but `spreads` is computed from what is published already, so it tells nothing
more: of a question the counts of its answers, of a scale n, the mean as it is written, and the
spread of the whole round (docs/decisions/0029-statistics-from-what-is-published.md).
"""
