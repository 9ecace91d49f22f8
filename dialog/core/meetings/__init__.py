"""Rules of meetings: when they are, and who has a seat."""
