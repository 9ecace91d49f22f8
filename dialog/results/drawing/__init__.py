"""Pictures of published groups, each from figures that stand in a table beside it."""
