"""Who may do what with points. Everybody reads their own; nobody reads another's statement. docs/PERMISSIONS.md shows this as a table."""

from typing import Any

from kmportal.people.roles import Role
from rewards.catalogue_querysets import KEEPERS


def can_change_rules(user: Any) -> bool:
    """Say what pays how many points, and how long they are on hold: rewards officers and network coordinators."""
    return bool(user.is_authenticated and user.is_active and user.has_role(Role.REWARDS_OFFICER, Role.NETWORK_COORDINATOR))


def can_keep_shop(user: Any) -> bool:
    """Keep the catalogue and its stock, decide about redemptions, and hand rewards over: rewards officers."""
    return bool(user.is_authenticated and user.is_active and user.has_role(*KEEPERS))


def can_redeem(user: Any) -> bool:
    """Ask for a reward with one's own points: every member."""
    return bool(user.is_authenticated and user.is_active)


def can_take_boards(user: Any) -> bool:
    """Have a whole board as a file: rewards officers and network coordinators."""
    return can_change_rules(user)
