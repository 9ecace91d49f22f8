"""Rounds: planned, approved, opened to their respondents, followed, and disposed of."""
