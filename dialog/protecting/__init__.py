"""`dialog protect`: the platform's protection of results for anyone with a CSV file."""
