"""The database server as its administrator meets it: two databases, four roles, their passwords."""
