"""Microdata: rows that a researcher may have, none of which points at fewer than k people.

The columns by which somebody could be recognised are made coarser along their hierarchies until
every combination of published values is shared by k rows or more.

1. `hierarchy` reads what a value can be made coarser to; `bands` and `groups` propose it.
2. `table` holds the rows as numbers; `demands` is what every group of rows must meet.
3. `local` (each group of rows its own levels: `splitting`, then `opening`) or `lattice` (one level
   a column, the best of all) choose what is published: a `recoding`.
4. `rechecking` reads what was written and checks it anew, with nothing of the above.
5. `risk` says what an attacker can hope for, before and after.
"""
