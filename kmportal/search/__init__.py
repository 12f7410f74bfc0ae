"""The search page, its suggestions, its API, and the log of what was asked for."""
