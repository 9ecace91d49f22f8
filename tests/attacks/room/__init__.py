"""Attackers of a meeting's live room: they have its dumps, files and logs, and were not there."""
