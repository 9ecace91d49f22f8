"""The diary: what came in, was sent or drawn up, of each matter of each authority."""
