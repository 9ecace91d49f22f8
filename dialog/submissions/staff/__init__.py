"""Letters from staff: by name, or from somebody unknown who follows them with a receipt's code."""
