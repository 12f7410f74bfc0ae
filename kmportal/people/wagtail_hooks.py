"""What this app adds to the CMS."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Acts that the CMS history shows."""
    actions.register_action("people.merge", _("Merge"), _("Merged with another entry"))
    actions.register_action("people.place", _("Move to an agency"), _("Moved to another agency"))
