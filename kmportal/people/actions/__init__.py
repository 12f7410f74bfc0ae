"""The verbs of accounts, agencies and people: the only writers of this app's tables."""

from kmportal.people.actions.roles import CannotGrant, ensure_roles, grant_role, revoke_role

__all__ = ["CannotGrant", "ensure_roles", "grant_role", "revoke_role"]
