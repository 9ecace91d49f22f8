"""A year's matters for the archive: described as archives read them, with every file."""
