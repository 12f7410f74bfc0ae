"""Verbs of communities: the only writers of their tables."""
