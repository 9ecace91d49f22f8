"""Polls of a meeting: made, voted in and closed; words are read before all see them."""
