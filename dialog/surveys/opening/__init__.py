"""Opening: what happens with the keys and the ballots of a round, from sealing to counting."""
