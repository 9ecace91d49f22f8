"""What a reader sees: the pages of a release and of its units, their pictures and files."""
