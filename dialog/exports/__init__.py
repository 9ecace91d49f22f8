"""Data for researchers: anonymised rows, with all that is needed to use and to judge them."""
