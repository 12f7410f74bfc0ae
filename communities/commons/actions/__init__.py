"""The verbs of shared things, one module per subject. Circles and harvest need this one."""

from communities.commons.actions.items import add_action

__all__ = ["add_action"]
