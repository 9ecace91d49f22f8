"""(to be written) worker."""
