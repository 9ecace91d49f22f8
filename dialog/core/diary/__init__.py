"""The rules of a diary: how matters and documents are numbered, and how entries are chained."""
