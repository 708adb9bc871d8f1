"""Ranking of the options and the assessment that a report prints."""
