"""Ballots: blind-signed tokens, sealing, the manifest of a round, and batches handed over."""
