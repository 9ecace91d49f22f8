"""Groups within a meeting: a task, who is in which, and the note that each writes together."""
