"""Questionnaires: written, changed and translated part by part, and read from files."""
