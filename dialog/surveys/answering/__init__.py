"""Answering: the respondent's page, and one token for each person invited."""
