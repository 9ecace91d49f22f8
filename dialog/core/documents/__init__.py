"""Documents that people hand in: which kinds are taken, and how their content is known."""
