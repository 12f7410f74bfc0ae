"""Who may see what was searched, and who says which words mean the same."""

from typing import Any

from kmportal.search.querysets import looks_after_the_network


def can_see_searches(user: Any) -> bool:
    """What was asked for and not found, never by whom; and mark it as dealt with."""
    return looks_after_the_network(user)


def can_keep_synonyms(user: Any) -> bool:
    """Words that mean the same to a searcher, for the whole network."""
    return looks_after_the_network(user)


def can_report_missing(user: Any) -> bool:
    """Tell the coordinators that something cannot be found: every member."""
    return bool(user.is_authenticated and user.is_active)
