"""Contests made ready for their pages."""
