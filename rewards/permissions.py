"""Who may do what with points. Everybody reads their own; nobody reads another's statement. docs/PERMISSIONS.md shows this as a table."""

from typing import Any

from kmportal.people.roles import Role


def can_change_rules(user: Any) -> bool:
    """Say what pays how many points, and how long they are on hold: rewards officers and network coordinators."""
    return bool(user.is_authenticated and user.is_active and user.has_role(Role.REWARDS_OFFICER, Role.NETWORK_COORDINATOR))
