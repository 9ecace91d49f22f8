"""(to be written) demo."""
