"""(to be written) simulate."""
