"""Review by a second person: whoever handed a page in cannot approve it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask


class SecondPersonReview(GroupApprovalTask):
    """A group approval that leaves out the person who handed in, whatever their groups, superusers too."""

    class Meta:
        verbose_name = _("review by a second person")

    def _is_submitter(self, obj: Any, user: Any) -> bool:
        state = obj.current_workflow_state
        return state is not None and state.requested_by_id == user.pk

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        return [] if self._is_submitter(obj, user) else list(super().get_actions(obj, user))

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups review; the person who handed in cannot approve their own page")
