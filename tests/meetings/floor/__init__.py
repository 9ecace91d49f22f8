"""The speakers' list of meetings."""
